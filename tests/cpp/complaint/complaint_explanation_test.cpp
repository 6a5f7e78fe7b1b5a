// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/fixed_story.hpp"
#include "support/random_case.hpp"
#include "support/story.hpp"

#include <plaint/complaint/complaint_explanation.hpp>

#include <rapidcheck.h>

using namespace plaint;

TEST_CASE("a complaint says what brought it to its state, event by event and by time alone", "[complaint]") {
  const auto rules = hotline::rules();
  auto file = random_case::run(rules, random_case::fixed_story());
  (void)advance(rules, file, hotline::at("2026-12-20T10:00:00Z"));
  const auto e = explain(rules, file);
  CHECK(e.states == std::vector<std::string>{"closed"});
  std::vector<std::string> moved;
  for (const auto& h : e.history) {
    if (!h.entered.empty()) {
      moved.push_back(h.what + " -> " + h.entered.back());
    }
  }
  CHECK(moved == std::vector<std::string>{"opened -> lodged", "register -> open", "answer -> answered",
                                          "object -> open", "answer -> answered", "after(answered) -> closed"});
  CHECK(e.history.back().at == hotline::at("2026-12-16T10:00:00Z"));
  CHECK(e.history.back().sequence == 0);
  CHECK(e.history.back().by.empty());
  REQUIRE(e.history.back().transitions.size() == 1);
  CHECK(e.history.back().transitions[0].starts_with("/lifecycle/states/answered/"));
  CHECK(e.coming.empty());
}

TEST_CASE("an explanation names what is due, what time will do next, and what may happen now", "[complaint]") {
  const auto rules = hotline::rules();
  const auto story = random_case::fixed_story();
  const auto file = random_case::run(rules, {story[0], story[1]});
  const auto e = explain(rules, file, {.role = "lead"});
  REQUIRE(e.clocks.size() == 2);
  CHECK(e.clocks[1].due == hotline::at("2026-11-25T15:30:00Z"));
  REQUIRE(e.coming.size() == 1);
  CHECK(e.coming[0].what == "threshold(answer, warn)");
  CHECK(e.possible.size() == 3);
  CHECK(to_string(e) == R"(C-1 is in open as of 2026-11-20 15:30
how it came here
  2026-11-20 15:00  opened by someone: -> lodged
  2026-11-20 15:30  register by someone: lodged -> open
acknowledge: 2h from 2026-11-20 15:00
2026-11-20 15:00 - 2026-11-20 15:30  ran 30 min (started)
due 2026-11-20 17:00
met
answer: 3 business days from 2026-11-20 15:30
2026-11-20 15:30 - 2026-11-20 15:30  ran 0 days (started)
2026-11-20 15:30 - 2026-11-25 15:30  to come 3 days
due 2026-11-25 15:30
what time will do
  2026-11-24 15:30  threshold(answer, warn)
what may happen now
  register: no, "register" is not possible in "open"
  answer
  object: no, "object" is not possible in "open"
)");
  CHECK(to_string(e, "zh").starts_with("C-1 现为 open"));
}

TEST_CASE("a timer of the whole lifecycle is named by the opening, from which it counts", "[complaint]") {
  const auto rules = load_policy(read_yaml(R"(
plaint: 1
id: desk
version: 1
calendars: { office: { zone: Europe/London, hours: { mon-fri: ["09:00-17:00"] }, horizon: { from: 2026, to: 2027 } } }
lifecycle:
  initial: open
  after: { 30 days: { target: closed } }
  states: { open: { on: { note: {} } }, closed: {} }
)"));
  auto file = open_file(rules, "C-1", {.effective_at = hotline::at("2026-11-20T15:00:00Z")}).file;
  REQUIRE(explain(rules, file).coming.size() == 1);
  CHECK(explain(rules, file).coming[0].what == "after(opened)");
  (void)advance(rules, file, hotline::at("2027-01-02T15:00:00Z"));
  CHECK(explain(rules, file).history.back().what == "after(opened)");
}

TEST_CASE("the history of an explanation ends in the state that the complaint is in", "[complaint]") {
  const auto rules = hotline::rules();
  CHECK(rc::check([&] {
    auto file = random_case::run(rules, random_case::story(*rc::gen::inRange(1, 12)));
    (void)advance(rules, file, file.now.last_at + std::chrono::hours{*rc::gen::inRange(0, 1'000)});
    const auto e = explain(rules, file);
    const auto last =
        std::find_if(e.history.rbegin(), e.history.rend(), [](const auto& h) { return !h.entered.empty(); });
    RC_ASSERT(last->entered.back() == e.states.back());
    const auto wake = detail::wake_up(file.now);
    RC_ASSERT(wake.has_value() == !e.coming.empty());
    if (wake) {
      RC_ASSERT(e.coming.front().at + duration{1} == *wake);
    }
    for (std::size_t i = 1; i < e.history.size(); ++i) {
      RC_ASSERT(e.history[i - 1].at <= e.history[i].at);
    }
    // Without its journal a complaint still knows which states it was in.
    const auto trail = explain(rules, {.now = file.now}).history;
    RC_ASSERT(trail.back().entered == e.states);
  }));
}

TEST_CASE("what happens at one instant is told whole: each threshold, then the breach", "[complaint]") {
  const auto rules = story::policy(
      "{ a: { start: opened, stop: event(stop), goals: 4h, calendar: office, thresholds: { w: { at: 50% }, d: { at: at "
      "due }, r: { at: at promised } }, breach: { do: [{ notify: lead }] } } }");
  event opened{.name = "open", .effective_at = story::at("2026-03-02T11:30Z"), .actor = {.role = "agent"}};
  opened.recorded_at = opened.effective_at;
  opened.data.add("promised", node::text_of("2026-03-02T15:30:00Z"));
  auto file = open_file(rules, "C", opened).file;
  const auto due = story::at("2026-03-02T15:30Z");
  CHECK(explain(rules, file).coming == std::vector<coming_change>{{story::at("2026-03-02T13:30Z"), "threshold(a, w)"}});
  (void)advance(rules, file, due);
  CHECK(explain(rules, file).coming ==
        std::vector<coming_change>{{due, "threshold(a, d)"}, {due, "threshold(a, r)"}, {due, "breach(a)"}});
  (void)advance(rules, file, due + std::chrono::seconds{1});
  const auto last = explain(rules, file).history.back();
  CHECK(last.at == due);
  CHECK(last.what == "threshold(a, d), threshold(a, r), breach(a)");
}
