// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/hours_plan.hpp>
#include <plaint/calendar/detail/zone_frame.hpp>

#include <algorithm>
#include <vector>

namespace plaint::detail {

/// The days from one up to, but not including, another.
struct day_range {
  civil_day from;
  civil_day to;
};

/// The days on which more counts than their weekly hours, each with its neighbours: something is said about it, the
/// clocks change, another version begins. On all others a day lasts 24 hours, its hours are what the week says, none
/// reach a day of the other sort but the one on its edge, and all of a stretch have the same week.
[[nodiscard]] inline std::vector<day_range> unusual_days(const hours_plan& plan, const zone_frame& frame,
                                                         civil_day first, civil_day end) {
  using std::chrono::days;
  std::vector<civil_day> said;
  for (auto s = plan.specials().lower_bound(first - days{1}); s != plan.specials().end() && s->first <= end; ++s) {
    said.push_back(s->first);
  }
  for (const auto& version : plan.versions()) {
    if (version.from) {
      said.insert(std::upper_bound(said.begin(), said.end(), *version.from), *version.from);
    }
  }
  const auto restless = frame.restless_days(first, end);
  std::vector<civil_day> all(said.size() + restless.size());
  std::merge(said.begin(), said.end(), restless.begin(), restless.end(), all.begin());
  std::vector<day_range> found;
  for (const civil_day day : all) {
    const day_range around{std::max(day - days{1}, first), std::min(day + days{2}, end)};
    if (around.from >= around.to) {
      continue;
    }
    if (!found.empty() && around.from <= found.back().to) {
      found.back().to = std::max(found.back().to, around.to);
    } else {
      found.push_back(around);
    }
  }
  return found;
}

/// Walks over the days [first, end) in order: `usual` gets the stretches of days that are like those of any week,
/// `unusual` the others.
template <class Usual, class Unusual>
void walk_days(const hours_plan& plan, const zone_frame& frame, civil_day first, civil_day end, Usual usual,
               Unusual unusual) {
  civil_day day = first;
  for (const auto& stretch : unusual_days(plan, frame, first, end)) {
    if (day < stretch.from) {
      usual(day_range{day, stretch.from});
    }
    unusual(stretch);
    day = stretch.to;
  }
  if (day < end) {
    usual(day_range{day, end});
  }
}

} // namespace plaint::detail
