// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/cycle_meter.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace plaint::detail {

enum class mark_kind : unsigned char { edition, breach, threshold, exceeded, date, review, recur };

/// Something that time alone will do to a cycle.
struct clock_mark {
  instant at = instant::max();
  mark_kind kind = mark_kind::breach;
  std::uint16_t threshold = no_id;
  std::uint16_t repetition = 0;
};

/// Which instants lie ahead of a clock's latest cycle. Throws `horizon_error`.
class cycle_marks {
public:
  cycle_marks(const compiled_clock& clock, const clock_state& state, std::span<const value> attributes)
      : clock_(clock), state_(state), cycle_(state.cycles.back()), meter_(clock, cycle_, attributes),
        attributes_(attributes) {}

  [[nodiscard]] const cycle_meter& meter() const noexcept { return meter_; }

  /// The next one; of several at one instant the first by kind and place.
  [[nodiscard]] clock_mark next() const {
    clock_mark best;
    const auto offer = [&](instant at, mark_kind kind, std::uint16_t threshold = no_id, std::uint16_t repetition = 0) {
      if (at < best.at) {
        best = {at, kind, threshold, repetition};
      }
    };
    offer_edition(offer);
    if (!cycle_.is_open()) {
      if (cycle_.recurring) {
        offer(cycle_.due, mark_kind::recur);
      }
      return best;
    }
    if (!clock_.thresholds.empty()) {
      const auto least = offer_thresholds(offer);
      const bool first_of_its_instant =
          least.at == best.at && best.kind == mark_kind::threshold && least.threshold < best.threshold;
      if (least.at < best.at || first_of_its_instant) {
        best = least;
      }
    }
    if (cycle_.crossed == instant::max()) { // broken once time has passed its due instant: after what is due just then
      offer(cycle_.due, mark_kind::breach);
    }
    if (cycle_.paused) {
      offer_pause(offer);
    }
    return best;
  }

  /// What turns the pauses of a cycle without looking at each mark again; only of a plain goal in hours, none of whose
  /// marks goes by anything else.
  [[nodiscard]] cycle_hint hint() const {
    const auto& calendar = clock_.calendars[cycle_.segments.back().calendar];
    const bool bounded = clock_.pause && (clock_.pause->at_most || clock_.pause->at_most_each ||
                                          clock_.pause->review_every || clock_.pause->until != no_id);
    if (!cycle_.is_open() || !clock_.pause || bounded || !meter_.is_plain() || calendar.next != no_id) {
      return {};
    }
    cycle_hint made{.goal = meter_.amount(0), .elapsed = meter_.goal().leaves.front().in == measure::elapsed};
    if (cycle_.crossed == instant::max()) {
      made.next = made.goal;
    }
    for (std::size_t t = 0; t < clock_.thresholds.size(); ++t) {
      const auto& at = clock_.definition.thresholds[t].at;
      const auto repetition = fired(t);
      if (repetition >= at.at_most) {
        continue;
      }
      if (!counts_as_goal(at, t)) {
        return {};
      }
      made.next = std::min(made.next, amount_of(at, repetition));
    }
    return made;
  }

  /// How often a threshold has been reached or left out, as far as that counts for the present generation.
  [[nodiscard]] std::int64_t fired(std::size_t threshold) const noexcept {
    if (cycle_.fired.empty() && state_.cycles.size() == 1) {
      return 0;
    }
    const bool anew = clock_.definition.thresholds[threshold].rearm;
    const auto generation = static_cast<std::uint16_t>(cycle_.generations.size() - 1);
    const auto counts = [&](const clock_fired& f) {
      return f.threshold == threshold && (!anew || f.generation == generation);
    };
    auto n = std::count_if(cycle_.fired.begin(), cycle_.fired.end(), counts);
    if (clock_.definition.cycles == clock_cycles::continued) { // what an earlier cycle has told is not told again
      for (std::size_t i = 0; i + 1 < state_.cycles.size(); ++i) {
        const auto& earlier = state_.cycles[i].fired;
        n += std::count_if(earlier.begin(), earlier.end(),
                           [&](const clock_fired& f) { return f.threshold == threshold; });
      }
    }
    return n;
  }

