// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/io/yaml.hpp>
#include <plaint/policy/policy.hpp>

#include <string>
#include <string_view>

using namespace plaint;

// The static checks that a policy's promises must pass, kind by kind: the code, the place and the words of each
// finding.
namespace {

struct parts {
  std::string clocks = "";
  std::string ladders = "";
  std::string states = "";
  std::string calendars = "";
  std::string initial = "working";
};

/// Every finding about a policy, one a line.
std::string told(const parts& p) {
  const std::string text =
      "plaint: 1\nid: checked\nversion: 1\n"
      "calendars:\n"
      "  office: { zone: UTC, hours: { mon-fri: [\"09:00-17:00\"] }, horizon: { from: 2025, to: 2026 } }\n"
      "  always: { zone: UTC, hours: always }\n" +
      p.calendars +
      "attributes:\n"
      "  severity: { enum: [minor, medium, severe], default: minor }\n"
      "  tier: { enum: [gold, plain] }\n"
      "  count: { int: { min: 0, max: 9 }, default: 0 }\n"
      "roles: { agent: {} }\n"
      "lifecycle:\n"
      "  initial: " +
      p.initial +
      "\n  states:\n"
      "    working: { on: { wait: { target: waiting }, finish: { target: done } } }\n"
      "    waiting: { on: { go_on: { target: working } } }\n"
      "    done: { type: final }\n" +
      p.states +
      "  on: { start: {}, stop: {}, note: {}, ask: {}, set: {} }\n"
      "clocks: { " +
      p.clocks + " }\nladders: { " + p.ladders + " }\n";
  std::string all;
  const auto add = [&](const findings& found) {
    for (const auto& f : found) {
      constexpr std::string_view weights[] = {"", "warning ", "note "};
      all += (all.empty() ? "" : "\n") + std::string(weights[static_cast<std::size_t>(f.weight)]) + f.code + " " +
             f.pointer + ": " + f.message + (f.suggestion.empty() ? "" : " (" + f.suggestion + ")");
    }
  };
  try {
    add(load_policy(read_yaml(text)).notes());
  } catch (const policy_error& e) {
    add(e.all());
  }
  return all;
}

std::string told_of(const std::string& clocks, const std::string& ladders = "") {
  return told(parts{.clocks = clocks, .ladders = ladders});
}

const std::string a_clock = "a: { start: opened, stop: event(stop), calendar: office, ";
const std::string a_repeating =
    "a: { start: event(start), stop: event(stop), cycles: independent, goals: 4h, calendar: office }";
const std::string waits = "pause: { while: 'in_state(\"waiting\")', reasons: x, at_most: 5 days } }";

} // namespace

TEST_CASE("a policy without faults is told nothing", "[policy][checks]") {
  CHECK(told_of(a_clock + "goals: [{ if: severity == \"severe\", goal: 2h }, 4h], " + waits,
                "l: { trigger: breach(a), steps: [{ notify: x }], ends_on: stop(a) }") == "");
}

TEST_CASE("unreachable and dead-end states", "[policy][checks]") {
  CHECK(told({.states = "    lost: { on: { note: { target: working } } }\n"}) ==
        "warning unreachable-state /lifecycle/states/lost: no event leads to \"lost\"");
  CHECK(told({.states = "    held: {}\n    hall: { on: { note: { target: held }, set: { target: working } } }\n",
              .initial = "hall"}) == "warning dead-end /lifecycle/states/held: nothing leads out of \"held\", which is "
                                     "neither final nor tagged closed");
}

TEST_CASE("a pause without exit or bound", "[policy][checks]") {
  const auto held = [](const std::string& more) {
    return told({.clocks = a_clock + "goals: 4h, pause: { while: 'in_state(\"held\")', reasons: x" + more + " } }",
                 .states = "    held: {}\n    hall: { on: { note: { target: held }, set: { target: working } } }\n",
                 .initial = "hall"});
  };
  CHECK(
      held("").ends_with("warning pause-without-budget /clocks/a/pause: nothing bounds this pause: say \"at_most\"\n"
                         "pause-without-end /clocks/a/pause/while: nothing leads out of \"held\", so this pause never "
                         "ends"));
  CHECK(held(", at_most: 3 days").find("pause-without") == std::string::npos);
  CHECK(told_of(a_clock + "goals: 4h, pause: { on: event(note), reasons: x } }") ==
        "warning pause-without-budget /clocks/a/pause: nothing bounds this pause: say \"at_most\"\n"
        "pause-without-end /clocks/a/pause: nothing ends a pause that begins by \"on\": say \"resume\"");
}

