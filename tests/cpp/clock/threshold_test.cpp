// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/threshold.hpp>

using namespace plaint;
using namespace std::chrono_literals;

TEST_CASE("thresholds are written as people say them", "[clock]") {
  CHECK(parse_threshold("75%") == threshold{.kind = threshold_kind::percent, .percent = 75});
  CHECK(parse_threshold("2h before") == threshold{.kind = threshold_kind::before, .time = 2h});
  CHECK(parse_threshold("1h 30min before") == threshold{.kind = threshold_kind::before, .time = 90min});
  CHECK(parse_threshold("1 business day before") ==
        threshold{.kind = threshold_kind::before, .unit = distance_unit::business_days, .days = 1});
  CHECK(parse_threshold("at due") == threshold{});
  CHECK(parse_threshold("2 days after") ==
        threshold{.kind = threshold_kind::after, .unit = distance_unit::calendar_days, .days = 2});
  CHECK(parse_threshold("2h elapsed after") ==
        threshold{.kind = threshold_kind::after, .unit = distance_unit::elapsed, .time = 2h});
  CHECK(parse_threshold("every 4h after, at most 3") ==
        threshold{.kind = threshold_kind::every_after, .time = 4h, .at_most = 3});
}

TEST_CASE("a threshold reads back as it is written", "[clock]") {
  for (const auto* text :
       {"75%", "2h before", "1h 30min before", "1 business day before", "at due", "1 day after", "2h elapsed after",
        "every 4h after, at most 3", "every 2 days after, at most 10", "at promised_2"}) {
    const auto read = parse_threshold(text);
    REQUIRE(read);
    CHECK(to_string(*read) == text);
  }
}

TEST_CASE("what is no threshold is refused", "[clock]") {
  for (const auto* text :
       {"", "0%", "100%", "-5%", "before", "2h", "0h before", "2 parsecs before", "at", "at due soon", "every 4h after",
        "every 4h after, at most 0", "every 4h after, at most 100000", "99999999999999999999h before"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_threshold(text));
  }
  CHECK_FALSE(parse_threshold(std::string(100'000, '1')));
}
