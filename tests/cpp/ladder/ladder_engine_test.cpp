// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

#include <plaint/ladder/ladder_engine.hpp>

using namespace plaint;

TEST_CASE("nothing is scheduled while no ladder is climbed", "[ladder]") {
  CHECK_FALSE(next_rung({ladder_state{}, ladder_state{}}));
}

TEST_CASE("a ladder is climbed from its trigger on, each step at its own instant", "[ladder]") {
  story::teller told(story::policy("{ a: { start: opened, stop: event(stop), goals: 4h, calendar: office } }",
                                   "{ l: { trigger: breach(a), steps: [{ level: 2, notify: x }, { level: 5, after: 2h, "
                                   "notify: y }], ends_on: stop(a) } }"));
  const auto end = told.tell("2026-03-02T14:00Z open\n2026-03-04T09:00Z stop");
  CHECK(story::joined(end.rungs) == "l step1@2026-03-03T10:00Z; l step2@2026-03-03T12:00Z");
  const auto& l = end.now.ladders[0];
  CHECK(read_ladder(l).high_water == 5);
  CHECK_FALSE(l.active);
  CHECK(l.level == 5); // ending resets nothing
  CHECK(l.token > 1);
}
