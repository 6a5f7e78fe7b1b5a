// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/business_table.hpp>
#include <plaint/calendar/detail/calendar_node.hpp>
#include <plaint/calendar/detail/open_table.hpp>
#include <plaint/calendar/detail/unusual_days.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// What all copies of a calendar share.
struct compiled_calendar {
  calendar_definition definition;
  calendar_node node{}; ///< its periods are in the table
  open_table table{};
  business_table days{};
  span reach{};
  span known{};
  std::string digest{};
};

/// The local days on which weekly hours, or those that beat them, leave open time.
[[nodiscard]] inline business_table find_days_with_hours(const hours_plan& plan, const zone_frame& frame,
                                                         civil_day first, civil_day end) {
  using std::chrono::days;
  business_table table(first, end);
  const auto restless = frame.restless_days(first, end);
  auto rest = restless.begin();
  walk_days(
      plan, frame, first, end,
      [&](day_range stretch) {
        const auto& week = plan.week_of(stretch.from);
        for (auto weekday = weekday_index(stretch.from); stretch.from < stretch.to; stretch.from += days{1}) {
          table.append(!week.days[weekday].empty());
          weekday = weekday == 6 ? 0 : weekday + 1;
        }
      },
      [&](day_range stretch) {
        for (civil_day day = stretch.from; day < stretch.to; day += days{1}) {
          rest = std::find_if(rest, restless.end(), [day](civil_day d) { return day <= d; });
          const special_day* s = plan.special(day);
          const bool calm = (rest == restless.end() || day < *rest) && (s == nullptr || s->closed.empty());
          table.append(calm ? plan.has_hours(day, s) : !cut_to(plan.owned(day), frame.day_span(day)).empty());
        }
      });
  return table;
}

/// Which local days within the reach are business days: those on which open time begins, or, of a combination, those
/// that hold open time.
[[nodiscard]] inline business_table find_business_days(const calendar_node& node, const span_list& periods,
                                                       span reach) {
  using std::chrono::days;
  const civil_day first = node.frame.day_at(reach.from);
  const civil_day end = node.frame.day_at(reach.to - duration{1}) + days{1};
  if (node.definition->kind == calendar_kind::hours) {
    return find_days_with_hours(node.plan, node.frame, first, end);
  }
  business_table table(first, end);
  std::size_t p = 0;
  for (civil_day day = first; day < end; day += days{1}) {
    const span local = node.frame.day_span(day);
    while (p < periods.size() && periods[p].to <= local.from) {
      ++p;
    }
    table.append(p < periods.size() && periods[p].overlaps(local));
  }
  return table;
}

/// Builds all tables of a definition that was checked before.
[[nodiscard]] inline std::shared_ptr<compiled_calendar> compile_checked(calendar_definition definition,
                                                                        const zone_lookup& zones) {
  // The nodes point into the definition, so it must not move again.
  const auto shared = std::make_shared<compiled_calendar>();
  auto& c = *shared;
  c.definition = std::move(definition);
  c.node = make_node(c.definition, zones);
  if (!c.node.reach) {
    find_horizon(c.node, c.node.frame, {default_first_year, default_last_year});
  }
  c.reach = *c.node.reach;
  c.known = *c.node.known;
  auto periods = cut_to(std::move(c.node.periods), c.reach);
  c.node.periods.clear();
  c.days = find_business_days(c.node, periods, c.reach);
  c.table.fill(std::move(periods), c.reach);
  return shared;
}

} // namespace plaint::detail
