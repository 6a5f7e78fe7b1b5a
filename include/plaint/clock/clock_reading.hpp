// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/detail/cycle_meter.hpp>
#include <plaint/expr/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace plaint {

/// What one stretch of a cycle used of the goal, by the calendar that it was measured with: µs of the goal's own
/// measure, or for a goal in days the days that ended in it. Of a choice of goals the first one.
[[nodiscard]] inline std::int64_t consumed_in(const compiled_clock& c, const clock_cycle& y, const clock_segment& s,
                                              instant from, instant to) {
  to = std::min({to, s.to, y.stopped});
  from = std::max(from, s.from);
  if (s.paused || to <= from || y.anchor == instant::max()) {
    return 0;
  }
  const auto& g = y.generations[s.generation];
  const auto& goal = g.replaced == no_id ? c.goals[g.row] : *c.extensions[g.replaced].to;
  const auto& leaf = goal.leaves.front();
  const auto& calendar = c.calendar_at(s.calendar);
  if (leaf.in != measure::days) {
    return detail::measure_in(leaf.in == measure::date ? measure::elapsed : leaf.in, calendar, from, to);
  }
  const detail::day_meter days(leaf.days, y.anchor, calendar);
  const bool resumed =
      s.cause == segment_cause::resume || s.cause == segment_cause::exceeded || s.cause == segment_cause::date;
  const bool opens = s.from == from && resumed; // a day that ends at the instant of a resumption counts
  return std::max<std::int64_t>(0, days.ended(to) - days.ended(opens ? from - duration{1} : from));
}

/// What a cycle has used of its goal by an instant, past ones too: µs, or days.
[[nodiscard]] inline std::int64_t consumed_by(const compiled_clock& c, const clock_cycle& y,
                                              std::span<const value> attributes, instant at) {
  const detail::cycle_meter m(c, y, attributes);
  const bool whole = y.is_open() ? at >= y.since : at >= y.stopped;
  if (whole && m.goal().leaves.front().in != measure::date && y.anchor != instant::max()) {
    return std::max<std::int64_t>(0, m.consumed(0, at));
  }
  std::int64_t sum = m.goal().leaves.front().in == measure::days ? 0 : y.carried;
  for (const auto& s : y.segments) {
    sum += consumed_in(c, y, s, instant::min(), at);
  }
  return std::max<std::int64_t>(0, sum);
}

/// The open or elapsed time that a cycle ran, whatever its goal is counted in.
[[nodiscard]] inline duration ran_by(const compiled_clock& c, const clock_cycle& y, instant at) {
  duration sum{};
  for (const auto& s : y.segments) {
    const auto to = std::min({at, s.to, y.stopped});
    if (!s.paused && to > s.from) {
      const auto& g = y.generations[s.generation];
      const auto& goal = g.replaced == no_id ? c.goals[g.row] : *c.extensions[g.replaced].to;
      const bool open = goal.leaves.front().in == measure::open || goal.leaves.front().in == measure::days;
      sum += open ? c.calendar_at(s.calendar).between(s.from, to) : to - s.from;
    }
  }
  return sum;
}

/// What remains of the goal at an instant, in its own measure; negative once it is overrun. Goals in days and dates,
/// and choices: elapsed time up to the due instant. Nothing while that is not known.
[[nodiscard]] inline std::optional<duration> remaining_at(const compiled_clock& c, const clock_cycle& y,
                                                          std::span<const value> attributes, instant at) {
  const detail::cycle_meter m(c, y, attributes);
  const auto in = m.goal().leaves.front().in;
  if (m.goal().is_simple() && (in == measure::open || in == measure::elapsed) && y.anchor != instant::max()) {
    return duration{m.amount(0) - consumed_by(c, y, attributes, at)};
  }
  return y.due == instant::max() ? std::nullopt : std::optional(y.due - std::min(at, y.stopped));
}

/// When a paused cycle would be due if it ran on from an instant; of one that runs, when it is due.
[[nodiscard]] inline std::optional<instant> due_if_resumed_at(const compiled_clock& c, const clock_cycle& y,
                                                              std::span<const value> attributes, instant t) {
  const bool asks = y.is_open() && y.paused && y.crossed == instant::max() && y.anchor != instant::max();
  if (!asks) {
    return y.due == instant::max() ? std::nullopt : std::optional(y.due);
  }
  auto then = y;
  const detail::cycle_meter now(c, y, attributes);
  for (std::size_t leaf = 0; leaf < now.goal().leaves.size(); ++leaf) {
    auto& closed = leaf == 0 ? then.closed : then.parts[leaf - 1];
    const auto& l = now.goal().leaves[leaf];
    if (l.in == measure::days) {
      closed -= now.days(l).swallowed(y.since, t);
    } else if (l.in == measure::date) {
      closed += detail::measure_in(measure::open, now.calendar(), y.since, t);
    } else if (now.amount(leaf) <= closed && t > y.since) {
      return y.since; // it was used up when the pause began
    }
  }
  then.paused = false;
  then.since = std::max(t, y.since);
  const auto due = detail::cycle_meter(c, then, attributes).due();
  return due == instant::max() ? std::nullopt : std::optional(due);
}

} // namespace plaint
