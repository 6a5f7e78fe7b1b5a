// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/goal/due.hpp>
#include <plaint/calendar/goal/named_rules.hpp>
#include <plaint/calendar/holiday/named_holidays.hpp>

#include <catch.hpp>

#include <set>
#include <string>
#include <string_view>
#include <support/print_time.hpp>

using namespace plaint;
using plaint::test::wall;

namespace {

calendar with(const char* zone, holidays set) {
  calendar_definition d{.id = "office", .zone = zone};
  d.versions.push_back({.hours = weekly_hours::from_to(0, 4, {{9 * 3'600, 17 * 3'600}})});
  d.holidays.push_back(std::move(set));
  return calendar::compile(d);
}

wall_time ruled_due(const calendar& c, const goal& g, const char* start) {
  return c.wall_of(*due(g, c.at_wall(wall(start)), c));
}

day_rules rules(std::string_view id) {
  return find_named_rule(id)->rules;
}

} // namespace

TEST_CASE("each rule has its own id and a source", "[calendar]") {
  std::set<std::string_view> ids;
  for (const auto& rule : named_rules()) {
    CHECK(ids.insert(rule.id).second);
    CHECK_FALSE(rule.source.empty());
    CHECK(find_named_rule(rule.id)->title == rule.title);
  }
  CHECK_FALSE(find_named_rule("uk").has_value());
}

TEST_CASE("UK: close of business on the third business day following the day of receipt", "[calendar]") {
  const auto c = with("Europe/London", england_and_wales());
  CHECK(ruled_due(c, business_days(3, rules("uk-disp")), "2026-04-02T10:00:00") ==
        wall("2026-04-09T17:00:00")); // over Easter
  CHECK(ruled_due(c, business_days(3, rules("uk-disp")), "2026-04-02T18:00:00") == wall("2026-04-09T17:00:00"));
  CHECK(ruled_due(c, business_days(3, rules("uk-disp-2012")), "2026-04-02T18:00:00") == wall("2026-04-10T17:00:00"));
}

TEST_CASE("US Regulation X: days without legal public holidays, Saturdays and Sundays", "[calendar]") {
  const auto c = with("America/New_York", us_federal());
  CHECK(ruled_due(c, business_days(5, rules("us-reg-x")), "2026-07-01T10:00:00") == wall("2026-07-10T00:00:00"));
  CHECK(ruled_due(c, business_days(30, rules("us-reg-x")), "2026-11-02T10:00:00") == wall("2026-12-17T00:00:00"));
}

TEST_CASE("China: a last day on a day off goes to the day after it and ends at the close of business", "[calendar]") {
  const auto c = with("Asia/Shanghai", china_public_holidays());
  CHECK(ruled_due(c, calendar_days(7, rules("cn-civil-code")), "2026-09-25T10:00:00") == wall("2026-10-08T17:00:00"));
  CHECK(ruled_due(c, calendar_days(15, rules("cn-civil-code")), "2026-09-25T10:00:00") ==
        wall("2026-10-10T17:00:00")); // a Saturday that is worked
  CHECK(ruled_due(c, months(1, rules("cn-civil-code")), "2026-01-31T10:00:00") ==
        wall("2026-02-28T17:00:00")); // worked too
}

TEST_CASE("EU: the last day ends at midnight of a working day, and two working days at least lie in a period",
          "[calendar]") {
  const auto c = with("Europe/Brussels", target());
  CHECK(ruled_due(c, calendar_days(15, rules("eu-1182-71")), "2026-03-20T10:00:00") ==
        wall("2026-04-08T00:00:00")); // Easter Saturday to Tuesday
  CHECK(ruled_due(c, calendar_days(3, rules("eu-1182-71")), "2026-04-02T10:00:00") == wall("2026-04-09T00:00:00"));
  CHECK(ruled_due(c, months(1, rules("eu-1182-71")), "2026-01-31T10:00:00") ==
        wall("2026-03-03T00:00:00")); // 28 February is a Saturday
}
