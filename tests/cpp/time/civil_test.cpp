// SPDX-License-Identifier: BSL-1.0
#include "../support/print_time.hpp"

#include <plaint/time/civil.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <chrono>
#include <cstdint>
#include <optional>

using namespace plaint;
using namespace std::chrono_literals;
using plaint::test::day;
using plaint::test::wall;

TEST_CASE("days and dates, from one to the other", "[time]") {
  STATIC_REQUIRE(make_civil_day(1970, 1, 1) == civil_day{});
  STATIC_REQUIRE(make_civil_day(2026, 3, 29)->time_since_epoch().count() == 20'541);
  STATIC_REQUIRE(date_of(civil_day{std::chrono::days{20'541}}) == civil_date{2026, 3, 29});
  STATIC_REQUIRE(date_of(civil_day{std::chrono::days{-1}}) == civil_date{1969, 12, 31});
}

TEST_CASE("days that do not exist are refused", "[time]") {
  STATIC_REQUIRE(make_civil_day(2024, 2, 29).has_value());
  STATIC_REQUIRE(make_civil_day(2000, 2, 29).has_value());
  STATIC_REQUIRE(make_civil_day(1900, 2, 29) == std::nullopt);
  STATIC_REQUIRE(make_civil_day(2026, 2, 29) == std::nullopt);
  STATIC_REQUIRE(make_civil_day(2026, 4, 31) == std::nullopt);
  STATIC_REQUIRE(make_civil_day(2026, 0, 1) == std::nullopt);
  STATIC_REQUIRE(make_civil_day(2026, 13, 1) == std::nullopt);
  STATIC_REQUIRE(make_civil_day(2026, 1, 0) == std::nullopt);
  STATIC_REQUIRE(make_civil_day(1'000'000, 1, 1) == std::nullopt);
  STATIC_REQUIRE(make_civil_day(-1'000'000, 1, 1) == std::nullopt);
}

TEST_CASE("every date of two leap cycles follows the one before", "[time]") {
  civil_date expected{1599, 12, 31};
  for (civil_day d = *make_civil_day(1599, 12, 31); d < *make_civil_day(2402, 1, 1); d += std::chrono::days{1}) {
    if (date_of(d) != expected || make_civil_day(expected.year, expected.month, expected.day) != d) {
      FAIL(to_string(expected));
    }
    if (++expected.day > days_in_month(expected.year, expected.month)) {
      expected.day = 1;
      expected.month = expected.month % 12 + 1;
      expected.year += expected.month == 1 ? 1 : 0;
    }
  }
}

TEST_CASE("dates agree with the standard library's calendar", "[time]") {
  CHECK(rc::check("within its years", [] {
    const std::chrono::days n{*rc::gen::inRange(-12'000'000, 11'000'000)};
    const std::chrono::year_month_day ymd{std::chrono::local_days{n}};
    const civil_date date = date_of(civil_day{n});
    RC_ASSERT(date.year == static_cast<int>(ymd.year()));
    RC_ASSERT(date.month == static_cast<int>(static_cast<unsigned>(ymd.month())));
    RC_ASSERT(date.day == static_cast<int>(static_cast<unsigned>(ymd.day())));
    RC_ASSERT(weekday_of(civil_day{n}) == std::chrono::weekday{std::chrono::local_days{n}});
  }));
}

TEST_CASE("the last Sunday of March 2026 is the 29th", "[time]") {
  CHECK(weekday_of(day("2026-03-29")) == std::chrono::Sunday);
  CHECK(weekday_of(day("1969-12-31")) == std::chrono::Wednesday);
}

TEST_CASE("the day of a wall time and the time since its midnight", "[time]") {
  CHECK(day_of(wall("2026-03-29T23:59:59.999999")) == day("2026-03-29"));
  CHECK(day_of(wall("2026-03-30T00:00")) == day("2026-03-30"));
  CHECK(day_of(wall("1969-12-31T23:00")) == day("1969-12-31"));
  CHECK(time_of_day(wall("1969-12-31T23:00")) == 23h);
  CHECK(time_of_day(wall("2026-03-30T00:00")) == 0us);
  CHECK(wall_at(day("2026-03-29"), 24h) == wall("2026-03-30T00:00"));
  CHECK(time_of_day(wall_time::min()) + duration{} < 24h);
  CHECK(rc::check("both together give the wall time back", [] {
    const wall_time w{duration{*rc::gen::arbitrary<std::int32_t>() * std::int64_t{1'000'003}}};
    RC_ASSERT(wall_at(day_of(w), time_of_day(w)) == w);
    RC_ASSERT(time_of_day(w) >= 0us);
    RC_ASSERT(time_of_day(w) < 24h);
  }));
}

TEST_CASE("dates are written as ISO 8601 writes them", "[time]") {
  CHECK(to_string(civil_date{2026, 3, 9}) == "2026-03-09");
  CHECK(to_string(civil_date{33, 4, 3}) == "0033-04-03");
  CHECK(to_string(civil_date{0, 1, 1}) == "0000-01-01");
  CHECK(to_string(civil_date{-1, 1, 1}) == "-000001-01-01");
  CHECK(to_string(civil_date{12'026, 1, 1}) == "+012026-01-01");
}
