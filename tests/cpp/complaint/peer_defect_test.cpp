// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story_check.hpp"

#include <plaint/clock/clock_explanation.hpp>
#include <plaint/clock/clock_state_document.hpp>
#include <plaint/ladder/ladder_state_document.hpp>

using namespace plaint;
using story::check;

// What trackers of service desks and on-call tools report, each a story that comes out right here. Every one of them
// fails under the behaviour that the report complains of. The numbers are those of a collection of such reports; the
// last ones were seen in sources.
namespace {

const std::string four_hours = "a: { start: opened, stop: event(stop), goals: 4h, calendar: office";
const std::string pauses = "pause: { on: event(pause), resume: event(resume), reasons: x }";
const std::string waits = "pause: { while: 'in_state(\"waiting\")', reasons: x }";
const std::string two_goals = "goals: [{ if: 'priority == \"high\"', goal: 4h }, { goal: 8h }], calendar: office";
const std::string three_steps = "{ l: { trigger: breach(a), steps: [{ notify: x }, { after: 1h, notify: y }, { after: "
                                "1h, notify: z }], ends_on: stop(a) } }";
const std::string chased = four_hours +
                           ", thresholds: { w: { at: 50%, do: [{ notify: w }] }, o: { at: 1h after, do: [{ "
                           "notify: o }] } }, breach: { do: [{ notify: b }] } }";

} // namespace

TEST_CASE("1 zammad#188: a pause is what a state is, interval by interval, not a name known to the arithmetic",
          "[peers]") {
  check({"in a state", four_hours + ", " + waits + " }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z wait\n2026-03-02T11:00Z go_on\n2026-03-02T12:00Z "
         "wait\n2026-03-02T13:00Z go_on",
         "due 2026-03-02T15:00Z running"});
  check({"in any state", four_hours + ", pause: { while: 'in_state(\"closed\")', reasons: x } }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z close\n2026-03-02T12:00Z reopen", "due 2026-03-02T15:00Z running"});
}

TEST_CASE("2 zammad#3140, #1322: who wrote decides, a customer's note starts the update and an agent's answer stops it",
          "[peers]") {
  check({"by the actor's side",
         "a: { start: [{ on: event(note), if: 'actor.class == \"customer\"' }], stop: [{ on: event(note), if: "
         "'actor.class == \"agent\"' }], cycles: independent, goals: 4h, calendar: office }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z note @agent\n2026-03-02T11:00Z note @customer\n2026-03-02T12:00Z "
         "note @customer",
         "due 2026-03-02T15:00Z running"});
}

TEST_CASE("3 zammad#5177: updates are promised only after the first response", "[peers]") {
  check({"gated by another clock",
         "a: { start: [{ on: event(note), if: 'clock(\"b\").done' }], stop: event(answer), cycles: independent, goals: "
         "4h, calendar: office }, b: { start: opened, stop: event(stop), goals: 8h, calendar: office }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z note\n2026-03-02T11:00Z stop\n2026-03-02T12:00Z note",
         "due 2026-03-02T16:00Z running"});
}

TEST_CASE("4 zammad#4353: a promise that is cancelled escalates nobody", "[peers]") {
  check({"cancelled", four_hours + ", cancel: event(cancel) }",
         "2026-03-02T09:00Z open\n2026-03-02T13:30Z cancel\n2026-06-02T09:00Z .",
         "due 2026-03-02T13:00Z cancelled crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z", "", three_steps,
         "l step1@2026-03-02T13:00Z"});
}

TEST_CASE("5 zammad#4432, #2157: reminders have hours of their own, neither midnight nor weekend", "[peers]") {
  check({"a gate", "a: { start: opened, stop: event(stop), goals: 4h, calendar: always }",
         "2026-03-06T20:00Z open\n2026-03-10T18:00Z .", "due 2026-03-07T00:00Z running crossed 2026-03-07T00:00Z",
         "a breach@2026-03-07T00:00Z", "",
         "{ l: { trigger: breach(a), steps: [{ notify: x, gate: office }], ends_on: stop(a) } }",
         "l step1@2026-03-09T09:00Z"});
}

