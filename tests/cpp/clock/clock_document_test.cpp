// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/clock_document.hpp>
#include <plaint/io/yaml.hpp>

using namespace plaint;

namespace {

std::string faults(std::string_view yaml) {
  findings out;
  const auto doc = read_yaml(yaml);
  (void)read_clocks({doc.root, "/clocks", out});
  std::string all;
  for (const auto& f : out) {
    all += (all.empty() ? "" : ", ") + f.code + " " + f.pointer;
  }
  return all;
}

} // namespace

TEST_CASE("clocks read back as they were written", "[clock]") {
  findings out;
  const auto doc = read_yaml(R"(
answer:
  title: { en: The answer, zh: 答复 }
  source: manual
  applies: severity == "severe"
  start: enter(open)
  stop: [notice(final), event(withdraw)]
  cycles: independent
  calendar: office
  goals:
    - { if: severity == "minor", goal: end of same day }
    - { goal: "10 business days, received at the next opening" }
    - { goal: earliest of (15 business days; 90 days) }
  thresholds:
    warn: { at: 1 business day before, do: [{ notify: lead, by: { expr: actor.id } }] }
whole:
  kind: statutory
  side: supplier
  visible_to: [lead]
  start: [{ on: event(comment), if: actor.class == "customer" }, opened]
  stop: event(reply)
  cancel: enter(gone)
  cancel_when_not_applicable: true
  waive: event(waive)
  reset: { on: event(again), as: cancelled }
  pause: { while: { customer: in_state("waiting"), storm: storm }, on: event(hold), resume: event(go), ends: event(answer), until: back_at,
           reasons: [other], at_most: 10 business days, at_most_each: 3 business days, when_exceeded: close(give_up), do: [{ notify: lead }],
           review: { every: 2 business days, do: [{ notify: owner }] }, after_breach: false, moves_dates: true }
  response: true
  cycles: continue
  gap: run
  anchor: { at: received, offset: 1 business day }
  calendar: [{ if: site == "a", calendar: one }, two]
  zone: Asia/Tokyo
  goals: 3 business days
  choose: tightest
  retarget: ratchet later
  late_attach: retro
  calendar_edits: retroactive
  extensions:
    more: { on: event(extend), by: 2 business days, reasons: [complex], approved_by: lead, consent: agreed, at_most: 2, revoke: event(object) }
    other: { on: event(replace), to: 35 business days }
  fits_in: { clock: answer, slack: 2h, cap: true }
  warn: [2 business days before]
  thresholds: { t: { at: at due, do: [{ notify: a }], if: x, raise: late, rearm: true, calendar: one } }
  breach: { do: [{ notify: head }], raise: broken }
  catch_up: { mode: skip_with_record, grace: 10min }
)");
  const auto read = read_clocks({doc.root, "/clocks", out});
  REQUIRE(out.empty());
  const auto written = write_clocks(read);
  CHECK(write_clocks(read_clocks({written, "/clocks", out})) == written);
  CHECK(out.empty());
  CHECK(read.front().stop.size() == 2);
  CHECK(read.front().goals.size() == 3);
}

TEST_CASE("each mistake in a clock is told at its place", "[clock]") {
  CHECK(faults("a: {}") == "missing /clocks/a, missing /clocks/a, missing /clocks/a");
  CHECK(faults("a: { start: entered, stop: opened, goals: [4h] }") == "bad-trigger /clocks/a/start");
  CHECK(faults("a: { start: opened, stop: event(x), goals: [{ if: true, gaol: 4h }] }") ==
        "missing /clocks/a/goals/0, unknown-key /clocks/a/goals/0/gaol");
  CHECK(faults("a: { start: opened, stop: event(x), goals: [soon], thresholds: { t: { at: sometimes }, u: { do: [{ "
               "set: { x: 1 } }] } } }") == "bad-goal /clocks/a/goals/0, bad-threshold /clocks/a/thresholds/t/at, "
                                            "missing /clocks/a/thresholds/u, effects-only "
                                            "/clocks/a/thresholds/u/do");
  CHECK(faults("a: { start: opened, stop: event(x), goals: 4h, cycles: twice }") == "unknown-word /clocks/a/cycles");
}
