// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/holiday/holidays.hpp>

#include <catch.hpp>

#include <support/print_time.hpp>

using namespace plaint;
using plaint::test::day;

TEST_CASE("sets of holidays are values", "[calendar]") {
  const holidays a{.name = "a", .dates = {{day("2026-12-25"), "Christmas Day"}}};
  auto b = a;
  CHECK(a == b);
  b.provisional_years = {2026};
  CHECK_FALSE(a == b);
}
