// SPDX-License-Identifier: BSL-1.0
#include "../support/print_time.hpp"

#include <plaint/time/wall_format.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

using namespace plaint;
using namespace std::chrono_literals;
using plaint::test::at;

namespace {

std::string read(const char* pattern, const char* text) {
  const auto wall = wall_format(pattern).parse(text);
  return wall ? to_iso8601(*wall) : "refused";
}

std::vector<std::string> faults(std::string_view pattern) {
  std::vector<std::string> messages;
  try {
    (void)wall_format(pattern);
  } catch (const policy_error& error) {
    for (const auto& f : error.all()) {
      CHECK(f.code == "bad-time-format");
      messages.push_back(f.message);
    }
  }
  return messages;
}

} // namespace

TEST_CASE("the times of Boston's log", "[time]") {
  const char* boston = "%m/%d/%Y %I:%M:%S %p";
  CHECK(read(boston, "03/29/2015 02:05:00 PM") == "2015-03-29T14:05:00");
  CHECK(read(boston, "3/9/2015 2:05:00 pm") == "2015-03-09T14:05:00");
  CHECK(read(boston, "03/29/2015 12:00:00 AM") == "2015-03-29T00:00:00");
  CHECK(read(boston, "03/29/2015 12:00:00 PM") == "2015-03-29T12:00:00");
  CHECK(read(boston, "03/29/2015 13:00:00 PM") == "refused");
  CHECK(read(boston, "03/29/2015 00:00:00 AM") == "refused");
  CHECK(read(boston, "03/29/2015 02:05:00") == "refused");
  CHECK(read(boston, "29/03/2015 02:05:00 PM") == "refused");
}

TEST_CASE("every directive", "[time]") {
  CHECK(read("%Y-%m-%d %H:%M:%S", "2015-03-29 14:05:09") == "2015-03-29T14:05:09");
  CHECK(read("%F %T.%f", "2015-03-29 14:05:09.25") == "2015-03-29T14:05:09.250");
  CHECK(read("%F %T.%f", "2015-03-29 14:05:09.123456789") == "2015-03-29T14:05:09.123456");
  CHECK(read("%D %R", "03/29/15 14:05") == "2015-03-29T14:05:00");
  CHECK(read("%d.%m.%y", "29.03.68") == "2068-03-29T00:00:00");
  CHECK(read("%d.%m.%y", "29.03.69") == "1969-03-29T00:00:00");
  CHECK(read("%e/%m/%Y", " 9/03/2015") == "2015-03-09T00:00:00");
  CHECK(read("%e/%m/%Y", "19/03/2015") == "2015-03-19T00:00:00");
  CHECK(read("%d %b %Y", "1 sep 2015") == "2015-09-01T00:00:00");
  CHECK(read("%d %B %Y", "1 SEPTEMBER 2015") == "2015-09-01T00:00:00");
  CHECK(read("%a %d %b %Y", "Sun 29 Mar 2015") == "2015-03-29T00:00:00");
  CHECK(read("%A, %d %b %Y", "sunday, 29 Mar 2015") == "2015-03-29T00:00:00");
  CHECK(read("%Y%m%d%H%M%S", "20150329140509") == "2015-03-29T14:05:09");
  CHECK(read("100%% %F", "100% 2015-03-29") == "2015-03-29T00:00:00");
  CHECK(read("%F %R", "2015-03-29 \t 14:05") == "2015-03-29T14:05:00");
}

TEST_CASE("texts that name no time are refused", "[time]") {
  CHECK(read("%F", "2015-02-29") == "refused");
  CHECK(read("%F", "2015-04-31") == "refused");
  CHECK(read("%F", "2015-00-10") == "refused");
  CHECK(read("%F", "2015-01-00") == "refused");
  CHECK(read("%F", "2015-01-01 ") == "refused");
  CHECK(read("%F", " 2015-01-01") == "refused");
  CHECK(read("%F", "15-01-01") == "refused");
  CHECK(read("%F", "") == "refused");
  CHECK(read("%F %R", "2015-01-01 24:00") == "2015-01-02T00:00:00");
  CHECK(read("%F %R", "2015-01-01 24:01") == "refused");
  CHECK(read("%F %T", "2015-01-01 23:59:60") == "refused");
  CHECK(read("%a %F", "Mon 2015-03-29") == "refused");
  CHECK(read("%d %b %Y", "1 Spt 2015") == "refused");
  CHECK(read("%F %T.%f", "2015-03-29 14:05:09.") == "refused");
  CHECK(wall_format("%F").parse(std::string_view("2015-03-29\0", 11)) == std::nullopt);
}

