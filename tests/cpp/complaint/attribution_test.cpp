// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

#include <plaint/complaint/attribution.hpp>

using namespace plaint;

TEST_CASE("consumed time is attributed to state, owner and unit, and the parts add up", "[complaint]") {
  story::teller told(story::policy("{ a: { start: opened, stop: event(stop), goals: 20h, calendar: office } }"));
  const auto end = told.tell("2026-03-02T09:00Z open owner=ann\n2026-03-02T11:00Z wait\n2026-03-02T12:00Z set "
                             "owner=bob unit=north\n2026-03-03T10:00Z go_on\n"
                             "2026-03-03T12:00Z .");
  const auto parts = attribute_time(told.by(), end.now, 0, 0, end.now.last_at);
  constexpr std::int64_t hour = 3'600'000'000;
  REQUIRE(parts.size() == 4);
  CHECK(parts[0] == attributed_time{"working", "ann", "", 2 * hour});
  CHECK(parts[1] == attributed_time{"waiting", "ann", "", 1 * hour});
  CHECK(parts[2] == attributed_time{"waiting", "bob", "north", 6 * hour});
  CHECK(parts[3] == attributed_time{"working", "bob", "north", 2 * hour});
}
