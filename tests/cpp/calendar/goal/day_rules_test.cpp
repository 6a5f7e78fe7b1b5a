// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/goal/day_rules.hpp>

#include <catch.hpp>

using namespace plaint;

TEST_CASE("days are counted from the day after the receipt and end at the same time of day unless said otherwise",
          "[calendar]") {
  constexpr day_rules usual{};
  STATIC_REQUIRE_FALSE(usual.receipt_day_counts);
  STATIC_REQUIRE(usual.receipt == receipt_rule::as_is);
  STATIC_REQUIRE(usual.at == due_at::same_time);
  STATIC_REQUIRE_FALSE(usual.cut_off.has_value());
  STATIC_REQUIRE_FALSE(usual.roll.has_value());
}
