// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/detail/day_meter.hpp>
#include <plaint/expr/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace plaint::detail {

[[nodiscard]] inline instant advance_in(measure in, const calendar& c, instant t, std::int64_t us) {
  if (us <= 0) {
    return t;
  }
  return in == measure::open ? c.add(t, duration{us}) : due_elapsed({duration{us}, false}, t, c);
}

[[nodiscard]] inline std::int64_t measure_in(measure in, const calendar& c, instant a, instant b) {
  return b <= a ? 0 : in == measure::open ? c.between(a, b).count() : (b - a).count();
}

/// The arithmetic of one cycle as it stands: what is consumed, when the goal is used up, when a threshold is reached.
/// Nothing is changed. Throws `horizon_error`.
class cycle_meter {
public:
  cycle_meter(const compiled_clock& clock, const clock_cycle& cycle, std::span<const value> attributes) noexcept
      : clock_(clock), cycle_(cycle), generation_(cycle.generations.back()), attributes_(attributes),
        goal_(generation_.replaced == no_id ? clock.goals[generation_.row]
                                            : *clock.extensions[generation_.replaced].to),
        calendar_(clock.calendar_at(cycle.segments.back().calendar)) {}

  [[nodiscard]] const compiled_goal& goal() const noexcept { return goal_; }
  [[nodiscard]] const plaint::calendar& calendar() const noexcept { return calendar_; }

  [[nodiscard]] std::int64_t closed(std::size_t leaf) const noexcept {
    return leaf == 0 ? cycle_.closed : cycle_.parts[leaf - 1];
  }

  [[nodiscard]] day_meter days(const goal_leaf& leaf) const { return {leaf.days, cycle_.anchor, calendar_}; }

  /// The whole goal of a leaf with what extensions added: µs or days.
  [[nodiscard]] std::int64_t amount(std::size_t leaf) const {
    const auto& l = goal_.leaves[leaf];
    const bool set = generation_.amount >= 0 && goal_.is_simple();
    const auto base = set ? generation_.amount : l.in == measure::days ? days(l).amount(l.days) : l.length.count();
    return base + generation_.added;
  }

  /// What a leaf has consumed by an instant not before the present stretch: µs or days.
  [[nodiscard]] std::int64_t consumed(std::size_t leaf, instant at) const {
    const auto& l = goal_.leaves[leaf];
    if (l.in == measure::date) {
      return 0;
    }
    const auto until = cycle_.is_open() ? at : cycle_.stopped;
    if (l.in == measure::days) {
      return closed(leaf) + days(l).ended(cycle_.paused ? std::min(until, cycle_.since) : until);
    }
    const bool counts = cycle_.running(); // of a closed cycle everything is in `closed`
    return closed(leaf) + (counts ? measure_in(l.in, calendar_, cycle_.since, until) : 0);
  }

  /// When the goal is used up if nothing happens. `max`: not while it is paused, or nobody knows. A goal that is used
  /// up by more than all is due before `since`.
  [[nodiscard]] instant due() const {
    if (cycle_.anchor == instant::max()) {
      return instant::max();
    }
    return goal_.choose([&](std::size_t leaf) { return due_of(leaf, amount(leaf)); });
  }

  /// True if all that is reached by consuming a goal in hours lies within the horizon, so that the order of amounts is
  /// the order of instants and none needs to be looked up before it is the next.
  [[nodiscard]] bool foresees() const noexcept {
    return goal_.in_hours && cycle_.anchor != instant::max() &&
           (cycle_.paused || (is_plain() && cycle_.closed >= 0 &&
                              cycle_.since <= clock_.calendars[cycle_.segments.back().calendar].foreseen));
  }

  /// True of a goal in hours that is the row's own, no more and no less.
  [[nodiscard]] bool is_plain() const noexcept {
    return goal_.in_hours && cycle_.anchor != instant::max() && generation_.added == 0 && generation_.amount < 0 &&
           generation_.replaced == no_id;
  }

  /// Of a goal in hours: what is still to be consumed until it has consumed the goal and that much more, or an amount.
  [[nodiscard]] std::int64_t rest(std::int64_t more) const { return rest_to(amount(0) + more); }
  [[nodiscard]] std::int64_t rest_to(std::int64_t amount) const noexcept {
    return std::max<std::int64_t>(0, amount - cycle_.closed);
  }

  /// When so much more is consumed.
  [[nodiscard]] instant after_rest(std::int64_t rest) const { return timed_at(0, cycle_.closed + rest); }

  /// When so much less (or more) than the goal is consumed.
  [[nodiscard]] instant beside_goal(std::int64_t more) const {
    return goal_.choose([&](std::size_t leaf) { return timed_at(leaf, amount(leaf) + more); });
  }

  /// True if more than the goal and that much more is consumed already.
  [[nodiscard]] bool passed_goal_by(std::int64_t more) const {
    return goal_.choose([&](std::size_t leaf) { return amount(leaf) + more - closed(leaf); }) < 0;
  }

  /// When that share of the goal is consumed: to the second, half up; goals with fractions of a second to the
  /// microsecond.
  [[nodiscard]] instant share_of_goal(int percent) const {
    return goal_.choose([&](std::size_t leaf) { return timed_at(leaf, share(amount(leaf), percent)); });
  }

  [[nodiscard]] static std::int64_t share(std::int64_t us, int percent) noexcept {
    constexpr std::int64_t second = 1'000'000;
    const std::int64_t unit = us % second == 0 ? second : 1;
    const std::int64_t whole = us / unit;
    return (whole / 100 * percent + (whole % 100 * percent + 50) / 100) * unit;
  }

