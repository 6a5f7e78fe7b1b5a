// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/goal/goal.hpp>

#include <catch.hpp>

#include <variant>

using namespace plaint;
using namespace std::chrono_literals;

TEST_CASE("a day is not 24 business hours", "[calendar]") {
  CHECK_FALSE(business_days(1) == business(24h));
  CHECK_FALSE(business(24h) == elapsed(24h));
  CHECK_FALSE(calendar_days(7) == weeks(1));
  CHECK(counts_days(months(2)));
  CHECK_FALSE(counts_days(business(4h)));
  CHECK_FALSE(counts_days(until("target")));
}

TEST_CASE("a choice holds goals of any kind, choices too", "[calendar]") {
  const auto either = earliest_of({business_days(15), latest_of({calendar_days(90), until("agreed")})});
  CHECK(either == earliest_of({business_days(15), latest_of({calendar_days(90), until("agreed")})}));
  CHECK_FALSE(either == latest_of({business_days(15), latest_of({calendar_days(90), until("agreed")})}));
  CHECK(std::get<choice_goal>(either.form).of.size() == 2);
}
