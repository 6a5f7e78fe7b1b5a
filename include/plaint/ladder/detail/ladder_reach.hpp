// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/compiled_goal.hpp>
#include <plaint/clock/detail/cycle_meter.hpp>
#include <plaint/ladder/ladder_state.hpp>

#include <algorithm>
#include <cstdint>
#include <span>

namespace plaint::detail {

/// When a delay after an instant is over, frozen time left out; `max` while the ladder stands still before that.
[[nodiscard]] inline instant reach(const compiled_goal& delay, instant from, std::int64_t times, const calendar& c,
                                   std::span<const ladder_freeze> freezes, instant frozen_since) {
  const auto& l = delay.leaves.front();
  if (l.in == measure::days) {
    const day_meter days(l.days, from, c);
    auto n = days.amount(l.days) * times;
    for (const auto& f : freezes) {
      if (f.to > from && days.due(n) > f.from) {
        n += days.swallowed(std::max(f.from, from), f.to);
      }
    }
    const auto at = days.due(n);
    return at > frozen_since ? instant::max() : at;
  }
  auto rest = l.length.count() * times;
  for (const auto& f : freezes) {
    if (f.to <= from) {
      continue;
    }
    const auto there = measure_in(l.in, c, from, std::max(from, f.from));
    if (rest <= there) {
      return advance_in(l.in, c, from, rest);
    }
    rest -= there;
    from = f.to;
  }
  const auto at = advance_in(l.in, c, from, rest);
  return at > frozen_since ? instant::max() : at;
}

} // namespace plaint::detail