TEST_CASE("6 zammad#390: holidays that move a due date are told by name", "[peers]") {
  story::teller holiday(story::policy("{ " + four_hours + " } }"));
  const auto over = holiday.tell("2026-05-22T16:00Z open");
  CHECK(story::told(over) == "due 2026-05-26T12:00Z running");
  const auto why =
      to_string(explain(holiday.by().clocks()[0], *over.now.clocks[0].latest(), over.now.attributes, over.now.last_at));
  CHECK(why.find("2026-05-25  holiday") != std::string::npos);
}

TEST_CASE(
    "7 zammad#5013, zammad-admin-documentation#24: first and total resolution are two promises, each with its own "
    "definition",
    "[peers]") {
  const auto both =
      check({"first and total",
             "a: { start: [opened, event(reopen)], stop: event(close), cycles: continue, goals: 8h, calendar: office "
             "}, b: { start: opened, stop: event(close), goals: 4h, calendar: office }",
             "2026-03-02T09:00Z open\n2026-03-02T12:00Z close\n2026-03-02T13:00Z reopen\n2026-03-02T14:00Z .",
             "due 2026-03-03T10:00Z running"});
  CHECK(story::told(both, 1) == "due 2026-03-02T13:00Z met");
}

TEST_CASE("8 glpi#6902, #15605, PR #16383: a changed priority keeps the pause", "[peers]") {
  check(
      {"carried", "a: { start: opened, stop: event(stop), " + two_goals + ", " + pauses + " }",
       "2026-03-02T09:00Z open\n2026-03-02T10:00Z pause\n2026-03-02T12:00Z resume\n2026-03-02T12:30Z set priority=high",
       "due 2026-03-02T15:00Z running"});
}

TEST_CASE("9 glpi#10594, PR #14937: a pause over night is measured in working time", "[peers]") {
  check({"one measure", four_hours + ", " + pauses + " }",
         "2026-03-02T15:00Z open\n2026-03-02T16:00Z pause\n2026-03-03T10:00Z resume", "due 2026-03-03T13:00Z running"});
}

TEST_CASE("10 glpi#9082: a shifted due instant lies inside of opening hours", "[peers]") {
  check({"inside", four_hours + ", " + pauses + " }",
         "2026-03-02T12:00Z open\n2026-03-02T13:00Z pause\n2026-03-02T15:30Z resume", "due 2026-03-03T10:30Z running"});
}

TEST_CASE("11 glpi#17186: a due date set by hand does not drift", "[peers]") {
  check({"until", "a: { start: opened, stop: event(stop), goals: until promised, calendar: office, " + pauses + " }",
         "2026-03-02T09:00Z open promised=2026-03-04T12:00Z\n2026-03-02T10:00Z pause\n2026-03-03T10:00Z resume",
         "due 2026-03-04T12:00Z running"});
}

TEST_CASE("12 glpi#1911: who gets it second is measured from the assignment, or from the receipt, as the policy says",
          "[peers]") {
  const std::string second = "a: { start: event(start), stop: event(stop), goals: 4h, calendar: office";
  check({"from the assignment", second + " }", "2026-03-02T09:00Z open\n2026-03-02T14:00Z start",
         "due 2026-03-03T10:00Z running"});
  check({"from the receipt", second + ", anchor: opened }", "2026-03-02T09:00Z open\n2026-03-02T12:00Z start",
         "due 2026-03-02T13:00Z running"});
}

