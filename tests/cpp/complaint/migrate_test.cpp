// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/complaint/migrate.hpp>
#include <plaint/complaint/snapshot_bytes.hpp>

#include <rapidcheck.h>

using namespace plaint;

namespace {

/// The hotline with an answer due a day sooner.
policy sooner() {
  auto d = hotline::rules().definition();
  d.version = "2026.2";
  d.clocks[1].goals[1].goal = parse_goal("2 business days");
  return policy::compile(std::move(d));
}

} // namespace

TEST_CASE("a complaint that moves is measured anew where its clock has changed, and kept where it has not",
          "[complaint]") {
  const auto from = hotline::rules();
  const auto to = sooner();
  REQUIRE(check_migration(from, to).empty());
  const auto file = random_case::run(from, random_case::fixed_story());
  const auto moved = migrate(from, to, file);
  REQUIRE(moved.faults.empty());
  CHECK(moved.file.now.policy == to.reference());
  CHECK_FALSE(verify(to, moved.file.journal, &moved.file.now));
  REQUIRE_FALSE(moved.revisions.empty());
  for (const auto& r : moved.revisions) {
    CHECK(r.kind == "clock");
    CHECK(r.name == "answer");
    CHECK(r.because == to.reference());
  }
  CHECK(file.now.policy == from.reference());
}

TEST_CASE("a clock that is told to keep its due date keeps it", "[complaint]") {
  const auto from = hotline::rules();
  auto d = from.definition();
  d.version = "3";
  d.clocks[1].thresholds.pop_back();
  const auto to = policy::compile(std::move(d));
  const auto file = random_case::run(from, {random_case::fixed_story()[0], random_case::fixed_story()[1]});
  const auto moved = migrate(from, to, file, {.clocks = {{"answer", migration_mode::keep}}});
  REQUIRE(moved.faults.empty());
  CHECK(moved.file.now.clocks[1].latest()->due == file.now.clocks[1].latest()->due);
}

TEST_CASE("states that were renamed are mapped; what has nowhere to go is told", "[complaint]") {
  const auto from = hotline::rules();
  auto d = from.definition();
  d.version = "4";
  d.lifecycle.states[1].name = "working";
  d.lifecycle.states[0].transitions[0].targets = {"working"};
  d.lifecycle.states[2].transitions[0].targets = {"working"};
  d.clocks[1].start[0].name = "working";
  const auto to = policy::compile(std::move(d));
  CHECK(has_error(check_migration(from, to)));
  const migration_plan plan{.map = {.states = {{"open", "working"}}}};
  CHECK_FALSE(has_error(check_migration(from, to, plan)));
  const auto file = random_case::run(from, {random_case::fixed_story()[0], random_case::fixed_story()[1]});
  CHECK(has_error(migrate(from, to, file).faults));
  const auto moved = migrate(from, to, file, plan);
  REQUIRE(moved.faults.empty());
  CHECK(names_of(to.lifecycle(), moved.file.now.where).active == std::vector<std::string>{"working"});
}

TEST_CASE("a dry run tells what would move and changes nothing", "[complaint]") {
  const auto from = hotline::rules();
  std::vector<case_file> files{random_case::run(from, random_case::fixed_story()),
                               open_file(from, "C-2", random_case::fixed_story()[0]).file};
  const auto before = files;
  const auto seen = dry_run(from, sooner(), files);
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].complaint == "C-1");
  CHECK(files == before);
}

namespace {

/// The hotline with other goals: of acknowledging in hours, of an answer in business days.
policy with_goals(const char* acknowledge, const char* answer) {
  auto d = hotline::rules().definition();
  d.version = "other goals";
  d.clocks[0].goals[0].goal = parse_goal(acknowledge);
  d.clocks[1].thresholds.clear();
  d.clocks[1].goals = {{.goal = parse_goal(answer)}};
  return policy::compile(std::move(d));
}

/// Registered on Friday 20 November at 15:30, looked at on Tuesday at 10:00: a day of three is over.
case_file on_tuesday(const policy& by) {
  auto file = random_case::run(by, {random_case::fixed_story()[0], random_case::fixed_story()[1]});
  (void)advance(by, file, hotline::at("2026-11-24T10:00:00Z"));
  return file;
}

clock_state moved_answer(const policy& to, const case_file& file, migration_mode mode) {
  const auto moved = migrate(hotline::rules(), to, file, {.clocks = {{"answer", mode}}});
  REQUIRE(moved.faults.empty());
  CHECK(from_bytes(to, to_bytes(to, moved.file.now)) == moved.file.now);
  return moved.file.now.clocks[1];
}

} // namespace

