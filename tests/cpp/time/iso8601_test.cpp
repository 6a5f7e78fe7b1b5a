// SPDX-License-Identifier: BSL-1.0
#include "../support/print_time.hpp"

#include <plaint/time/iso8601.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <cstdint>
#include <limits>
#include <string>

using namespace plaint;
using namespace std::chrono_literals;
using plaint::test::at;
using plaint::test::day;
using plaint::test::wall;

namespace {

std::string read(const char* text) {
  const auto t = parse_instant(text);
  return t ? to_iso8601(*t) : to_string(t.fault());
}

instant some_instant() {
  return instant{duration{*rc::gen::oneOf(
      rc::gen::arbitrary<std::int64_t>(), rc::gen::inRange<std::int64_t>(-4'000'000'000'000'000, 8'000'000'000'000'000),
      rc::gen::element(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                       std::int64_t{-1}))}};
}

} // namespace

TEST_CASE("instants are read with their offset", "[time]") {
  CHECK(parse_instant("1970-01-01T00:00:00Z")->time_since_epoch().count() == 0);
  CHECK(read("2026-03-29T01:30:00.250Z") == "2026-03-29T01:30:00.250Z");
  CHECK(read("2026-03-29t01:30:00z") == "2026-03-29T01:30:00Z");
  CHECK(read("2026-03-29 02:30:00+01:00") == "2026-03-29T01:30:00Z");
  CHECK(read("2026-03-29T02:30+01") == "2026-03-29T01:30:00Z");
  CHECK(read("2026-03-28T21:00:00-0430") == "2026-03-29T01:30:00Z");
  CHECK(read("1971-12-31T23:15:30-00:44:30") == "1972-01-01T00:00:00Z");
  CHECK(read("2026-03-29T01:30:00-00:00") == "2026-03-29T01:30:00Z");
  CHECK(read("20260329T013000Z") == "2026-03-29T01:30:00Z");
  CHECK(read("20260329T0130Z") == "2026-03-29T01:30:00Z");
  CHECK(read("2026-03-29T01Z") == "2026-03-29T01:00:00Z");
}

TEST_CASE("24:00 is the next day's midnight, and nothing comes after it", "[time]") {
  CHECK(read("2026-12-31T24:00Z") == "2027-01-01T00:00:00Z");
  CHECK(read("2026-12-31T24:00:00.000Z") == "2027-01-01T00:00:00Z");
  CHECK(read("2026-12-31T24:01Z") == "24:00 as the latest time of a day required, at position 11");
  CHECK(read("2026-12-31T25:00Z") == "hour from 00 to 24 required, at position 11");
}

TEST_CASE("a leap second is refused with its reason", "[time]") {
  CHECK(read("2016-12-31T23:59:60Z") == "second from 00 to 59 required: leap seconds are not counted, at position 17");
  CHECK(read("2016-12-31T23:59:61Z") == "second from 00 to 59 required, at position 17");
}

TEST_CASE("fractions are cut off after the microsecond", "[time]") {
  CHECK(at("2026-03-29T01:30:00.1234567Z") == at("2026-03-29T01:30:00.123456Z"));
  CHECK(at("1969-12-31T23:59:59,9999999Z").time_since_epoch() == -1us);
  CHECK(read("2026-03-29T01:30:00.Z") == "digit required after the decimal sign, at position 20");
}

TEST_CASE("a time without an offset names no instant", "[time]") {
  CHECK(read("2026-03-29T01:30:00") ==
        "Z or an offset required, as a time without one names no instant, at position 19");
  CHECK(read("2026-03-29") == "T and a time required after the day, at position 10");
  CHECK(*parse_wall_time("2026-03-29T01:30:00") == wall_time{day("2026-03-29")} + 90min);
  CHECK(to_string(parse_wall_time("2026-03-29T01:30Z").fault()) ==
        "end of the wall time required; one with an offset is an instant, at position 16");
}

TEST_CASE("a broken instant is refused with the place of its fault", "[time]") {
  CHECK(read("") == "year of four digits, or a sign and six, required, at position 0");
  CHECK(read("26-03-29T01Z") == "year of four digits, or a sign and six, required, at position 0");
  CHECK(read("+2026-03-29T01Z") == "year of four digits, or a sign and six, required, at position 0");
  CHECK(read("-000000-03-29T01Z") == "year of four digits, or a sign and six, required, at position 0");
  CHECK(read("2026-13-29T01Z") == "month from 01 to 12 required, at position 5");
  CHECK(read("2026-02-29T01Z") == "day that the month has required, at position 8");
  CHECK(read("2026-03-29T01:60Z") == "minute from 00 to 59 required, at position 14");
  CHECK(read("2026-03-29T01:30+24:00") == "offset as hh:mm up to 23:59 required, at position 16");
  CHECK(read("2026-03-29T01:30+1") == "offset as hh:mm up to 23:59 required, at position 16");
  CHECK(read("2026-03-29T01:30Z ") == "end of the instant required, at position 17");
  CHECK(read("20260329T01:30Z") == "Z or an offset required, as a time without one names no instant, at position 11");
  CHECK(read("2026-W13-7T01Z") == "month from 01 to 12 required, at position 5");
}