  /// When a threshold is reached; `max`: not as things are, `min`: before the cycle, so never.
  [[nodiscard]] instant mark(std::size_t threshold, std::int64_t repetition) const {
    const auto& t = clock_.definition.thresholds[threshold].at;
    const auto& own = clock_.thresholds[threshold].calendar;
    if (t.kind == threshold_kind::at_date) {
      return date_of(clock_.thresholds[threshold].slot, cycle_.since);
    }
    if (cycle_.anchor == instant::max()) {
      return instant::max();
    }
    if (t.kind == threshold_kind::percent) {
      return meter_.share_of_goal(t.percent);
    }
    if (t.kind == threshold_kind::at_due) {
      return cycle_.due;
    }
    const bool before = t.kind == threshold_kind::before;
    const auto times = before ? std::int64_t{-1} : repetition + 1;
    if (in_days_of_goal(threshold)) {
      return meter_.beside_last_day(times * t.days);
    }
    if (!own && t.unit == distance_unit::own && meter_.goal().is_timed()) {
      return meter_.beside_goal(times * t.time.count());
    }
    return beside_due(t, times, own ? *own : meter_.calendar(), own.has_value() && t.unit == distance_unit::own);
  }

  /// True if a landing behind the goal leaves that threshold behind as well.
  [[nodiscard]] bool passed(std::size_t threshold, std::int64_t repetition, instant now, bool retro) const {
    const auto& t = clock_.definition.thresholds[threshold].at;
    if (t.kind == threshold_kind::at_due) {
      return retro;
    }
    if (t.kind == threshold_kind::percent || t.kind == threshold_kind::before) {
      return true;
    }
    const auto times = repetition + 1;
    if (!clock_.thresholds[threshold].calendar && t.unit == distance_unit::own && meter_.goal().is_timed()) {
      return meter_.passed_goal_by(times * t.time.count());
    }
    return in_days_of_goal(threshold) ? meter_.passed_last_day_by(times * t.days, now)
                                      : mark(threshold, repetition) < now;
  }

private:
  /// True of a distance that is counted as the days of the goal are.
  [[nodiscard]] bool in_days_of_goal(std::size_t threshold) const noexcept {
    const auto unit = clock_.definition.thresholds[threshold].at.unit;
    return !clock_.thresholds[threshold].calendar &&
           (unit == distance_unit::business_days || unit == distance_unit::calendar_days) &&
           meter_.goal().is_simple() && meter_.goal().leaves.front().in == measure::days;
  }

  /// Offers every threshold but those in the hours of the goal itself: of them only the first can be next, so it is
  /// handed back, and the calendar is asked once for all of them.
  template <class Offer>
  [[nodiscard]] clock_mark offer_thresholds(const Offer& offer) const {
    const bool together = meter_.foresees();
    const bool open = cycle_.crossed == instant::max();
    constexpr auto none = std::numeric_limits<std::int64_t>::max();
    std::int64_t rest = together && open ? meter_.rest(0) + 1 : none; // what lies behind the goal follows the breach
    clock_mark least{.kind = mark_kind::threshold};
    for (std::size_t t = 0; t < clock_.thresholds.size(); ++t) {
      const auto& at = clock_.definition.thresholds[t].at;
      const auto repetition = fired(t);
      if (repetition >= at.at_most) {
        continue;
      }
      const auto place = static_cast<std::uint16_t>(t);
      const auto times = static_cast<std::uint16_t>(repetition);
      if (together && counts_as_goal(at, t)) {
        const auto own = meter_.rest_to(amount_of(at, repetition));
        if (own < rest) {
          rest = own;
          least.threshold = place;
          least.repetition = times;
        }
        continue;
      }
      const auto when = mark(t, repetition);
      offer(when == instant::min() ? instant::max() : when, mark_kind::threshold, place, times);
    }
    if (least.threshold != no_id) {
      least.at = meter_.after_rest(rest);
    }
    return least;
  }

  /// So much of a goal in hours must be consumed.
  [[nodiscard]] std::int64_t amount_of(const threshold& t, std::int64_t repetition) const {
    const auto goal = meter_.amount(0);
    return t.kind == threshold_kind::percent  ? meter_.share(goal, t.percent)
           : t.kind == threshold_kind::before ? goal - t.time.count()
                                              : goal + t.time.count() * (repetition + 1);
  }

  /// True if a threshold is reached when so much of a goal in hours is consumed.
  [[nodiscard]] bool counts_as_goal(const threshold& t, std::size_t place) const noexcept {
    return t.kind == threshold_kind::percent ||
           (t.unit == distance_unit::own && t.kind != threshold_kind::at_due && t.kind != threshold_kind::at_date &&
            !clock_.thresholds[place].calendar);
  }

  [[nodiscard]] instant date_of(std::uint16_t slot, instant least) const noexcept {
    const auto* set = slot < attributes_.size() ? attributes_[slot].get_if<instant>() : nullptr;
    return set == nullptr ? instant::max() : *set < least ? instant::min() : *set;
  }