TEST_CASE("each mode gives a clock that moves its own due date", "[complaint]") {
  const auto file = on_tuesday(hotline::rules());
  const auto five = with_goals("2h", "5 business days");
  const auto due = [&](migration_mode mode) { return to_iso8601(moved_answer(five, file, mode).latest()->due); };
  CHECK(due(migration_mode::remeasure) == "2026-11-27T15:30:00Z");
  CHECK(due(migration_mode::carry) == "2026-11-27T15:30:00Z");
  CHECK(due(migration_mode::ratchet) == "2026-11-25T15:30:00Z");
  CHECK(due(migration_mode::loosen) == "2026-11-27T15:30:00Z");
  CHECK(due(migration_mode::keep) == "2026-11-25T15:30:00Z");
  CHECK(due(migration_mode::restart) == "2026-12-01T10:00:00Z");
  const auto again = moved_answer(five, file, migration_mode::restart);
  REQUIRE(again.cycles.size() == 2);
  CHECK(again.cycles[0].result == verdict::superseded);
  CHECK(again.cycles[0].started == hotline::at("2026-11-20T15:30:00Z"));
}

TEST_CASE("a consumed share stays what it was where a clock moves in proportion", "[complaint]") {
  const auto from = hotline::rules();
  const auto to = with_goals("4h", "5 business days");
  auto file = open_file(from, "C-1", random_case::fixed_story()[0]).file;
  (void)advance(from, file, hotline::at("2026-11-20T15:30:00Z"));
  const auto moved = migrate(from, to, file, {.clocks = {{"acknowledge", migration_mode::proportional}}});
  REQUIRE(moved.faults.empty());
  CHECK(moved.file.now.clocks[0].latest()->due == hotline::at("2026-11-23T10:30:00Z"));
  const auto late = advance(to, moved.file.now, hotline::at("2026-11-24T10:30:00Z")).complaint;
  CHECK(late.clocks[0].latest()->crossed == hotline::at("2026-11-23T10:30:00Z"));
}

TEST_CASE("a goal that is used up when its clock moves is missed at that instant, and nobody is told", "[complaint]") {
  const auto from = hotline::rules();
  const auto to = with_goals("15min", "5 business days");
  auto file = open_file(from, "C-1", random_case::fixed_story()[0]).file;
  (void)advance(from, file, hotline::at("2026-11-20T15:30:00Z"));
  const auto moved = migrate(from, to, file, {.clocks = {{"acknowledge", migration_mode::carry}}});
  REQUIRE(moved.faults.empty());
  CHECK(moved.file.now.clocks[0].latest()->crossed == file.now.last_at);
  CHECK(moved.file.now.clocks[0].latest()->late);
  CHECK(advance(to, moved.file.now, hotline::at("2026-11-24T10:30:00Z")).did.effects.empty());
}

TEST_CASE("what was counted in days is not carried into hours, but may begin anew", "[complaint]") {
  const auto from = hotline::rules();
  const auto to = with_goals("2h", "24h");
  const auto file = on_tuesday(from);
  const auto carried = migrate(from, to, file, {.clocks = {{"answer", migration_mode::carry}}});
  REQUIRE(has_error(carried.faults));
  CHECK(carried.faults[0].code == "not-movable");
  CHECK(to_iso8601(moved_answer(to, file, migration_mode::restart).latest()->due) == "2026-11-27T10:00:00Z");
}

TEST_CASE("carrying comes to what measuring anew does while the calendar is the same", "[complaint]") {
  const auto from = hotline::rules();
  const auto to = with_goals("3h", "5 business days");
  CHECK(rc::check([&] {
    auto file = random_case::run(from, random_case::story(*rc::gen::inRange(1, 6)));
    (void)advance(from, file, file.now.last_at + std::chrono::hours{*rc::gen::inRange(0, 60)});
    if (!file.now.attributes[0].get_if<enum_member>() || file.now.attributes[0].get_if<enum_member>()->index == 0) {
      return; // a goal that ends with the day is not counted alike
    }
    const auto anew = migrate(from, to, file);
    const auto carried = migrate(
        from, to, file, {.clocks = {{"answer", migration_mode::carry}, {"acknowledge", migration_mode::carry}}});
    RC_ASSERT(has_error(anew.faults) == has_error(carried.faults));
    for (std::size_t i = 0; i < 2 && !has_error(anew.faults); ++i) {
      const auto* a = anew.file.now.clocks[i].latest();
      const auto* b = carried.file.now.clocks[i].latest();
      const auto* was = file.now.clocks[i].latest();
      RC_ASSERT((a == nullptr) == (b == nullptr));
      if (a != nullptr && a->is_open() && was->crossed == instant::max() && a->crossed == instant::max()) {
        RC_ASSERT(a->due == b->due);
        RC_ASSERT(a->next == b->next);
      }
    }
  }));
}

