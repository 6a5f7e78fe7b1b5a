// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/holiday/easter.hpp>
#include <plaint/calendar/weekly_hours.hpp>

#include <catch.hpp>

#include <support/print_time.hpp>

using namespace plaint;
using plaint::test::day;

TEST_CASE("Easter Sundays of both computations", "[calendar]") {
  // Dates as the churches published them; 1818 and 1943 are the earliest and nearly the latest possible.
  CHECK(western_easter(1818) == day("1818-03-22"));
  CHECK(western_easter(1943) == day("1943-04-25"));
  CHECK(western_easter(2000) == day("2000-04-23"));
  CHECK(western_easter(2024) == day("2024-03-31"));
  CHECK(western_easter(2025) == day("2025-04-20"));
  CHECK(western_easter(2026) == day("2026-04-05"));
  CHECK(western_easter(2285) == day("2285-03-22"));
  CHECK(orthodox_easter(2000) == day("2000-04-30"));
  CHECK(orthodox_easter(2024) == day("2024-05-05"));
  CHECK(orthodox_easter(2025) == day("2025-04-20"));
  CHECK(orthodox_easter(2026) == day("2026-04-12"));
}

TEST_CASE("Easter is a Sunday from 22 March to 25 April, the orthodox one never before the western", "[calendar]") {
  for (int year = 1583; year < 4000; ++year) {
    const auto western = western_easter(year);
    REQUIRE(weekday_index(western) == 6);
    REQUIRE(western >= *make_civil_day(year, 3, 22));
    REQUIRE(western <= *make_civil_day(year, 4, 25));
    REQUIRE(weekday_index(orthodox_easter(year)) == 6);
    REQUIRE((year > 2600 || orthodox_easter(year) >= western));
  }
}