  /// A distance from the due instant in elapsed time, in days of the wall, or in open time of a calendar of its own.
  [[nodiscard]] instant beside_due(const threshold& t, std::int64_t times, const plaint::calendar& c, bool open) const {
    if (cycle_.due == instant::max()) {
      return instant::max();
    }
    if (times < 0) {
      instant at{};
      switch (t.unit) {
      case distance_unit::business_days:
        at = c.add_business_days(cycle_.due, -t.days);
        break;
      case distance_unit::calendar_days:
        at = c.at_wall(c.wall_of(cycle_.due) - std::chrono::days{t.days});
        break;
      default:
        at = open ? c.subtract(cycle_.due, t.time) : cycle_.due - t.time;
        break;
      }
      const bool reached_at_pause = cycle_.paused && at > cycle_.since;
      return at < cycle_.anchor ? instant::min() : reached_at_pause ? instant::max() : std::max(at, cycle_.since);
    }
    switch (t.unit) {
    case distance_unit::business_days:
      return cycle_.paused ? instant::max() : c.add_business_days(cycle_.due, t.days * times);
    case distance_unit::calendar_days:
      return cycle_.paused ? instant::max() : c.at_wall(c.wall_of(cycle_.due) + std::chrono::days{t.days * times});
    default:
      return after_due((t.time * times).count(), c, open);
    }
  }

  /// So much time of the stretches that ran after the due instant.
  [[nodiscard]] instant after_due(std::int64_t rest, const plaint::calendar& c, bool open) const {
    const auto in = open ? measure::open : measure::elapsed;
    for (const auto& s : cycle_.segments) {
      if (s.paused || s.to <= cycle_.due) {
        continue;
      }
      const auto from = std::max(s.from, cycle_.due);
      if (s.to == instant::max()) {
        return advance_in(in, c, from, rest);
      }
      const auto there = measure_in(in, c, from, s.to);
      if (rest <= there) {
        return advance_in(in, c, from, rest);
      }
      rest -= there;
    }
    return instant::max();
  }

  template <class Offer>
  void offer_edition(const Offer& offer) const {
    const auto& now = clock_.calendars[cycle_.edition == no_id ? cycle_.segments.back().calendar : cycle_.edition];
    const bool follows = clock_.definition.editions == edition_mode::retroactive ||
                         (cycle_.is_open() && clock_.definition.editions == edition_mode::prospective);
    if (follows && now.next != no_id) {
      offer(now.until - duration{1}, mark_kind::edition); // what happens at that instant already goes by the new one
    }
  }

  template <class Offer>
  void offer_pause(const Offer& offer) const {
    const auto& rules = *clock_.pause;
    if (!rules.at_most && !rules.at_most_each && !rules.review_every && rules.until == no_id) {
      return;
    }
    const auto& c = meter_.calendar();
    const auto begun = pause_begun();
    if (!cycle_.exceeded) {
      if (rules.at_most_each) {
        offer(reach(*rules.at_most_each, begun, 1, 0, c), mark_kind::exceeded);
      }
      if (rules.at_most) {
        offer(reach(*rules.at_most, begun, 1, cycle_.pause_used, c), mark_kind::exceeded);
      }
    }
    if (const auto date = date_of(rules.until, begun); date != instant::min()) {
      offer(date, mark_kind::date);
    }
    if (rules.review_every) {
      offer(reach(*rules.review_every, begun, cycle_.reviews + 1, 0, c), mark_kind::review);
    }
  }

public:
  /// When the pause that is running began, splits aside.
  [[nodiscard]] instant pause_begun() const noexcept {
    auto s = cycle_.segments.rbegin();
    while (s + 1 != cycle_.segments.rend() && (s + 1)->paused) {
      ++s;
    }
    return s->from;
  }

  /// So many times a length after an instant, less what was used of it.
  [[nodiscard]] static instant reach(const compiled_goal& g, instant from, std::int64_t times, std::int64_t used,
                                     const plaint::calendar& c) {
    const auto& l = g.leaves.front();
    if (l.in == measure::days) {
      const day_meter days(l.days, from, c);
      const auto n = days.amount(l.days) * times - used;
      return n <= 0 ? from : days.due(n);
    }
    return advance_in(l.in, c, from, l.length.count() * times - used);
  }

  /// What a pause uses of its budget.
  [[nodiscard]] static std::int64_t used(const compiled_goal& g, instant from, instant to, const plaint::calendar& c) {
    const auto& l = g.leaves.front();
    return l.in == measure::days ? std::max<std::int64_t>(0, day_meter(l.days, from, c).ended(to))
                                 : measure_in(l.in, c, from, to);
  }

private:
  const compiled_clock& clock_;
  const clock_state& state_;
  const clock_cycle& cycle_;
  cycle_meter meter_;
  std::span<const value> attributes_;
};

} // namespace plaint::detail