TEST_CASE("13 glpi#9267, #23359: whether the gap before a reopening counts is the policy's choice", "[peers]") {
  const std::string goes_on = "a: { start: [opened, event(reopen)], stop: event(close), cycles: continue, goals: 8h, "
                              "calendar: office, gap: ";
  const std::string lines = "2026-03-02T09:00Z open\n2026-03-02T10:00Z close\n2026-03-02T12:00Z reopen";
  check({"it does", goes_on + "run }", lines, "due 2026-03-02T17:00Z running"});
  check({"it does not", goes_on + "pause }", lines, "due 2026-03-03T11:00Z running"});
}

TEST_CASE("14 glpi#1996: escalation is told once, however often somebody looks", "[peers]") {
  story::teller teller(story::policy("{ " + chased + " }"));
  const auto once =
      teller.tell("2026-03-02T09:00Z open\n2026-03-02T20:00Z .\n2026-03-02T20:00Z .\n2026-03-09T09:00Z .");
  CHECK(once.effects.size() == 3);
}

TEST_CASE("15 glpi#5319: after an absence every level is there, each at its instant", "[peers]") {
  check({"three levels", four_hours + " }", "2026-03-02T09:00Z open\n2026-06-02T09:00Z .",
         "due 2026-03-02T13:00Z running crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z", "", three_steps,
         "l step1@2026-03-02T13:00Z; l step2@2026-03-02T14:00Z; l step3@2026-03-02T15:00Z"});
}

TEST_CASE(
    "16 glpi#15429, PR #22678: what comes before the due instant is real inverse arithmetic, not midnight nor the "
    "creation",
    "[peers]") {
  check({"3h before", four_hours + ", thresholds: { w: { at: 3h before } } }",
         "2026-03-02T16:00Z open\n2026-03-03T09:30Z .", "due 2026-03-03T12:00Z running", "a w@2026-03-02T17:00Z"});
}

TEST_CASE("17 glpi#22839: a rule that assigns the group after a second has not responded", "[peers]") {
  check({"a system actor", four_hours + ", response: true }",
         "2026-03-02T09:00Z open\n2026-03-02T09:00:01Z stop @robot", "due 2026-03-02T13:00Z running"});
}

TEST_CASE("18 glpi#24481: nothing is violated while it is pending", "[peers]") {
  check({"pending", four_hours + ", " + waits + " }",
         "2026-03-02T09:00Z open\n2026-03-02T12:00Z wait\n2026-03-20T12:00Z .", "due - paused"});
}

TEST_CASE(
    "19 frappe/helpdesk#3776: from paused to resolved in one event the hold is not forgotten, and an instant is one "
    "wherever somebody sits",
    "[peers]") {
  check({"held", four_hours + ", " + waits + " }",
         "2026-03-02T09:00Z open\n2026-03-02T12:00Z wait\n2026-04-13T12:00Z stop", "due - met"});
  CHECK_FALSE(parse_instant("2026-03-02T09:00:00")); // whose nine o'clock?
  story::teller teller(story::policy("{ " + four_hours + " } }"));
  for (const auto* there : {"2026-03-02T18:00:00+09:00", "2026-03-02T09:00:00Z", "2026-03-02T04:00:00-05:00"}) {
    const auto fresh = open(teller.by(), "C", {.effective_at = *parse_instant(there)}).complaint;
    CHECK(fresh.clocks[0].latest()->due == story::at("2026-03-02T13:00Z"));
    CHECK_FALSE(fresh.clocks[0].latest()->breached(fresh.last_at));
  }
}

TEST_CASE(
    "20 frappe/helpdesk#2449, erpnext#47172, #47884, #49414, #51111: a hold that spans closed hours adds its open "
    "time only",
    "[peers]") {
  check({"over a weekend", four_hours + ", " + pauses + " }",
         "2026-03-06T15:00Z open\n2026-03-06T16:30Z pause\n2026-03-09T10:00Z resume", "due 2026-03-09T12:30Z running"});
}

