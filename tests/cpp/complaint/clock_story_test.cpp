// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story_check.hpp"

using namespace plaint;

// The readings of docs/clocks.md, each by a story, told under three schedules of polling: never, every eleven minutes,
// and once a week. Monday is 2 March 2026; "office" is open from 09:00 to 17:00.
namespace {

using clock_story = story::expected;
using story::check;

#define PAUSE "pause: { on: event(pause), resume: event(resume), reasons: [x] }"
#define GOAL4 "a: { start: opened, stop: event(stop), goals: 4h, calendar: office"
#define TWO_GOALS                                                                                                      \
  "calendar: office, goals: [{ if: 'priority == \"high\"', goal: 2h }, { if: 'priority == \"low\"', goal: 16h }, { "   \
  "goal: 8h }]"

} // namespace

TEST_CASE("a promise is broken once its due instant has passed, and everything carries its own instant", "[clocks]") {
  for (const clock_story& s : std::initializer_list<clock_story>{
           {"1 a stop at the due instant keeps it", GOAL4 " }", "2026-03-02T09:00Z open\n2026-03-02T13:00Z stop",
            "due 2026-03-02T13:00Z met"},
           {"1 another event at the due instant comes first, the stop still keeps it", GOAL4 " }",
            "2026-03-02T09:00Z open\n2026-03-02T13:00Z note\n2026-03-02T13:00Z stop", "due 2026-03-02T13:00Z met"},
           {"1 a minute later it is missed", GOAL4 " }", "2026-03-02T09:00Z open\n2026-03-02T13:01Z stop",
            "due 2026-03-02T13:00Z missed crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z"},
           {"2 what was noticed late carries its own instant",
            GOAL4 ", thresholds: { w: { at: 75% }, o: { at: 3h after } } }",
            "2026-03-02T15:00Z open\n2026-03-20T09:00Z .", "due 2026-03-03T11:00Z running crossed 2026-03-03T11:00Z",
            "a w@2026-03-03T10:00Z; a breach@2026-03-03T11:00Z; a o@2026-03-03T14:00Z"},
           {"3 a goal used up at the instant of a pause is crossed there", GOAL4 ", " PAUSE " }",
            "2026-03-02T09:00Z open\n2026-03-02T13:00Z pause\n2026-03-03T09:00Z resume\n2026-03-03T09:30Z stop",
            "due 2026-03-02T13:00Z missed crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z"},
           {"3 a threshold reached at the instant of a pause fires there",
            GOAL4 ", " PAUSE ", thresholds: { w: { at: 50% } } }",
            "2026-03-02T09:00Z open\n2026-03-02T11:00Z pause\n2026-03-05T09:00Z .", "due - paused",
            "a w@2026-03-02T11:00Z"},
           {"1 what is due at an instant comes before the breach, which is there once the instant has passed",
            GOAL4 ", thresholds: { d: { at: at due, raise: answer } } }", "2026-03-02T09:00Z open\n2026-03-02T14:00Z .",
            "due 2026-03-02T13:00Z running crossed 2026-03-02T13:00Z",
            "a d@2026-03-02T13:00Z; a breach@2026-03-02T13:00Z"},
           {"1 so an act that it brings about can still keep the promise",
            "a: { start: opened, stop: event(answer), goals: 4h, calendar: office, thresholds: { d: { at: at due, "
            "raise: answer } } }",
            "2026-03-02T09:00Z open\n2026-03-02T14:00Z .", "due 2026-03-02T13:00Z met", "a d@2026-03-02T13:00Z"},
           {"3 and a stop at that very instant keeps the promise", GOAL4 ", " PAUSE " }",
            "2026-03-02T09:00Z open\n2026-03-02T13:00Z pause\n2026-03-02T13:00Z stop", "due 2026-03-02T13:00Z met"}}) {
    check(s);
  }
}

