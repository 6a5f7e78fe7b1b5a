// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

#include <plaint/canonical.hpp>
#include <plaint/clock/clock_state_document.hpp>

using namespace plaint;

namespace {

constexpr const char* clocks =
    R"({ a: { start: [opened, event(start)], stop: event(stop), cycles: independent, calendar: office,
  goals: [{ if: 'priority == "high"', goal: 2h }, { goal: earliest of (8h; 20h elapsed) }],
  pause: { on: event(pause), resume: event(resume), reasons: [x, y] }, extensions: { e: { on: event(extend), by: 1h, reasons: [z] } },
  thresholds: { w: { at: 50% }, l: { at: "every 1h after, at most 3" } } } })";

} // namespace

TEST_CASE("the state of a clock is written by names and read back the same", "[clock]") {
  story::teller told(story::policy(clocks));
  const auto end = told.tell(
      "2026-03-02T09:00Z open\n2026-03-02T10:00Z pause reason=y\n2026-03-02T11:00Z resume\n2026-03-02T11:30Z extend "
      "reason=z\n"
      "2026-03-02T12:00Z set priority=high\n2026-03-03T12:00Z stop\n2026-03-04T09:00Z start\n2026-03-04T10:00Z .");
  REQUIRE(end.refusals.empty());
  const auto& c = told.by().clocks()[0];
  const auto written = write_clock_state(c, told.by().lifecycle(), end.now.clocks[0]);
  findings out;
  CHECK(read_clock_state(c, told.by().lifecycle(), {written, "", out}) == end.now.clocks[0]);
  CHECK(out.empty());
  CHECK(canonical(written).find("\"reason\":\"y\"") != std::string::npos);
}

TEST_CASE("a state that does not fit the policy is told, and never half read", "[clock]") {
  const auto rules = story::policy(clocks);
  const auto codes = [&](std::string_view yaml) {
    findings out;
    const auto doc = read_yaml(yaml);
    (void)read_clock_state(rules.clocks()[0], rules.lifecycle(), {doc.root, "", out});
    std::string all;
    for (const auto& f : out) {
      all += (all.empty() ? "" : ", ") + f.code + " " + f.pointer;
    }
    return all;
  };
  CHECK(codes("{}") == "wrong-type ");
  CHECK(codes("[{}]") == "missing /0");
  CHECK(codes("[{ generations: [{ goal: 3h }], segments: [{ calendar: nowhere }] }]") ==
        "unknown-word /0/generations/0/goal, unknown-word /0/segments/0/calendar");
  CHECK(codes("[{ generations: [{ replaced: e }], segments: [{}], parts: [1] }]") == "bad-value /0");
}