TEST_CASE("21 frappe/helpdesk#3639: a cancelled pause does not spoil the next cycle", "[peers]") {
  check({"the next cycle",
         "a: { start: [opened, event(start)], stop: event(stop), cancel: event(cancel), cycles: independent, goals: "
         "4h, calendar: office, " +
             pauses + " }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z pause\n2026-03-02T11:00Z cancel\n2026-03-03T09:00Z start",
         "due 2026-03-03T13:00Z running"});
}

TEST_CASE("22 frappe/helpdesk#3709: the overrun stands still in a pause after the breach", "[peers]") {
  check({"2h after", four_hours + ", " + pauses + ", thresholds: { o: { at: 2h after } } }",
         "2026-03-02T09:00Z open\n2026-03-02T14:00Z pause\n2026-03-03T09:00Z resume\n2026-03-03T12:00Z .",
         "due 2026-03-02T13:00Z running crossed 2026-03-02T13:00Z",
         "a breach@2026-03-02T13:00Z; a o@2026-03-03T10:00Z"});
}

TEST_CASE("23 frappe/helpdesk#2212, chatwoot#14009, osTicket#6847: a day has as many intervals as it has", "[peers]") {
  const auto by = load_policy(read_yaml(R"(
plaint: 1
id: lunch
version: 1
calendars: { shop: { zone: UTC, hours: { mon-fri: ["09:00-12:00", "13:00-17:00"] }, horizon: { from: 2025, to: 2028 } } }
roles: { agent: {} }
lifecycle: { initial: open, states: { open: {} }, on: { stop: {} } }
clocks: { a: { start: opened, stop: event(stop), goals: 4h } }
)"));
  const auto opened = open(by, "C", {.effective_at = story::at("2026-03-02T11:00Z")}).complaint;
  CHECK(opened.clocks[0].latest()->due == story::at("2026-03-02T16:00Z"));
}

TEST_CASE("24 erpnext#29288: a change by any way goes through the same door, also one that time makes", "[peers]") {
  check({"by a breach",
         "a: { start: opened, stop: enter(closed), goals: 8h, calendar: office }, b: { start: opened, stop: "
         "event(stop), goals: 4h, calendar: office, breach: { raise: close } }",
         "2026-03-02T09:00Z open\n2026-03-02T14:00Z .", "due 2026-03-02T17:00Z met", "b breach@2026-03-02T13:00Z"});
}

TEST_CASE("25 frappe/helpdesk#2050: reopened n times is a trigger", "[peers]") {
  check({"a counter", four_hours + " }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z set count=2\n2026-03-02T11:00Z set count=3\n2026-03-02T12:00Z .",
         "due 2026-03-02T13:00Z running", "", "",
         "{ l: { trigger: { when: count >= 3 }, calendar: office, steps: [{ notify: x }] } }",
         "l step1@2026-03-02T11:00Z"});
}

TEST_CASE("26 osTicket#6739: no bounded window is searched for the next opening", "[peers]") {
  check({"88 hours without any", four_hours + " }", "2026-05-22T16:00Z open", "due 2026-05-26T12:00Z running"});
  check({"over months", "a: { start: opened, stop: event(stop), goals: 400h, calendar: office }",
         "2026-03-02T09:00Z open", "due 2026-05-08T17:00Z running"});
}

TEST_CASE("27 osTicket#5955, PR #5206, #4078: reopening what was late begins a promise anew, tells nobody at once and "
          "keeps the evidence",
          "[peers]") {
  const auto reopened = check(
      {"anew",
       "a: { start: [opened, event(reopen)], stop: event(close), cycles: independent, goals: 4h, calendar: office }",
       "2026-03-02T09:00Z open\n2026-03-02T15:00Z close\n2026-03-03T09:00Z reopen\n2026-03-03T10:00Z .",
       "due 2026-03-03T13:00Z running", "a breach@2026-03-02T13:00Z"});
  CHECK(reopened.now.clocks[0].cycles[0].verdict() == verdict::missed);
  CHECK(reopened.now.clocks[0].cycles[0].due == story::at("2026-03-02T13:00Z"));
  CHECK(reopened.now.clocks[0].cycles[0].crossed == story::at("2026-03-02T13:00Z"));
}

TEST_CASE("28 chatwoot#10178, #15024, libredesk#70, horilla#949: the end freezes everything", "[peers]") {
  check({"finished", four_hours + ", thresholds: { o: { at: \"every 1h after, at most 100\" } } }",
         "2026-03-02T09:00Z open\n2026-03-02T13:30Z finish\n2026-05-02T13:30Z .",
         "due 2026-03-02T13:00Z cancelled crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z"});
  const auto stopped = check({"stopped", four_hours + " }",
                              "2026-03-02T09:00Z open\n2026-03-02T14:00Z stop\n"
                              "2026-05-02T13:30Z .",
                              "due 2026-03-02T13:00Z missed crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z"});
  CHECK(stopped.now.clocks[0].latest()->closed == std::chrono::microseconds{std::chrono::hours{5}}.count());
}

TEST_CASE("29 OTOBO#389, znuny#855: no constant that must equal the period of a job, and any state can pause",
          "[peers]") {
  check({"a minute", four_hours + ", " + pauses + " }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z pause\n2026-03-02T10:01Z resume", "due 2026-03-02T13:01Z running"});
  check({"any state", four_hours + ", pause: { while: 'in_state(\"closed\")', reasons: x } }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z close\n2026-03-02T12:00Z reopen", "due 2026-03-02T15:00Z running"});
}

TEST_CASE("30 oncall#1206, #3111: a wait that was written down and read again goes on where it was, and what was taken "
          "care of is not escalated months later",
          "[peers]") {
  story::teller teller(
      story::policy("{ " + four_hours + " } }",
                    "{ l: { trigger: breach(a), steps: [{ after: 1h, notify: x, gate: short }], ends_on: stop(a) } }"));
  auto now = teller.tell("2026-03-02T09:00Z open\n2026-03-02T15:00Z .").now;
  findings out;
  now.clocks[0] =
      read_clock_state(teller.by().clocks()[0], teller.by().lifecycle(),
                       {write_clock_state(teller.by().clocks()[0], teller.by().lifecycle(), now.clocks[0]), "", out});
  now.ladders[0] = read_ladder_state({write_ladder_state(now.ladders[0]), "", out}, 1);
  const auto later = advance(teller.by(), now, story::at("2026-03-03T10:00Z"));
  REQUIRE(later.did.rungs.size() == 1);
  CHECK(later.did.rungs[0].at == story::at("2026-03-03T09:00Z"));
  check({"taken care of", four_hours + " }",
         "2026-03-02T09:00Z open\n2026-03-02T13:30Z note @lead\n2026-06-02T09:00Z .",
         "due 2026-03-02T13:00Z running crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z", "",
         "{ l: { trigger: breach(a), steps: [{ notify: x }, { after: 1h, notify: y, unless_acknowledged: true }], "
         "acknowledged_by: lead, ends_on: stop(a) } }",
         "l step1@2026-03-02T13:00Z"});
}

TEST_CASE("31 oncall#3261, camunda#33459: delivery goes by the local wall, over a change of clocks too", "[peers]") {
  check({"nine in London", "a: { start: opened, stop: event(stop), goals: 4h, calendar: always }",
         "2026-03-28T18:00Z open\n2026-03-30T18:00Z .", "due 2026-03-28T22:00Z running crossed 2026-03-28T22:00Z",
         "a breach@2026-03-28T22:00Z", "",
         "{ l: { trigger: breach(a), steps: [{ notify: x, gate: london }], ends_on: stop(a) } }",
         "l step1@2026-03-29T08:00Z"});
}

TEST_CASE("32 adcp#5628, #5652, plane#9609: runs that overlap say the same under the same keys", "[peers]") {
  story::teller teller(story::policy("{ " + chased + " }"));
  const auto saved = teller.tell("2026-03-02T09:00Z open").now;
  const auto one = advance(teller.by(), saved, story::at("2026-03-02T20:00Z"));
  const auto other = advance(teller.by(), saved, story::at("2026-03-02T20:00:05Z"));
  REQUIRE(one.did.effects.size() == 3);
  REQUIRE(other.did.effects.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(one.did.effects[i].key == other.did.effects[i].key);
  }
}

TEST_CASE("33 celery#2599, #4766, #3270: what is delivered again after any time has the same key, and once only",
          "[peers]") {
  story::teller teller(story::policy("{ " + four_hours + ", breach: { do: [{ notify: b }, { notify: c }] } } }"));
  const auto saved = teller.tell("2026-03-02T09:00Z open").now;
  const auto once = advance(teller.by(), saved, story::at("2026-03-02T20:00Z"));
  const auto again = advance(teller.by(), saved, story::at("2026-05-02T21:00Z"));
  REQUIRE(once.did.effects.size() == 2);
  REQUIRE(again.did.effects.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(once.did.effects[i].key == again.did.effects[i].key);
    CHECK(once.did.effects[i].at == again.did.effects[i].at);
  }
  CHECK(advance(teller.by(), once.complaint, story::at("2026-03-09T20:00Z")).did.effects.empty());
}

TEST_CASE("34 dbt_zendesk#92, #114, #154, #88: holidays to their last second, days with a change of clocks, the hours, "
          "the priority and the role of the time, seconds",
          "[peers]") {
  check({"#92 a holiday ends with its day", "a: { start: opened, stop: event(stop), goals: 1h, calendar: office }",
         "2026-05-22T16:30Z open", "due 2026-05-26T09:30Z running"});
  check({"#114 a schedule over a change of clocks",
         "a: { start: opened, stop: event(stop), goals: 8h, calendar: london }", "2026-03-28T16:00Z open",
         "due 2026-03-29T15:00Z running"});
  check({"#88 the role that somebody had then",
         "a: { start: opened, stop: { on: event(note), if: 'actor.role == \"lead\"' }, goals: 4h, calendar: office }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z note @agent\n2026-03-02T11:00Z note @lead\n2026-03-02T12:00Z note "
         "@agent",
         "due 2026-03-02T13:00Z met"});
  check({"the priority of the event", "a: { start: opened, stop: event(stop), " + two_goals + " }",
         "2026-03-02T09:00Z open priority=high\n2026-03-02T12:59Z stop\n2026-03-02T14:00Z set priority=normal",
         "due 2026-03-02T13:00Z met"});
  check({"a second too late", four_hours + " }", "2026-03-02T09:00Z open\n2026-03-02T13:00:01Z stop",
         "due 2026-03-02T13:00Z missed crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z"});
  story::teller edited(
      story::policy("{ " + four_hours + " } }", "{}",
                    "calendar_edits: { office: { from: \"2026-03-02T10:00:00Z\", calendar: short } }"));
  const auto scheduled = edited.tell("2026-03-02T09:00Z open\n2026-03-02T11:00Z ."); // #154: the hours of the time
  CHECK(story::told(scheduled) == "due 2026-03-03T10:00Z running");
  CHECK(scheduled.now.clocks[0].latest()->segments.size() == 2);
}

TEST_CASE(
    "35 ServiceNow KB0869748, Jira reconstruct: history is judged again only where the policy says so, beside the "
    "verdict",
    "[peers]") {
  const auto judged = [](const char* mode) {
    story::teller teller(story::policy(
        "{ a: { start: opened, stop: event(stop), goals: 4h, calendar: office, calendar_edits: " + std::string(mode) +
            " } }",
        "{}", "calendar_edits: { office: { from: \"2026-03-03T09:00:00Z\", calendar: short } }"));
    return teller.tell("2026-03-02T11:00Z open\n2026-03-02T16:00Z stop\n2026-03-09T09:00Z .").now.clocks[0].cycles[0];
  };
  for (const auto* mode : {"pinned", "prospective"}) {
    CHECK(judged(mode).verdict() == verdict::missed);
    CHECK(judged(mode).revisions.empty());
  }
  CHECK(judged("retroactive").verdict() == verdict::missed);
  REQUIRE(judged("retroactive").revisions.size() == 1);
  CHECK(judged("retroactive").revisions[0].after == verdict::met);
}

TEST_CASE("django-helpdesk: excluded days do not lower the wait, and what notifies changes nothing else", "[peers]") {
  check({"five days", "a: { start: opened, stop: event(stop), goals: 5 business days, calendar: office }",
         "2026-03-05T10:00Z open", "due 2026-03-12T10:00Z running"});
  story::teller teller(story::policy("{ " + four_hours + ", thresholds: { w: { at: 50%, do: [{ notify: w }] } } } }"));
  const auto before = teller.tell("2026-03-02T09:00Z open").now;
  const auto after = advance(teller.by(), before, story::at("2026-03-02T12:00Z"));
  CHECK(after.did.effects.size() == 1);
  CHECK(after.complaint.attributes == before.attributes);
  CHECK(after.complaint.where == before.where);
}

TEST_CASE("OCA helpdesk: month ends are in order", "[peers]") {
  check({"over the end of March", "a: { start: opened, stop: event(stop), goals: 3 days, calendar: office }",
         "2026-03-30T10:00Z open\n2026-03-31T10:00Z .", "due 2026-04-02T10:00Z running"});
}

TEST_CASE("Frappe HD: holidays hang on the calendar, and what lies past the horizon is refused, never guessed",
          "[peers]") {
  check({"a holiday, whatever the clock is called", four_hours + " }", "2026-05-25T09:00Z open",
         "due 2026-05-26T13:00Z running"});
  check({"past the horizon", "a: { start: event(start), stop: event(stop), goals: 4h, calendar: office }",
         "2026-03-02T09:00Z open\n2028-12-31T16:00Z start\n2028-12-31T16:00Z .", "never started", "", "past-horizon"});
}

TEST_CASE("ERPNext: of several pauses each one counts", "[peers]") {
  check({"two pauses", four_hours + ", " + pauses + " }",
         "2026-03-02T09:00Z open\n2026-03-02T09:30Z pause\n2026-03-02T10:00Z resume\n2026-03-02T10:30Z "
         "pause\n2026-03-02T11:30Z resume",
         "due 2026-03-02T14:30Z running"});
}

TEST_CASE("OTOBO: a host that looks only while everything is closed misses nothing, however much is due at once, and a "
          "pause after the breach is measured as one before it",
          "[peers]") {
  story::teller teller(story::policy("{ " + four_hours + ", breach: { do: [{ notify: b }] } } }"));
  const auto opened = teller.tell("2026-03-06T09:00Z open").now;
  std::size_t told = 0;
  for (int i = 0; i < 1'200; ++i) {
    told += advance(teller.by(), opened, story::at("2026-03-08T03:00Z")).did.effects.size();
  }
  CHECK(told == 1'200);
  check({"paused after the breach, over night", four_hours + ", " + pauses + ", thresholds: { o: { at: 6h after } } }",
         "2026-03-02T09:00Z open\n2026-03-02T14:00Z pause\n2026-03-03T10:00Z resume\n2026-03-04T12:00Z .",
         "due 2026-03-02T13:00Z running crossed 2026-03-02T13:00Z",
         "a breach@2026-03-02T13:00Z; a o@2026-03-03T15:00Z"});
}

TEST_CASE(
    "Zammad: a pause of half a minute is half a minute, and old history is read by the rules that it pins, not by "
    "today's",
    "[peers]") {
  check({"30 seconds", four_hours + ", " + pauses + " }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00:15Z pause\n2026-03-02T10:00:45Z resume",
         "due 2026-03-02T13:00:30Z running"});
  story::teller then(story::policy("{ " + four_hours + ", " + waits + " } }"));
  story::teller today(story::policy("{ " + four_hours + " } }"));
  const auto c = then.tell("2026-03-02T09:00Z open\n2026-03-02T10:00Z wait\n2026-03-02T11:00Z go_on").now;
  CHECK_THROWS_AS(advance(today.by(), c, story::at("2026-03-03T09:00Z")), std::invalid_argument);
  CHECK(advance(then.by(), c, story::at("2026-03-03T09:00Z")).complaint.clocks[0].latest()->crossed ==
        story::at("2026-03-02T14:00Z"));
}

TEST_CASE(
    "libredesk: broken at the due instant, not when somebody looked, and what was pending stays in the record where "
    "a promise is applied again",
    "[peers]") {
  story::teller teller(story::policy("{ " + four_hours + " } }"));
  CHECK(teller.tell("2026-03-02T09:00Z open\n2026-03-02T20:00Z .").now.clocks[0].latest()->crossed ==
        story::at("2026-03-02T13:00Z"));
  const auto again =
      check({"applied again", "a: { start: opened, stop: event(stop), " + two_goals + ", retarget: restart }",
             "2026-03-02T09:00Z open\n2026-03-02T10:00Z set priority=high", "due 2026-03-02T14:00Z running"});
  REQUIRE(again.now.clocks[0].cycles.size() == 2);
  CHECK(again.now.clocks[0].cycles[0].verdict() == verdict::superseded);
  CHECK(again.now.clocks[0].cycles[0].due == story::at("2026-03-02T17:00Z"));
}

TEST_CASE("DIGIT PGR: a customer's window counts from the notice, an edit does not extend it", "[peers]") {
  check({"ten days",
         "a: { side: customer, start: notice(answer), stop: event(reopen), goals: 10 days, calendar: office }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z answer\n2026-03-10T10:00Z set priority=low\n2026-03-12T10:01Z .",
         "due 2026-03-12T10:00Z running crossed 2026-03-12T10:00Z", "a breach@2026-03-12T10:00Z"});
}

TEST_CASE(
    "iTop: what was cut off before it was saved comes again under its key, and a ladder beside the lifecycle loses "
    "no rung to a state",
    "[peers]") {
  story::teller teller(story::policy("{ " + chased + " }"));
  const auto saved = teller.tell("2026-03-02T09:00Z open").now;
  const auto crashed = advance(teller.by(), saved, story::at("2026-03-02T11:30Z"));
  const auto anew = advance(teller.by(), saved, story::at("2026-03-02T11:31Z"));
  REQUIRE(crashed.did.effects.size() == 1);
  REQUIRE(anew.did.effects.size() == 1);
  CHECK(crashed.did.effects[0].key == anew.did.effects[0].key);
  check({"beside the lifecycle", four_hours + " }",
         "2026-03-02T09:00Z open\n2026-03-02T12:00Z wait\n2026-03-02T13:30Z go_on\n2026-03-02T16:00Z .",
         "due 2026-03-02T13:00Z running crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z", "", three_steps,
         "l step1@2026-03-02T13:00Z; l step2@2026-03-02T14:00Z; l step3@2026-03-02T15:00Z"});
}

TEST_CASE("osTicket: a flag for priorities that is tested as it is meant", "[peers]") {
  check({"high only", "a: { start: opened, stop: event(stop), " + two_goals + " }",
         "2026-03-02T09:00Z open priority=high\n2026-03-02T13:30Z .",
         "due 2026-03-02T13:00Z running crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z", "",
         "{ l: { trigger: breach(a), steps: [{ notify: x, if: 'priority == \"high\"' }, { notify: y, if: 'priority == "
         "\"low\"' }], ends_on: stop(a) } }",
         "l step1@2026-03-02T13:00Z"});
}
