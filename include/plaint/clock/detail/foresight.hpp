// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/clock/compiled_clock.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace plaint::detail {

/// The most open or elapsed time from the beginning of a goal in hours to the last of its marks.
[[nodiscard]] inline double longest_way(const compiled_clock& c, measure in) {
  const auto us = [](duration d) { return static_cast<double>(d.count()); };
  double behind = 0;
  for (const auto& t : c.definition.thresholds) {
    if (t.at.kind == threshold_kind::after || t.at.kind == threshold_kind::every_after) {
      behind = std::max(behind, us(t.at.time) * static_cast<double>(t.at.at_most));
    }
  }
  double longest = 0;
  for (const auto& g : c.goals) {
    longest = g.in_hours && g.leaves.front().in == in ? std::max(longest, us(g.leaves.front().length)) : longest;
  }
  return longest + behind;
}

/// Finds for each calendar of a clock from where on marks must be looked up one by one, lest one is past the horizon.
inline void note_foreseen(compiled_clock& c) {
  constexpr double century = 100.0 * 366 * 86'400 * 1e6;
  const auto open = longest_way(c, measure::open);
  const auto elapsed = longest_way(c, measure::elapsed);
  if (open > century || elapsed > century) {
    return;
  }
  for (auto& each : c.calendars) {
    const auto end = each.calendar.horizon().to;
    try {
      each.foreseen =
          std::min(each.calendar.subtract(
                       end, std::chrono::ceil<std::chrono::seconds>(std::chrono::duration<double, std::micro>(open))),
                   end - std::chrono::ceil<std::chrono::seconds>(std::chrono::duration<double, std::micro>(elapsed))) -
          std::chrono::days{1};
    } catch (const horizon_error&) { // it never is
    }
  }
}

} // namespace plaint::detail
