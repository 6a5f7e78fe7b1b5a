// SPDX-License-Identifier: BSL-1.0
#include "desk_schema.hpp"

#include <plaint/expr/limits.hpp>

#include <catch.hpp>

#include <string>

using namespace plaint;

namespace {

std::string ones(std::size_t count) {
  std::string text = "[reopened";
  for (std::size_t i = 1; i < count; ++i) {
    text += ",1";
  }
  return text + "]";
}

} // namespace

TEST_CASE("a list of what is known when it is compiled may be as long as the limit", "[expr]") {
  std::string text = "1024 in [1";
  for (std::size_t i = 2; i <= expression_limits::list; ++i) {
    text += "," + std::to_string(i);
  }
  CHECK(desk::value_of(text + "]").value == value(true));
}

TEST_CASE("a list that is made while evaluating needs the stack", "[expr]") {
  CHECK(desk::value_of("size(" + ones(expression_limits::stack) + ")").value ==
        value(std::int64_t{expression_limits::stack}));
  CHECK(desk::faults_of("size(" + ones(expression_limits::stack + 1) + ")").at(0).code == "limit");
}
