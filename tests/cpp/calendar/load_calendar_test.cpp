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

TEST_CASE("a fault of weekly hours is told once, where it was written", "[calendar]") {
  const auto places = [](const char* json) {
    std::vector<std::string> found;
    try {
      (void)load_calendar(read_json(json));
    } catch (const policy_error& error) {
      for (const auto& f : error.all()) {
        found.push_back(f.code + " at " + f.pointer);
      }
    }
    return found;
  };
  CHECK(places(R"({"zone": "UTC", "hours": {"mon-fri": ["09:00-09:00"], "sat": "10:00-10:00"}})") ==
        std::vector<std::string>{"empty-interval at /hours/mon-fri/0", "empty-interval at /hours/sat"});
  CHECK(places(R"({"zone": "UTC", "hours": {"daily": ["09:00-12:00"], "fri": ["13:00-14:00", "11:00-12:30"]}})") ==
        std::vector<std::string>{"overlap at /hours/fri/1"});
  CHECK(places(R"({"zone": "UTC", "hours": {"mon": ["09:00-17:00"]}, "versions": [
                   {"from": "2026-07-01", "hours": {"tue, wed": ["09:00-10:00", "09:30-11:00"]}},
                   {"from": "2026-07-01", "zone": "Europe/Pariss", "hours": {"thu": ["09:00-09:00"]}}]})") ==
        std::vector<std::string>{"unknown-zone at /versions/1/zone", "overlap at /versions/0/hours/tue, wed/1",
                                 "not-ascending at /versions/1/from", "empty-interval at /versions/1/hours/thu/0"});
  CHECK(places(R"({"zone": "UTC", "versions": [{"hours": {"mon": ["09:00-09:00"]}}]})") ==
        std::vector<std::string>{"empty-interval at /versions/0/hours/mon/0"});
}