TEST_CASE("clocks start and stop by what happens, in one order", "[clocks]") {
  for (const clock_story& s : std::initializer_list<clock_story>{
           {"4 a start while a cycle is open is ignored",
            "a: { start: [opened, event(start)], stop: event(stop), goals: 4h, cycles: independent, calendar: office }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z start", "due 2026-03-02T13:00Z running"},
           {"4 coming back from a pausing state starts nothing",
            "a: { start: enter(working), stop: event(stop), goals: 4h, cycles: independent, calendar: office, pause: { "
            "while: 'in_state(\"waiting\")', reasons: x } }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z wait\n2026-03-02T12:00Z go_on", "due 2026-03-02T15:00Z running"},
           {"5 stop comes before cancel, so what is resolved is judged", GOAL4 ", cancel: event(stop) }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z stop", "due 2026-03-02T13:00Z met"},
           {"5 cancel comes before reset and attach, so nothing begins anew",
            "a: { start: [opened, event(start)], stop: event(stop), cancel: event(start), reset: event(start), cycles: "
            "independent, goals: 4h, calendar: office }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z start", "due 2026-03-02T13:00Z cancelled"},
           {"5 pause comes before resume, so what does both lets it run",
            GOAL4 ", pause: { on: [event(pause), event(note)], resume: event(note), reasons: [x] } }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z pause\n2026-03-02T11:00Z note\n2026-03-02T12:00Z note",
            "due 2026-03-02T14:00Z running"},
           {"5 resume comes before retarget, so the new goal is due from there",
            "a: { start: opened, stop: event(stop), " TWO_GOALS
            ", pause: { while: 'in_state(\"waiting\")', reasons: x } }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z wait\n2026-03-02T12:00Z go_on priority=high",
            "due 2026-03-02T13:00Z running"},
           {"6 stop and start at once closes the cycle and opens the next",
            "a: { start: [opened, event(answer)], stop: event(answer), cycles: independent, goals: 8h, calendar: "
            "office }",
            "2026-03-02T09:00Z open\n2026-03-02T12:00Z answer", "due 2026-03-03T12:00Z running"},
           {"6 where none was running it opens none",
            "a: { start: [event(start), event(answer)], stop: event(answer), cycles: independent, goals: 8h, calendar: "
            "office }",
            "2026-03-02T09:00Z open\n2026-03-02T12:00Z answer", "never started"},
           {"7 a clock whose anchor lies in the future is met by an early stop",
            "a: { start: opened, stop: event(stop), goals: 4h, calendar: office, anchor: received }",
            "2026-03-02T09:00Z open received=2026-03-04T09:00Z\n2026-03-02T12:00Z stop", "due 2026-03-04T13:00Z met"},
           {"8 a reset judges the cycle and starts a new one if the same event does", GOAL4 ", reset: event(start) }",
            "2026-03-02T09:00Z open\n2026-03-02T11:00Z start", "due 2026-03-02T13:00Z met"},
           {"8 reset and start at once is a new cycle even for a clock of one run",
            "a: { start: [opened, event(start)], stop: event(stop), goals: 4h, calendar: office, reset: { on: "
            "event(start), as: cancelled } }",
            "2026-03-02T09:00Z open\n2026-03-02T11:00Z start", "due 2026-03-02T15:00Z running"},
           {"11 a crossed cycle that is cancelled keeps its crossing", GOAL4 ", cancel: event(cancel) }",
            "2026-03-02T09:00Z open\n2026-03-02T15:00Z cancel",
            "due 2026-03-02T13:00Z cancelled crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z"},
           {"11 a crossed running cycle has no verdict yet", GOAL4 " }", "2026-03-02T09:00Z open\n2026-03-02T15:00Z .",
            "due 2026-03-02T13:00Z running crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z"},
           {"12 a system does not keep a response promise", GOAL4 ", response: true }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z stop @robot", "due 2026-03-02T13:00Z running"},
           {"12 a person does", GOAL4 ", response: true }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z stop @robot\n2026-03-02T11:00Z stop",
            "due 2026-03-02T13:00Z met"},
           {"a promise can be waived", GOAL4 ", waive: event(waive) }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z waive @customer", "due 2026-03-02T13:00Z cancelled"},
           {"what does not apply any more is cancelled",
            GOAL4 ", applies: 'priority != \"low\"', cancel_when_not_applicable: true }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z set priority=low", "due 2026-03-02T13:00Z cancelled"},
           {"the end of the complaint ends its promises", GOAL4 " }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z finish\n2026-03-09T10:00Z .",
            "due 2026-03-02T13:00Z cancelled"}}) {
    check(s);
  }
}

TEST_CASE("cycles continue, follow each other and recur", "[clocks]") {
  constexpr const char* again = "a: { start: [opened, event(reopen)], stop: event(close), goals: 4h, calendar: office, "
                                "thresholds: { w: { at: 50% } }, cycles: continue }";
  for (const clock_story& s : std::initializer_list<clock_story>{
           {"9 what was consumed stays consumed, the gap adds nothing, and no warning is told twice", again,
            "2026-03-02T09:00Z open\n2026-03-02T12:00Z close\n2026-03-04T09:00Z reopen",
            "due 2026-03-04T10:00Z running", "a w@2026-03-02T11:00Z"},
           {"9 with gap: run the gap counts",
            "a: { start: [opened, event(reopen)], stop: event(close), goals: 8h, calendar: office, cycles: continue, "
            "gap: run }",
            "2026-03-02T09:00Z open\n2026-03-02T12:00Z close\n2026-03-02T14:00Z reopen",
            "due 2026-03-02T17:00Z running"},
           {"9 a goal that is used up in a gap that counts was due in it",
            "a: { start: [opened, event(reopen)], stop: event(close), goals: 4h, calendar: office, cycles: continue, "
            "gap: run }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z close\n2026-03-03T10:00Z reopen",
            "due 2026-03-02T13:00Z running crossed 2026-03-03T10:00Z", "a breach@2026-03-03T10:00Z late"},
           {"9 remeasured by another calendar, what an earlier cycle consumed stays as it was measured, in days too",
            "a: { start: [opened, event(reopen)], stop: event(close), goals: 5 business days, cycles: continue, "
            "retarget: remeasure, calendar: [{ if: 'site == \"branch\"', calendar: london }, { calendar: office }] }",
            "2026-03-02T09:00Z open\n2026-03-04T10:00Z close\n2026-03-16T10:00Z reopen\n2026-03-17T10:00Z set "
            "site=branch",
            "due 2026-03-19T09:00Z running"},
           {"9 an earlier crossing stays",
            "a: { start: [opened, event(reopen)], stop: event(close), goals: 4h, calendar: office, cycles: continue }",
            "2026-03-02T09:00Z open\n2026-03-02T15:00Z close\n2026-03-04T09:00Z reopen\n2026-03-04T09:30Z close",
            "due 2026-03-02T13:00Z missed crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z"},
           {"10 sequential: finishing early does not steal time",
            "a: { start: [opened, event(answer)], stop: event(answer), cycles: sequential, goals: 8h, calendar: office "
            "}",
            "2026-03-02T09:00Z open\n2026-03-02T12:00Z answer", "due 2026-03-03T17:00Z running"},
           {"10 and finishing late starts at the start",
            "a: { start: [opened, event(answer)], stop: event(answer), cycles: sequential, goals: 8h, calendar: office "
            "}",
            "2026-03-02T09:00Z open\n2026-03-03T11:00Z answer", "due 2026-03-04T11:00Z running",
            "a breach@2026-03-02T17:00Z"},
           {"10 where the previous cycle was cancelled, at the start",
            "a: { start: [opened, event(start)], stop: event(stop), cancel: event(cancel), cycles: sequential, goals: "
            "8h, calendar: office }",
            "2026-03-02T09:00Z open\n2026-03-02T12:00Z cancel\n2026-03-02T13:00Z start",
            "due 2026-03-03T13:00Z running"},
           {"10 where it was stopped while paused, at the start",
            "a: { start: [opened, event(start)], stop: event(stop), cycles: sequential, goals: 8h, calendar: "
            "office, " PAUSE " }",
            "2026-03-02T09:00Z open\n2026-03-02T12:00Z pause\n2026-03-02T12:30Z stop\n2026-03-02T13:00Z start",
            "due 2026-03-03T13:00Z running"},
           {"a recurring promise begins anew where it was due",
            "a: { start: opened, stop: event(answer), recurs: true, goals: 2 business days, calendar: office }",
            "2026-03-02T09:00Z open\n2026-03-03T09:00Z answer\n2026-03-07T09:00Z .", "due 2026-03-10T09:00Z running",
            "a breach@2026-03-06T09:00Z"},
           {"and what is due just then is told before it does",
            "a: { start: opened, stop: event(answer), recurs: true, goals: 4h, calendar: office, thresholds: { d: { "
            "at: at due } } }",
            "2026-03-02T09:00Z open\n2026-03-02T14:00Z .", "due 2026-03-02T17:00Z running",
            "a d@2026-03-02T13:00Z; a breach@2026-03-02T13:00Z"}}) {
    check(s);
  }
}

