// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/weekly_hours.hpp>

#include <catch.hpp>

#include <support/print_time.hpp>

using namespace plaint;
using plaint::test::day;

TEST_CASE("weekdays count from Monday", "[calendar]") {
  CHECK(weekday_index(day("2026-11-23")) == 0);
  CHECK(weekday_index(day("2026-11-29")) == 6);
  CHECK(weekday_index(day("1969-12-31")) == 2);
  CHECK(weekday_index(day("1899-12-31")) == 6);
}

TEST_CASE("a week of equal days has hours on those days only", "[calendar]") {
  const auto week = weekly_hours::from_to(0, 4, {{9 * 3'600, 17 * 3'600}});
  CHECK(week.on(day("2026-11-27")).size() == 1);
  CHECK(week.on(day("2026-11-28")).empty());
  CHECK_FALSE(week.empty());
  CHECK(weekly_hours{}.empty());
  CHECK(weekly_hours::always().on(day("2026-11-28")).front() == daily_interval{0, seconds_a_day});
}
