// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

#include <plaint/complaint/apply.hpp>
#include <plaint/io/yaml.hpp>

using namespace plaint;

// The postal hotline: two routes, replies in two and four hours, reminders before and escalation at the breach; every
// due instant, verdict, level and effect worked out by hand. The office of Shanghai is open from 00:30 to 04:00 and
// from 05:30 to 09:30 in UTC. Told from lines "instant event data @role": "." lets time pass.
namespace {

struct turn {
  const char* line;
  const char* answer; ///< due and verdict of the promise to the customer
  const char* unit;   ///< due and verdict of the latest reply, with its cycle
  int level;
  const char* effects = ""; ///< key after the complaint's id, of all that the line brought
  const char* refused = "";
};

std::string told(const complaint& c, std::size_t clock) {
  const auto* y = c.clocks[clock].latest();
  if (y == nullptr) {
    return "";
  }
  const auto word = y->is_open() ? "runs" : std::string(verdict_words[static_cast<std::size_t>(y->verdict())]);
  return story::text_of(y->due).substr(5, 11) + " " + word +
         (clock == 1 ? " " + std::to_string(c.clocks[1].cycles.size()) : "");
}

void play(std::initializer_list<turn> turns) {
  const auto by = load_policy(read_document("tests/data/policies/postal.yaml"));
  complaint c;
  for (const auto& t : turns) {
    CAPTURE(t.line);
    std::istringstream words(t.line);
    std::string when;
    std::string what;
    words >> when >> what;
    event e{.name = what,
            .effective_at = story::at("2026-" + when + "Z"),
            .recorded_at = story::at("2026-" + when + "Z"),
            .actor = {.id = "ann", .role = "lead"}};
    for (std::string word; words >> word;) {
      if (word.front() == '@') {
        e.actor.role = word.substr(1);
      } else {
        e.data.add(word.substr(0, word.find('=')), node::text_of(word.substr(word.find('=') + 1)));
      }
    }
    auto done = what == "." ? advance(by, c, e.effective_at) : what == "open" ? open(by, "P", e) : apply(by, c, e);
    c = std::move(done.complaint);
    std::string effects;
    for (const auto& x : done.did.effects) {
      effects += (effects.empty() ? "" : " ") + x.key.substr(2) + "@" + story::text_of(x.at).substr(11, 5);
    }
    CHECK(effects == t.effects);
    CHECK((done.did.reasons.empty() ? "" : done.did.reasons.front().kind) == t.refused);
    CHECK(told(c, 0) == t.answer);
    CHECK(told(c, 1) == t.unit);
    CHECK(c.ladders[0].level == t.level);
  }
}

} // namespace

