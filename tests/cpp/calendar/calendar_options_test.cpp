// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/calendar_options.hpp>

#include <catch.hpp>

using namespace plaint;

TEST_CASE("the defaults are the recommended answers", "[calendar]") {
  constexpr calendar_options usual{};
  STATIC_REQUIRE(usual.exact_end == exact_end::earliest);
  STATIC_REQUIRE(usual.gap == gap_policy::snap);
  STATIC_REQUIRE(usual.overlap == overlap_policy::first);
  STATIC_REQUIRE(usual.holiday == holiday_cut::cut);
  STATIC_REQUIRE(usual.ranges == overlap_ranges::reject);
  STATIC_REQUIRE(usual.past_horizon == past_horizon::error);
  STATIC_REQUIRE(usual.day_rule == day_rule::next);
  STATIC_REQUIRE_FALSE(usual.roll.has_value());
  STATIC_REQUIRE(usual.counted == counted::first);
}
