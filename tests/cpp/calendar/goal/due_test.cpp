// SPDX-License-Identifier: BSL-1.0
#include "support/hour.hpp"

#include <plaint/calendar/goal/due.hpp>
#include <plaint/calendar/holiday/named_holidays.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <support/print_time.hpp>
#include <support/random_calendar.hpp>

using namespace plaint;
using namespace std::chrono_literals;
using plaint::test::at;
using plaint::test::day;
using plaint::test::wall;

namespace {

calendar london_office(const char* zone = "Europe/London", std::int32_t from = 9 * hour) {
  calendar_definition d{.id = "office", .zone = zone};
  d.versions.push_back({.hours = weekly_hours::from_to(0, 4, {{from, 17 * hour}})});
  d.holidays.push_back(
      {.name = "uk", .dates = {{day("2026-12-25"), "Christmas Day"}, {day("2026-12-28"), "Boxing Day"}}});
  return calendar::compile(d);
}

wall_time due_on(const calendar& c, const goal& g, const char* start) {
  return c.wall_of(*due(g, c.at_wall(wall(start)), c));
}

} // namespace

TEST_CASE("goals in time: open time stops at night, elapsed time does not", "[calendar]") {
  const auto c = london_office();
  CHECK(due_on(c, business(4h), "2026-11-20T15:00:00") == wall("2026-11-23T11:00:00"));
  CHECK(due_on(c, elapsed(4h), "2026-11-20T15:00:00") == wall("2026-11-20T19:00:00"));
  CHECK(due_on(c, {elapsed_goal{4h, true}}, "2026-11-20T15:20:00") == wall("2026-11-20T20:00:00"));
  CHECK(due_on(c, {elapsed_goal{4h, true}}, "2026-11-20T15:00:00") == wall("2026-11-20T19:00:00"));
}

TEST_CASE("business days keep the time of day, or end with the day or with business", "[calendar]") {
  const auto c = london_office();
  CHECK(due_on(c, business_days(3), "2026-11-20T15:00:00") == wall("2026-11-25T15:00:00"));
  CHECK(due_on(c, business_days(3, {.at = due_at::end_of_day}), "2026-11-20T15:00:00") == wall("2026-11-26T00:00:00"));
  CHECK(due_on(c, business_days(3, {.at = due_at::close_of_business}), "2026-11-20T15:00:00") ==
        wall("2026-11-25T17:00:00"));
  CHECK(due_on(c, business_days(3, {.receipt_day_counts = true}), "2026-11-20T15:00:00") ==
        wall("2026-11-24T15:00:00"));
  CHECK(due_on(c, business_days(3, {.receipt_day_counts = true}), "2026-11-21T15:00:00") ==
        wall("2026-11-25T15:00:00"));
  CHECK(due_on(c, business_days(1), "2026-12-24T10:00:00") == wall("2026-12-29T10:00:00"));
}

TEST_CASE("calendar days, weeks and months stay on the wall and may be rolled off a closed day", "[calendar]") {
  const auto c = london_office();
  CHECK(due_on(c, calendar_days(15), "2026-11-20T15:00:00") == wall("2026-12-05T15:00:00"));
  CHECK(due_on(c, calendar_days(15, {.roll = roll::following}), "2026-11-20T15:00:00") == wall("2026-12-07T15:00:00"));
  CHECK(due_on(c, calendar_days(15, {.roll = roll::preceding}), "2026-11-20T15:00:00") == wall("2026-12-04T15:00:00"));
  CHECK(due_on(c, calendar_days(15, {.roll = roll::open}), "2026-11-20T15:00:00") == wall("2026-12-07T09:00:00"));
  CHECK(due_on(c, weeks(8), "2026-11-20T15:00:00") == wall("2027-01-15T15:00:00"));
  CHECK(due_on(c, months(1), "2026-01-31T15:00:00") == wall("2026-02-28T15:00:00"));
  CHECK(due_on(c, months(25), "2026-01-31T15:00:00") == wall("2028-02-29T15:00:00"));
  CHECK(due_on(c, calendar_days(10, {.receipt_day_counts = true, .at = due_at::end_of_day}), "2026-06-01T15:00:00") ==
        wall("2026-06-11T00:00:00"));
  CHECK(due_on(c, months(1, {.receipt_day_counts = true}), "2026-01-15T15:00:00") == wall("2026-02-14T15:00:00"));
  CHECK(due_on(c, calendar_days(0, {.at = due_at::end_of_day}), "2026-11-21T15:00:00") == wall("2026-11-22T00:00:00"));
}

