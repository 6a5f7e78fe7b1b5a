// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

using namespace plaint;

// The readings of docs/ladders.md, each by a story under three schedules of polling.
namespace {

constexpr const char* promise =
    "{ a: { start: opened, stop: event(stop), goals: 4h, calendar: office, cancel: event(cancel), "
    "pause: { on: event(pause), resume: event(resume), reasons: [x] } } }";

struct ladder_story {
  const char* name;
  const char* ladder;
  const char* lines; ///< opened on Monday at 09:00, due at 13:00
  const char* told;
};

void check_ladders(const ladder_story& s) {
  INFO(s.name);
  story::teller teller(story::policy(promise, std::string("{ l: { ") + s.ladder + " } }"));
  const auto lines = std::string("2026-03-02T09:00Z open\n") + s.lines;
  const auto never = teller.tell(lines);
  CHECK(story::joined(never.rungs) == s.told);
  CHECK(teller.tell(lines, std::chrono::minutes{11}) == never);
  CHECK(teller.tell(lines, std::chrono::hours{24 * 7}) == never);
}

std::string acts(const story::outcome& o) {
  std::string all;
  for (const auto& r : o.now.ladders[0].history) {
    all += (all.empty() ? "" : " ") + std::string(ladder_act_words[static_cast<std::size_t>(r.act)]);
  }
  return all;
}

} // namespace