TEST_CASE("what starts a clock also stops it, so it never attaches", "[policy][checks]") {
  const std::string rest = ", goals: 4h, calendar: office }";
  CHECK(told_of("a: { start: event(start), stop: event(start)" + rest) ==
        "never-starts /clocks/a/start: what starts this clock also stops it, so no cycle ever begins");
  CHECK(told_of("a: { start: { on: event(start), if: count > 2 }, stop: [event(stop), event(start)]" + rest) ==
        "never-starts /clocks/a/start: what starts this clock also stops it, so no cycle ever begins");
  CHECK(told_of("a: { start: event(start), stop: [event(stop), { on: event(start), if: count > 2 }]" + rest) == "");
  CHECK(told_of("a: { start: enter(working), stop: event(stop), cancel: enter(working)" + rest) ==
        "never-starts /clocks/a/start: what starts this clock also cancels it, so no cycle ever begins");
  CHECK(told_of("a: { start: enter(waiting), applies: 'in_state(\"working\")', stop: event(stop)" + rest) ==
        "never-starts /clocks/a/applies: wherever something starts this clock it does not apply");
  CHECK(told_of("a: { start: [enter(waiting), enter(working)], applies: 'in_state(\"working\")', stop: event(stop)" +
                rest) == "");
}

TEST_CASE("what would pause a clock cancels or stops it instead", "[policy][checks]") {
  const std::string rest = ", goals: 4h, calendar: office, " + waits;
  CHECK(
      told_of(
          "a: { start: opened, stop: event(stop), applies: 'in_state(\"working\")', cancel_when_not_applicable: true" +
          rest) ==
      "ends-instead-of-pausing /clocks/a/pause/while: this clock applies no more where it would pause, so it is "
      "cancelled (in \"in_state(\"waiting\")\")");
  for (const auto* start : {"enter(working)", "opened"}) {
    for (const auto* ends : {"stop: event(stop), cancel: exit(working)", "stop: [event(stop), enter(waiting)]",
                             "stop: event(stop), waive: enter(waiting)"}) {
      CHECK(told_of("a: { start: " + std::string(start) + ", " + ends + rest) ==
            "ends-instead-of-pausing /clocks/a/pause/while: what would pause this clock has ended it (in "
            "\"in_state(\"waiting\")\")");
    }
  }
  CHECK(told_of(a_clock + "cancel: event(note), goals: 4h, pause: { on: [event(ask), event(note)], resume: event(set), "
                          "reasons: x, at_most: 3 days } }") ==
        "ends-instead-of-pausing /clocks/a/pause/on/1: event(note) ends this clock, so it does not pause it");
  CHECK(told_of("a: { start: [opened, event(start)], stop: event(stop), cancel: enter(waiting)" + rest) == "");
  CHECK(told_of("a: { start: opened, stop: event(stop), cancel: { on: exit(working), if: count > 2 }" + rest) == "");
  CHECK(told_of(
            "a: { start: opened, stop: event(stop), cancel_when_not_applicable: true, applies: 'severity == \"minor\" "
            "|| in_state(\"working\")'" +
            rest) == "");
}

