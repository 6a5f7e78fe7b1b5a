// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/time/civil.hpp>

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// Random calendars whose hours lie around a change of clocks somewhere; all boundaries lie on a grid, which is five
/// minutes unless another is asked for.
namespace plaint::test {

struct change_of_clocks {
  const char* zone;
  int year, month, day;
};

inline constexpr std::array<change_of_clocks, 14> changes_of_clocks{{
    {"Europe/London", 2026, 3, 29},
    {"Europe/London", 2026, 10, 25},
    {"America/New_York", 2026, 3, 8},
    {"America/New_York", 2026, 11, 1},
    {"Australia/Lord_Howe", 2026, 4, 5},
    {"Australia/Lord_Howe", 2026, 10, 4},
    {"Pacific/Apia", 2011, 12, 30},
    {"Africa/Casablanca", 2026, 2, 15},
    {"Africa/Casablanca", 2026, 3, 22},
    {"America/Havana", 2026, 11, 1},
    {"America/Sao_Paulo", 2018, 11, 4},
    {"America/Sao_Paulo", 2018, 2, 18},
    {"Asia/Shanghai", 2026, 5, 1},
    {"Asia/Kathmandu", 1986, 1, 1},
}};

/// A time of the day on the grid; every second one lies in the small hours, in which clocks are changed.
inline rc::Gen<std::int32_t> time_on(std::int32_t grid) {
  return rc::gen::exec([grid] {
    const std::int32_t most = *rc::gen::element(4 * 3'600, seconds_a_day);
    return *rc::gen::inRange(0, most / grid) * grid;
  });
}

/// Hours of a day that do not overlap: cuts of the day, every second stretch between them; the last may run over
/// midnight.
inline rc::Gen<std::vector<daily_interval>> hours_of_day(bool may_be_empty, std::int32_t grid) {
  return rc::gen::exec([may_be_empty, grid] {
    std::set<std::int32_t> cuts;
    const int count = *rc::gen::inRange(may_be_empty ? 0 : 1, 3) * 2;
    while (static_cast<int>(cuts.size()) < count) {
      cuts.insert(*time_on(grid));
    }
    std::vector<daily_interval> hours;
    for (auto it = cuts.begin(); it != cuts.end();) {
      const auto from = *it++;
      hours.push_back({from, *it++});
    }
    if (!hours.empty() && *rc::gen::inRange(0, 3) == 0) {
      hours.back().to = *rc::gen::element(seconds_a_day, seconds_a_day + 6 * 3'600);
      hours.back().to = std::min(hours.back().to, std::max(hours.back().from, grid) + seconds_a_day - grid);
    }
    return hours;
  });
}

struct random_calendar {
  calendar_definition definition;
  civil_day around; ///< the day of the change
};

inline random_calendar make_random_calendar(std::int32_t grid = 300) {
  using std::chrono::days;
  const auto place = *rc::gen::elementOf(changes_of_clocks);
  const civil_day around = *make_civil_day(place.year, place.month, place.day);
  calendar_definition d{.id = "random", .zone = place.zone};
  d.options.ranges = overlap_ranges::merge;
  d.options.gap = *rc::gen::element(gap_policy::snap, gap_policy::shift);
  d.options.overlap = *rc::gen::element(overlap_policy::first, overlap_policy::last);
  d.options.holiday = *rc::gen::element(holiday_cut::cut, holiday_cut::owner);
  d.options.exact_end = *rc::gen::element(exact_end::earliest, exact_end::latest);
  d.first_year = place.year - 1;
  d.last_year = place.year + 1;
  const int versions = *rc::gen::inRange(1, 3);
  for (int v = 0; v < versions; ++v) {
    hours_version version;
    if (v > 0) {
      version.from = around + days{*rc::gen::inRange(-3, 4)};
    }
    for (auto& day : version.hours.days) {
      day = *hours_of_day(true, grid);
    }
    version.hours.days[2].push_back({9 * 3'600, 10 * 3'600}); // some open time in any case
    d.versions.push_back(std::move(version));
  }
  holidays set{.name = "days"};
  std::set<civil_day> decided;
  for (int n = *rc::gen::inRange(0, 4); n > 0; --n) {
    set.dates.push_back({around + days{*rc::gen::inRange(-6, 7)}, "day off"});
  }
  d.holidays.push_back(std::move(set));
  for (int n = *rc::gen::inRange(0, 5); n > 0; --n) {
    day_exception e{.day = around + days{*rc::gen::inRange(-6, 7)},
                    .kind = *rc::gen::element(exception_kind::replace, exception_kind::add, exception_kind::close,
                                              exception_kind::work)};
    const bool decides = e.kind == exception_kind::replace || e.kind == exception_kind::work;
    if (decides && !decided.insert(e.day).second) {
      continue;
    }
    if (e.kind != exception_kind::work) {
      e.hours = *hours_of_day(e.kind == exception_kind::replace, grid);
      for (auto& hours : e.hours) { // breaks end by midnight
        hours.to = e.kind == exception_kind::close ? std::min(hours.to, seconds_a_day) : hours.to;
      }
    }
    d.exceptions.push_back(std::move(e));
  }
  return {std::move(d), around};
}

} // namespace plaint::test