TEST_CASE("a changed goal is held against what was consumed", "[clocks]") {
  constexpr const char* warned =
      "a: { start: opened, stop: event(stop), " TWO_GOALS ", thresholds: { w: { at: 75% } } }";
  for (const clock_story& s : std::initializer_list<clock_story>{
           {"13 carry keeps what was consumed", warned, "2026-03-02T09:00Z open\n2026-03-02T10:00Z set priority=high",
            "due 2026-03-02T11:00Z running"},
           {"13 a higher goal clears the crossing", "a: { start: opened, stop: event(stop), " TWO_GOALS " }",
            "2026-03-02T09:00Z open priority=high\n2026-03-02T12:00Z set priority=normal\n2026-03-02T13:00Z stop",
            "due 2026-03-02T17:00Z met", "a breach@2026-03-02T11:00Z"},
           {"14 landing behind the goal is crossed at that instant, flagged late, warnings left out", warned,
            "2026-03-02T09:00Z open\n2026-03-02T12:00Z set priority=high\n2026-03-02T12:00Z stop",
            "due 2026-03-02T12:00Z missed crossed 2026-03-02T12:00Z", "a breach@2026-03-02T12:00Z late"},
           {"14 landing exactly on the goal can still be kept at that instant", warned,
            "2026-03-02T09:00Z open\n2026-03-02T11:00Z set priority=high\n2026-03-02T11:00Z stop",
            "due 2026-03-02T11:00Z met"},
           {"14 overrun thresholds already passed are left out",
            "a: { start: opened, stop: event(stop), " TWO_GOALS
            ", thresholds: { o: { at: \"every 1h after, at most 3\" } } }",
            "2026-03-02T09:00Z open\n2026-03-02T13:30Z set priority=high\n2026-03-02T15:00Z stop",
            "due 2026-03-02T13:30Z missed crossed 2026-03-02T13:30Z",
            "a breach@2026-03-02T13:30Z late; a o@2026-03-02T14:00Z late"},
           {"14 a late start is crossed where it lands",
            "a: { start: opened, stop: event(stop), goals: 4h, calendar: office, anchor: received }",
            "2026-03-03T12:00Z open received=2026-03-02T09:00Z\n2026-03-03T13:00Z stop",
            "due 2026-03-02T13:00Z missed crossed 2026-03-03T12:00Z", "a breach@2026-03-03T12:00Z late"},
           {"14 late_attach: retro puts the crossing where it was due and fires nothing",
            "a: { start: opened, stop: event(stop), goals: 4h, calendar: office, anchor: received, late_attach: retro, "
            "thresholds: { w: { at: 50% } } }",
            "2026-03-03T12:00Z open received=2026-03-02T09:00Z\n2026-03-03T13:00Z stop",
            "due 2026-03-02T13:00Z missed crossed 2026-03-02T13:00Z"},
           {"14 so are those of goals in days, of a late start",
            "a: { start: opened, stop: event(stop), goals: 1 business day, calendar: office, anchor: received, "
            "thresholds: { o: { at: 1 business day after }, l: { at: 4 business days after } } }",
            "2026-03-05T12:00Z open received=2026-03-02T09:00Z\n2026-03-12T12:00Z .",
            "due 2026-03-03T09:00Z running crossed 2026-03-05T12:00Z",
            "a breach@2026-03-05T12:00Z late; a l@2026-03-09T09:00Z late"},
           {"14 and of a retarget",
            "a: { start: opened, stop: event(stop), calendar: office, goals: [{ if: 'priority == \"high\"', goal: 1 "
            "business day }, { goal: 5 business days }], thresholds: { o: { at: 1 business day after } } }",
            "2026-03-02T09:00Z open\n2026-03-05T12:00Z set priority=high\n2026-03-12T12:00Z .",
            "due 2026-03-05T12:00Z running crossed 2026-03-05T12:00Z", "a breach@2026-03-05T12:00Z late"},
           {"14 a late start of a choice was due when the one that counts was",
            "a: { start: event(start), stop: event(stop), goals: latest of (until promised; 4h), calendar: office, "
            "anchor: opened }",
            "2026-03-02T09:00Z open promised=2026-03-02T11:00Z\n2026-03-04T09:00Z start",
            "due 2026-03-02T13:00Z running crossed 2026-03-04T09:00Z", "a breach@2026-03-04T09:00Z late"},
           {"13 a date that the goal does not go by is no retarget",
            "a: { start: opened, stop: event(stop), goals: until promised, calendar: office, thresholds: { r: { at: at "
            "back_at } } }",
            "2026-03-02T09:00Z open promised=2026-03-02T11:00Z\n2026-03-04T09:00Z set back_at=2026-03-05T09:00Z",
            "due 2026-03-02T11:00Z running crossed 2026-03-02T11:00Z", "a breach@2026-03-02T11:00Z"},
           {"15 a warning that the new goal puts into the past fires at the retarget", warned,
            "2026-03-02T09:00Z open\n2026-03-02T10:45Z set priority=high", "due 2026-03-02T11:00Z running", ""},
           {"15 and is told once time moves on", warned,
            "2026-03-02T09:00Z open\n2026-03-02T10:45Z set priority=high\n2026-03-02T10:50Z .",
            "due 2026-03-02T11:00Z running", "a w@2026-03-02T10:45Z"},
           {"15 of a goal in days too, and while it is paused",
            "a: { start: opened, stop: event(stop), calendar: office, goals: [{ if: 'priority == \"high\"', goal: 3 "
            "days }, { goal: 7 days }], thresholds: { w: { at: 1 day before } }, " PAUSE " }",
            "2026-03-02T09:00Z open\n2026-03-04T12:00Z pause\n2026-03-04T20:00Z set priority=high\n2026-03-05T12:00Z .",
            "due - paused", "a w@2026-03-04T20:00Z"},
           {"15 what fired before fires again only with rearm",
            "a: { start: opened, stop: event(stop), " TWO_GOALS
            ", thresholds: { w: { at: 50% }, r: { at: 50%, rearm: true } } }",
            "2026-03-02T09:00Z open priority=high\n2026-03-02T10:30Z set priority=low\n2026-03-03T17:00Z stop",
            "due 2026-03-03T17:00Z met", "a w@2026-03-02T10:00Z; a r@2026-03-02T10:00Z; a r@2026-03-02T17:00Z"},
           {"15 nor there where its mark lies behind",
            "a: { start: opened, stop: event(stop), " TWO_GOALS ", thresholds: { r: { at: 50%, rearm: true } } }",
            "2026-03-02T09:00Z open priority=high\n2026-03-02T14:00Z set priority=normal\n2026-03-02T17:00Z stop",
            "due 2026-03-02T17:00Z met", "a r@2026-03-02T10:00Z; a breach@2026-03-02T11:00Z"},
           {"16 percentages are of the goal that ratchet leaves",
            "a: { start: opened, stop: event(stop), retarget: ratchet, " TWO_GOALS ", thresholds: { w: { at: 75% } } }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z set priority=low\n2026-03-02T16:00Z .",
            "due 2026-03-02T17:00Z running", "a w@2026-03-02T15:00Z"},
           {"16 ratchet is never later", "a: { start: opened, stop: event(stop), retarget: ratchet, " TWO_GOALS " }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z set priority=low", "due 2026-03-02T17:00Z running"},
           {"16 ratchet later is never earlier",
            "a: { start: opened, stop: event(stop), retarget: ratchet later, " TWO_GOALS " }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z set priority=high", "due 2026-03-02T17:00Z running"},
           {"16 pin keeps the goal, and pauses still move the due instant",
            "a: { start: opened, stop: event(stop), retarget: pin, " TWO_GOALS ", " PAUSE " }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z set priority=high\n2026-03-02T11:00Z pause\n2026-03-02T12:00Z "
            "resume",
            "due 2026-03-03T10:00Z running"},
           {"16 restart supersedes the cycle",
            "a: { start: opened, stop: event(stop), retarget: restart, " TWO_GOALS " }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z set priority=high", "due 2026-03-02T12:00Z running"},
           {"16 proportional keeps the share",
            "a: { start: opened, stop: event(stop), retarget: proportional, " TWO_GOALS " }",
            "2026-03-02T09:00Z open\n2026-03-02T13:00Z set priority=low", "due 2026-03-03T13:00Z running"},
           {"16 a pending clock selects the new goal and nothing more",
            "a: { start: opened, stop: event(stop), anchor: received, " TWO_GOALS " }",
            "2026-03-02T09:00Z open received=2026-03-03T09:00Z\n2026-03-02T10:00Z set priority=high",
            "due 2026-03-03T11:00Z running"},
           {"carry to another calendar projects the remainder there",
            "a: { start: opened, stop: event(stop), goals: 8h, calendar: [{ if: 'site == \"branch\"', calendar: short "
            "}, { calendar: office }] }",
            "2026-03-02T13:00Z open\n2026-03-02T16:00Z set site=branch", "due 2026-03-04T11:00Z running"},
           {"remeasure measures every segment again",
            "a: { start: opened, stop: event(stop), goals: 8h, retarget: remeasure, calendar: [{ if: 'site == "
            "\"branch\"', calendar: short }, { calendar: office }] }",
            "2026-03-02T13:00Z open\n2026-03-02T16:00Z set site=branch", "due 2026-03-05T11:00Z running"}}) {
    check(s);
  }
}

