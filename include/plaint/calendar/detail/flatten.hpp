// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/hours_plan.hpp>
#include <plaint/calendar/detail/span_algebra.hpp>
#include <plaint/calendar/detail/unusual_days.hpp>
#include <plaint/calendar/detail/zone_frame.hpp>

#include <utility>
#include <vector>

namespace plaint::detail {

/// The open time that begins on some days: weekly hours, less shut days; then the hours that beat them; breaks last,
/// out of everything.
[[nodiscard]] inline span_list flatten_days(const hours_plan& plan, const zone_frame& frame, day_range within) {
  std::vector<span> base;
  std::vector<span> own;
  std::vector<span> shut;
  std::vector<span> closed;
  auto next = plan.specials().lower_bound(within.from);
  for (civil_day day = within.from; day < within.to; day += std::chrono::days{1}) {
    const bool is_special = next != plan.specials().end() && next->first == day;
    const special_day* s = is_special ? &(next++)->second : nullptr;
    if (plan.has_weekly(s)) {
      for (const auto& hours : plan.week_of(day).on(day)) {
        base.push_back(plan.on(day, hours));
      }
    }
    if (s == nullptr) {
      continue;
    }
    if (s->shut() && plan.options().holiday == holiday_cut::cut) {
      shut.push_back(frame.day_span(day));
    }
    for (const auto& hours : plan.own_hours(day, *s)) {
      own.push_back(plan.on(day, hours));
    }
    for (const auto& hours : s->closed) {
      closed.push_back(plan.on(day, hours));
    }
  }
  auto open = without(joined(std::move(base)), joined(std::move(shut)));
  if (!own.empty()) {
    open = unite(open, joined(std::move(own)));
  }
  return without(std::move(open), joined(std::move(closed)));
}

/// All open time of a plan that begins on the days [first, end), in order.
[[nodiscard]] inline span_list flatten(const hours_plan& plan, const zone_frame& frame, civil_day first,
                                       civil_day end) {
  using std::chrono::days;
  span_list open;
  open.reserve(static_cast<std::size_t>((end - first).count()) * plan.most_intervals());
  walk_days(
      plan, frame, first, end,
      [&](day_range stretch) {
        const auto& week = plan.week_of(stretch.from);
        instant midnight = frame.start_of(stretch.from);
        for (auto weekday = weekday_index(stretch.from); stretch.from < stretch.to; stretch.from += days{1}) {
          for (const auto& hours : week.days[weekday]) {
            append_span(open, hours_plan::from_midnight(midnight, hours));
          }
          midnight += days{1};
          weekday = weekday == 6 ? 0 : weekday + 1;
        }
      },
      [&](day_range stretch) {
        for (const auto& s : flatten_days(plan, frame, stretch)) {
          append_span(open, s);
        }
      });
  return open;
}

} // namespace plaint::detail
