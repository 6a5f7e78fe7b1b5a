// SPDX-License-Identifier: BSL-1.0
#include "../support/print_time.hpp"

#include <plaint/time/calendar_duration.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <cstdint>
#include <string>

using namespace plaint;
using namespace std::chrono_literals;

namespace {

std::string rewritten(const char* text) {
  const auto d = parse_duration(text);
  return d ? to_iso8601(*d) : to_string(d.fault());
}

std::int64_t some_number() {
  return *rc::gen::oneOf(rc::gen::just<std::int64_t>(0), rc::gen::inRange<std::int64_t>(-40, 40),
                         rc::gen::inRange<std::int64_t>(-999'999'999'999'999'999, 1'000'000'000'000'000'000));
}

} // namespace

TEST_CASE("the units of a duration stay apart", "[time]") {
  CHECK(*parse_duration("P1Y2M3W4DT5H6M7.5S") == calendar_duration{1, 2, 3, 4, 5h + 6min + 7s + 500ms});
  CHECK(*parse_duration("P15D") == calendar_duration{0, 0, 0, 15, 0us});
  CHECK(*parse_duration("PT36H") != *parse_duration("P1DT12H"));
  CHECK(*parse_duration("P14D") != *parse_duration("P2W"));
}

TEST_CASE("only elapsed time is exact", "[time]") {
  CHECK(parse_duration("PT4H")->exact() == 4h);
  CHECK(parse_duration("P0DT0S")->exact() == 0us);
  CHECK(parse_duration("P1D")->exact() == std::nullopt);
  CHECK(parse_duration("P1M")->exact() == std::nullopt);
  CHECK(parse_duration("-PT0.25S")->exact() == -250ms);
}

TEST_CASE("durations have one canonical text", "[time]") {
  CHECK(rewritten("PT90M") == "PT1H30M");
  CHECK(rewritten("PT1.5H") == "PT1H30M");
  CHECK(rewritten("PT0,5S") == "PT0.5S");
  CHECK(rewritten("P0D") == "PT0S");
  CHECK(rewritten("+P1W") == "P1W");
  CHECK(rewritten("-P1DT2H") == "-P1DT2H");
  CHECK(rewritten("P1DT-2H") == "P1DT-2H");
  CHECK(rewritten("-P1DT-2H") == "P-1DT2H");
  CHECK(rewritten("PT-1H-30M") == "-PT1H30M");
  CHECK(to_iso8601(duration{0}) == "PT0S");
  CHECK(to_iso8601(duration{4h}) == "PT4H");
}

TEST_CASE("a broken duration is refused with the place of its fault", "[time]") {
  CHECK(rewritten("") == "P required at the start of a duration, at position 0");
  CHECK(rewritten("4H") == "P required at the start of a duration, at position 0");
  CHECK(rewritten("--P1D") == "P required at the start of a duration, at position 1");
  CHECK(rewritten("P") == "at least one part required, such as P15D or PT4H, at position 1");
  CHECK(rewritten("PT") == "hours, minutes or seconds required after T, at position 2");
  CHECK(rewritten("P1DT") == "hours, minutes or seconds required after T, at position 4");
  CHECK(rewritten("P1") == "unit Y, M, W or D in this order required, at position 2");
  CHECK(rewritten("P1M1Y") == "unit Y, M, W or D in this order required, at position 4");
  CHECK(rewritten("P1D1D") == "unit Y, M, W or D in this order required, at position 4");
  CHECK(rewritten("P4H") == "unit Y, M, W or D in this order required, at position 2");
  CHECK(rewritten("PT1S1H") == "unit H, M or S in this order required, at position 5");
  CHECK(rewritten("PT1HT1M") == "number of 1 to 18 digits required, at position 4");
  CHECK(rewritten("P1.5D") == "whole number required: only hours, minutes and seconds have fractions, at position 2");
  CHECK(rewritten("PT1.5H3M") == "end required: only the last part may have a fraction, at position 6");
  CHECK(rewritten("PT1.S") == "1 to 9 digits required after the decimal sign, at position 3");
  CHECK(rewritten("PT0.0000001S") == "whole number of microseconds required, at position 3");
  CHECK(rewritten("P1234567890123456789D") == "number of 1 to 18 digits required, at position 1");
  CHECK(rewritten("PD") == "number of 1 to 18 digits required, at position 1");
}

TEST_CASE("a time that 64 bits cannot hold is refused, the longest that they can is read", "[time]") {
  CHECK(parse_duration("PT2562047788H54.775807S")->time == duration::max());
  CHECK(parse_duration("-PT2562047788H54.775808S")->time == duration::min());
  CHECK(parse_duration("-PT9223372036854.775808S")->time == duration::min());
  CHECK_FALSE(parse_duration("PT9223372036854.775808S"));
  CHECK_FALSE(parse_duration("-PT9223372036854.775809S"));
  CHECK(rewritten("PT999999999999999999H") == "time of at most 292,000 years required, at position 2");
  CHECK(to_iso8601(duration::min()) == "-PT2562047788H54.775808S");
}

TEST_CASE("a duration comes back from its text", "[time]") {
  CHECK(rc::check("write, then read", [] {
    const calendar_duration d{some_number(), some_number(), some_number(), some_number(),
                              duration{*rc::gen::arbitrary<std::int64_t>()}};
    const auto back = parse_duration(to_iso8601(d));
    RC_ASSERT(back);
    RC_ASSERT(*back == d);
  }));
  CHECK(rc::check("read, then write, is canonical", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("PT-+.,0159YMWDHS")));
    if (const auto d = parse_duration("P" + text)) {
      RC_ASSERT(to_iso8601(*parse_duration(to_iso8601(*d))) == to_iso8601(*d));
    }
  }));
}
