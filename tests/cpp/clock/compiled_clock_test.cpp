// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

#include <plaint/clock/compiled_clock.hpp>

using namespace plaint;

TEST_CASE("a clock has a calendar for each row of its rule, each of its zones and each edition", "[clock]") {
  const auto rules =
      story::policy(R"({ a: { start: opened, stop: event(stop), goals: 4h, zone: zone,
      calendar: [{ if: 'site == "branch"', calendar: short }, { calendar: office }] } })",
                    "{}", "calendar_edits: { office: { from: \"2026-06-01T00:00:00Z\", calendar: short } }\n");
  const auto& c = rules.clocks()[0];
  CHECK(c.zones == 3); // its own, and those that the attribute enumerates
  CHECK(c.first_edition.size() == 6);
  const auto& office = c.calendars[c.first_edition[3]];
  CHECK(office.name == "office");
  CHECK(office.until == story::at("2026-06-01T00:00Z"));
  CHECK(c.calendars[office.next].name == "short");
  CHECK(c.calendars[c.first_edition[4]].zone == "Asia/Tokyo");
}