TEST_CASE("more time is granted by an event, under conditions", "[clocks]") {
  for (const clock_story& s : std::initializer_list<clock_story>{
           {"17 exactly at the due instant is in time", GOAL4 ", extensions: { e: { on: event(extend), by: 2h } } }",
            "2026-03-02T09:00Z open\n2026-03-02T13:00Z extend\n2026-03-02T15:00Z stop", "due 2026-03-02T15:00Z met"},
           {"17 afterwards it is refused", GOAL4 ", extensions: { e: { on: event(extend), by: 2h } } }",
            "2026-03-02T09:00Z open\n2026-03-02T13:01Z extend\n2026-03-02T13:02Z .",
            "due 2026-03-02T13:00Z running crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z",
            "extension-expired"},
           {"17 while paused it is allowed", GOAL4 ", " PAUSE ", extensions: { e: { on: event(extend), by: 2h } } }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z pause\n2026-03-02T11:00Z extend\n2026-03-02T12:00Z resume",
            "due 2026-03-02T17:00Z running"},
           {"17 but not where the goal is used up",
            GOAL4 ", " PAUSE ", extensions: { e: { on: event(extend), by: 2h } } }",
            "2026-03-02T09:00Z open\n2026-03-02T14:00Z pause\n2026-03-02T15:00Z extend\n2026-03-02T15:01Z .",
            "due 2026-03-02T13:00Z paused crossed 2026-03-02T13:00Z", "a breach@2026-03-02T13:00Z",
            "extension-expired"},
           {"17 a replacing one counts from the same anchor",
            "a: { start: opened, stop: event(stop), goals: 15 days, calendar: office, extensions: { e: { on: "
            "event(extend), to: 35 days } } }",
            "2026-03-02T09:00Z open\n2026-03-10T10:00Z extend", "due 2026-04-06T09:00Z running"},
           {"17 percentages are then of the extended goal, what fired stays fired",
            GOAL4
            ", extensions: { e: { on: event(extend), by: 4h } }, thresholds: { h: { at: 50% }, w: { at: 75% } } }",
            "2026-03-02T09:00Z open\n2026-03-02T11:30Z extend\n2026-03-02T16:00Z .", "due 2026-03-02T17:00Z running",
            "a h@2026-03-02T11:00Z; a w@2026-03-02T15:00Z"},
           {"17 a retarget keeps an additive one on top",
            "a: { start: opened, stop: event(stop), " TWO_GOALS ", extensions: { e: { on: event(extend), by: 1h } } }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z extend\n2026-03-02T10:00Z set priority=high",
            "due 2026-03-02T12:00Z running"},
           {"17 a replacing one yields to the new goal",
            "a: { start: opened, stop: event(stop), " TWO_GOALS ", extensions: { e: { on: event(extend), to: 12h } } }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z extend\n2026-03-02T10:00Z set priority=high",
            "due 2026-03-02T11:00Z running"},
           {"17 except under ratchet",
            "a: { start: opened, stop: event(stop), retarget: ratchet, " TWO_GOALS
            ", extensions: { e: { on: event(extend), to: 12h } } }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z extend\n2026-03-02T10:00Z set priority=low",
            "due 2026-03-03T13:00Z running"},
           {"the conditions are a reason, a role, consent and a number",
            GOAL4 ", extensions: { e: { on: event(extend), by: 2h, reasons: [complex], approved_by: lead, consent: "
                  "'count > 0' } } }",
            "2026-03-02T09:00Z open count=0\n2026-03-02T10:00Z extend @lead\n2026-03-02T10:00Z extend "
            "reason=complex\n2026-03-02T10:00Z extend reason=complex @lead\n"
            "2026-03-02T10:00Z extend reason=complex count=1 @lead\n2026-03-02T10:00Z extend reason=complex @lead",
            "due 2026-03-02T15:00Z running", "",
            "extension-reason; extension-role; extension-consent; extension-used-up"},
           {"it can be taken back", GOAL4 ", extensions: { e: { on: event(extend), by: 2h, revoke: event(revoke) } } }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z extend\n2026-03-02T11:00Z revoke @customer",
            "due 2026-03-02T13:00Z running"},
           {"and taken back too late it lands behind the goal",
            GOAL4 ", extensions: { e: { on: event(extend), by: 2h, revoke: event(revoke) } } }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z extend\n2026-03-02T14:00Z revoke @customer\n2026-03-02T14:30Z "
            "stop",
            "due 2026-03-02T14:00Z missed crossed 2026-03-02T14:00Z", "a breach@2026-03-02T14:00Z late"}}) {
    check(s);
  }
}

