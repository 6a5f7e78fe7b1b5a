// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/calendar_text.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <string>
#include <vector>

using namespace plaint;

namespace plaint {
inline std::ostream& operator<<(std::ostream& out, const daily_interval& i) {
  return out << i.from << "-" << i.to;
}
} // namespace plaint

TEST_CASE("times of day are read to the second, 24:00 too", "[calendar]") {
  CHECK(parse_time_of_day("9:00") == 32'400);
  CHECK(parse_time_of_day("09:00") == 32'400);
  CHECK(parse_time_of_day("17:30:15") == 63'015);
  CHECK(parse_time_of_day("24:00") == 86'400);
  CHECK(parse_time_of_day("00:00") == 0);
  for (const auto* text : {"", "9", "9:", "9:0", "24:01", "25:00", "09:60", "09:00:60", "09:00:00:00", "-9:00",
                           "09:00 ", "0900", "9.00", "009:00"}) {
    CHECK(parse_time_of_day(text) == std::nullopt);
  }
}

TEST_CASE("an interval whose closing is earlier ends on the next day", "[calendar]") {
  CHECK(parse_interval("09:00-17:00") == daily_interval{32'400, 61'200});
  CHECK(parse_interval(" 22:00 - 06:00 ") == daily_interval{79'200, 108'000});
  CHECK(parse_interval("22:00-24:00") == daily_interval{79'200, 86'400});
  CHECK(parse_interval("09:00-09:00") == daily_interval{32'400, 32'400}); // empty: refused with its place by the check
  CHECK(parse_interval("24:00-06:00") == std::nullopt);
  CHECK(parse_interval("09:00") == std::nullopt);
  CHECK(parse_interval("09:00-17:00-18:00") == std::nullopt);
  CHECK(to_string(daily_interval{79'200, 108'000}) == "22:00-06:00");
  CHECK(to_string(daily_interval{79'200, 86'400}) == "22:00-24:00");
  CHECK(to_string(daily_interval{32'401, 61'200}) == "09:00:01-17:00");
}

TEST_CASE("weekdays are read singly, as ranges over the week's end too, and as lists", "[calendar]") {
  using days = std::vector<std::size_t>;
  CHECK(parse_weekdays("mon") == days{0});
  CHECK(parse_weekdays("Monday") == days{0});
  CHECK(parse_weekdays("mon-fri") == days{0, 1, 2, 3, 4});
  CHECK(parse_weekdays("fri-mon") == days{4, 5, 6, 0});
  CHECK(parse_weekdays("sat, sun") == days{5, 6});
  CHECK(parse_weekdays("daily") == days{0, 1, 2, 3, 4, 5, 6});
  for (const auto* text : {"", "mo", "mon-", "mon-fri-sun", "mon,,tue", "mon-xyz", "-fri"}) {
    CHECK(parse_weekdays(text) == std::nullopt);
  }
}

TEST_CASE("every interval that may be written reads back", "[calendar][property]") {
  CHECK(rc::check("round trip", [] {
    const auto from = *rc::gen::inRange(0, seconds_a_day);
    const auto to = *rc::gen::inRange(from + 1, from + seconds_a_day);
    const daily_interval hours{from, to};
    RC_ASSERT(parse_interval(to_string(hours)) == hours);
  }));
  CHECK(rc::check("any text is read or refused", [](const std::string& text) {
    (void)parse_interval(text);
    (void)parse_weekdays(text);
  }));
}
