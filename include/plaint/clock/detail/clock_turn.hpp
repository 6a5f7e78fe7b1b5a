// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/clock_extend.hpp>

#include <algorithm>
#include <cstdint>

namespace plaint::detail {

/// Pauses the open cycle of one clock, or lets it run on.
class clock_turn : public clock_extend {
public:
  using clock_extend::clock_extend;

protected:
  /// What a pause or its end leaves to do.
  enum class turn : unsigned char {
    none,
    settled, ///< what is due is known
    open     ///< it must be found anew
  };

  turn pausing() {
    auto& y = cycle();
    bool held = y.held;
    bool overridden = y.overridden;
    const bool began = does(clock_act::pause);
    held = (held || began) && !does(clock_act::resume);
    const auto reason = standing_reason();
    overridden = overridden && reason.has_value();
    if (does(clock_act::end_pause)) {
      held = false;
      overridden = reason.has_value();
    }
    const bool wanted = held || (reason && !overridden);
    const bool allowed = y.paused || clock_.definition.pause->after_breach || y.crossed == instant::max();
    const bool pauses = wanted && allowed;
    held = held && allowed;
    const bool other = pauses && y.paused && !held && reason && is_other_reason(*reason);
    if (held == y.held && overridden == y.overridden && pauses == y.paused && !other) {
      return turn::none;
    }
    if (pauses != y.paused && !overridden && !y.overridden &&
        (pauses ? stands_at_once(began || !reason ? reason_given() : *reason) : runs_at_once())) {
      y.held = held;
      return turn::settled;
    }
    work_.save(place_, state_);
    y.held = held;
    y.overridden = overridden;
    if (pauses && !y.paused) {
      pause(facts_.at, began || !reason ? reason_given() : *reason);
    } else if (!pauses && y.paused) {
      resume(facts_.at, segment_cause::resume, false);
    } else if (other) { // its record is split, nothing else changes
      close_stretch(facts_.at);
      new_segment(facts_.at, segment_cause::pause, false);
      y.segments.back().reason = *reason;
    }
    return turn::open;
  }

  [[nodiscard]] bool does(std::uint16_t act) const noexcept { return (acts_ & act) != 0; }

  std::uint16_t acts_ = 0; ///< what triggers let the clock do, as bits of `clock_act`

private:
  /// A pause of a plain goal in hours that nothing was reached by, in short; false, with nothing changed, of any other.
  bool stands_at_once(std::uint16_t reason) {
    auto& y = cycle();
    const auto now = facts_.at;
    if (y.hint.goal < 0 || y.closed < 0 || y.since > now) {
      return false;
    }
    const auto in = y.hint.elapsed ? measure::elapsed : measure::open;
    const auto& calendar = clock_.calendar_at(y.segments.back().calendar);
    const auto began = y.hint.passed != cycle_hint::none ? y.hint.passed : passed_time{}.until(in, calendar, y.since);
    const auto closed = y.closed + work_.passed.until(in, calendar, now) - began;
    if (closed >= y.hint.next) {
      return false;
    }
    work_.save_turn(place_, y);
    y.closed = closed;
    y.paused = true;
    y.exceeded = false;
    y.reviews = 0;
    y.next = instant::max();
    y.due = y.crossed == instant::max() ? instant::max() : y.due;
    turn_segment(segment_cause::pause, reason);
    return true;
  }

  /// The same of the end of a pause.
  bool runs_at_once() {
    auto& y = cycle();
    const auto now = facts_.at;
    const auto& c = clock_.calendars[y.segments.back().calendar];
    if (y.hint.goal < 0 || y.closed < 0 || y.closed >= y.hint.next || now < y.since || now > c.foreseen) {
      return false;
    }
    const auto in = y.hint.elapsed ? measure::elapsed : measure::open;
    const auto began = work_.passed.until(in, c.calendar, now);
    const auto reached = [&](std::int64_t amount) {
      return passed_time::when(in, c.calendar, began + amount - y.closed);
    };
    const bool open = y.crossed == instant::max();
    const auto due = open ? reached(y.hint.goal) : y.due;
    const auto next = open && y.hint.next == y.hint.goal ? due
                      : y.hint.next == cycle_hint::none  ? instant::max()
                                                         : reached(y.hint.next);
    work_.save_turn(place_, y);
    y.hint.passed = began;
    y.paused = y.exceeded = false;
    y.due = due;
    y.next = next;
    turn_segment(segment_cause::resume, no_id);
    return true;
  }

  void turn_segment(segment_cause cause, std::uint16_t reason) {
    auto& y = cycle();
    y.since = facts_.at;
    auto& last = y.segments.back();
    last.to = facts_.at;
    y.segments.push_back({.from = facts_.at,
                          .sequence = facts_.sequence,
                          .event = facts_.event,
                          .generation = last.generation,
                          .calendar = last.calendar,
                          .reason = reason,
                          .cause = cause,
                          .paused = y.paused});
  }

  /// True if a condition with a reason of its own now holds the clock.
  [[nodiscard]] bool is_other_reason(std::uint16_t reason) const noexcept {
    const auto& named = clock_.pause->reasons;
    return reason != state_.cycles.back().segments.back().reason &&
           std::find(named.begin(), named.end(), reason) != named.end();
  }
};

} // namespace plaint::detail