TEST_CASE("days are counted where their end is reached while the clock runs", "[clocks]") {
  for (const clock_story& s : std::initializer_list<clock_story>{
           {"18 days whose end falls into a pause don't count",
            "a: { start: opened, stop: event(stop), goals: 3 business days, calendar: office, " PAUSE " }",
            "2026-03-02T10:00Z open\n2026-03-03T09:00Z pause\n2026-03-04T12:00Z resume",
            "due 2026-03-09T10:00Z running"},
           {"18 a pause between two ends moves nothing",
            "a: { start: opened, stop: event(stop), goals: 3 business days, calendar: office, " PAUSE " }",
            "2026-03-02T10:00Z open\n2026-03-03T11:00Z pause\n2026-03-04T09:00Z resume",
            "due 2026-03-05T10:00Z running"},
           {"18 an end at the instant of the pause, or of the resumption, counts",
            "a: { start: opened, stop: event(stop), goals: 3 business days, calendar: office, " PAUSE " }",
            "2026-03-02T10:00Z open\n2026-03-03T10:00Z pause\n2026-03-04T10:00Z resume",
            "due 2026-03-05T10:00Z running"},
           {"18 end of day is the next local midnight, inclusive",
            "a: { start: opened, stop: event(stop), goals: \"2 days, due at end of day\", calendar: office }",
            "2026-03-02T10:00Z open\n2026-03-05T00:00Z stop", "due 2026-03-05T00:00Z met"},
           {"18 exactly at the cut-off is in time",
            "a: { start: opened, stop: event(stop), goals: \"1 business day, cut-off 16:00\", calendar: office }",
            "2026-03-02T16:00Z open", "due 2026-03-03T16:00Z running"},
           {"18 later counts as received on the next business day",
            "a: { start: opened, stop: event(stop), goals: \"1 business day, cut-off 16:00\", calendar: office }",
            "2026-03-02T16:01Z open", "due 2026-03-04T09:00Z running"},
           {"18 on a day that is no business day as received at the beginning of the next one",
            "a: { start: opened, stop: event(stop), goals: \"1 business day, cut-off 16:00\", calendar: office }",
            "2026-03-07T12:00Z open", "due 2026-03-10T09:00Z running"},
           {"19 thresholds of days are in days",
            "a: { start: opened, stop: event(stop), goals: 5 business days, calendar: office, thresholds: { w: { at: 2 "
            "business days before }, o: { at: 1 business day after } } }",
            "2026-03-02T10:00Z open\n2026-03-31T10:00Z .", "due 2026-03-09T10:00Z running crossed 2026-03-09T10:00Z",
            "a w@2026-03-05T10:00Z; a breach@2026-03-09T10:00Z; a o@2026-03-10T10:00Z"},
           {"20 hours are in the clock's own measure unless elapsed is written",
            GOAL4 ", thresholds: { w: { at: 2h before }, e: { at: 30min elapsed before }, o: { at: 2h after }, l: { "
                  "at: 2h elapsed after } } }",
            "2026-03-02T15:00Z open\n2026-03-06T10:00Z .", "due 2026-03-03T11:00Z running crossed 2026-03-03T11:00Z",
            "a w@2026-03-02T17:00Z; a e@2026-03-03T10:30Z; a breach@2026-03-03T11:00Z; a o@2026-03-03T13:00Z; a "
            "l@2026-03-03T13:00Z"},
           {"a choice is due with the earliest of its goals",
            "a: { start: opened, stop: event(stop), goals: earliest of (3 business days; 10h; 72h elapsed), calendar: "
            "office }",
            "2026-03-06T16:00Z open", "due 2026-03-09T16:00Z running"},
           {"or the latest",
            "a: { start: opened, stop: event(stop), goals: latest of (1 business day; 4h), calendar: office, " PAUSE
            " }",
            "2026-03-02T09:00Z open\n2026-03-02T10:00Z pause\n2026-03-03T09:30Z resume",
            "due 2026-03-04T09:00Z running"}}) {
    check(s);
  }
}

