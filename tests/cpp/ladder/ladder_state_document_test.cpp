// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

#include <plaint/ladder/ladder_state_document.hpp>

using namespace plaint;

TEST_CASE("the state of a ladder is written and read back the same; what the policy does not have is told",
          "[ladder]") {
  story::teller told(story::policy(
      "{ a: { start: opened, stop: event(stop), goals: 4h, calendar: office, pause: { on: event(pause), resume: "
      "event(resume), reasons: x } } }",
      "{ l: { trigger: breach(a), steps: [{ notify: x }, { after: 1h, notify: y, reminders: { every: 1h, at_most: 5 } "
      "}],"
      "       acknowledged_by: lead, de_escalate: { on: event(calm), to: 1, cooldown: 1h }, ends_on: stop(a) } }"));
  const auto end = told.tell("2026-03-02T09:00Z open\n2026-03-02T13:30Z pause\n2026-03-02T14:00Z "
                             "resume\n2026-03-02T16:00Z calm\n2026-03-02T16:10Z note @lead");
  const auto& l = end.now.ladders[0];
  REQUIRE_FALSE(l.history.empty());
  findings out;
  const auto written = write_ladder_state(l);
  CHECK(read_ladder_state({written, "", out}, 2) == l);
  CHECK(out.empty());
  (void)read_ladder_state({written, "", out}, 0);
  REQUIRE(out.size() == 1);
  CHECK(out.front().code == "unknown-step");
}
