// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/holiday/holiday_dates.hpp>
#include <plaint/calendar/holiday/named_holidays.hpp>

#include <catch.hpp>

#include <algorithm>
#include <string>
#include <support/print_time.hpp>

using namespace plaint;
using plaint::test::day;

namespace {

bool has(const holidays& set, const char* date) {
  const auto wanted = day(date);
  const auto year = static_cast<int>(date_of(wanted).year);
  const auto all = holidays_in(set, year, year);
  return std::any_of(all.begin(), all.end(), [&](const holiday& h) { return h.day == wanted; });
}

} // namespace

TEST_CASE("England and Wales with moved and single days", "[calendar]") {
  const auto uk = england_and_wales();
  CHECK(has(uk, "2020-05-08"));
  CHECK_FALSE(has(uk, "2020-05-04"));
  CHECK(has(uk, "2022-06-02"));
  CHECK_FALSE(has(uk, "2022-05-30"));
  CHECK(has(uk, "2022-09-19"));
  CHECK(has(uk, "2026-12-28")); // Boxing Day 2026 is a Saturday
  CHECK(holidays_in(uk, 2026, 2026).size() == 8);
}

TEST_CASE("legal public holidays of the United States", "[calendar]") {
  CHECK(has(us_federal(), "2026-07-03"));
  CHECK(has(us_federal(), "2021-06-18"));
  CHECK_FALSE(has(us_federal(), "2020-06-19"));
  CHECK(has(us_federal(), "2026-11-26"));
  CHECK(holidays_in(us_federal(), 2026, 2026).size() == 11);
}

TEST_CASE("closing days of TARGET", "[calendar]") {
  CHECK(holidays_in(target(), 2026, 2026).size() == 6);
  CHECK(has(target(), "2026-04-03"));
}

TEST_CASE("sets are found by their names", "[calendar]") {
  for (const auto name : holiday_set_names) {
    const auto found = find_holidays(name);
    REQUIRE(found.has_value());
    CHECK(found->name == name);
    CHECK(found->first_year.has_value());
  }
  CHECK_FALSE(find_holidays("england").has_value());
}
