// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/policy/policy_definition.hpp>

using namespace plaint;

TEST_CASE("policies are plain data that can be compared", "[policy]") {
  policy_definition a{.id = "hotline", .version = "1"};
  auto b = a;
  CHECK(a == b);
  b.attributes.push_back({"severity", type::string()});
  CHECK_FALSE(a == b);
}