TEST_CASE("steps are let out in order, each from where its delay counts", "[ladders]") {
  for (const ladder_story& s : std::initializer_list<ladder_story>{
           {"21 one run for each cycle, a trigger while it is active is ignored",
            "trigger: [breach(a), event(ask)], steps: [{ notify: x }], ends_on: stop(a)", "2026-03-02T14:00Z ask",
            "l step1@2026-03-02T13:00Z"},
           {"22 from: previous counts from when that step was let out, after its gate",
            "trigger: breach(a), steps: [{ notify: x, gate: short }, { after: 1h, notify: y }], ends_on: stop(a)",
            "2026-03-04T09:00Z .", "l step1@2026-03-03T09:00Z; l step2@2026-03-03T10:00Z"},
           {"22 from: trigger counts from the trigger",
            "trigger: breach(a), steps: [{ after: 1h, notify: x }, { after: 3h, from: trigger, notify: y }], ends_on: "
            "stop(a)",
            "2026-03-04T09:00Z .", "l step1@2026-03-02T14:00Z; l step2@2026-03-02T16:00Z"},
           {"22 frozen time is left out of both",
            "trigger: breach(a), steps: [{ after: 1h, notify: x }, { after: 3h, from: trigger, notify: y }], ends_on: "
            "stop(a)",
            "2026-03-02T13:30Z pause\n2026-03-02T14:30Z resume\n2026-03-04T09:00Z .",
            "l step1@2026-03-02T15:00Z; l step2@2026-03-02T17:00Z"},
           {"22 a skipped step counts as let out where it was scheduled",
            "trigger: breach(a), steps: [{ after: 1h, if: 'count > 5', notify: x }, { after: 1h, notify: y }], "
            "ends_on: stop(a)",
            "2026-03-04T09:00Z .", "l step2@2026-03-02T15:00Z"},
           {"delays are business time unless elapsed is written",
            "trigger: breach(a), steps: [{ after: 6h, notify: x }, { after: 2h elapsed, notify: y }], ends_on: stop(a)",
            "2026-03-04T09:00Z .", "l step1@2026-03-03T11:00Z; l step2@2026-03-03T13:00Z"},
           {"a gate may skip",
            "trigger: breach(a), steps: [{ notify: x, gate: { calendar: short, outside: skip } }, { after: 1h, notify: "
            "y }], ends_on: stop(a)",
            "2026-03-04T09:00Z .", "l step2@2026-03-02T14:00Z"},
           {"or be ignored",
            "trigger: breach(a), steps: [{ notify: x, gate: { calendar: short, outside: ignore } }], ends_on: stop(a)",
            "2026-03-04T09:00Z .", "l step1@2026-03-02T13:00Z"},
           {"23 a guard is looked at when the gate lets the step out",
            "trigger: breach(a), steps: [{ notify: x, gate: short, unless_acknowledged: true }], acknowledged_by: "
            "lead, ends_on: stop(a)",
            "2026-03-02T15:00Z note @lead\n2026-03-04T09:00Z .", ""},
           {"24 reminders go on after the next step, until their maximum",
            "trigger: breach(a), steps: [{ notify: x, reminders: { every: 45min, at_most: 3 } }, { after: 1h, notify: "
            "y }], ends_on: stop(a)",
            "2026-03-04T09:00Z .",
            "l step1@2026-03-02T13:00Z; l reminder1@2026-03-02T13:45Z; l step2@2026-03-02T14:00Z; l "
            "reminder1@2026-03-02T14:30Z; l reminder1@2026-03-02T15:15Z"},
           {"24 or until somebody takes note",
            "trigger: breach(a), steps: [{ notify: x, reminders: { every: 1h, at_most: 3 } }], acknowledge: { on: "
            "event(note), by: lead }, ends_on: stop(a)",
            "2026-03-02T14:30Z note @agent\n2026-03-02T14:40Z note @lead\n2026-03-04T09:00Z .",
            "l step1@2026-03-02T13:00Z; l reminder1@2026-03-02T14:00Z"},
           {"25 further passes begin after the wait, and the first delay counts from there",
            "trigger: breach(a), steps: [{ notify: x }, { after: 1h, notify: y }], repeat: { from_step: 2, at_most: 2, "
            "wait: 30min }, ends_on: stop(a)",
            "2026-03-02T17:30Z .",
            "l step1@2026-03-02T13:00Z; l step2@2026-03-02T14:00Z; l step2@2026-03-02T15:30Z; l "
            "step2@2026-03-02T17:00Z"},
           {"25 an acknowledgement ends repeating",
            "trigger: breach(a), steps: [{ notify: x }], repeat: { at_most: 5, wait: 1h }, acknowledged_by: lead, "
            "ends_on: stop(a)",
            "2026-03-02T14:30Z note @lead\n2026-03-04T09:00Z .",
            "l step1@2026-03-02T13:00Z; l step1@2026-03-02T14:00Z"},
           {"25 unless each pass asks anew",
            "trigger: breach(a), steps: [{ notify: x }], repeat: { at_most: 2, wait: 1h, resets_acknowledgement: true "
            "}, acknowledged_by: lead, ends_on: stop(a)",
            "2026-03-02T14:30Z note @lead\n2026-03-04T09:00Z .",
            "l step1@2026-03-02T13:00Z; l step1@2026-03-02T14:00Z; l step1@2026-03-02T15:00Z"},
           {"3 a breach at the instant of a pause starts a frozen ladder, a step without delay is let out at once",
            "trigger: breach(a), steps: [{ notify: x }, { after: 1h, notify: y }], ends_on: stop(a)",
            "2026-03-02T13:00Z pause\n2026-03-02T16:00Z .\n2026-03-03T09:00Z resume\n2026-03-04T09:00Z .",
            "l step1@2026-03-02T13:00Z; l step2@2026-03-03T10:00Z"},
           {"26 ends_on: stop also ends it when the clock is cancelled",
            "trigger: breach(a), steps: [{ notify: x }, { after: 1h, notify: y }], ends_on: stop(a)",
            "2026-03-02T13:30Z cancel\n2026-03-04T09:00Z .", "l step1@2026-03-02T13:00Z"},
           {"26 a frozen ladder runs again when its clock is done, unless it ends with it",
            "trigger: breach(a), steps: [{ notify: x }, { after: 1h, notify: y }], ends_on: enter(closed)",
            "2026-03-02T13:30Z pause\n2026-03-02T14:30Z stop\n2026-03-04T09:00Z .",
            "l step1@2026-03-02T13:00Z; l step2@2026-03-02T15:00Z"},
           {"a ladder may go on while its clock is paused",
            "trigger: breach(a), while_paused: continue, steps: [{ notify: x }, { after: 1h, notify: y }], ends_on: "
            "stop(a)",
            "2026-03-02T13:30Z pause\n2026-03-04T09:00Z .", "l step1@2026-03-02T13:00Z; l step2@2026-03-02T14:00Z"}}) {
    check_ladders(s);
  }
}

