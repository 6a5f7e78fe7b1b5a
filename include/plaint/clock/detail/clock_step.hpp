// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/clock_turn.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace plaint::detail {

/// What one step of the lifecycle does to one clock: stop, cancel, reset, pause, resume, retarget, attach.
class clock_step : public clock_turn {
public:
  using clock_turn::clock_turn;

  /// `acts`: what its triggers let it do, as bits of `clock_act`.
  void apply(std::uint16_t acts) {
    acts_ = acts;
    if (state_.cycles.empty() || !state_.is_open()) {
      apply_idle();
      return;
    }
    constexpr auto ends =
        static_cast<std::uint16_t>(clock_act::stop | clock_act::cancel | clock_act::waive | clock_act::reset);
    if ((acts & ends) == 0 && !facts_.ended && !clock_.definition.cancel_when_not_applicable) {
      go_on();
      return;
    }
    const bool stops = stops_now();
    const bool cancels = does(clock_act::cancel);
    const bool waives = does(clock_act::waive);
    const bool lapses = clock_.definition.cancel_when_not_applicable && !evaluate(clock_.applies, facts_.seen);
    const bool resets = does(clock_act::reset);
    if (stops || cancels || waives || lapses || resets || facts_.ended) {
      work_.save(place_, state_);
      const bool judged = stops || (resets && !cancels && !waives && !lapses && !clock_.definition.reset.cancels);
      const auto due = cycle().due;
      const bool paused = cycle().paused;
      close(judged ? verdict::none : verdict::cancelled, facts_.at);
      cycle().waived = !judged && waives;
      const bool may =
          stops ? clock_.definition.cycles != clock_cycles::once : resets && !cancels && !waives && !lapses;
      if (may && !cancels && !waives && !facts_.ended && does(clock_act::start)) {
        begin_next(due, paused, judged);
      } else if (clock_.definition.recurs && judged && !cycle().recurring && !facts_.ended) {
        begin(facts_.at, facts_.at);
      }
      return;
    }
    go_on();
  }

  /// The same where its triggers let it pause or run on and nothing else can have changed it.
  void apply_turn(std::uint16_t acts) {
    acts_ = acts;
    if (state_.is_open() && pausing() == turn::open) {
      work_.save(place_, state_);
      land(false);
    }
  }

private:
  [[nodiscard]] bool stops_now() const noexcept {
    const bool by_system = !facts_.sent || facts_.seen.actor.side == actor_class::system;
    return does(clock_act::stop) && !(clock_.definition.response && by_system);
  }

  void apply_idle() {
    const bool cancels = does(clock_act::cancel) || does(clock_act::waive) || facts_.ended;
    if (!state_.cycles.empty() && cycle().recurring) {
      if (cancels) {
        work_.save(place_, state_);
        cycle().recurring = false;
        wait();
      }
      return;
    }
    const bool may = state_.cycles.empty() || clock_.definition.cycles != clock_cycles::once;
    if (may && does(clock_act::start) && !does(clock_act::stop) && !cancels) {
      work_.save(place_, state_);
      if (state_.cycles.empty()) {
        begin();
      } else {
        const auto& last = cycle();
        begin_next(last.due, last.paused, last.result == verdict::met || last.result == verdict::missed);
      }
    }
  }

  void begin_next(instant due, bool paused, bool judged) {
    const bool later =
        clock_.definition.cycles == clock_cycles::sequential && judged && !paused && due != instant::max();
    begin(later ? due : instant::min());
  }

  void go_on() {
    const bool changes = !facts_.changes.empty();
    const auto turned = clock_.pause.has_value() ? pausing() : turn::none;
    if (!changes && !does(clock_act::extend)) {
      if (turned == turn::open) {
        work_.save(place_, state_);
        land(false);
      }
      return;
    }
    bool touched = false;
    const auto touch = [&] {
      work_.save(place_, state_);
      touched = true;
    };
    if (changes && reads_any(clock_.retargeted_by)) {
      if (retarget(touch)) {
        return;
      }
    }
    for (std::size_t i = 0; does(clock_act::extend) && i < clock_.extensions.size(); ++i) {
      const auto& e = clock_.extensions[i];
      const bool extends = e.on.happened(facts_);
      if (extends || e.revoke.happened(facts_)) {
        touch();
        extends ? extend(i) : revoke(i);
      }
    }
    if (changes && reads_any(clock_.waits_for)) {
      touch();
      dates_changed();
    } else if (touched || turned == turn::open) {
      touch();
      land(false);
    }
  }

  [[nodiscard]] bool reads_any(const std::vector<std::uint16_t>& slots) const noexcept {
    return std::any_of(facts_.changes.begin(), facts_.changes.end(), [&](const attribute_change& c) {
      return std::binary_search(slots.begin(), slots.end(), c.slot);
    });
  }

  // --- retargets ---

