// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/compiled_goal.hpp>
#include <plaint/clock/detail/cycle_meter.hpp>
#include <plaint/ladder/ladder_state.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace plaint::detail {

/// Counts the open time of freezes that were added since the last time.
inline void count_frozen(const calendar& c, std::vector<ladder_freeze>& freezes) {
  auto i = freezes.size();
  while (i > 0 && freezes[i - 1].open < 0) {
    --i;
  }
  for (; i < freezes.size(); ++i) {
    auto& f = freezes[i];
    f.open = (i > 0 ? freezes[i - 1].open : 0) + measure_in(measure::open, c, f.from, f.to);
  }
}

/// When so much open time after an instant has passed, where that is after the last freeze and the freezes are counted;
/// else nothing.
[[nodiscard]] inline std::optional<instant> reach_behind_all(const calendar& c, instant from, std::int64_t rest,
                                                             std::span<const ladder_freeze> freezes) {
  const auto first =
      from <= freezes.front().from
          ? freezes.begin()
          : std::partition_point(freezes.begin(), freezes.end(), [&](const ladder_freeze& f) { return f.to <= from; });
  const auto& last = freezes.back();
  if (first == freezes.end() || first->from < from || last.open < 0) {
    return std::nullopt;
  }
  const auto earlier = first == freezes.begin() ? 0 : (first - 1)->open;
  const auto frozen = freezes.size() == 1 ? 0 : freezes[freezes.size() - 2].open;
  const auto ran = measure_in(measure::open, c, from, last.from) - (frozen - earlier);
  return ran < rest ? std::optional(advance_in(measure::open, c, last.to, rest - ran)) : std::nullopt;
}

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
  if (l.in == measure::open && !freezes.empty()) {
    if (const auto at = reach_behind_all(c, from, rest, freezes)) {
      return *at > frozen_since ? instant::max() : *at;
    }
  }
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