TEST_CASE("a pause, a gate and a step meet at one instant", "[ladders]") {
  for (const ladder_story& s : std::initializer_list<ladder_story>{
           {"3 a step reached exactly at the instant of a pause is reached",
            "trigger: breach(a), steps: [{ after: 1h, notify: x }, { after: 1h, notify: y }], ends_on: stop(a)",
            "2026-03-02T14:00Z pause\n2026-03-02T16:00Z .\n2026-03-03T09:00Z resume\n2026-03-04T09:00Z .",
            "l step1@2026-03-02T14:00Z; l step2@2026-03-03T10:00Z"},
           {"23 freeze comes before the gate: who waits at the gate waits no longer by it",
            "trigger: breach(a), steps: [{ notify: x, gate: short }], ends_on: stop(a)",
            "2026-03-02T15:00Z pause\n2026-03-02T16:00Z resume\n2026-03-04T09:00Z .", "l step1@2026-03-03T09:00Z"},
           {"23 and who is frozen comes to the gate late",
            "trigger: breach(a), steps: [{ after: 1h, notify: x, gate: office }], ends_on: stop(a)",
            "2026-03-02T13:30Z pause\n2026-03-02T16:45Z resume\n2026-03-04T09:00Z .", "l step1@2026-03-03T09:15Z"}}) {
    check_ladders(s);
  }
}

TEST_CASE("a ladder is begun by conditions, silence, a request that is granted", "[ladders]") {
  for (const ladder_story& s : std::initializer_list<ladder_story>{
           {"a condition that becomes yes", "trigger: { when: count >= 2 }, calendar: office, steps: [{ notify: x }]",
            "2026-03-02T10:00Z set count=1\n2026-03-02T11:00Z set count=2\n2026-03-02T12:00Z set "
            "count=3\n2026-03-02T13:00Z .",
            "l step1@2026-03-02T11:00Z"},
           {"silence", "trigger: { silence: 5h }, calendar: office, steps: [{ notify: x }], ends_on: event(note)",
            "2026-03-02T10:00Z set\n2026-03-02T16:00Z note\n2026-03-04T09:00Z .",
            "l step1@2026-03-02T15:00Z; l step1@2026-03-03T13:00Z"},
           {"a request that a lead grants",
            "trigger: { request: event(ask), by: customer, approve: event(grant), approved_by: lead }, calendar: "
            "office, steps: [{ notify: x }]",
            "2026-03-02T10:00Z ask @agent\n2026-03-02T10:10Z grant @lead\n2026-03-02T11:00Z ask "
            "@customer\n2026-03-02T11:10Z grant @agent\n2026-03-02T11:20Z grant @lead\n2026-03-02T12:00Z .",
            "l step1@2026-03-02T11:20Z"}}) {
    check_ladders(s);
  }
}

TEST_CASE("an acknowledgement times out, a level falls, a complaint is reassigned", "[ladders]") {
  for (const ladder_story& s : std::initializer_list<ladder_story>{
           {"the same step again",
            "trigger: breach(a), steps: [{ notify: x }, { after: 3h, notify: y, unless_acknowledged: true }], "
            "acknowledge: { by: lead, timeout: 1h }, ends_on: stop(a)",
            "2026-03-02T13:30Z note @lead\n2026-03-02T15:00Z .",
            "l step1@2026-03-02T13:00Z; l step1@2026-03-02T14:30Z"},
           {"or the next one",
            "trigger: breach(a), steps: [{ notify: x }, { after: 3h, notify: y }], acknowledge: { by: lead, timeout: "
            "1h, then: next }, ends_on: stop(a)",
            "2026-03-02T13:30Z note @lead\n2026-03-02T17:00Z .",
            "l step1@2026-03-02T13:00Z; l step2@2026-03-02T14:30Z"},
           {"a step may wait for the acknowledgement",
            "trigger: breach(a), steps: [{ notify: x }, { after: 1h, from: acknowledgement, notify: y }], "
            "acknowledged_by: lead, ends_on: stop(a)",
            "2026-03-02T14:30Z note @lead\n2026-03-02T17:00Z .",
            "l step1@2026-03-02T13:00Z; l step2@2026-03-02T15:30Z"},
           {"a fall ends the run, and the cooldown keeps it from beginning again",
            "trigger: event(ask), calendar: office, steps: [{ notify: x }, { after: 1h, notify: y }], de_escalate: { "
            "on: event(calm), cooldown: 2h, by: lead }",
            "2026-03-02T09:00Z ask\n2026-03-02T09:10Z calm @agent\n2026-03-02T09:30Z calm @lead\n2026-03-02T10:00Z "
            "ask\n2026-03-02T12:00Z ask\n2026-03-02T12:30Z .",
            "l step1@2026-03-02T09:00Z; l step1@2026-03-02T12:00Z"},
           {"a fall to a level goes on from there",
            "trigger: event(ask), calendar: office, steps: [{ notify: x }, { after: 1h, notify: y }], de_escalate: { "
            "on: event(calm), to: 1, cooldown: 3h }",
            "2026-03-02T09:00Z ask\n2026-03-02T10:30Z calm\n2026-03-02T17:00Z .",
            "l step1@2026-03-02T09:00Z; l step2@2026-03-02T10:00Z; l step2@2026-03-02T13:30Z"},
           {"a reassignment begins anew",
            "trigger: breach(a), steps: [{ notify: x }, { after: 2h, notify: y }], on_reassign: restart, ends_on: "
            "stop(a)",
            "2026-03-02T14:00Z set owner=bob\n2026-03-02T17:00Z .",
            "l step1@2026-03-02T13:00Z; l step1@2026-03-02T14:00Z; l step2@2026-03-02T16:00Z"},
           {"or ends it",
            "trigger: breach(a), steps: [{ notify: x }, { after: 2h, notify: y }], on_reassign: cancel, ends_on: "
            "stop(a)",
            "2026-03-02T14:00Z set owner=bob\n2026-03-02T17:00Z .", "l step1@2026-03-02T13:00Z"},
           {"nobody could be told: the next step",
            "trigger: breach(a), nobody: event(nobody), steps: [{ notify: x, on_empty: next_step }, { after: 2h, "
            "notify: y }], ends_on: stop(a)",
            "2026-03-02T13:10Z nobody\n2026-03-02T17:00Z .", "l step1@2026-03-02T13:00Z; l step2@2026-03-02T13:10Z"},
           {"or a fallback",
            "trigger: breach(a), nobody: event(nobody), steps: [{ notify: x, on_empty: fallback, fallback: z }], "
            "ends_on: stop(a)",
            "2026-03-02T13:10Z nobody", "l step1@2026-03-02T13:00Z; l fallback1@2026-03-02T13:10Z"},
           {"the last step may be an incident",
            "trigger: breach(a), steps: [{ notify: x }], when_exhausted: incident, ends_on: stop(a)",
            "2026-03-02T13:10Z .", "l step1@2026-03-02T13:00Z; l incident@2026-03-02T13:00Z"}}) {
    check_ladders(s);
  }
}

