// SPDX-License-Identifier: BSL-1.0
#include <plaint/time/civil.hpp>
#include <plaint/time/posix_rule.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

using namespace plaint;
using namespace std::chrono_literals;

namespace {

posix_change change(int month, int week, int day, std::chrono::seconds time = 2h) {
  return {posix_change::form::month_week_day, month, week, day, time};
}

/// The n-th or last such weekday of a month, by looking at each day of it.
civil_day searched_day(std::int64_t year, int month, int week, int weekday) {
  std::vector<civil_day> found;
  for (int d = 1; d <= days_in_month(year, month); ++d) {
    const civil_day day = *make_civil_day(year, month, d);
    if (weekday_of(day).c_encoding() == static_cast<unsigned>(weekday)) {
      found.push_back(day);
    }
  }
  return week == 5 ? found.back() : found.at(static_cast<std::size_t>(week) - 1);
}

} // namespace

TEST_CASE("London's rule", "[zone]") {
  const auto rule = parse_posix_rule("GMT0BST,M3.5.0/1,M10.5.0");
  REQUIRE(rule);
  CHECK(rule->abbreviation == "GMT");
  CHECK(rule->offset == 0s);
  REQUIRE(rule->daylight);
  CHECK(rule->daylight->abbreviation == "BST");
  CHECK(rule->daylight->offset == 1h);
  CHECK(rule->daylight->start == change(3, 5, 0, 1h));
  CHECK(rule->daylight->end == change(10, 5, 0, 2h));
}

TEST_CASE("offsets are written west of UTC and kept east of it", "[zone]") {
  CHECK(parse_posix_rule("<+0330>-3:30")->offset == 3h + 30min);
  CHECK(parse_posix_rule("<-00>0")->abbreviation == "-00");
  CHECK(parse_posix_rule("MMT+0:44:30")->offset == -2'670s);
  const auto dublin = parse_posix_rule("IST-1GMT0,M10.5.0,M3.5.0/1");
  CHECK(dublin->offset == 1h);
  CHECK(dublin->daylight->offset == 0s);
}

TEST_CASE("times of change reach from -167 to 167 hours", "[zone]") {
  CHECK(parse_posix_rule("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1")->daylight->start.time == -2h);
  CHECK(parse_posix_rule("AAA0BBB,M3.4.4/167:59:59,M10.5.0/-167")->daylight->start.time == 168h - 1s);
  CHECK_FALSE(parse_posix_rule("AAA0BBB,M3.4.4/168,M10.5.0"));
}

TEST_CASE("the days of a rule in a year", "[zone]") {
  const auto day_of_year = [](posix_change c, std::int64_t year) {
    c.time = 0s;
    return to_string(date_of(civil_day{std::chrono::days{c.wall_seconds(year) / 86'400}}));
  };
  using enum posix_change::form;
  CHECK(day_of_year({julian, 1, 1, 59, 0s}, 2024) == "2024-02-28");
  CHECK(day_of_year({julian, 1, 1, 60, 0s}, 2024) == "2024-03-01");
  CHECK(day_of_year({julian, 1, 1, 60, 0s}, 2026) == "2026-03-01");
  CHECK(day_of_year({julian, 1, 1, 365, 0s}, 2024) == "2024-12-31");
  CHECK(day_of_year({zero_based, 1, 1, 59, 0s}, 2024) == "2024-02-29");
  CHECK(day_of_year({zero_based, 1, 1, 59, 0s}, 2026) == "2026-03-01");
  CHECK(day_of_year({zero_based, 1, 1, 0, 0s}, 2026) == "2026-01-01");
  CHECK(day_of_year(change(3, 5, 0), 2026) == "2026-03-29");
  CHECK(day_of_year(change(2, 5, 0), 2026) == "2026-02-22");
}

TEST_CASE("the n-th weekday of a month is the one that counting finds", "[zone]") {
  CHECK(rc::check("any month", [] {
    const auto year = *rc::gen::inRange(1900, 2500);
    const auto month = *rc::gen::inRange(1, 13);
    const auto week = *rc::gen::element(1, 2, 3, 4, 5);
    const auto weekday = *rc::gen::inRange(0, 7);
    const auto seconds = change(month, week, weekday, 0s).wall_seconds(year);
    RC_ASSERT(civil_day{std::chrono::days{seconds / 86'400}} == searched_day(year, month, week, weekday));
  }));
}

TEST_CASE("a broken rule is refused with the place of its fault", "[zone]") {
  const auto fault = [](const char* text) {
    const auto rule = parse_posix_rule(text);
    return rule ? std::string("accepted") : to_string(rule.fault());
  };
  const std::string abbreviation = "abbreviation of 3 to 32 letters, or more signs in <>, required, at position ";
  const std::string time = "time as hh[:mm[:ss]] within its limits required, at position ";
  const std::string day = "day as Mm.w.d (month 1-12, week 1-5, day 0-6), J1-J365 or 0-365 required, at position ";
  CHECK(fault("") == abbreviation + "0");
  CHECK(fault("GM0") == abbreviation + "0");
  CHECK(fault("<+03") == abbreviation + "0");
  CHECK(fault("<+03-3") == abbreviation + "0");
  CHECK(fault("GMT") == time + "3");
  CHECK(fault("GMT25") == time + "3");
  CHECK(fault("GMT0:60") == time + "3");
  CHECK(fault("GMT0:5") == time + "3");
  CHECK(fault("GMT0BST") == "comma and the day of the change required after the daylight part, at position 7");
  CHECK(fault("GMT0BST,M3.5.0") == "comma and the day of the change required after the daylight part, at position 14");
  CHECK(fault("GMT0BST,M13.5.0,M10.5.0") == day + "7");
  CHECK(fault("GMT0BST,M0.5.0,M10.5.0") == day + "7");
  CHECK(fault("GMT0BST,M3.6.0,M10.5.0") == day + "7");
  CHECK(fault("GMT0BST,M3.0.0,M10.5.0") == day + "7");
  CHECK(fault("GMT0BST,M3.5.7,M10.5.0") == day + "7");
  CHECK(fault("GMT0BST,J0,J5") == day + "7");
  CHECK(fault("GMT0BST,J366,J5") == day + "7");
  CHECK(fault("GMT0BST,366,5") == day + "7");
  CHECK(fault("GMT0BST,M3.5.0,M10.5.0x") == "end of the rule required, at position 22");
  CHECK(fault("GMT0 ") == abbreviation + "4");
}