  /// True if the cycle has ended by it.
  template <class Touch>
  bool retarget(const Touch& touch) {
    auto& y = cycle();
    const auto mode = clock_.definition.retarget;
    if (mode == retarget_mode::pin) {
      return false;
    }
    auto& now = y.generations.back();
    const auto row = chosen_row().value_or(now.row);
    const auto calendar = chosen_calendar().value_or(y.segments.back().calendar);
    const bool same_calendar = same_rule(calendar, y.segments.back().calendar);
    if (clock_.definition.goals[row].goal == clock_.definition.goals[now.row].goal && same_calendar) {
      return false;
    }
    touch();
    if (y.anchor == instant::max() || facts_.at < y.anchor) { // pending: the new goal and nothing more
      now.row = row;
      now.calendar = calendar;
      y.segments.back().calendar = calendar;
      y.parts.resize(meter().goal().leaves.size() - 1);
      return false;
    }
    if (mode == retarget_mode::restart) {
      close(verdict::superseded, facts_.at);
      begin({}, facts_.at);
      return true;
    }
    const auto edition = same_calendar ? y.segments.back().calendar : calendar;
    open_generation(row, edition, mode);
    return false;
  }

  /// True if two calendars are editions of one, with one zone: a retarget is not what changes an edition.
  [[nodiscard]] bool same_rule(std::uint16_t a, std::uint16_t b) const noexcept {
    return a == b || (clock_.calendars[a].rule == clock_.calendars[b].rule &&
                      clock_.calendars[a].zone == clock_.calendars[b].zone);
  }

  void open_generation(std::uint16_t row, std::uint16_t calendar, retarget_mode mode) {
    auto& y = cycle();
    close_stretch(facts_.at);
    y.generations.back().due = y.due;
    const auto before = y.generations.back();
    std::vector<std::int64_t> consumed;
    const auto old_leaves = [&] {
      const auto m = meter();
      for (std::size_t leaf = 0; leaf < m.goal().leaves.size(); ++leaf) {
        consumed.push_back(m.consumed(leaf, facts_.at));
      }
      return m.goal().leaves;
    }();
    const auto old_amount = meter().amount(0);
    y.generations.push_back({.since = facts_.at, .added = before.added, .row = row, .calendar = calendar});
    new_segment(facts_.at, segment_cause::retarget, false);
    y.segments.back().calendar = calendar;
    measure_again(old_leaves, consumed, mode == retarget_mode::remeasure);
    adjust(mode, old_amount, consumed.front(), before.added);
    if (before.crossed != instant::max()) {
      y.crossed = instant::max();
      y.late = false;
    }
    settle_rearmed();
  }

  /// What is consumed by the goal and calendar that now count: as it was measured, or by measuring every segment again.
  void measure_again(const std::vector<goal_leaf>& old, const std::vector<std::int64_t>& consumed, bool anew) {
    auto& y = cycle();
    const auto& leaves = meter().goal().leaves;
    y.parts.resize(leaves.size() - 1);
    const auto m = meter();
    for (std::size_t leaf = 0; leaf < leaves.size(); ++leaf) {
      const auto& l = leaves[leaf];
      auto& closed = leaf == 0 ? y.closed : y.parts[leaf - 1];
      const bool carries = leaf < old.size() && old.size() == leaves.size() && kind_of(l) == kind_of(old[leaf]);
      if (carries && (!anew || l.in == measure::date)) {
        closed = l.in == measure::days ? consumed[leaf] - m.days(l).ended(facts_.at) : consumed[leaf];
      } else {
        closed = m.measured_until(leaf, facts_.at);
      }
    }
  }

  void adjust(retarget_mode mode, std::int64_t old_amount, std::int64_t consumed, std::int64_t added) {
    auto& y = cycle();
    if (mode == retarget_mode::proportional) {
      const auto scaled =
          static_cast<std::int64_t>(static_cast<long double>(consumed) * static_cast<long double>(meter().amount(0)) /
                                    static_cast<long double>(std::max<std::int64_t>(1, old_amount)));
      y.closed += scaled - consumed;
      y.carried += scaled - consumed;
    }
    if (mode == retarget_mode::ratchet || mode == retarget_mode::loosen) {
      const auto now = meter().consumed(0, facts_.at);
      const auto old_rest = old_amount - consumed;
      const auto new_rest = meter().amount(0) - now;
      y.generations.back().amount =
          now + (mode == retarget_mode::ratchet ? std::min(old_rest, new_rest) : std::max(old_rest, new_rest)) - added;
    }
  }

  // --- dates ---

  /// A date that the cycle waits for was set: its anchor, its due instant, or one of its marks.
  void dates_changed() {
    auto& y = cycle();
    if (y.anchor == instant::max()) {
      const auto anchor = anchor_of(meter().calendar());
      if (anchor != instant::max()) {
        set_anchor(anchor);
        land(clock_.definition.late == late_attach::retro);
        return;
      }
    }
    const auto moved = [&](const goal_leaf& l) {
      return l.in == measure::date && std::any_of(facts_.changes.begin(), facts_.changes.end(),
                                                  [&](const attribute_change& c) { return c.slot == l.slot; });
    };
    const bool dated = std::any_of(meter().goal().leaves.begin(), meter().goal().leaves.end(), moved);
    if (dated && clock_.definition.retarget != retarget_mode::pin &&
        (y.due != instant::max() || y.crossed != instant::max())) {
      const auto due = meter().due();
      if (due != y.due || y.crossed != instant::max()) { // a date that is moved is a retarget
        const auto row = y.generations.back().row;
        open_generation(row, y.segments.back().calendar, retarget_mode::carry);
      }
    }
    land(false);
  }
};

} // namespace plaint::detail