TEST_CASE("27 ending resets nothing, and a plan that was made anew has another token", "[ladders]") {
  story::teller teller(story::policy(
      promise, "{ l: { trigger: breach(a), steps: [{ level: 1, notify: x }, { level: 3, after: 1h, notify: "
               "y }], de_escalate: { on: event(calm), to: 1 }, ends_on: stop(a) } }"));
  const auto end = teller.tell("2026-03-02T09:00Z open\n2026-03-02T14:30Z calm\n2026-03-02T14:40Z stop");
  const auto& l = end.now.ladders[0];
  CHECK_FALSE(l.active);
  CHECK(l.level == 1);
  CHECK(l.high_water == 3);
  CHECK(acts(end) == "began step step exhausted de_escalated ended");
  CHECK(l.token == 3); // begun, fallen, ended
}

TEST_CASE("two ladders that tell the same people at the same instant tell them once, with both causes", "[ladders]") {
  story::teller teller(
      story::policy(promise, "{ l: { trigger: breach(a), steps: [{ notify: { role: lead } }], ends_on: stop(a) },"
                             "  m: { trigger: breach(a), steps: [{ notify: { role: lead } }, { after: 1h, notify: { "
                             "role: lead } }], ends_on: stop(a) } }"));
  const auto end = teller.tell("2026-03-02T09:00Z open\n2026-03-02T15:00Z .");
  REQUIRE(end.effects.size() == 2);
  CHECK(end.effects[0].key == "C/l/1/1/1/0");
  CHECK(end.effects[0].also == std::vector<std::string>{"C/m/1/1/1/0"});
  CHECK(end.effects[1].key == "C/m/1/1/2/0");
}

TEST_CASE("a step may move the complaint on, and a verdict is never changed by it", "[ladders]") {
  story::teller teller(story::policy(
      promise, "{ l: { trigger: breach(a), steps: [{ after: 1h, raise: close }], when_exhausted: stop } }"));
  const auto end = teller.tell("2026-03-02T09:00Z open\n2026-03-02T15:00Z .");
  CHECK(end.now.sequence == 1);
  CHECK(teller.by().lifecycle().name(teller.by().lifecycle().leaves(end.now.where).front()) == "closed");
  CHECK(end.now.clocks[0].latest()->verdict() == verdict::none);
}