TEST_CASE("a pause has a reason, a budget and an end", "[clocks]") {
  constexpr const char* open = "2026-03-02T09:00Z open\n2026-03-02T10:00Z pause";
  const auto lines = [&](const char* more) { return std::string(open) + more; };
  const auto clock = [](const char* rules) {
    return std::string("a: { start: opened, stop: event(stop), goals: 4h, calendar: office, pause: { ") + rules +
           " } }";
  };
  check({"after its budget the clock runs on",
         clock("on: event(pause), resume: event(resume), reasons: x, at_most: 2h").c_str(),
         lines("\n2026-03-02T16:00Z .").c_str(), "due 2026-03-02T15:00Z running crossed 2026-03-02T15:00Z",
         "a exceeded@2026-03-02T12:00Z; a breach@2026-03-02T15:00Z"});
  check({"the budget is of all pauses together",
         clock("on: event(pause), resume: event(resume), reasons: x, at_most: 2h").c_str(),
         lines("\n2026-03-02T11:00Z resume\n2026-03-02T11:30Z pause\n2026-03-02T16:30Z .").c_str(),
         "due 2026-03-02T15:00Z running crossed 2026-03-02T15:00Z",
         "a exceeded@2026-03-02T12:30Z; a breach@2026-03-02T15:00Z"});
  check({"or of each", clock("on: event(pause), resume: event(resume), reasons: x, at_most_each: 1h").c_str(),
         lines("\n2026-03-02T14:30Z .").c_str(), "due 2026-03-02T14:00Z running crossed 2026-03-02T14:00Z",
         "a exceeded@2026-03-02T11:00Z; a breach@2026-03-02T14:00Z"});
  check({"days of a budget are counted as days",
         clock("on: event(pause), resume: event(resume), reasons: x, at_most: 2 business days").c_str(),
         lines("\n2026-03-04T12:00Z .").c_str(), "due 2026-03-04T13:00Z running", "a exceeded@2026-03-04T10:00Z"});
  check({"or it stays paused and somebody is told",
         clock("on: event(pause), resume: event(resume), reasons: x, at_most: 2h, when_exceeded: escalate").c_str(),
         lines("\n2026-03-03T16:00Z .").c_str(), "due - paused", "a exceeded@2026-03-02T12:00Z"});
  check(
      {"or an event closes the complaint",
       clock("on: event(pause), resume: event(resume), reasons: x, at_most: 2h, when_exceeded: close(finish)").c_str(),
       lines("\n2026-03-03T16:00Z .").c_str(), "due - cancelled", "a exceeded@2026-03-02T12:00Z"});
  check({"a date ends it", clock("on: event(pause), reasons: x, until: back_at").c_str(),
         "2026-03-02T09:00Z open back_at=2026-03-03T09:00Z\n2026-03-02T10:00Z pause\n2026-03-03T10:00Z .",
         "due 2026-03-03T12:00Z running"});
  check({"reviews come while it lasts",
         clock("on: event(pause), resume: event(resume), reasons: x, review: { every: 1h, do: [{ notify: owner }] }")
             .c_str(),
         lines("\n2026-03-02T12:30Z .").c_str(), "due - paused",
         "a review@2026-03-02T11:00Z; a review@2026-03-02T12:00Z"});
  check({"several reasons: one must be given",
         clock("on: event(pause), resume: event(resume), reasons: [x, y]").c_str(),
         lines("\n2026-03-02T10:30Z pause reason=y").c_str(), "due - paused", "", "pause-reason"});
  check({"while it holds, from the first step on", clock("while: 'in_state(\"waiting\")', reasons: x").c_str(),
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z wait\n2026-03-02T13:00Z go_on", "due 2026-03-02T16:00Z running"});
  check({"an act ends it though the condition holds",
         clock("while: 'in_state(\"waiting\")', reasons: x, ends: event(note)").c_str(),
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z wait\n2026-03-02T11:00Z note\n2026-03-02T12:00Z set",
         "due 2026-03-02T14:00Z running"});
  check({"after a breach it may be forbidden",
         clock("on: event(pause), resume: event(resume), reasons: x, after_breach: false").c_str(),
         "2026-03-02T09:00Z open\n2026-03-02T14:00Z pause", "due 2026-03-02T13:00Z running crossed 2026-03-02T13:00Z",
         "a breach@2026-03-02T13:00Z"});
  check({"stopped while paused it is judged by what was consumed",
         clock("on: event(pause), resume: event(resume), reasons: x").c_str(),
         lines("\n2026-03-05T10:00Z stop").c_str(), "due - met"});
}

TEST_CASE("an edited calendar is pinned, followed or looked back on", "[clocks]") {
  const auto edited = [](const char* mode, const char* lines) {
    story::teller teller(story::policy(
        "{ a: { start: opened, stop: event(stop), goals: 8h, calendar: office, calendar_edits: " + std::string(mode) +
            " } }",
        "{}", "calendar_edits: { office: { from: \"2026-03-03T09:00:00Z\", calendar: short } }"));
    const auto end = teller.tell(lines);
    CHECK(teller.tell(lines, std::chrono::minutes{11}) == end);
    return end;
  };
  constexpr const char* lines = "2026-03-02T13:00Z open\n2026-03-03T10:00Z .";
  CHECK(story::told(edited("pinned", lines)) == "due 2026-03-03T13:00Z running");
  CHECK(story::told(edited("prospective", lines)) == "due 2026-03-04T10:00Z running");
  CHECK(story::told(edited("retroactive", lines)) == "due 2026-03-05T11:00Z running");
  const auto judged = edited("retroactive", "2026-03-02T08:30Z open\n2026-03-02T16:00Z stop\n2026-03-04T09:00Z .");
  CHECK(story::told(judged) == "due 2026-03-02T17:00Z met");
  const auto& revisions = judged.now.clocks[0].latest()->revisions;
  REQUIRE(revisions.size() == 1);
  CHECK(revisions[0].due_after == story::at("2026-03-04T11:00Z"));
  CHECK(revisions[0].after == verdict::met);
}

TEST_CASE("a promise that an edited calendar makes whole again and that is broken again is another breach",
          "[clocks]") {
  story::teller teller(
      story::policy("{ " GOAL4 ", calendar_edits: retroactive, breach: { do: [{ notify: lead }] } } }", "{}",
                    "calendar_edits: { office: { from: \"2026-03-03T09:00:00Z\", calendar: short } }"));
  constexpr const char* lines = "2026-03-02T11:00Z open\n2026-03-04T09:00Z .";
  const auto end = teller.tell(lines);
  CHECK(story::told(end) == "due 2026-03-03T12:00Z running crossed 2026-03-03T12:00Z");
  CHECK(story::joined(end.firings) == "a breach@2026-03-02T15:00Z; a breach@2026-03-03T12:00Z");
  CHECK(story::joined(end.keys()) == "C/a/1/1/breach/1/0 2026-03-02T15:00Z; C/a/1/2/breach/1/0 2026-03-03T12:00Z");
  const auto& y = *end.now.clocks[0].latest();
  REQUIRE(y.generations.size() == 2);
  CHECK(y.generations[0].crossed == story::at("2026-03-02T15:00Z"));
  CHECK(y.revisions.size() == 1);
  CHECK(teller.tell(lines, std::chrono::minutes{11}) == end);
}

TEST_CASE("promises lie inside each other and move each other", "[clocks]") {
  constexpr const char* both =
      "a: { start: event(start), stop: event(stop), goals: 4h, calendar: office, fits_in: { clock: b, slack: 1h } }, "
      "b: { start: opened, stop: event(close), goals: 6h, calendar: office }";
  check({"what does not fit is told at the start", both, "2026-03-02T09:00Z open\n2026-03-02T11:00Z start",
         "due 2026-03-02T15:00Z running", "a infeasible@2026-03-02T11:00Z"});
  check({"what fits is not", both, "2026-03-02T09:00Z open\n2026-03-02T10:00Z start", "due 2026-03-02T14:00Z running"});
  check(
      {"slack is in the measure of the outer promise",
       "a: { start: event(start), stop: event(stop), goals: 4h, calendar: office, fits_in: { clock: b, slack: 1h } }, "
       "b: { start: opened, stop: event(close), goals: 24h elapsed, calendar: office }",
       "2026-03-02T09:00Z open\n2026-03-02T13:00Z start", "due 2026-03-02T17:00Z running"});
  check({"or the goal is cut to what fits",
         "a: { start: event(start), stop: event(stop), goals: 4h, calendar: office, fits_in: { clock: b, slack: 1h, "
         "cap: true } }, b: { start: opened, stop: event(close), goals: 6h, calendar: office }",
         "2026-03-02T09:00Z open\n2026-03-02T11:00Z start", "due 2026-03-02T14:00Z running"});
  check({"a clock begins where another one stops",
         "a: { start: stop(b), stop: event(close), goals: 4h, calendar: office }, b: { start: opened, stop: "
         "event(stop), goals: 6h, calendar: office }",
         "2026-03-02T09:00Z open\n2026-03-02T11:00Z stop", "due 2026-03-02T15:00Z running"});
  check({"or is broken",
         "a: { start: breach(b), stop: event(close), goals: 1h, calendar: office }, b: { start: opened, stop: "
         "event(stop), goals: 6h, calendar: office }",
         "2026-03-02T09:00Z open\n2026-03-02T15:30Z .", "due 2026-03-02T16:00Z running", "b breach@2026-03-02T15:00Z"});
  check({"a case waits while its work order runs",
         "a: { start: opened, stop: event(close), goals: 4h, calendar: office, pause: { while: 'clock(\"b\").running', "
         "reasons: child, at_most: 20h } }, b: { start: event(start), stop: event(stop), cycles: independent, goals: "
         "6h, calendar: office }",
         "2026-03-02T09:00Z open\n2026-03-02T10:00Z start\n2026-03-02T12:00Z stop", "due 2026-03-02T15:00Z running"});
}

TEST_CASE("1 a complaint wants to be asked again a microsecond after what is due", "[clocks]") {
  story::teller teller(story::policy("{ " GOAL4 ", thresholds: { w: { at: 50% } } } }"));
  constexpr duration tick{1};
  const auto opened = teller.tell("2026-03-02T09:00Z open").now;
  CHECK(advance(teller.by(), opened, opened.last_at).did.next_wake_up == story::at("2026-03-02T11:00Z") + tick);
  const auto at_due = advance(teller.by(), opened, story::at("2026-03-02T13:00Z"));
  CHECK(at_due.complaint.clocks[0].latest()->crossed == instant::max());
  CHECK(at_due.did.next_wake_up == story::at("2026-03-02T13:00Z") + tick);
  const auto woken = advance(teller.by(), opened, *at_due.did.next_wake_up);
  CHECK(woken.complaint.clocks[0].latest()->crossed == story::at("2026-03-02T13:00Z"));
}

TEST_CASE("11, 13 what was crossed and then restarted or retargeted keeps its crossing in the record", "[clocks]") {
  const auto cycles = [](const char* mode) {
    story::teller teller(story::policy("{ a: { start: opened, stop: event(stop), retarget: " + std::string(mode) +
                                       ", " TWO_GOALS " } }"));
    return teller.tell("2026-03-02T09:00Z open priority=high\n2026-03-02T12:00Z set priority=normal")
        .now.clocks[0]
        .cycles;
  };
  const auto due = story::at("2026-03-02T11:00Z");
  const auto restarted = cycles("restart");
  REQUIRE(restarted.size() == 2);
  CHECK(restarted[0].verdict() == verdict::superseded);
  CHECK(restarted[0].crossed == due);
  CHECK(restarted[1].crossed == instant::max());
  const auto carried = cycles("carry");
  REQUIRE(carried.size() == 1);
  REQUIRE(carried[0].generations.size() == 2);
  CHECK(carried[0].generations[0].due == due);
  CHECK(carried[0].generations[0].crossed == due);
  CHECK(carried[0].generations[1].crossed == instant::max());
  CHECK(carried[0].crossed == instant::max());
}

TEST_CASE("21, 26 a ladder runs once for each cycle, and ends with one that is superseded", "[clocks]") {
  constexpr const char* steps = "{ l: { trigger: breach(a), steps: [{ notify: x }, { after: 3h, notify: y }], ends_on: "
                                "stop(a) } }";
  check({"each cycle has its run",
         "a: { start: [opened, event(start)], stop: event(stop), cycles: independent, goals: 1h, calendar: office }",
         "2026-03-02T09:00Z open\n2026-03-02T11:00Z stop\n2026-03-02T12:00Z start\n2026-03-02T14:00Z .",
         "due 2026-03-02T13:00Z running crossed 2026-03-02T13:00Z",
         "a breach@2026-03-02T10:00Z; a breach@2026-03-02T13:00Z", "", steps,
         "l step1@2026-03-02T10:00Z; l step1@2026-03-02T13:00Z"});
  check({"superseded", "a: { start: opened, stop: event(stop), retarget: restart, " TWO_GOALS " }",
         "2026-03-02T09:00Z open priority=high\n2026-03-02T12:00Z set priority=low\n2026-03-02T17:00Z .",
         "due 2026-03-04T12:00Z running", "a breach@2026-03-02T11:00Z", "", steps, "l step1@2026-03-02T11:00Z"});
}

TEST_CASE("a host that was away is told what it asked for, and the state is the same", "[clocks]") {
  const auto told = [](const char* mode, const char* lines) {
    story::teller teller(story::policy(
        "{ a: { start: opened, stop: event(stop), goals: 4h, calendar: office, catch_up: " + std::string(mode) +
        ", thresholds: { w: { at: 50%, do: [{ notify: w }] }, l: { at: 1h after, do: [{ notify: l }] }, m: { at: 2h "
        "after, do: [{ notify: m }] } } } }"));
    return teller.tell(lines);
  };
  constexpr const char* lines = "2026-03-02T09:00Z open\n2026-03-04T09:00Z .";
  const auto each = told("each_in_order", lines);
  const auto latest = told("latest_only", lines);
  const auto skip = told("{ mode: skip_with_record, grace: 10min }", lines);
  CHECK(each.effects.size() == 3);
  REQUIRE(latest.effects.size() == 1);
  CHECK(latest.effects[0].key == "C/a/1/1/m/1/0");
  CHECK(latest.effects[0].late_by == std::chrono::hours{42});
  CHECK(skip.effects.empty());
  CHECK(each.now.clocks == latest.now.clocks);
  CHECK(each.now.clocks == skip.now.clocks);
  CHECK(story::joined(skip.firings).find("w@2026-03-02T11:00Z skipped") != std::string::npos);
}

TEST_CASE("one instant bears as many events as clocks can send at it, proven when the policy is loaded", "[clocks]") {
  std::string clocks;
  for (int i = 0; i < 80; ++i) {
    clocks +=
        "  c" + std::to_string(i) + ": { start: opened, stop: event(stop), goals: 1h, breach: { raise: tick } }\n";
  }
  const auto by = load_policy(read_yaml(R"(
plaint: 1
id: many
version: 1
calendars: { always: { zone: UTC, hours: always } }
attributes: { n: { int: { min: 0, max: 1000 }, default: 0 } }
roles: { agent: {} }
lifecycle: { initial: open, states: { open: {} }, on: { tick: { set: { n: n + 1 } }, stop: {} } }
clocks:
)" + clocks));
  CHECK(by.raises_at_once() == 80);
  const auto opened = open(by, "C", {.effective_at = story::at("2026-03-02T09:00Z")}).complaint;
  const auto later = advance(by, opened, story::at("2026-03-02T11:00Z")).complaint;
  REQUIRE(later.attributes[0].get_if<std::int64_t>() != nullptr);
  CHECK(*later.attributes[0].get_if<std::int64_t>() == 80);
}

TEST_CASE("events that bring themselves about again without any time passing have no bound, and a warning says so",
          "[clocks]") {
  const auto ring = [](const char* ladders) {
    return load_policy(read_yaml(std::string(R"(
plaint: 1
id: ring
version: 1
calendars: { always: { zone: UTC, hours: always } }
roles: { agent: {} }
lifecycle:
  initial: a
  states: { a: { on: { over: { target: b } } }, b: { on: { back: { target: a } } } }
clocks: { c: { start: opened, stop: event(over), goals: 1h, cycles: once } }
ladders:
)") + ladders));
  };
  const auto codes = [](const policy& by) {
    std::string all;
    for (const auto& f : by.notes()) {
      all += f.code == "raise-loop" ? f.code + " " + f.pointer : "";
    }
    return all;
  };
  const auto endless = ring("  l: { trigger: enter(a), steps: [{ raise: over }], ends_on: exit(a) }\n"
                            "  m: { trigger: enter(b), steps: [{ raise: back }], ends_on: exit(b) }\n");
  CHECK(codes(endless) == "raise-loop /ladders/l");
  const auto opened = open(endless, "C", {.effective_at = story::at("2026-03-02T09:00Z")}).complaint;
  const auto later = advance(endless, opened, story::at("2026-03-02T09:00:01Z"));
  CHECK(later.did.transitions.size() == 64);
  CHECK(codes(ring("  l: { trigger: enter(a), steps: [{ after: 1h, raise: over }], ends_on: exit(a) }\n"
                   "  m: { trigger: enter(b), steps: [{ raise: back }], ends_on: exit(b) }\n"))
            .empty());
  CHECK(codes(ring("  l: { trigger: breach(c), steps: [{ raise: over }], ends_on: exit(a) }\n")).empty());
}
