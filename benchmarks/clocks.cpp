// SPDX-License-Identifier: BSL-1.0
// What promises cost: a step that touches four clocks and two ladders, the due instant, time in which nothing is due.
#include <plaint/clock/detail/cycle_meter.hpp>
#include <plaint/complaint/apply.hpp>
#include <plaint/io/yaml.hpp>

#include <benchmark/benchmark.h>

using namespace plaint;

namespace {

constexpr const char* rules = R"(
plaint: 1
id: bench
version: 1
calendars: { office: { zone: Europe/London, hours: { mon-fri: ["09:00-12:30", "13:30-17:00"] }, horizon: { from: 2025, to: 2028 } } }
attributes: { priority: { enum: [normal, high], default: normal } }
roles: { agent: {} }
lifecycle: { initial: open, states: { open: {} }, on: { pause: {}, resume: {}, stop: {} } }
clocks:
  a: &clock
    start: opened
    stop: event(stop)
    goals: [{ if: priority == "high", goal: 200h }, { goal: 400h }]
    pause: { on: event(pause), resume: event(resume), reasons: x }
    thresholds: { warn: { at: 75% }, late: { at: 4h after } }
  b: *clock
  c: *clock
  d:
    start: opened
    stop: event(stop)
    goals: 1h
    pause: { on: event(pause), resume: event(resume), reasons: x }
ladders:
  l: &ladder { trigger: breach(d), steps: [{ notify: x }, { after: 400h, notify: y }], ends_on: stop(d) }
  m: *ladder
)";

instant at(std::string_view text) {
  return *parse_instant(text);
}

struct setting {
  policy by = load_policy(read_yaml(rules));
  complaint fresh =
      advance(by, open(by, "C", {.effective_at = at("2026-03-02T09:00:00Z")}).complaint, at("2026-03-02T11:00:00Z"))
          .complaint;
  complaint of = fresh;
  progress did{};
  detail::reducer work{by, of, did};

  void forget() {
    did.transitions.clear();
    did.left.clear();
    did.entered.clear();
    did.effects.clear();
    did.firings.clear();
    did.rungs.clear();
    did.reasons.clear();
  }
};

/// All four clocks pause or run on, and both ladders freeze or thaw.
void step_of_four_clocks_and_two_ladders(benchmark::State& state) {
  setting s;
  const auto pause = s.by.lifecycle().event("pause");
  const auto resume = s.by.lifecycle().event("resume");
  auto now = at("2026-03-02T11:00:00Z");
  int n = 0;
  for (auto _ : state) {
    if (n == 64) { // the ledger would grow for ever
      s.of = s.fresh;
      now = at("2026-03-02T11:00:00Z");
      n = 0;
    }
    now += std::chrono::minutes{1};
    s.forget();
    benchmark::DoNotOptimize(s.work.handle({.event = n % 2 == 0 ? pause : resume, .at = now}));
    ++n;
  }
}

/// The same, the lifecycle and the telling left out: what clocks and ladders do once they know what happened.
void promises_of_a_step(benchmark::State& state) {
  setting s;
  const auto pause = s.by.lifecycle().event("pause");
  const auto resume = s.by.lifecycle().event("resume");
  clock_work clocks;
  ladder_work ladders;
  std::vector<event_id> raised;
  auto now = at("2026-03-02T11:00:00Z");
  int n = 0;
  for (auto _ : state) {
    if (n == 64) {
      s.of = s.fresh;
      now = at("2026-03-02T11:00:00Z");
      n = 0;
    }
    now += std::chrono::minutes{1};
    clock_facts facts;
    facts.sent = true;
    facts.event = n % 2 == 0 ? pause : resume;
    facts.at = now;
    facts.opened_at = s.of.opened_at;
    facts.seen = {.attributes = s.of.attributes, .at = now};
    clocks.begin();
    ladders.begin();
    raised.clear();
    apply_step(s.by.clocks(), s.of.clocks, facts, clocks);
    climb_step(s.by.ladders(), s.of.ladders, s.of.clocks, facts, ladders, raised);
    benchmark::ClobberMemory();
    ++n;
  }
}

void due_instant(benchmark::State& state) {
  const setting s;
  const auto& clock = s.by.clocks()[0];
  const auto& cycle = *s.of.clocks[0].latest();
  for (auto _ : state) {
    benchmark::DoNotOptimize(detail::cycle_meter(clock, cycle, s.of.attributes).due());
  }
}

void time_in_which_nothing_is_due(benchmark::State& state) {
  setting s;
  auto now = at("2026-03-02T11:00:00Z");
  for (auto _ : state) {
    now += duration{1};
    s.work.fire_before(now, now);
    benchmark::ClobberMemory();
  }
}

BENCHMARK(step_of_four_clocks_and_two_ladders)->Name("step/ours");
BENCHMARK(promises_of_a_step)->Name("promises/ours");
BENCHMARK(due_instant)->Name("due/ours");
BENCHMARK(time_in_which_nothing_is_due)->Name("advance/ours");

} // namespace