namespace {

/// An answer in two business days of eight hours, which waits for papers and may be extended; `other` is its goal.
policy waiting(const char* version, const char* goals) {
  return load_policy(read_yaml(std::string(R"(
plaint: 1
id: waiting
calendars: { office: { zone: Europe/London, hours: { mon-fri: ["09:00-17:00"] }, horizon: { from: 2026, to: 2027 } } }
roles: { lead: {} }
lifecycle:
  initial: open
  states:
    open: { on: { ask: asking, extend: {}, answer: { target: done, do: [{ notice: final }] } } }
    asking: { on: { reply: open } }
    done: { type: final }
ladders:
  late: { trigger: breach(first), steps: [{ notify: lead }], ends_on: stop(answer) }
)") + "version: \"" + version + "\"\n" +
                               R"(
clocks:
  first: { start: opened, stop: enter(asking), goals: [{ goal: 1h }] }
  answer:
    start: opened
    stop: notice(final)
    pause: { while: { papers: in_state("asking") }, at_most: 60 days }
    extensions: { more: { on: event(extend), by: 4h, at_most: 2 } }
    goals: )" + goals));
}

case_file run(const policy& by, std::initializer_list<std::pair<const char*, const char*>> happened) {
  auto file = open_file(by, "C-1", hotline::event("", "2026-11-20T09:00:00Z", "")).file;
  for (const auto& [name, at] : happened) {
    REQUIRE(apply(by, file, hotline::event(name, at, "lead")).accepted);
  }
  return file;
}

/// When the answer is due after the move, and a reply on Monday at 11:00 where it was asked for.
std::string due_after(const policy& from, const policy& to, const case_file& file, migration_mode mode) {
  const auto moved = migrate(from, to, file, {.clocks = {{"answer", mode}}});
  REQUIRE(moved.faults.empty());
  CHECK(from_bytes(to, to_bytes(to, moved.file.now)) == moved.file.now);
  auto now = moved.file.now;
  if (now.clocks[1].latest()->paused) {
    CHECK(now.clocks[1].latest()->due == instant::max());
    now = apply(to, now, hotline::event("reply", "2026-11-23T11:00:00Z", "lead")).complaint;
  }
  return to_iso8601(now.clocks[1].latest()->due);
}

} // namespace

TEST_CASE("a clock that waits goes on waiting where it moves, and has what it had left", "[complaint]") {
  const auto from = waiting("1", "[{ goal: 16 business hours }]");
  const auto to = waiting("2", "[{ goal: 20 business hours }]");
  const auto file = run(from, {{"ask", "2026-11-20T13:00:00Z"}}); // four hours are used up
  CHECK(due_after(from, from, file, migration_mode::automatic) == "2026-11-24T15:00:00Z");
  CHECK(due_after(from, to, file, migration_mode::carry) == "2026-11-25T11:00:00Z");
  CHECK(due_after(from, to, file, migration_mode::remeasure) == "2026-11-25T11:00:00Z");
  CHECK(due_after(from, to, file, migration_mode::ratchet) == "2026-11-24T15:00:00Z");
  CHECK(due_after(from, to, file, migration_mode::loosen) == "2026-11-25T11:00:00Z");
  CHECK(due_after(from, to, file, migration_mode::keep) == "2026-11-24T15:00:00Z");
  CHECK(due_after(from, to, file, migration_mode::proportional) == "2026-11-25T10:00:00Z"); // a quarter is used up
}

TEST_CASE("what was granted to a clock is not lost where it moves", "[complaint]") {
  const auto from = waiting("1", "[{ goal: 16 business hours }]");
  const auto to = waiting("2", "[{ goal: 20 business hours }]");
  const auto file = run(from, {{"extend", "2026-11-20T13:00:00Z"}}); // 16 and 4 hours
  CHECK(due_after(from, from, file, migration_mode::automatic) == "2026-11-24T13:00:00Z");
  CHECK(due_after(from, to, file, migration_mode::carry) == "2026-11-24T17:00:00Z");
  CHECK(due_after(from, to, file, migration_mode::remeasure) == "2026-11-24T17:00:00Z");
  CHECK(due_after(from, to, file, migration_mode::ratchet) == "2026-11-24T13:00:00Z");
  CHECK(due_after(from, to, file, migration_mode::keep) == "2026-11-24T13:00:00Z");
}

TEST_CASE("while a complaint moves, goals see clocks and ladders as they stood before", "[complaint]") {
  const auto from = waiting("1", "[{ goal: 16 business hours }]");
  const auto to = waiting(
      "2", "[{ if: clock(\"first\").breached && ladder(\"late\").high_water > 0, goal: 20 business hours }, { goal: "
           "24 business hours }]");
  auto file = run(from, {});
  CHECK(due_after(from, to, file, migration_mode::carry) == "2026-11-24T17:00:00Z");
  (void)advance(from, file, hotline::at("2026-11-20T12:00:00Z"));
  CHECK(due_after(from, to, file, migration_mode::carry) == "2026-11-24T13:00:00Z");
}