TEST_CASE("a format with offsets names instants", "[time]") {
  const wall_format format("%Y-%m-%dT%H:%M:%S%z");
  CHECK(format.has_offset());
  for (const char* text :
       {"2015-03-29T14:05:00+02:00", "2015-03-29T14:05:00+0200", "2015-03-29T14:05:00+02", "2015-03-29T12:05:00Z"}) {
    CAPTURE(text);
    CHECK(format.parse_instant(text) == at("2015-03-29T12:05:00Z"));
  }
  CHECK(format.parse_instant("2015-03-29T07:35:00-04:30") == at("2015-03-29T12:05:00Z"));
  CHECK(format.parse("2015-03-29T14:05:00+02:00") == test::wall("2015-03-29T14:05:00"));
  for (const char* text :
       {"2015-03-29T14:05:00", "2015-03-29T14:05:00+", "2015-03-29T14:05:00+2", "2015-03-29T14:05:00+24:00",
        "2015-03-29T14:05:00+02:", "2015-03-29T14:05:00+02:60", "2015-03-29T14:05:00+02:00x"}) {
    CAPTURE(text);
    CHECK(format.parse_instant(text) == std::nullopt);
  }
  CHECK(wall_format("%F").parse_instant("2015-03-29") == std::nullopt);
}

TEST_CASE("a broken pattern is refused with all its faults", "[time]") {
  CHECK(faults("%F").empty());
  CHECK(faults("%Q %I") ==
        std::vector<std::string>{"directive of Y y m d e H I M S f p b B a A z F T R D % required after %, not \"Q\"",
                                 "one year required, %Y or %y", "one month required, %m or %b",
                                 "one day of the month required, %d", "%I and %p together required"});
  CHECK(faults("%F %").size() == 1);
  CHECK(faults("%F %Y") == std::vector<std::string>{"one year required, %Y or %y"});
  CHECK(faults("%F %H %I %p") == std::vector<std::string>{"at most one hour required, %H or %I"});
  CHECK(faults("%F %M") == std::vector<std::string>{"hour required beside minutes"});
  CHECK(faults("%F %H:%S") == std::vector<std::string>{"minute required beside seconds"});
  CHECK(faults("%F %R .%f") == std::vector<std::string>{"second required beside a fraction"});
  CHECK(faults("%F %z %z") == std::vector<std::string>{"each field at most once required"});
  CHECK(faults(std::string(201, '-')) == std::vector<std::string>{"pattern of at most 200 characters required"});
}

TEST_CASE("what the C library writes is read", "[time]") {
  for (const char* pattern :
       {"%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%a, %d %b %Y %T", "%A %e %B %Y %R:%S", "%D %T"}) {
    const wall_format format(pattern);
    CHECK(rc::check(pattern, [&format, pattern] {
      const wall_time w{std::chrono::seconds{*rc::gen::inRange<std::int64_t>(0, 3'000'000'000)}};
      const civil_date date = date_of(day_of(w));
      const auto seconds = time_of_day(w).count() / 1'000'000;
      std::tm tm{};
      tm.tm_year = static_cast<int>(date.year) - 1900;
      tm.tm_mon = date.month - 1;
      tm.tm_mday = date.day;
      tm.tm_hour = static_cast<int>(seconds / 3'600);
      tm.tm_min = static_cast<int>(seconds / 60 % 60);
      tm.tm_sec = static_cast<int>(seconds % 60);
      tm.tm_wday = static_cast<int>(weekday_of(day_of(w)).c_encoding());
      char text[100];
      const std::size_t size = std::strftime(text, sizeof text, pattern, &tm);
      RC_ASSERT(size > 0U);
      RC_ASSERT(format.parse({text, size}) == w);
    }));
  }
}

TEST_CASE("any text is read or refused, and what is read is a time", "[time]") {
  const wall_format format("%m/%d/%Y %I:%M:%S %p");
  CHECK(rc::check("texts near a right one", [&format] {
    std::string text = "03/29/2015 02:05:00 PM";
    const auto place = *rc::gen::inRange<std::size_t>(0, text.size());
    text[place] = *rc::gen::arbitrary<char>();
    if (const auto wall = format.parse(text)) {
      RC_ASSERT(to_iso8601(*wall).size() == 19U);
    }
  }));
}
