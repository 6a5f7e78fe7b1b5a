// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

#include <plaint/ladder/compiled_ladder.hpp>

using namespace plaint;

TEST_CASE("a ladder runs for the clock that triggers it, by that clock's calendar unless it names one", "[ladder]") {
  const auto rules = story::policy(
      "{ a: { start: opened, stop: event(stop), goals: 4h, calendar: short } }",
      "{ l: { trigger: breach(a), steps: [{ notify: x }], ends_on: stop(a) },"
      "  m: { trigger: breach(a), calendar: office, steps: [{ notify: x, gate: always }], ends_on: stop(a) } }");
  CHECK(rules.ladders()[0].clock == 0);
  CHECK(rules.ladders()[0].calendar == rules.clocks()[0].calendars[0].calendar);
  CHECK_FALSE(rules.ladders()[1].calendar == rules.ladders()[0].calendar);
  CHECK(rules.ladders()[1].steps[0].gate);
  CHECK(rules.ladders()[0].ends.all().size() == 2); // whoever ends with a stop ends with a cancelled cycle too
}