  /// When so many days before or after the last day of a goal in days end.
  [[nodiscard]] instant beside_last_day(std::int64_t n) const {
    const auto& l = goal_.leaves.front();
    const auto at = days(l).beside_due(amount(0) - cycle_.closed, n);
    if (cycle_.paused) {
      return at <= cycle_.since ? first_instant() : instant::max();
    }
    return at < cycle_.anchor ? instant::min() : std::max(at, first_instant());
  }

  /// True if so many days after the last day of a goal in days have ended before an instant.
  [[nodiscard]] bool passed_last_day_by(std::int64_t n, instant now) const {
    return days(goal_.leaves.front()).beside_due(amount(0) - cycle_.closed, n) < now;
  }

  /// What the ledger holds of a leaf up to an instant, all of it by the calendar that now counts.
  [[nodiscard]] std::int64_t measured_until(std::size_t leaf, instant until) const {
    const auto& l = goal_.leaves[leaf];
    if (l.in == measure::date || cycle_.anchor == instant::max()) {
      return closed(leaf);
    }
    std::int64_t sum = carried(leaf);
    for (const auto& s : cycle_.segments) {
      const auto to = std::min(s.to, until);
      if (l.in != measure::days) {
        sum += s.paused ? 0 : measure_in(l.in, calendar_, s.from, to);
      } else if (s.paused && to > s.from) {
        const auto counted = days(l);
        sum -= s.to > until ? counted.ended(to) - counted.ended(s.from) : counted.swallowed(s.from, to);
      }
    }
    return sum;
  }

  /// When the goal was used up by the ledger, had the calendar that now counts always been the one; where it was not by
  /// the end of the ledger, when it would have been.
  [[nodiscard]] instant derived_due(std::size_t leaf) const {
    const auto& l = goal_.leaves[leaf];
    if (l.in == measure::date) {
      return date_of_leaf(leaf);
    }
    std::int64_t sum = carried(leaf);
    instant ran = cycle_.anchor;
    for (const auto& s : cycle_.segments) {
      if (l.in == measure::days) {
        if (s.paused && days(l).due(amount(leaf) - sum) > s.from) {
          sum -= days(l).swallowed(s.from, s.to == instant::max() ? cycle_.since : s.to);
        }
      } else if (!s.paused) {
        const auto to = s.to == instant::max() ? cycle_.since : s.to;
        const auto there = measure_in(l.in, calendar_, s.from, to);
        if (sum + there >= amount(leaf)) {
          return advance_in(l.in, calendar_, s.from, amount(leaf) - sum);
        }
        sum += there;
        ran = std::max(s.from, to);
      }
    }
    if (l.in == measure::days) {
      return days(l).due(amount(leaf) - sum);
    }
    return cycle_.paused ? instant::max() : advance_in(l.in, calendar_, ran, amount(leaf) - sum);
  }

private:
  /// What an earlier cycle brought along, as it was measured. Days are kept less those that had ended before this cycle
  /// by its first calendar; by another one those are others.
  [[nodiscard]] std::int64_t carried(std::size_t leaf) const {
    const auto& l = goal_.leaves[leaf];
    const auto& first = cycle_.segments.front();
    if (leaf != 0 || cycle_.carried == 0 || l.in != measure::days ||
        first.calendar == cycle_.segments.back().calendar) {
      return leaf == 0 ? cycle_.carried : 0;
    }
    const auto before = first.from - duration{1};
    const day_meter then(l.days, cycle_.anchor, clock_.calendar_at(first.calendar));
    return cycle_.carried + then.ended(before) - days(l).ended(before);
  }

  /// Nothing is reached before the stretch that has begun, unless the whole cycle lies in the future.
  [[nodiscard]] instant first_instant() const noexcept { return std::max(cycle_.since, cycle_.anchor); }

  [[nodiscard]] instant timed_at(std::size_t leaf, std::int64_t amount) const {
    const auto in = goal_.leaves[leaf].in;
    const auto rest = amount - closed(leaf);
    if (cycle_.paused) {
      return rest <= 0 ? cycle_.since : instant::max();
    }
    return advance_in(in, calendar_, cycle_.since, rest);
  }

  [[nodiscard]] instant due_of(std::size_t leaf, std::int64_t amount) const {
    const auto& l = goal_.leaves[leaf];
    if (l.in == measure::date) {
      return date_of_leaf(leaf);
    }
    if (l.in != measure::days) {
      return amount < closed(leaf) ? first_instant() - duration{1} : timed_at(leaf, amount);
    }
    const auto at = days(l).due(amount - closed(leaf));
    return cycle_.paused && at > cycle_.since ? instant::max() : at;
  }

  /// A date that somebody else set, moved by what extensions added and, where the policy asks for it, by the pauses.
  [[nodiscard]] instant date_of_leaf(std::size_t leaf) const {
    const auto slot = goal_.leaves[leaf].slot;
    const auto* set = slot < attributes_.size() ? attributes_[slot].get_if<instant>() : nullptr;
    const bool moves = clock_.pause && clock_.definition.pause->moves_dates;
    if (set == nullptr || (moves && cycle_.paused)) {
      return instant::max();
    }
    auto at = *set;
    if (generation_.added != 0) {
      at = clock_.definition.extensions.front().by && counts_days(*clock_.definition.extensions.front().by)
               ? calendar_.at_wall(calendar_.wall_of(at) + std::chrono::days{generation_.added})
               : advance_in(measure::open, calendar_, at, generation_.added);
    }
    return moves ? advance_in(measure::open, calendar_, at, closed(leaf)) : at;
  }

  const compiled_clock& clock_;
  const clock_cycle& cycle_;
  const clock_generation& generation_;
  std::span<const value> attributes_;
  const compiled_goal& goal_;
  const plaint::calendar& calendar_;
};

} // namespace plaint::detail
