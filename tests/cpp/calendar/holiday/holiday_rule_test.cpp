// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/detail/holiday_text.hpp>
#include <plaint/calendar/holiday/holiday_rule.hpp>

#include <catch.hpp>

#include <array>
#include <variant>

using namespace plaint;

TEST_CASE("rules are written in words and read back", "[calendar]") {
  const std::array<std::pair<const char*, holiday_base>, 7> all{{
      {"25 december", fixed_date{12, 25}},
      {"fourth thu of november", nth_weekday{4, 3, 11}},
      {"last mon of may", last_weekday{0, 5}},
      {"mon on or before 24 may", weekday_near{0, weekday_side::on_or_before, 5, 24}},
      {"tue after 1 november", weekday_near{1, weekday_side::after, 11, 1}},
      {"easter", easter_sunday{}},
      {"orthodox easter", easter_sunday{true}},
  }};
  for (const auto& [text, base] : all) {
    CHECK(detail::parse_holiday_base(text) == base);
    CHECK(detail::to_text(base) == text);
  }
  for (const auto* wrong :
       {"", "december", "32 december", "sixth monday of may", "last may", "easter monday", "monday near 1 may"}) {
    CHECK_FALSE(detail::parse_holiday_base(wrong).has_value());
  }
}
