// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/detail/flatten.hpp>
#include <plaint/calendar/detail/hours_plan.hpp>
#include <plaint/calendar/detail/span_algebra.hpp>
#include <plaint/calendar/detail/zone_frame.hpp>
#include <plaint/time/civil.hpp>
#include <plaint/time/time_zone.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The horizon of calendars that name none.
inline constexpr int default_first_year = 1970;
inline constexpr int default_last_year = 2099;

/// How far `past_horizon::weekly` reaches beyond the known years.
inline constexpr int extrapolated_years = 100;

struct year_range {
  int first;
  int last;
};

/// The years that a definition of weekly hours knows: its own, within those of its holidays.
[[nodiscard]] inline year_range known_years(const calendar_definition& d) {
  year_range years{d.first_year.value_or(default_first_year), d.last_year.value_or(default_last_year)};
  for (const auto& e : d.exceptions) {
    const auto year = static_cast<int>(date_of(e.day).year);
    years.first = d.first_year ? years.first : std::min(years.first, year);
    years.last = d.last_year ? years.last : std::max(years.last, year);
  }
  for (const auto& set : d.holidays) {
    years.first = std::max(years.first, set.first_year.value_or(years.first));
    years.last = std::min(years.last, set.last_year.value_or(years.last));
  }
  return years;
}

/// A definition with its zones found and its open time laid out; the parts of a combination likewise.
struct calendar_node {
  const calendar_definition* definition = nullptr;
  zone_frame frame{};
  hours_plan plan{};
  std::vector<calendar_node> parts{};
  std::optional<span> known{}; ///< none where all time is known: always, never, spans
  std::optional<span> reach{}; ///< `known`, or more where it is extrapolated
  std::vector<span> provisional{};
  span_list periods{};
  bool settled = true; ///< nothing changes after the end of what is reached
};

using zone_lookup = std::function<const time_zone&(const std::string& name)>;

[[nodiscard]] inline civil_day first_of_year(int year) {
  return *make_civil_day(year, 1, 1);
}

inline void find_zones(calendar_node& node, const zone_lookup& zones) {
  const auto& d = *node.definition;
  if (!d.zone.empty()) {
    node.frame = zone_frame(zones(d.zone));
  } else if (!node.parts.empty()) {
    node.frame = node.parts.front().frame;
  }
  if (d.kind != calendar_kind::hours) {
    return;
  }
  for (const auto& version : d.versions) {
    if (!version.from) {
      node.frame = version.zone.empty() ? node.frame : zone_frame(zones(version.zone));
    } else {
      node.frame.change(*version.from, zones(version.zone.empty() ? d.zone : version.zone));
    }
  }
}

inline void find_horizon(calendar_node& node, const zone_frame& frame, year_range known) {
  const auto start = [&](int year) { return frame.start_of(first_of_year(year)); };
  node.known = span{start(known.first), start(known.last + 1)};
  node.reach = node.known;
  if (node.definition->options.past_horizon == past_horizon::weekly) {
    node.reach = span{start(std::max(known.first - extrapolated_years, first_holiday_year)),
                      start(std::min(known.last + extrapolated_years, last_holiday_year) + 1)};
  }
}

inline void find_provisional(calendar_node& node) {
  std::vector<span> years;
  for (const auto& set : node.definition->holidays) {
    for (const int year : set.provisional_years) {
      years.push_back({node.frame.start_of(first_of_year(year)), node.frame.start_of(first_of_year(year + 1))});
    }
    if (set.announced_to && node.reach) {
      const auto computed = node.frame.start_of(first_of_year(*set.announced_to + 1));
      if (computed < node.reach->to) {
        years.push_back({computed, node.reach->to});
      }
    }
  }
  for (const auto& part : node.parts) {
    years.insert(years.end(), part.provisional.begin(), part.provisional.end());
  }
  node.provisional = joined(std::move(years));
}

/// True where weekly hours leave out no moment of the week, so that nothing ever closes.
[[nodiscard]] inline bool never_closes(const calendar_definition& d) {
  std::vector<span> week;
  for (std::size_t i = 0; i < 8; ++i) { // the second Monday covers what runs over from Sunday
    for (const auto& hours : d.versions.back().hours.days[i % 7]) {
      const auto day = instant{std::chrono::days{static_cast<std::int64_t>(i)}};
      week.push_back({day + std::chrono::seconds{hours.from}, day + std::chrono::seconds{hours.to}});
    }
  }
  const auto open = joined(std::move(week));
  return open.size() == 1 && open.front().length() >= std::chrono::days{7} && d.holidays.empty();
}

inline void lay_out_hours(calendar_node& node) {
  const auto years = known_years(*node.definition);
  find_horizon(node, node.frame, years);
  node.plan = hours_plan(*node.definition, node.frame, years.first, years.last);
  const auto first = node.frame.day_at(node.reach->from) - std::chrono::days{2};
  const auto end = node.frame.day_at(node.reach->to) + std::chrono::days{1};
  node.periods = cut_to(flatten(node.plan, node.frame, first, end), *node.reach);
  node.settled = never_closes(*node.definition);
}

inline void combine_parts(calendar_node& node) {
  for (const auto& part : node.parts) {
    node.settled = node.settled && part.settled;
    if (part.reach) {
      const auto both = [](const std::optional<span>& a, const span& b) {
        return a ? span{std::max(a->from, b.from), std::min(a->to, b.to)} : b;
      };
      node.known = both(node.known, *part.known);
      node.reach = both(node.reach, *part.reach);
    }
  }
  node.periods = node.parts.front().periods;
  for (std::size_t i = 1; i < node.parts.size(); ++i) {
    const auto& more = node.parts[i].periods;
    switch (node.definition->kind) {
    case calendar_kind::any_of:
      node.periods = unite(node.periods, more);
      break;
    case calendar_kind::all_of:
      node.periods = intersect(node.periods, more);
      break;
    default:
      node.periods = without(node.periods, more);
      break;
    }
  }
}

/// Builds a checked definition from its parts up.
[[nodiscard]] inline calendar_node make_node(const calendar_definition& d, const zone_lookup& zones) {
  constexpr span all_time{instant::min(), instant::max()};
  calendar_node node{.definition = &d};
  for (const auto& part : d.parts) {
    node.parts.push_back(make_node(part, zones));
  }
  find_zones(node, zones);
  switch (d.kind) {
  case calendar_kind::hours:
    lay_out_hours(node);
    break;
  case calendar_kind::always:
    node.periods = {all_time};
    break;
  case calendar_kind::never:
    break;
  case calendar_kind::spans:
    node.periods = joined(d.spans);
    break;
  default:
    combine_parts(node);
    break;
  }
  if (d.kind != calendar_kind::hours && (d.first_year || d.last_year)) {
    const year_range own{d.first_year.value_or(default_first_year), d.last_year.value_or(default_last_year)};
    calendar_node limited{.definition = &d};
    find_horizon(limited, node.frame, own);
    node.known = node.known ? (*node.known & *limited.known).value_or(span{}) : *limited.known;
    node.reach = node.reach ? (*node.reach & *limited.reach).value_or(span{}) : *limited.reach;
  }
  find_provisional(node);
  return node;
}

} // namespace plaint::detail
