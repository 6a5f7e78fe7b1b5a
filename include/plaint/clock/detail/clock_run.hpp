// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_set.hpp>
#include <plaint/clock/clock_work.hpp>
#include <plaint/clock/detail/clock_choice.hpp>
#include <plaint/clock/detail/cycle_marks.hpp>
#include <plaint/expr/evaluate.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace plaint::detail {

/// Changes to one clock of one complaint: begins and ends cycles, stretches and generations, and keeps what is due up
/// to date. Throws `horizon_error` half way; `clock_work` takes it back.
class clock_run : public clock_choice {
public:
  clock_run(const clock_set& set, std::vector<clock_state>& states, std::uint16_t place, const clock_facts& facts,
            clock_work& work) noexcept
      : clock_choice(set[place], facts), set_(set), states_(states), state_(states[place]), work_(work), place_(place) {
  }

protected:
  [[nodiscard]] clock_cycle& cycle() noexcept { return state_.cycles.back(); }
  [[nodiscard]] cycle_meter meter() const noexcept { return {clock_, state_.cycles.back(), attributes()}; }

  void tell(trigger_kind kind, std::uint16_t threshold = no_id) { work_.happened.push_back({kind, place_, threshold}); }

  void fire(firing_kind kind, instant at, std::uint16_t threshold = no_id, std::uint16_t repetition = 0,
            bool skipped = false) {
    const auto& y = cycle();
    work_.firings.push_back({.kind = kind,
                             .late = y.generations.back().late,
                             .skipped = skipped,
                             .clock = place_,
                             .cycle = static_cast<std::uint16_t>(state_.cycles.size() - 1),
                             .generation = static_cast<std::uint16_t>(y.generations.size() - 1),
                             .threshold = threshold,
                             .repetition = repetition,
                             .at = at});
  }

