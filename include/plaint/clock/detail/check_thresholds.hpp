// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/clock/compiled_goal.hpp>
#include <plaint/clock/detail/cycle_meter.hpp>
#include <plaint/clock/threshold.hpp>

#include <algorithm>
#include <chrono>
#include <string>

namespace plaint::detail {

/// Why a threshold makes no sense for a goal, whatever the calendar; empty if it does.
[[nodiscard]] inline std::string threshold_misfit(const threshold& t, const compiled_goal& g, bool own_calendar) {
  const bool in_days = t.unit == distance_unit::business_days || t.unit == distance_unit::calendar_days;
  const bool days_only =
      std::all_of(g.leaves.begin(), g.leaves.end(), [](const goal_leaf& l) { return l.in == measure::days; });
  if (t.kind == threshold_kind::percent) {
    return g.is_timed() ? "" : "a percentage is of a goal in hours, not of one in days or of a date";
  }
  if (t.kind == threshold_kind::at_due || t.kind == threshold_kind::at_date || own_calendar) {
    return "";
  }
  if (g.is_timed()) {
    if (in_days) {
      return "a threshold of a goal in hours is written in hours";
    }
    const auto shorter = [&](const goal_leaf& l) {
      return (t.unit == distance_unit::own || l.in == measure::elapsed) && t.time >= l.length;
    };
    const bool longer = t.kind == threshold_kind::before && std::any_of(g.leaves.begin(), g.leaves.end(), shorter);
    return longer ? "a time before the due instant must be shorter than the goal" : "";
  }
  if (!days_only) {
    return "";
  }
  if (t.unit == distance_unit::own) {
    return "a threshold of a goal in days is written in days, or in hours with the word elapsed";
  }
  for (const auto& l : g.leaves) {
    if (in_days && (l.days.unit == day_unit::business_days) != (t.unit == distance_unit::business_days)) {
      return "a threshold of a goal in days is written in days of the same kind";
    }
    if (in_days && t.kind == threshold_kind::before && l.days.unit != day_unit::months &&
        t.days >= l.days.count * (l.days.unit == day_unit::weeks ? 7 : 1)) {
      return "a time before the due instant must be shorter than the goal";
    }
  }
  return "";
}

/// The shortest elapsed time that a goal takes, over every opening of a year of the calendar; `max` where nobody knows.
[[nodiscard]] inline duration shortest_run(const compiled_goal& g, const calendar& c) {
  auto shortest = duration::max();
  if (!g.is_simple() || g.leaves.front().in == measure::date) {
    return shortest;
  }
  const auto& l = g.leaves.front();
  const auto known = c.horizon();
  const auto middle = known.from + (known.to - known.from) / 2;
  try {
    for (const auto& open : c.periods({middle, std::min(known.to, middle + std::chrono::hours{24 * 370})})) {
      instant due{};
      if (l.in == measure::days) {
        const day_meter days(l.days, open.from, c);
        due = days.due(days.amount(l.days));
      } else {
        due = advance_in(l.in, c, open.from, l.length.count());
      }
      shortest = std::min(shortest, due - open.from);
    }
  } catch (const horizon_error&) { // the year was long enough to tell
  }
  return shortest;
}

/// True if a remaining time is longer than a goal that it can meet, compared as instants on the calendars.
[[nodiscard]] inline bool reaches_behind_start(const threshold& t, const compiled_goal& g, const calendar& c,
                                               const calendar* own) {
  if (t.kind != threshold_kind::before || t.time == duration{} ||
      (t.unit != distance_unit::elapsed && own == nullptr)) {
    return false;
  }
  const auto shortest = shortest_run(g, c);
  return shortest != duration::max() && t.time >= shortest;
}

} // namespace plaint::detail
