// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/hours_plan.hpp>
#include <plaint/calendar/detail/span_algebra.hpp>
#include <plaint/calendar/detail/zone_frame.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace plaint::detail {

/// All open time of a plan that begins on the days [first, end), in order.
///
/// Weekly hours, less shut days; then the hours that beat them; breaks last, out of everything.
[[nodiscard]] inline span_list flatten(const hours_plan& plan, const zone_frame& frame, civil_day first,
                                       civil_day end) {
  using std::chrono::days;
  std::vector<span> base;
  std::vector<span> own;
  std::vector<span> shut;
  std::vector<span> closed;
  base.reserve(static_cast<std::size_t>((end - first).count()));
  auto next = plan.specials().lower_bound(first);
  const auto restless = frame.restless_days(first, end);
  auto rest = restless.begin();
  std::optional<instant> midnight; // where the clocks do not change, a day begins 24 hours after the one before
  for (civil_day day = first; day < end; day += days{1}) {
    while (rest != restless.end() && *rest < day) {
      ++rest;
    }
    const bool calm = rest == restless.end() || day < *rest;
    midnight = !calm      ? std::nullopt
               : midnight ? std::optional(*midnight + days{1})
                          : std::optional(frame.start_of(day));
    const bool is_special = next != plan.specials().end() && next->first == day;
    const special_day* s = is_special ? &(next++)->second : nullptr;
    if (plan.has_weekly(s)) {
      for (const auto& hours : plan.week_of(day).on(day)) {
        base.push_back(midnight ? hours_plan::from_midnight(*midnight, hours) : plan.on(day, hours));
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
  return without(open, joined(std::move(closed)));
}

} // namespace plaint::detail
