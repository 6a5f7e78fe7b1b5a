// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/holiday/holiday_dates.hpp>

#include <catch.hpp>

#include <string>
#include <support/print_time.hpp>
#include <vector>

using namespace plaint;
using plaint::test::day;

namespace {

std::vector<civil_day> days_of(const holidays& set, int year) {
  std::vector<civil_day> days;
  for (const auto& h : holidays_in(set, year, year)) {
    days.push_back(h.day);
  }
  return days;
}

holidays one(holiday_base base, observed_shift observed = observed_shift::none, int offset = 0) {
  return {.rules = {{.name = "it", .base = base, .offset = offset, .observed = observed}}};
}

} // namespace

TEST_CASE("rules find their day of a year", "[calendar]") {
  using list = std::vector<civil_day>;
  CHECK(days_of(one(fixed_date{12, 25}), 2026) == list{day("2026-12-25")});
  CHECK(days_of(one(fixed_date{2, 29}), 2026).empty());
  CHECK(days_of(one(fixed_date{2, 29}), 2028) == list{day("2028-02-29")});
  CHECK(days_of(one(nth_weekday{4, 3, 11}), 2026) == list{day("2026-11-26")});
  CHECK(days_of(one(nth_weekday{4, 3, 11}, observed_shift::none, 1), 2026) == list{day("2026-11-27")});
  CHECK(days_of(one(nth_weekday{5, 0, 11}), 2026) == list{day("2026-11-30")});
  CHECK(days_of(one(nth_weekday{5, 1, 11}), 2026).empty());
  CHECK(days_of(one(last_weekday{0, 5}), 2026) == list{day("2026-05-25")});
  CHECK(days_of(one(weekday_near{0, weekday_side::on_or_before, 5, 24}), 2026) == list{day("2026-05-18")});
  CHECK(days_of(one(weekday_near{6, weekday_side::on_or_before, 5, 24}), 2026) == list{day("2026-05-24")});
  CHECK(days_of(one(weekday_near{6, weekday_side::before, 5, 24}), 2026) == list{day("2026-05-17")});
  CHECK(days_of(one(weekday_near{1, weekday_side::after, 11, 1}), 2026) == list{day("2026-11-03")});
  CHECK(days_of(one(weekday_near{6, weekday_side::after, 11, 1}), 2026) == list{day("2026-11-08")});
  CHECK(days_of(one(weekday_near{6, weekday_side::on_or_after, 11, 1}), 2026) == list{day("2026-11-01")});
  CHECK(days_of(one(easter_sunday{}, observed_shift::none, -2), 2026) == list{day("2026-04-03")});
  CHECK(days_of(one(easter_sunday{true}, observed_shift::none, 1), 2026) == list{day("2026-04-13")});
}

TEST_CASE("holidays on a weekend go where they are observed", "[calendar]") {
  using list = std::vector<civil_day>;
  const fixed_date fourth{7, 4}; // a Saturday in 2026, a Sunday in 2027
  CHECK(days_of(one(fourth, observed_shift::nearest), 2026) == list{day("2026-07-03")});
  CHECK(days_of(one(fourth, observed_shift::nearest), 2027) == list{day("2027-07-05")});
  CHECK(days_of(one(fourth, observed_shift::monday), 2026) == list{day("2026-07-06")});
  CHECK(days_of(one(fourth, observed_shift::sunday_to_monday), 2026) == list{day("2026-07-04")});
  CHECK(days_of(one(fourth, observed_shift::sunday_to_monday), 2027) == list{day("2027-07-05")});
  CHECK(holidays_in(one(fourth, observed_shift::nearest), 2026, 2026).front().name == "it (observed)");
  // New Year's Day 2028 is a Saturday: the Friday before lies in 2027.
  CHECK(days_of(one(fixed_date{1, 1}, observed_shift::nearest), 2027) == list{day("2027-01-01"), day("2027-12-31")});
}

TEST_CASE("Christmas and Boxing Day of 2021 and 2022 are given another day, each its own", "[calendar]") {
  holidays uk;
  uk.rules = {{.name = "Christmas Day", .base = fixed_date{12, 25}, .observed = observed_shift::substitute},
              {.name = "Boxing Day", .base = fixed_date{12, 26}, .observed = observed_shift::substitute}};
  CHECK(days_of(uk, 2021) == std::vector<civil_day>{day("2021-12-27"), day("2021-12-28")});
  CHECK(days_of(uk, 2022) == std::vector<civil_day>{day("2022-12-26"), day("2022-12-27")});
}

TEST_CASE("rules hold in their years, dates are added, both are sorted", "[calendar]") {
  holidays set = one(fixed_date{6, 19});
  set.rules.front().first_year = 2021;
  set.rules.front().except_years = {2023};
  set.dates = {{day("2022-01-05"), "snow"}};
  CHECK(days_of(set, 2020).empty());
  CHECK(days_of(set, 2022) == std::vector<civil_day>{day("2022-01-05"), day("2022-06-19")});
  CHECK(days_of(set, 2023).empty());
  set.rules.front().last_year = 2021;
  CHECK(days_of(set, 2024).empty());
  CHECK(day_in_year(set.rules.front(), 2030) == day("2030-06-19"));
  CHECK(day_in_year(set.rules.front(), 1000) == std::nullopt);
}
