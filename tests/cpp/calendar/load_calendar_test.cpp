// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/load_calendar.hpp>
#include <plaint/io/json.hpp>
#include <plaint/time/iso8601.hpp>

#include <catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace plaint;

TEST_CASE("a calendar file becomes a calendar in one call", "[calendar]") {
  const auto office = load_calendar(read_json(R"({"zone": "Europe/London", "hours": {"mon-fri": ["09:00-17:00"]}})"));
  CHECK(office.is_open(*parse_instant("2026-05-04T08:00Z")));
  CHECK_FALSE(office.is_open(*parse_instant("2026-05-04T16:00Z")));
}

TEST_CASE("what cannot be read and what does not fit are told together, each once and with its place", "[calendar]") {
  const auto broken = read_json(
      R"({"zone": "Europe/Londno", "hours": {"mon": ["09:00"], "someday": []}, "breaks": {"2026-05-04": ["11:00-11:00"]}})");
  try {
    (void)load_calendar(broken);
    FAIL("refused");
  } catch (const policy_error& error) {
    std::vector<std::string> found;
    for (const auto& f : error.all()) {
      found.push_back(f.code + " at " + f.pointer);
    }
    std::sort(found.begin(), found.end());
    CHECK(found == std::vector<std::string>{"bad-interval at /hours/mon/0", "bad-weekday at /hours/someday",
                                            "empty-interval at /breaks/2026-05-04/0", "unknown-zone at /zone"});
  }
}