TEST_CASE("rows of goals that overlap, are never reached, or leave a gap", "[policy][checks]") {
  CHECK(told_of(a_clock +
                "goals: [{ if: severity == \"severe\", goal: 2h }, { if: tier == \"gold\", goal: 1h }, 8h] }") ==
        "note overlapping-goals /clocks/a/goals/1: row 1 counts where this one matches too: severity is \"severe\", "
        "tier is \"gold\"");
  CHECK(told_of(a_clock +
                "goals: [{ if: severity != \"minor\", goal: 2h }, { if: severity == \"severe\", goal: 1h }, 8h] "
                "}") ==
        "warning unreachable-goal /clocks/a/goals/1: whatever the attributes are, a row above matches or this one does "
        "not");
  CHECK(told_of(a_clock + "goals: [{ if: count > 3, goal: 2h }, { if: count > 5, goal: 1h }, 8h] }") ==
        "warning unreachable-goal /clocks/a/goals/1: whatever the attributes are, a row above matches or this one does "
        "not");
  const auto gap = [](const std::string& rows) { return told_of(a_clock + "goals: [" + rows + "] }"); };
  CHECK(gap("{ if: severity == \"minor\", goal: 8h }, { if: severity == \"severe\", goal: 2h }") ==
        "warning goal-gap /clocks/a/goals: no goal where severity is \"medium\", so this clock does not start then");
  CHECK(gap("{ if: tier == \"gold\", goal: 8h }, { if: tier == \"plain\", goal: 2h }") ==
        "warning goal-gap /clocks/a/goals: no goal where tier is not set, so this clock does not start then");
  CHECK(told({.clocks =
                  "a: { start: enter(working), stop: event(stop), calendar: office, goals: [{ if: tier == \"gold\", "
                  "goal: 8h }, { if: tier == \"plain\", goal: 2h }] }",
              .states = "    hall: { on: { note: { target: working, require: [tier] } } }\n",
              .initial = "hall"}) == ""); // the way there makes sure of it
  CHECK(gap("{ if: count < 3, goal: 8h }, { if: count > 3, goal: 2h }") ==
        "warning goal-gap /clocks/a/goals: no goal where count is 3, so this clock does not start then");
  CHECK(gap("{ if: count < 3, goal: 8h }, { if: count >= 3, goal: 2h }") == "");
  CHECK(told_of(a_clock + "applies: severity != \"medium\", goals: [{ if: severity == \"minor\", goal: 8h }, { if: "
                          "severity == \"severe\", goal: 2h }] }") == "");
  CHECK(
      told_of("a: { start: opened, stop: event(stop), goals: 4h, calendar: [{ if: severity == \"severe\", calendar: "
              "always }] }") ==
      "warning calendar-gap /clocks/a/calendar: no calendar where severity is \"minor\", so this clock does not start "
      "then");
}

TEST_CASE("thresholds beyond goals, compared as instants", "[policy][checks]") {
  CHECK(told_of(a_clock + "goals: 4h, thresholds: { w: { at: 5h before } } }") ==
        "bad-threshold /clocks/a/thresholds/w/at: a time before the due instant must be shorter than the goal (goal: "
        "4h)");
  CHECK(told_of(a_clock + "goals: 1 business day, thresholds: { w: { at: 30h elapsed before } } }") ==
        "bad-threshold /clocks/a/thresholds/w/at: a time before the due instant must be shorter than the goal (goal: 1 "
        "business day)");
  CHECK(told_of(a_clock + "goals: 1 business day, thresholds: { w: { at: 20h elapsed before } } }") == "");
}

TEST_CASE("ladders that outlive the next promise", "[policy][checks]") {
  const auto ladder = [](const std::string& more) {
    return told_of(a_repeating, "l: { trigger: breach(a), steps: [{ notify: x }]" + more + " }");
  };
  const std::string outlives = "warning ladder-outlives /ladders/l/ends_on: this ladder can still be on when \"a\" "
                               "begins anew, whose next cycle "
                               "it then keeps silent about: end it on stop(a)";
  CHECK(ladder("") == outlives);
  CHECK(ladder(", ends_on: enter(done)") == outlives);
  CHECK(ladder(", ends_on: stop(a)") == "");
  CHECK(ladder(", ends_on: event(stop)") == "");
  CHECK(ladder(", when_exhausted: stop") == "");
}

