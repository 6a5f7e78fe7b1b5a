// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/holiday/china_days.hpp>

#include <catch.hpp>

#include <support/print_time.hpp>

using namespace plaint;
using plaint::test::day;

TEST_CASE("China's days off and make-up working days", "[calendar]") {
  calendar_definition d{.id = "cn", .zone = "Asia/Shanghai"};
  d.versions.push_back({.hours = weekly_hours::from_to(0, 4, {{9 * 3'600, 18 * 3'600}})});
  d.holidays.push_back(china_public_holidays());
  const auto c = calendar::compile(d);
  CHECK_FALSE(c.is_business_day(day("2026-10-01")));
  CHECK(c.is_business_day(day("2026-10-10"))); // a Saturday that is worked
  CHECK(c.is_business_day(day("2020-02-03"))); // a Monday that the announcement names
  CHECK_FALSE(c.is_business_day(day("2020-01-31")));
  CHECK_FALSE(c.is_business_day(day("2007-12-31"))); // announced for 2008
  CHECK(c.is_business_day(day("2018-12-29")));
  CHECK_THROWS_AS(c.is_business_day(day("2027-01-04")), horizon_error);
  CHECK(china_public_holidays().dates.front().name == "元旦");
}