TEST_CASE("fifty-six local days keep the time of day across the change of clocks", "[calendar]") {
  const auto c = london_office("Europe/Amsterdam");
  CHECK(due_on(c, weeks(8), "2011-02-14T09:30:00") == wall("2011-04-11T09:30:00"));
  CHECK(*due(weeks(8), at("2011-02-14T08:30:00Z"), c) - at("2011-02-14T08:30:00Z") == 56 * 24h - 1h);
}

TEST_CASE("what comes after the cut-off counts as received on the next business day", "[calendar]") {
  const auto c = london_office();
  const day_rules rules{.cut_off = 16 * hour, .at = due_at::end_of_day};
  CHECK(due_on(c, business_days(1, rules), "2026-11-19T16:00:00") == wall("2026-11-21T00:00:00"));
  CHECK(due_on(c, business_days(1, rules), "2026-11-19T16:00:01") == wall("2026-11-24T00:00:00"));
  CHECK(due_on(c, business_days(1, rules), "2026-11-21T10:00:00") == wall("2026-11-25T00:00:00"));
  const day_rules same{.cut_off = 16 * hour};
  CHECK(due_on(c, business_days(1, same), "2026-11-19T16:30:00") == wall("2026-11-23T09:00:00"));
}

TEST_CASE("the city of Boston in 2015: outside the hours a case is received at the next 08:30", "[calendar]") {
  const auto c = london_office("America/New_York", 8 * hour + 1'800);
  const day_rules rules{.receipt = receipt_rule::next_opening};
  CHECK(due_on(c, business_days(1, rules), "2026-11-19T11:22:33") == wall("2026-11-20T11:22:33"));
  CHECK(due_on(c, business_days(1, rules), "2026-11-19T17:00:00") == wall("2026-11-23T08:30:00"));
  CHECK(due_on(c, business_days(1, rules), "2026-11-20T07:00:00") == wall("2026-11-23T08:30:00"));
  CHECK(due_on(c, business_days(2, rules), "2026-11-21T12:00:00") == wall("2026-11-25T08:30:00"));
}

TEST_CASE("the city of Boston in 2011: weekends go to Monday at the same time, evenings to the next morning",
          "[calendar]") {
  const auto c = london_office("America/New_York", 8 * hour + 1'800);
  const day_rules rules{.receipt = receipt_rule::after_closing};
  CHECK(due_on(c, business_days(2, rules), "2026-11-19T07:00:00") == wall("2026-11-23T07:00:00"));
  CHECK(due_on(c, business_days(2, rules), "2026-11-19T17:00:00") == wall("2026-11-24T08:30:00"));
  CHECK(due_on(c, business_days(2, rules), "2026-11-21T12:00:00") == wall("2026-11-25T12:00:00"));
  CHECK(due_on(c, business_days(2, {.receipt = receipt_rule::next_business_day}), "2026-11-19T20:00:00") ==
        wall("2026-11-23T20:00:00"));
}

TEST_CASE("a period of days holds as many business days as are asked for at least", "[calendar]") {
  const auto c = london_office();
  const day_rules eu{.at = due_at::end_of_day, .roll = roll::following, .least_business_days = 2};
  CHECK(due_on(c, calendar_days(2, eu), "2026-12-24T10:00:00") == wall("2026-12-31T00:00:00"));
  CHECK(due_on(c, calendar_days(2, eu), "2026-11-23T10:00:00") == wall("2026-11-26T00:00:00"));
}

TEST_CASE("zero business days go to a business day", "[calendar]") {
  const auto c = london_office();
  CHECK(due_on(c, business_days(0), "2026-11-21T10:00:00") == wall("2026-11-23T10:00:00"));
  CHECK(due_on(c, business_days(0, {.roll = roll::none}), "2026-11-21T10:00:00") == wall("2026-11-21T10:00:00"));
  CHECK(due_on(c, business_days(0), "2026-11-20T10:00:00") == wall("2026-11-20T10:00:00"));
}

TEST_CASE("an attribute decides until when, and the earliest or latest of several goals", "[calendar]") {
  const auto c = london_office();
  const auto start = at("2026-11-20T10:00:00Z");
  const until_lookup lookup = [&](std::string_view name) {
    return name == "target" ? std::optional(start + 5h) : std::nullopt;
  };
  CHECK(due(until("target"), start, c, lookup) == start + 5h);
  CHECK(due(until("other"), start, c, lookup) == std::nullopt);
  CHECK(due(until("target"), start, c) == std::nullopt);
  CHECK(due(earliest_of({business_days(2), calendar_days(1)}), start, c) == start + 24h);
  CHECK(due(latest_of({business_days(2), calendar_days(1)}), start, c) == start + 96h);
  CHECK(due(earliest_of({until("other"), calendar_days(1)}), start, c, lookup) == start + 24h);
  CHECK(due(latest_of({until("other"), calendar_days(1)}), start, c, lookup) == std::nullopt);
}

TEST_CASE("goals beyond the horizon or beyond 64 bits are errors", "[calendar]") {
  const auto c = london_office();
  const auto start = at("2026-11-20T10:00:00Z");
  constexpr auto huge = std::numeric_limits<std::int64_t>::max();
  for (const auto& g : {business_days(huge), calendar_days(huge), weeks(huge), months(huge), calendar_days(-huge),
                        months(-huge), business_days(-huge), business(duration::max()), elapsed(duration::max())}) {
    CHECK_THROWS_AS(due(g, start, c), horizon_error);
  }
}

TEST_CASE("a later receipt is never due earlier", "[calendar][property]") {
  CHECK(rc::check("monotone", [] {
    const auto random = test::make_random_calendar();
    auto d = random.definition;
    d.options.gap = gap_policy::snap;
    const auto c = calendar::compile(d);
    const auto some = [&] {
      return c.start_of(random.around) + std::chrono::minutes{*rc::gen::inRange(-14'000, 14'000)};
    };
    day_rules rules;
    rules.receipt = *rc::gen::element(receipt_rule::as_is, receipt_rule::next_opening);
    rules.at = *rc::gen::element(due_at::end_of_day, due_at::close_of_business);
    const int n = *rc::gen::inRange(0, 9);
    const auto g = *rc::gen::element(business_days(n, rules), calendar_days(n, rules), business(std::chrono::hours{n}));
    auto t = some();
    auto u = some();
    if (u < t) {
      std::swap(t, u);
    }
    RC_PRE(!(n == 0 && !counts_days(g)));
    RC_ASSERT(c.day_at(*due(g, t, c)) <=
              c.day_at(*due(g, u, c)) + std::chrono::days{rules.at == due_at::end_of_day ? 0 : 0});
  }));
}

TEST_CASE("business days come out as a walk over the days finds them", "[calendar][property]") {
  CHECK(rc::check("walk", [] {
    const auto random = test::make_random_calendar();
    const auto c = calendar::compile(random.definition);
    const civil_day start = random.around + std::chrono::days{*rc::gen::inRange(-7, 7)};
    const int n = *rc::gen::inRange(1, 9);
    civil_day last = start;
    for (int left = n; left > 0;) {
      last += std::chrono::days{1};
      left -= c.is_business_day(last) ? 1 : 0;
    }
    const auto end = due(business_days(n, {.at = due_at::end_of_day}), c.start_of(start), c);
    RC_PRE(c.day_at(c.start_of(start)) == start); // a day that a place skipped begins with the next one, and is it
    RC_ASSERT(end == c.start_of(last + std::chrono::days{1}));
  }));
}