TEST_CASE("promises that do not fit into the one that they lie in, alone or one after the other", "[policy][checks]") {
  const std::string outer = "c: { start: opened, stop: event(stop), goals: 6h, calendar: office }";
  const auto inner = [](const std::string& id, const std::string& start, const std::string& goal) {
    return id + ": { start: " + start + ", stop: event(" + (id == "a" ? "ask" : "note") + "), goals: " + goal +
           ", calendar: office, fits_in: c }, ";
  };
  CHECK(told_of(inner("a", "event(start)", "7h") + outer) ==
        "warning never-fits /clocks/a/fits_in: even where both begin at once this promise ends behind \"c\": \"a\" 7h; "
        "\"c\" 6h");
  CHECK(
      told_of(inner("a", "event(start)", "3h") + inner("b", "stop(a)", "4h") + outer) ==
      "warning never-fits /clocks/b/fits_in: even where the first begins with it these promises, one after the other, "
      "end behind \"c\": \"a\" 3h, \"b\" 4h; \"c\" 6h");
  CHECK(told_of(inner("a", "event(start)", "2h") + inner("b", "stop(a)", "4h") + outer) == "");
  CHECK(told_of(inner("a", "event(start)", "3h") + inner("b", "event(set)", "4h") + outer) == "");
  CHECK(told_of(
            inner("a", "event(start)", "[{ if: severity == \"severe\", goal: 1h }, 8h]") +
            "c: { start: opened, stop: event(stop), goals: [{ if: severity == \"severe\", goal: 2h }, 16h], calendar: "
            "office }") == "");
  CHECK(
      told_of(inner("a", "event(start)", "10h") +
              "c: { start: opened, stop: event(stop), goals: 20h, calendar: always }") ==
      "warning never-fits /clocks/a/fits_in: even where both begin at once this promise ends behind \"c\": \"a\" 10h; "
      "\"c\" 20h");
}

TEST_CASE("calendars that are never open, horizons that are too near, zones that nobody knows", "[policy][checks]") {
  CHECK(told({.calendars = "  never: { zone: UTC, hours: {}, horizon: { from: 2025, to: 2026 } }\n"}) ==
        "no-open-time /calendars/never/hours: some open time required");
  CHECK(told_of(a_clock + "goals: 9000h }") ==
        "bad-goal /clocks/a/goals/goal: this goal is longer than all that the calendar knows (goal: 9000h)");
  CHECK(told_of(a_clock + "goals: 30 months }") ==
        "bad-goal /clocks/a/goals/goal: this goal is longer than all that the calendar knows (goal: 30 months)");
  CHECK(told({.calendars = "  far: { zone: Europe/Lodnon, hours: always }\n"}) ==
        "unknown-zone /calendars/far/zone: IANA time zone required, \"Europe/Lodnon\" is not known (Europe/London)");
  CHECK(told_of(a_clock + "goals: 4 days, zone: Mars/Base }") ==
        "unknown-zone /clocks/a/zone: IANA time zone required, \"Mars/Base\" is not known");
}

TEST_CASE("declared but unarmable is an error", "[policy][checks]") {
  CHECK(told_of("a: { start: { on: event(start), if: 'false' }, stop: event(stop), goals: 4h, calendar: office }") ==
        "never-starts /clocks/a/start: nothing that starts this clock ever happens");
  CHECK(told({.clocks = "a: { start: enter(lost), stop: event(stop), goals: 4h, calendar: office }",
              .states = "    lost: { on: { note: { target: working } } }\n"})
            .ends_with("never-starts /clocks/a/start: nothing that starts this clock ever happens"));
  CHECK(told_of(a_clock + "goals: 4h, thresholds: { w: { at: 50%, if: 'false' } } }") ==
        "bad-threshold /clocks/a/thresholds/w/if: the guard of this threshold is never yes");
  CHECK(told_of(a_clock + "goals: 4h, pause: { while: 'in_state(\"working\") && in_state(\"waiting\")', reasons: x, "
                          "at_most: 3 days } }") ==
        "pause-never-begins /clocks/a/pause/while: what this clock pauses for never is");
  CHECK(told_of(a_repeating,
                "l: { trigger: { on: { on: breach(a), if: 'false' } }, steps: [{ notify: x }], ends_on: stop(a) }") ==
        "ladder-never-climbs /ladders/l/trigger: nothing that begins this ladder ever happens");
  CHECK(told_of(a_repeating, "l: { trigger: breach(a), steps: [{ notify: x, if: 'false' }], ends_on: stop(a) }") ==
        "step-never-reached /ladders/l/steps/0/if: the guard of this step is never yes");
}