TEST_CASE("the first and the last instant are read, what lies beyond is refused", "[time]") {
  CHECK(to_iso8601(instant::min()) == "-290308-12-21T19:59:05.224192Z");
  CHECK(to_iso8601(instant::max()) == "+294247-01-10T04:00:54.775807Z");
  CHECK(at("-290308-12-21T19:59:05.224192Z") == instant::min());
  CHECK(at("+294247-01-10T04:00:54.775807Z") == instant::max());
  CHECK(read("-290308-12-21T19:59:05.224191Z") == "time within 292,000 years of 1970 required, at position 0");
  CHECK(read("+294247-01-10T04:00:54.775808Z") == "time within 292,000 years of 1970 required, at position 0");
  CHECK(read("+294247-01-10T04:00:54-01:00") == "time within 292,000 years of 1970 required, at position 0");
  CHECK(read("+999999-01-10T04:00:54Z") == "time within 292,000 years of 1970 required, at position 0");
}

TEST_CASE("days are read and written", "[time]") {
  CHECK(*parse_civil_day("20260329") == day("2026-03-29"));
  CHECK(to_iso8601(day("2026-03-29")) == "2026-03-29");
  CHECK(to_iso8601(day("+012026-03-29")) == "+012026-03-29");
  CHECK(to_string(parse_civil_day("2026-03").fault()) == "- and the day of the month required, at position 7");
  CHECK(to_string(parse_civil_day("2026-03-29T").fault()) == "end of the day required, at position 10");
}

TEST_CASE("times are written with as many digits as they need", "[time]") {
  CHECK(to_iso8601(wall("2026-03-29T01:30:00")) == "2026-03-29T01:30:00");
  CHECK(to_iso8601(wall("2026-03-29T01:30:00.5")) == "2026-03-29T01:30:00.500");
  CHECK(to_iso8601(wall("2026-03-29T01:30:00.000001")) == "2026-03-29T01:30:00.000001");
  CHECK(to_iso8601(at("2026-03-29T01:30Z"), 1h) == "2026-03-29T02:30:00+01:00");
  CHECK(to_iso8601(at("2026-03-29T01:30Z"), -2'670s) == "2026-03-29T00:45:30-00:44:30");
}

TEST_CASE("a span is two instants, or one and an exact duration", "[time]") {
  const span four_hours{at("2026-03-29T01:00Z"), at("2026-03-29T05:00Z")};
  CHECK(*parse_span("2026-03-29T01:00Z/2026-03-29T06:00+01:00") == four_hours);
  CHECK(*parse_span("2026-03-29T01:00Z/PT4H") == four_hours);
  CHECK(*parse_span("PT4H/2026-03-29T05:00Z") == four_hours);
  CHECK(parse_span("2026-03-29T01:00Z/2026-03-29T01:00Z")->empty());
  CHECK(to_iso8601(four_hours) == "2026-03-29T01:00:00Z/2026-03-29T05:00:00Z");
  const auto fault = [](const char* text) { return to_string(parse_span(text).fault()); };
  CHECK(fault("2026-03-29T01:00Z") == "start and end with / between them required, at position 17");
  CHECK(fault("2026-03-29T01:00Z/2026-03-29T00:00Z") == "end at or after the start required, at position 18");
  CHECK(fault("2026-03-29T01:00Z/P1D") == "duration of hours, minutes and seconds required, at position 18");
  CHECK(fault("2026-03-29T01:00Z/PT1X") == "unit H, M or S in this order required, at position 21");
  CHECK(fault("2026-03-29T01:00Z/2026-03-29T25Z") == "hour from 00 to 24 required, at position 29");
  CHECK(fault("PT1H/PT1H") == "instant on one side of / required, at position 0");
  CHECK(fault("+294247-01-10T04:00:54Z/PT1S") == "time within 292,000 years of 1970 required, at position 24");
}

TEST_CASE("every instant, wall time, day and span comes back from its text", "[time]") {
  CHECK(rc::check("instants", [] {
    const instant t = some_instant();
    RC_ASSERT(*parse_instant(to_iso8601(t)) == t);
  }));
  CHECK(rc::check("wall times", [] {
    const wall_time w{some_instant().time_since_epoch()};
    RC_ASSERT(*parse_wall_time(to_iso8601(w)) == w);
  }));
  CHECK(rc::check("days", [] {
    const civil_day d{std::chrono::days{*rc::gen::inRange(-300'000'000, 300'000'000)}};
    RC_ASSERT(*parse_civil_day(to_iso8601(d)) == d);
  }));
  CHECK(rc::check("instants under an offset", [] {
    const instant t{duration{*rc::gen::inRange<std::int64_t>(-4'000'000'000'000'000, 8'000'000'000'000'000)}};
    const std::chrono::seconds offset{*rc::gen::inRange(-86'399, 86'400)};
    RC_ASSERT(*parse_instant(to_iso8601(t, offset)) == t);
  }));
  CHECK(rc::check("spans", [] {
    const instant a = some_instant();
    const instant b = some_instant();
    const span s{std::min(a, b), std::max(a, b)};
    RC_ASSERT(*parse_span(to_iso8601(s)) == s);
  }));
}