  /// Which of the cycle's pauses is running, from 0.
  [[nodiscard]] std::uint16_t pause_place() const noexcept {
    const auto& all = state_.cycles.back().segments;
    std::uint16_t begun = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      begun = static_cast<std::uint16_t>(begun + (all[i].paused && (i == 0 || !all[i - 1].paused) ? 1 : 0));
    }
    return static_cast<std::uint16_t>(begun - (begun > 0 ? 1 : 0));
  }

  /// Projects the due instant anew, unless it has been crossed, and finds what time will do next.
  void schedule() {
    auto& y = cycle();
    if (y.is_open() && y.crossed == instant::max()) {
      y.due = meter().due();
    }
    wait();
  }

  /// Finds what time will do next.
  void wait() {
    const cycle_marks marks(clock_, state_, attributes());
    auto& y = cycle();
    y.next = marks.next().at;
    y.hint = marks.hint();
  }

  // --- beginning ---

  /// Begins a cycle by the complaint as it is. `at_least`: the anchor is no earlier.
  bool begin(instant at_least = instant::min(), std::optional<instant> anchored = {}) {
    const auto row = chosen_row();
    const auto calendar = chosen_calendar();
    if (!row || !calendar || (!clock_.applies.is_default() && !evaluate(clock_.applies, facts_.seen))) {
      return false;
    }
    const bool continues = clock_.definition.cycles == clock_cycles::continued && !state_.cycles.empty();
    auto anchor = anchored.value_or(continues ? facts_.at : anchor_of(clock_.calendar_at(*calendar)));
    anchor = anchor == instant::max() ? anchor : std::max(anchor, at_least);
    state_.cycles.emplace_back();
    auto& y = cycle();
    y.started = facts_.at;
    y.generations.push_back({.since = facts_.at, .row = *row, .calendar = *calendar});
    y.segments.push_back(
        {.from = facts_.at, .sequence = facts_.sequence, .event = facts_.event, .calendar = *calendar});
    tell(trigger_kind::start);
    if (continues) {
      carry_on();
    } else {
      y.parts.resize(meter().goal().leaves.size() - 1);
      set_anchor(anchor);
    }
    nest();
    pause_at_once();
    if (y.is_open()) {
      land(clock_.definition.late == late_attach::retro);
    }
    return true;
  }

  /// Measures from an instant, which may lie in the past or in the future; `max`: it is not known yet.
  void set_anchor(instant anchor) {
    auto& y = cycle();
    y.anchor = anchor;
    if (anchor == instant::max()) {
      y.since = facts_.at;
      return;
    }
    y.segments.front().from = anchor;
    y.since = std::max(anchor, facts_.at);
    const auto m = meter();
    for (std::size_t leaf = 0; leaf < m.goal().leaves.size(); ++leaf) {
      const auto& l = m.goal().leaves[leaf];
      auto& closed = leaf == 0 ? y.closed : y.parts[leaf - 1];
      if (l.from_next_hour) {
        closed -= (due_elapsed({duration{}, true}, anchor, m.calendar()) - anchor).count();
      }
      y.carried = leaf == 0 ? closed : y.carried;
      if (l.in == measure::open || l.in == measure::elapsed) {
        closed += measure_in(l.in, m.calendar(), anchor, facts_.at);
      }
    }
  }

  /// Goes on where the earlier cycle ended; what lay between counts where the policy says so.
  void carry_on() {
    const auto& before = state_.cycles[state_.cycles.size() - 2];
    auto& y = cycle();
    y.anchor = before.anchor;
    y.since = facts_.at;
    const cycle_meter earlier(clock_, before, attributes());
    const auto m = meter();
    y.parts.resize(m.goal().leaves.size() - 1);
    for (std::size_t leaf = 0; leaf < m.goal().leaves.size(); ++leaf) {
      const auto& l = m.goal().leaves[leaf];
      const bool known = leaf < earlier.goal().leaves.size();
      auto has = known ? earlier.consumed(leaf, before.stopped) : 0;
      const bool runs = clock_.definition.gap == cycle_gap::run;
      auto& closed = leaf == 0 ? y.closed : y.parts[leaf - 1];
      if (l.in == measure::days) {
        const auto days = m.days(l);
        closed = has - (runs ? days.ended(before.stopped) : days.ended(facts_.at - duration{1}));
      } else {
        closed = has + (runs && l.in != measure::date ? measure_in(l.in, m.calendar(), before.stopped, facts_.at) : 0);
      }
      y.carried = leaf == 0 ? closed : y.carried;
    }
    y.crossed = before.crossed;
    if (y.crossed != instant::max()) {
      y.due = before.due;
      y.generations.back().crossed = y.crossed;
    }
  }

  /// Cuts the goal to what the outer promise leaves, or tells that it does not fit.
  void nest() {
    if (clock_.outer == no_id || !states_[clock_.outer].is_open()) {
      return;
    }
    const auto& outer = states_[clock_.outer].cycles.back();
    auto& y = cycle();
    const auto due = meter().due();
    if (outer.due == instant::max() || due == instant::max()) {
      return;
    }
    const auto& theirs = set_[clock_.outer].calendar_at(outer.segments.back().calendar);
    const auto last = clock_.last_within(outer.due, theirs);
    if (due <= last) {
      return;
    }
    const auto m = meter();
    if (clock_.definition.fits_in.cap && m.goal().is_simple() && m.goal().is_timed()) {
      const auto in = m.goal().leaves.front().in;
      y.generations.back().amount = measure_in(in, m.calendar(), y.since, std::max(y.since, last)) + y.closed;
    } else {
      fire(firing_kind::infeasible, facts_.at);
    }
  }

  // --- stretches ---

  /// Brings what is consumed up to an instant and begins to count from there.
  void close_stretch(instant at) {
    auto& y = cycle();
    const auto m = meter();
    const std::size_t counted = m.goal().leaves.size();
    for (std::size_t leaf = 0; leaf < counted; ++leaf) {
      const auto& l = m.goal().leaves[leaf];
      auto& closed = leaf == 0 ? y.closed : y.parts[leaf - 1];
      if (l.in == measure::days) {
        if (y.paused && at > y.since && y.anchor != instant::max()) {
          const auto days = m.days(l);
          closed -= days.ended(at) - days.ended(y.since);
        }
      } else if (l.in == measure::date) {
        closed += y.paused ? measure_in(measure::open, m.calendar(), y.since, at) : 0; // by how much a pause moves it
      } else if (!y.paused) {
        closed += measure_in(l.in, m.calendar(), y.since, at);
      }
    }
    y.since = std::max(y.since, at);
  }

  void new_segment(instant at, segment_cause cause, bool timed) {
    auto& y = cycle();
    auto s = y.segments.back();
    if (s.from >= at && !s.paused && y.segments.size() == 1 && s.from > at) {
      y.segments.pop_back(); // it lies in the future: nothing ran
    } else {
      y.segments.back().to = at;
    }
    s.from = at;
    s.to = instant::max();
    s.cause = cause;
    s.sequence = timed ? 0 : facts_.sequence;
    s.event = timed ? no_id : facts_.event;
    s.generation = static_cast<std::uint16_t>(y.generations.size() - 1);
    y.segments.push_back(s);
  }

  void pause(instant at, std::uint16_t reason) {
    auto& y = cycle();
    close_stretch(at);
    y.since = at;
    new_segment(at, segment_cause::pause, false);
    y.segments.back().paused = true;
    y.segments.back().reason = reason;
    y.paused = true;
    y.exceeded = false;
    y.reviews = 0;
  }

  void resume(instant at, segment_cause cause, bool timed) {
    auto& y = cycle();
    if (clock_.pause && clock_.pause->at_most) {
      const cycle_marks marks(clock_, state_, attributes());
      y.pause_used += cycle_marks::used(*clock_.pause->at_most, marks.pause_begun(), at, marks.meter().calendar());
    }
    const auto m = meter();
    const std::size_t counted = m.goal().in_hours ? 0 : m.goal().leaves.size();
    for (std::size_t leaf = 0; leaf < counted; ++leaf) { // a day that ends at this very instant counts
      const auto& l = m.goal().leaves[leaf];
      auto& closed = leaf == 0 ? y.closed : y.parts[leaf - 1];
      if (l.in == measure::days && y.anchor != instant::max()) {
        closed -= m.days(l).swallowed(y.since, at);
      } else if (l.in == measure::date) {
        closed += measure_in(measure::open, m.calendar(), y.since, at);
      }
    }
    new_segment(at, cause, timed);
    auto& s = y.segments.back();
    s.paused = false;
    s.reason = no_id;
    y.paused = false;
    y.exceeded = false;
    y.since = std::max(at, y.anchor == instant::max() ? at : y.anchor);
    s.from = y.since;
  }

  void pause_at_once() {
    if (clock_.pause) {
      const auto reason = standing_reason();
      if (reason) {
        pause(facts_.at, *reason);
      }
    }
  }

  // --- ends ---

  /// `told`: others see that it was stopped or cancelled; a recurring promise that was missed is neither.
  void close(verdict result, instant at, bool told = true) {
    auto& y = cycle();
    if (!y.paused) {
      close_stretch(at);
    }
    auto& last = y.segments.back();
    last.to = std::max(last.from, at);
    if (last.from > at) { // it lay in the future: nothing ran
      last.from = last.to = at;
    }
    y.generations.back().due = y.due;
    y.stopped = at;
    y.result = result == verdict::none ? (y.crossed == instant::max() ? verdict::met : verdict::missed) : result;
    const bool judged = y.result == verdict::met || y.result == verdict::missed;
    y.recurring = clock_.definition.recurs && judged && y.due != instant::max() && y.due > at;
    wait();
    if (told) {
      tell(judged ? trigger_kind::stop : trigger_kind::cancel);
    }
  }

  // --- generations ---

  /// Looks at a goal that was just set: crossed at this instant where more than all of it is used up.
  void land(bool retro) {
    auto& y = cycle();
    const auto now = facts_.at;
    if (y.crossed != instant::max()) {
      schedule();
      return;
    }
    const auto due = meter().due();
    if (due >= now || y.anchor == instant::max()) {
      y.due = due;
      wait();
      return;
    }
    const bool told = std::any_of(y.generations.begin(), y.generations.end() - 1,
                                  [](const auto& g) { return g.crossed != instant::max(); });
    const bool derived =
        y.generations.size() == 1 && y.extensions.empty(); // a late start: the anchor tells when it was due
    y.due = derived ? due_from_anchor() : now;
    y.crossed = retro ? y.due : now;
    y.generations.back().crossed = y.crossed;
    y.generations.back().late = y.late = true;
    leave_out(now, retro);
    if (!retro) {
      tell(trigger_kind::breach);
      if (!told) {
        fire(firing_kind::breach, now);
      }
    }
    schedule();
  }

  /// What fired before and may fire again does so only where its mark lies ahead.
  void settle_rearmed() {
    auto& y = cycle();
    y.due = meter().due();
    const cycle_marks marks(clock_, state_, attributes());
    const auto generation = static_cast<std::uint16_t>(y.generations.size() - 1);
    const auto fired = y.fired; // those before this generation
    for (const auto& f : fired) {
      if (clock_.definition.thresholds[f.threshold].rearm && f.generation + 1 == generation &&
          marks.mark(f.threshold, f.repetition) <= facts_.at) {
        y.fired.push_back({facts_.at, f.threshold, f.repetition, generation, true});
      }
    }
  }

  /// When the goal was used up, counted from the anchor, or from where an earlier cycle left it.
  [[nodiscard]] instant due_from_anchor() {
    auto& y = cycle();
    const auto m = meter();
    const bool goes_on = clock_.definition.cycles == clock_cycles::continued && state_.cycles.size() > 1;
    return m.goal().choose([&](std::size_t leaf) {
      const auto& l = m.goal().leaves[leaf];
      if (l.in != measure::open && l.in != measure::elapsed) {
        return l.in == measure::days ? m.days(l).due(m.amount(leaf) - m.closed(leaf)) : m.derived_due(leaf);
      }
      if (!goes_on) {
        return advance_in(l.in, m.calendar(), y.anchor, m.amount(leaf) - (leaf == 0 ? y.carried : 0));
      }
      const bool counts = clock_.definition.gap == cycle_gap::run;
      const auto from = counts ? state_.cycles[state_.cycles.size() - 2].stopped : facts_.at;
      const auto left = m.amount(leaf) - m.closed(leaf) + measure_in(l.in, m.calendar(), from, facts_.at);
      return left < 0 ? facts_.at : advance_in(l.in, m.calendar(), from, left);
    });
  }

  /// Thresholds that a landing behind the goal leaves behind too are recorded as left out.
  void leave_out(instant now, bool retro) {
    auto& y = cycle();
    const cycle_marks marks(clock_, state_, attributes());
    const auto generation = static_cast<std::uint16_t>(y.generations.size() - 1);
    for (std::size_t t = 0; t < clock_.thresholds.size(); ++t) {
      const auto most = clock_.definition.thresholds[t].at.at_most;
      for (auto i = marks.fired(t); i < most && marks.passed(t, i, now, retro); ++i) {
        y.fired.push_back({now, static_cast<std::uint16_t>(t), static_cast<std::uint16_t>(i), generation, true});
      }
    }
  }

  const clock_set& set_;
  std::vector<clock_state>& states_;
  clock_state& state_;
  clock_work& work_;
  std::uint16_t place_;
};

} // namespace plaint::detail