TEST_CASE("the postal hotline: a direct complaint is dispatched four times, answered, objected to, closed and reopened",
          "[complaint]") {
  play({
      {"03-02T01:00 open route=direct @customer", "", "", 0},
      {"03-02T01:10 register @hotline", "03-05T01:10 runs", "", 0, "2/0@01:10"},
      {"03-02T01:20 dispatch_direct @hotline", "03-05T01:10 runs", "03-02T03:20 runs 1", 0},
      {"03-02T02:00 report @lead", "03-05T01:10 runs", "03-02T03:20 runs 1", 0},
      {"03-02T02:50 unit_replied @unit", "03-05T01:10 runs", "03-02T03:20 met 1",
       0}, // at the very instant of the reminder
      {"03-02T03:00 redispatch @regional", "03-05T01:10 runs", "03-02T03:20 met 1", 0, "", "role"},
      {"03-02T03:00 redispatch @lead", "03-05T01:10 runs", "03-02T05:00 runs 2", 0},
      {"03-02T04:40 .", "03-05T01:10 runs", "03-02T05:00 runs 2", 0, "unit_reply/2/1/remind/1/0@04:30"},
      {"03-02T05:00 report @lead", "03-05T01:10 runs", "03-02T05:00 runs 2", 0},
      {"03-02T05:30 .", "03-05T01:10 runs", "03-02T05:00 runs 2", 1, "unit_late/1/1/1/0@05:00"},
      {"03-02T06:30 report @hotline", "03-05T01:10 runs", "03-02T05:00 runs 2", 2, "unit_late/1/1/2/0@06:00"},
      {"03-02T07:30 .", "03-05T01:10 runs", "03-02T05:00 runs 2", 2, "unit_late/1/1/2.1/0@07:00"},
      {"03-02T07:40 report @supervisor", "03-05T01:10 runs", "03-02T05:00 runs 2", 2}, // takes note
      {"03-02T09:00 .", "03-05T01:10 runs", "03-02T05:00 runs 2", 2},
      {"03-02T09:10 unit_replied @unit", "03-05T01:10 runs", "03-02T05:00 missed 2", 2},
      {"03-02T09:20 redispatch @lead", "03-05T01:10 runs", "03-02T11:20 runs 3", 2},
      {"03-02T10:00 unit_replied @unit", "03-05T01:10 runs", "03-02T11:20 met 3", 2},
      {"03-02T10:10 redispatch @lead", "03-05T01:10 runs", "03-02T12:10 runs 4", 2},
      {"03-02T12:10 unit_replied @unit", "03-05T01:10 runs", "03-02T12:10 met 4", 2, "unit_reply/4/1/remind/1/0@11:40"},
      {"03-02T12:20 redispatch @lead", "03-05T01:10 runs", "03-02T12:10 met 4", 2, "", "guard-false"},
      {"03-02T12:30 answer @hotline root_cause=service responsibility=ours", "03-05T01:10 runs", "03-02T12:10 met 4", 2,
       "", "role"},
      {"03-02T12:40 answer @lead", "03-05T01:10 runs", "03-02T12:10 met 4", 2, "", "missing-field"},
      {"03-05T01:10 answer @lead root_cause=service responsibility=ours", "03-05T01:10 met", "03-02T12:10 met 4", 2,
       "answer/1/1/warn/1/0@00:10 15/0@01:10"},
      {"03-06T01:00 object @customer", "03-05T01:10 met", "03-02T12:10 met 4", 2},
      {"03-06T01:10 report @lead", "03-05T01:10 met", "03-02T12:10 met 4", 2},
      {"03-06T02:00 answer @lead", "03-05T01:10 met", "03-02T12:10 met 4", 2, "18/0@02:00"},
      {"03-06T03:00 follow_up_done @lead", "03-05T01:10 met", "03-02T12:10 met 4", 2},
      {"03-30T03:00 reopen @customer", "03-05T01:10 met", "03-02T12:10 met 4", 2},
      {"03-30T04:00 answer @lead", "03-05T01:10 met", "03-02T12:10 met 4", 2, "21/0@04:00"},
      {"04-15T04:00 .", "03-05T01:10 met", "03-02T12:10 met 4", 2}, // silence closed it on 14 April
      {"04-16T01:00 reopen @lead", "03-05T01:10 met", "03-02T12:10 met 4", 2},
  });
}

TEST_CASE("the postal hotline: an assisted complaint is reviewed, late on both promises, and closed by silence",
          "[complaint]") {
  play({
      {"03-06T08:00 open route=assisted severity=minor @customer", "", "", 0},
      {"03-06T08:05 register @hotline", "03-06T16:00 runs", "", 0, "2/0@08:05"},
      {"03-06T08:10 dispatch_direct @hotline", "03-06T16:00 runs", "", 0, "", "guard-false"},
      {"03-06T08:10 assign_assist @hotline", "03-06T16:00 runs", "", 0},
      {"03-06T08:20 dispatch_linked @regional", "03-06T16:00 runs", "", 0, "", "missing-field"},
      {"03-06T08:25 dispatch_linked @regional failing_link=belt", "03-06T16:00 runs", "03-06T12:25 runs 1", 0,
       "4/0@08:25"},
      {"03-06T11:30 .", "03-06T16:00 runs", "03-06T12:25 runs 1", 0, "unit_reply/1/1/remind/1/0@11:25"},
      {"03-06T12:25 unit_replied @unit", "03-06T16:00 runs", "03-06T12:25 met 1", 0},
      {"03-06T12:30 redispatch @regional", "03-06T16:00 runs", "03-06T16:30 runs 2", 0},
      {"03-06T16:10 report @lead", "03-06T16:00 runs", "03-06T16:30 runs 2", 0,
       "answer/1/1/warn/1/0@15:00 unit_reply/2/1/remind/1/0@15:30 answer/1/1/breach/1/0@16:00"},
      {"03-06T17:00 unit_replied @unit", "03-06T16:00 runs", "03-06T16:30 missed 2", 1, "unit_late/1/1/1/0@16:30"},
      {"03-06T17:10 approve @regional", "03-06T16:00 runs", "03-06T16:30 missed 2", 1},
      {"03-06T17:20 answer @lead root_cause=product responsibility=shared", "03-06T16:00 missed",
       "03-06T16:30 missed 2", 1, "10/0@17:20"},
      {"03-21T17:20 report @lead", "03-06T16:00 missed", "03-06T16:30 missed 2", 1},
      {"03-21T17:21 reopen @customer", "03-06T16:00 missed", "03-06T16:30 missed 2", 1}, // after silence had closed it
  });
}
