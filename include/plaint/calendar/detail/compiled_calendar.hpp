// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/business_table.hpp>
#include <plaint/calendar/detail/calendar_node.hpp>
#include <plaint/calendar/detail/open_table.hpp>

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

/// Which local days within the reach are business days: those on which open time begins, or, of a combination, those
/// that hold open time.
[[nodiscard]] inline business_table find_business_days(const calendar_node& node, const span_list& periods,
                                                       span reach) {
  using std::chrono::days;
  const civil_day first = node.frame.day_at(reach.from);
  const civil_day end = node.frame.day_at(reach.to - duration{1}) + days{1};
  std::vector<bool> is_business(static_cast<std::size_t>((end - first).count()));
  if (node.definition->kind == calendar_kind::hours) {
    auto next = node.plan.specials().lower_bound(first - days{1});
    const auto restless = node.frame.restless_days(first, end);
    auto rest = restless.begin();
    civil_day last_special = first - days{9};
    for (std::size_t i = 0; i < is_business.size(); ++i) {
      const civil_day day = first + days{static_cast<std::int64_t>(i)};
      for (; next != node.plan.specials().end() && next->first <= day; ++next) {
        last_special = next->first;
      }
      while (rest != restless.end() && *rest < day) {
        ++rest;
      }
      // Only around special days, or where the clocks jump, can weekly hours be gone.
      const bool plain = last_special + days{1} < day;
      if (plain && node.plan.week_of(day).on(day).empty()) {
        continue;
      }
      const bool calm = rest == restless.end() || day < *rest;
      is_business[i] = (plain && calm) || !cut_to(node.plan.owned(day), node.frame.day_span(day)).empty();
    }
    return {first, is_business};
  }
  std::size_t p = 0;
  for (std::size_t i = 0; i < is_business.size(); ++i) {
    const span local = node.frame.day_span(first + days{static_cast<std::int64_t>(i)});
    while (p < periods.size() && periods[p].to <= local.from) {
      ++p;
    }
    is_business[i] = p < periods.size() && periods[p].overlaps(local);
  }
  return {first, is_business};
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
  auto periods = cut_to(c.node.periods, c.reach);
  c.node.periods.clear();
  c.days = find_business_days(c.node, periods, c.reach);
  c.table.fill(std::move(periods), c.reach);
  return shared;
}

} // namespace plaint::detail
