// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_set.hpp>
#include <plaint/clock/clock_state.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/lifecycle/step_result.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace plaint {

/// What a step of the lifecycle means for clocks.
struct clock_facts {
  bool opened = false;
  event_id event = no_id;
  std::span<const state_id> entered{};
  std::span<const state_id> left{};
  std::span<const emitted_effect> effects{};
  instant at{};
  scope seen{}; ///< the complaint after the step
};

/// Something that a clock lets happen: a threshold that is reached, or the breach.
struct clock_firing {
  std::uint16_t clock = 0;
  std::uint16_t cycle = 0; ///< from 0
  clock_mark mark{};       ///< with the instant that it was scheduled for

  friend bool operator==(const clock_firing&, const clock_firing&) = default;
};

namespace detail {

template <class Id>
bool any_in(const std::vector<Id>& wanted, std::span<const Id> happened) noexcept {
  return !wanted.empty() &&
         std::any_of(happened.begin(), happened.end(), [&](Id id) { return std::find(wanted.begin(), wanted.end(), id) != wanted.end(); });
}

inline bool happened(const clock_triggers& t, const clock_facts& f) noexcept {
  const auto is_wanted = [&](const emitted_effect& e) { return std::find(t.notices.begin(), t.notices.end(), e.effect) != t.notices.end(); };
  return (t.opened && f.opened) || any_in(t.enter, f.entered) || any_in(t.exit, f.left) ||
         (f.event != no_id && any_in(t.events, std::span<const event_id>(&f.event, 1))) ||
         (!t.notices.empty() && std::any_of(f.effects.begin(), f.effects.end(), is_wanted));
}

/// Places the cycle's next mark; a clock without thresholds has the breach alone.
inline void schedule(const compiled_clock& c, clock_cycle& cycle) {
  if (c.definition.thresholds.empty()) {
    cycle.next = cycle.fired == 0 ? cycle.due : instant::max();
    return;
  }
  const auto marks = c.marks(cycle);
  cycle.next = cycle.fired < marks.size() ? marks[cycle.fired].at : instant::max();
}

inline void start_cycle(const compiled_clock& c, clock_state& state, const clock_facts& f) {
  if (!c.applies.is_default() && !evaluate(c.applies, f.seen)) {
    return;
  }
  const auto row = c.rows.first_match(f.seen);
  if (!row) {
    return;
  }
  clock_cycle cycle{.started = f.at, .row = static_cast<std::uint16_t>(*row)};
  cycle.due = c.due(cycle.row, f.at, f.seen.attributes).value_or(instant::max());
  schedule(c, cycle);
  state.cycles.push_back(cycle);
}

inline void apply_step(const compiled_clock& c, clock_state& state, const clock_facts& f) {
  const bool ran = state.running();
  if (ran && happened(c.stop, f)) {
    state.cycles.back().stopped = f.at;
    state.cycles.back().next = instant::max();
  }
  const bool stopped = ran && !state.running();
  const bool again = c.definition.cycles == clock_cycles::independent;
  // An act that stops and starts at once opens a cycle only where it ended one (docs/clocks.md).
  if (!state.running() && (state.cycles.empty() || again) && happened(c.start, f) && (stopped || !happened(c.stop, f))) {
    start_cycle(c, state, f);
  }
  if (state.running() && state.cycles.back().due == instant::max()) { // what it waits for may have been set
    auto& cycle = state.cycles.back();
    cycle.due = c.due(cycle.row, cycle.started, f.seen.attributes).value_or(instant::max());
    schedule(c, cycle);
  }
}

} // namespace detail

/// Lets every clock see a step: first it stops, then it starts. Throws `horizon_error`, some clocks already moved: give it
/// a copy.
inline void apply_step(const clock_set& set, std::vector<clock_state>& states, const clock_facts& facts) {
  for (std::size_t i = 0; i < set.size(); ++i) {
    detail::apply_step(set[i], states[i], facts);
  }
}

/// The instant of the next threshold or breach; nothing while no clock waits for any.
[[nodiscard]] inline std::optional<instant> next_scheduled(const std::vector<clock_state>& states) noexcept {
  instant next = instant::max();
  for (const auto& s : states) {
    if (const auto* cycle = s.latest()) {
      next = std::min(next, cycle->next);
    }
  }
  return next == instant::max() ? std::nullopt : std::optional(next);
}

/// Fires the one earliest thing that is scheduled strictly before an instant: by instant, then by the order of clocks, then
/// the breach before thresholds of the same instant.
[[nodiscard]] inline std::optional<clock_firing> fire_next(const clock_set& set, std::vector<clock_state>& states, instant before) {
  const auto next = next_scheduled(states);
  if (!next || *next >= before) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states[i].cycles.empty() || states[i].cycles.back().next != *next) {
      continue;
    }
    auto& cycle = states[i].cycles.back();
    const auto marks = set[i].marks(cycle);
    clock_firing fired{static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(states[i].cycles.size() - 1), marks[cycle.fired]};
    ++cycle.fired;
    cycle.next = cycle.fired < marks.size() ? marks[cycle.fired].at : instant::max();
    return fired;
  }
  return std::nullopt;
}

/// What expressions see of a clock at an instant.
[[nodiscard]] inline clock_reading read_clock(const compiled_clock& c, const clock_state& state, instant at) noexcept {
  clock_reading reading;
  const auto* cycle = state.latest();
  if (cycle == nullptr) {
    return reading;
  }
  reading.running = cycle->running();
  reading.done = !reading.running;
  reading.breached = cycle->breached(at).has_value();
  if (cycle->due == instant::max()) {
    return reading;
  }
  reading.due = cycle->due;
  const instant until = std::min(at, cycle->stopped);
  const bool open_time = std::holds_alternative<business_goal>(c.definition.goals[cycle->row].goal.form);
  const auto knows = [&](instant t) { return c.calendar.horizon().from <= t && t <= c.calendar.horizon().to; };
  if (!open_time) {
    reading.elapsed = until - cycle->started;
    reading.remaining = cycle->due - until;
  } else if (knows(until)) {
    reading.elapsed = c.calendar.between(cycle->started, until);
    reading.remaining = c.calendar.between(until, cycle->due);
  }
  return reading;
}

} // namespace plaint
