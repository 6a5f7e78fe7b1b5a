// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_set.hpp>
#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/clock_work.hpp>
#include <plaint/clock/detail/clock_check.hpp>
#include <plaint/clock/detail/clock_step.hpp>
#include <plaint/clock/detail/clock_time.hpp>
#include <plaint/expr/evaluate.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace plaint {

/// What keeps an event from happening for the sake of a clock: an extension that may not be granted, a pause without
/// its reason. Nothing changes.
[[nodiscard]] inline std::optional<clock_refusal>
refused_by_clock(const clock_set& set, const std::vector<clock_state>& states, const clock_facts& facts) {
  for (const auto place : set.refusing()) {
    if (const auto why = detail::check_clock_step(set[place], states[place], facts, place)) {
      return why;
    }
  }
  return std::nullopt;
}

/// Lets every clock that it may concern see a step, each after those that it is triggered by: stop, cancel, reset,
/// pause, resume, retarget, extend, attach. Throws `horizon_error` with some clocks moved; `work` takes that back.
inline void apply_step(const clock_set& set, std::vector<clock_state>& states, clock_facts& facts, clock_work& work) {
  facts.happened = &work.happened;
  facts.note_kinds();
  auto known = work.happened.size();
  const bool looks_at_all = facts.ended || !facts.changes.empty();
  for (const auto place : set.order()) {
    const auto& clock = set[place];
    const auto acts = clock.acts(facts);
    if (acts == 0 && !looks_at_all && !clock.any_step) {
      continue;
    }
    detail::clock_step step(set, states, place, facts, work);
    if (looks_at_all || clock.any_step || (acts & ~clock_act::turns) != 0) {
      step.apply(acts);
    } else {
      step.apply_turn(acts);
    }
    if (known != work.happened.size()) {
      known = work.happened.size();
      facts.note_kinds();
    }
  }
}

/// The instant of the next thing that time alone will do; nothing while no clock waits for any.
[[nodiscard]] inline std::optional<instant> next_scheduled(const std::vector<clock_state>& states) noexcept {
  instant next = instant::max();
  for (const auto& s : states) {
    next = std::min(next, s.next());
  }
  return next == instant::max() ? std::nullopt : std::optional(next);
}

/// What a clock did by itself, and the event that it sends into the lifecycle.
struct clock_passed {
  std::uint16_t clock = 0;
  event_id raise = no_id;
  instant at{};
};

/// Lets the one earliest thing happen that is scheduled strictly before an instant: by instant, then by the order of
/// clocks, then thresholds before the breach. `facts` has what expressions see; its instant is set here.
[[nodiscard]] inline std::optional<clock_passed> pass_next(const clock_set& set, std::vector<clock_state>& states,
                                                           instant before, clock_facts& facts, clock_work& work) {
  const auto next = next_scheduled(states);
  if (!next || *next >= before) {
    return std::nullopt;
  }
  const auto found =
      std::find_if(states.begin(), states.end(), [&](const clock_state& s) { return s.next() == *next; });
  const auto place = static_cast<std::uint16_t>(found - states.begin());
  const auto mark = detail::cycle_marks(set[place], *found, facts.seen.attributes).next();
  if (mark.at != *next) { // what it waited for has moved
    found->cycles.back().next = mark.at;
    facts.at = *next;
    return clock_passed{place, no_id, *next};
  }
  facts.at = mark.kind == detail::mark_kind::edition ? mark.at + duration{1} : mark.at;
  facts.seen.at = facts.at;
  const auto raise = detail::clock_time(set, states, place, facts, work).pass(mark);
  return clock_passed{place, raise, facts.at};
}

/// What expressions see of a clock at an instant.
[[nodiscard]] inline clock_reading read_clock(const compiled_clock& c, const clock_state& state, instant at,
                                              std::span<const value> attributes) noexcept {
  clock_reading reading;
  const auto* cycle = state.latest();
  if (cycle == nullptr) {
    return reading;
  }
  reading.running = cycle->running();
  reading.paused = cycle->is_open() && cycle->paused;
  reading.done = !cycle->is_open();
  reading.breached = cycle->breached(at).has_value();
  if (cycle->due != instant::max()) {
    reading.due = cycle->due;
  }
  try {
    const detail::cycle_meter m(c, *cycle, attributes);
    const auto& first = m.goal().leaves.front();
    const instant until = std::min(at, cycle->stopped);
    if (first.in == measure::open || first.in == measure::elapsed) {
      const auto consumed = std::max<std::int64_t>(0, m.consumed(0, until));
      reading.elapsed = duration{consumed};
      if (m.goal().is_simple()) {
        reading.remaining = duration{m.amount(0) - consumed};
      }
    } else if (cycle->anchor != instant::max()) {
      reading.elapsed = std::max(duration{}, (cycle->paused ? cycle->since : until) - cycle->anchor);
    }
    if (!reading.remaining && cycle->due != instant::max()) {
      reading.remaining = cycle->due - until;
    }
  } catch (const horizon_error&) { // past the horizon nobody knows
  }
  return reading;
}

} // namespace plaint
