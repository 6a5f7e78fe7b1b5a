// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/horizon_error.hpp>

#include <catch.hpp>

#include <stdexcept>
#include <string>
#include <support/print_time.hpp>

using namespace plaint;
using plaint::test::at;

TEST_CASE("an error past the horizon is out of range and knows the range", "[calendar]") {
  const span known{at("2020-01-01T00:00:00Z"), at("2030-01-01T00:00:00Z")};
  try {
    throw horizon_error("too late", known);
  } catch (const std::out_of_range& e) {
    CHECK(std::string(e.what()) == "too late");
    CHECK(dynamic_cast<const horizon_error&>(e).horizon() == known);
  }
}
