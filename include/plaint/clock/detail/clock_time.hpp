// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/clock_run.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace plaint::detail {

/// What time alone does to one clock at an instant that it has waited for.
class clock_time : public clock_run {
public:
  using clock_run::clock_run;

  /// The event that it sends into the lifecycle; no_id if it sends none.
  event_id pass(const clock_mark& m) {
    switch (m.kind) {
    case mark_kind::breach:
      return breach(m.at);
    case mark_kind::threshold:
      return reach(m);
    case mark_kind::exceeded:
      return exceed(m.at);
    case mark_kind::date:
      cycle().held = false;
      cycle().overridden = true;
      run_on(m.at, segment_cause::date);
      break;
    case mark_kind::review:
      ++cycle().reviews;
      fire(firing_kind::review, m.at, pause_place(), static_cast<std::uint16_t>(cycle().reviews - 1));
      schedule();
      break;
    case mark_kind::recur:
      cycle().recurring = false;
      cycle().next = instant::max();
      begin({}, m.at);
      break;
    case mark_kind::edition:
      edit();
      break;
    }
    return no_id;
  }

private:
  event_id breach(instant at) {
    auto& y = cycle();
    y.crossed = at;
    y.generations.back().crossed = at;
    tell(trigger_kind::breach);
    fire(firing_kind::breach, at);
    if (clock_.definition.recurs) {
      close(verdict::missed, at, false);
      begin(at, at);
    } else {
      schedule();
    }
    return clock_.breach_raise;
  }

  event_id reach(const clock_mark& m) {
    auto& y = cycle();
    const auto& t = clock_.thresholds[m.threshold];
    const bool wanted = t.guard.is_default() || evaluate(t.guard, facts_.seen);
    y.fired.push_back({m.at, m.threshold, m.repetition, static_cast<std::uint16_t>(y.generations.size() - 1), !wanted});
    fire(firing_kind::threshold, m.at, m.threshold, m.repetition, !wanted);
    if (wanted) {
      tell(trigger_kind::threshold, m.threshold);
    }
    schedule();
    return wanted ? t.raise : no_id;
  }

  event_id exceed(instant at) {
    fire(firing_kind::exceeded, at, pause_place());
    tell(trigger_kind::exceeded);
    if (clock_.definition.pause->exceeded == pause_exceeded::resume) {
      cycle().held = false;
      cycle().overridden = true;
      run_on(at, segment_cause::exceeded);
    } else {
      cycle().exceeded = true;
      schedule();
    }
    return clock_.pause->close_by;
  }

  void run_on(instant at, segment_cause cause) {
    resume(at, cause, true);
    schedule();
  }

  // --- editions of calendars ---

  void edit() {
    const auto from = facts_.at;
    const auto now = cycle().edition == no_id ? cycle().segments.back().calendar : cycle().edition;
    const auto next = clock_.calendars[now].next;
    if (clock_.definition.editions == edition_mode::retroactive) {
      for (std::size_t i = 0; i + 1 < state_.cycles.size(); ++i) {
        revise(state_.cycles[i], next, from);
      }
    }
    if (!cycle().is_open()) {
      revise(cycle(), next, from);
      cycle().edition = next;
      wait();
      return;
    }
    replace_calendar(next, from);
  }

  void replace_calendar(std::uint16_t next, instant from) {
    auto& y = cycle();
    const auto due_before = y.due;
    const auto crossed_before = y.crossed;
    close_stretch(from);
    const auto m = meter();
    std::vector<std::int64_t> consumed;
    for (std::size_t leaf = 0; leaf < m.goal().leaves.size(); ++leaf) {
      consumed.push_back(m.consumed(leaf, from));
    }
    new_segment(from, segment_cause::edition, true);
    y.segments.back().calendar = next;
    const bool anew = clock_.definition.editions == edition_mode::retroactive;
    const auto by_next = meter();
    for (std::size_t leaf = 0; leaf < consumed.size(); ++leaf) {
      const auto& l = by_next.goal().leaves[leaf];
      auto& closed = leaf == 0 ? y.closed : y.parts[leaf - 1];
      if (anew) {
        closed = by_next.measured_until(leaf, from);
      } else if (l.in == measure::days && y.anchor != instant::max()) {
        closed = consumed[leaf] - by_next.days(l).ended(from);
      }
    }
    if (!anew) {
      land(false);
      return;
    }
    const auto derived = crossing_by(y, next);
    if (crossed_before != instant::max()) { // what was told stays told; where the promise was broken is told anew
      y.crossed = derived < from ? derived : instant::max();
      if (y.crossed == instant::max()) {
        stand_anew(next, from, due_before);
      }
      y.generations.back().crossed = y.crossed;
      y.due = y.crossed != instant::max() ? derived : y.due;
      schedule();
    } else {
      land(false);
    }
    record(y, next, from, due_before, crossed_before, verdict::none);
  }

  /// The promise is whole again. Were it broken once more, that is another breach, so another generation with its keys.
  void stand_anew(std::uint16_t calendar, instant from, instant due_before) {
    auto& y = cycle();
    auto g = y.generations.back();
    y.generations.back().due = due_before;
    g.since = from;
    g.calendar = calendar;
    g.due = g.crossed = instant::max();
    g.late = y.late = false;
    y.generations.push_back(g);
    y.segments.back().generation = static_cast<std::uint16_t>(y.generations.size() - 1);
    settle_rearmed();
  }

  /// When the goal of a cycle was used up had the calendar always been this one; `max`: not by its end, or by now.
  [[nodiscard]] instant crossing_by(const clock_cycle& y, std::uint16_t calendar) const {
    clock_cycle anew = y;
    anew.segments.back().calendar = calendar;
    const cycle_meter m(clock_, anew, attributes());
    return m.goal().choose([&](std::size_t leaf) { return m.derived_due(leaf); });
  }

  void revise(clock_cycle& y, std::uint16_t calendar, instant from) {
    const auto due_before = y.revisions.empty() ? y.due : y.revisions.back().due_after;
    const auto crossed_before = y.revisions.empty() ? y.crossed : y.revisions.back().crossed_after;
    const auto before = y.revisions.empty() ? y.result : y.revisions.back().after;
    if (before != verdict::met && before != verdict::missed) {
      return;
    }
    const auto due = crossing_by(y, calendar);
    const auto crossed = due < y.stopped ? due : instant::max();
    const auto after = crossed == instant::max() ? verdict::met : verdict::missed;
    if (due != due_before || crossed != crossed_before || after != before) {
      y.revisions.push_back({from, due_before, due, crossed_before, crossed, before, after, calendar});
    }
  }

  static void record(clock_cycle& y, std::uint16_t calendar, instant from, instant due, instant crossed,
                     verdict before) {
    if (y.due != due || y.crossed != crossed) {
      y.revisions.push_back({from, due, y.due, crossed, y.crossed, before, before, calendar});
    }
  }
};

} // namespace plaint::detail
