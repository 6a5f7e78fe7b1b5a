// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/calendar_text.hpp>
#include <plaint/calendar/detail/calendar_node.hpp>
#include <plaint/error.hpp>
#include <plaint/pointer.hpp>
#include <plaint/time/civil.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

inline constexpr std::size_t most_intervals_a_day = 1'440;

inline void check_interval(const daily_interval& hours, const std::string& at, findings& out) {
  const bool whole_day = hours.from == 0 && hours.to == seconds_a_day;
  if (hours.from < 0 || hours.from >= seconds_a_day || (hours.to >= hours.from + seconds_a_day && !whole_day)) {
    out.push_back(
        {"bad-interval", "an opening from 00:00 to 23:59:59 and less than 24 hours required, or 00:00-24:00", at, ""});
  } else if (hours.to <= hours.from) {
    out.push_back({"empty-interval", "a closing after the opening required, " + to_string(hours) + " found", at, ""});
  }
}

/// An interval of a week, in seconds since Monday 00:00, and where it was written.
struct week_interval {
  std::int64_t from;
  std::int64_t to;
  std::string at;
};

inline void check_overlaps(std::vector<week_interval> all, std::int64_t week, findings& out) {
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool wraps = i + 1 == all.size();
    if (wraps && week == 0) {
      break;
    }
    const auto& next = all[wraps ? 0 : i + 1];
    if (all.size() > 1 && next.from + (wraps ? week : 0) < all[i].to) {
      out.push_back({"overlap", "intervals that do not overlap required (or ranges: merge)", next.at, ""});
    }
  }
}

/// Where a version was written; where nobody wrote it, as the canonical form has it.
[[nodiscard]] inline std::string version_pointer(const calendar_definition& d, const std::string& at,
                                                 std::size_t version) {
  const auto& v = d.versions[version];
  if (!v.written.version.empty()) {
    return at + v.written.version;
  }
  const bool plain = d.versions.size() == 1 && !v.from && v.zone.empty();
  return plain ? child(at, "hours") : child(child(at, "versions"), version);
}
[[nodiscard]] inline std::string hours_pointer(const calendar_definition& d, const std::string& at,
                                               std::size_t version) {
  const auto here = version_pointer(d, at, version);
  return here == child(at, "hours") ? here : child(here, "hours");
}

/// What was written once for several weekdays is at fault once.
inline void drop_repeated(findings& out, std::size_t from) {
  std::set<std::pair<std::string, std::string>> told;
  const auto first = out.begin() + static_cast<std::ptrdiff_t>(from);
  out.erase(std::remove_if(first, out.end(), [&](const auto& f) { return !told.emplace(f.code, f.pointer).second; }),
            out.end());
}

inline void check_week(const hours_version& version, overlap_ranges ranges, const std::string& at, findings& out) {
  std::vector<week_interval> all;
  const auto before = out.size();
  const auto& week = version.hours;
  for (std::size_t day = 0; day < week.days.size(); ++day) {
    const auto here = child(at, weekday_words[day]);
    const auto& places = version.written.intervals[day];
    if (week.days[day].size() > most_intervals_a_day) {
      out.push_back({"too-large", "at most 1440 intervals a day required", here, ""});
      return;
    }
    for (std::size_t i = 0; i < week.days[day].size(); ++i) {
      const auto& hours = week.days[day][i];
      const auto place = i < places.size() ? at + places[i] : child(here, i);
      check_interval(hours, place, out);
      const auto midnight = static_cast<std::int64_t>(day) * seconds_a_day;
      all.push_back({midnight + hours.from, midnight + hours.to, place});
    }
  }
  if (out.size() == before && ranges == overlap_ranges::reject) {
    check_overlaps(std::move(all), 7 * std::int64_t{seconds_a_day}, out);
  }
  drop_repeated(out, before);
}

inline void check_versions(const calendar_definition& d, const std::string& at, findings& out) {
  if (d.versions.empty()) {
    out.push_back({"missing", "\"hours\" is required", at, ""});
  }
  for (std::size_t i = 0; i < d.versions.size(); ++i) {
    const auto& v = d.versions[i];
    const auto here = version_pointer(d, at, i);
    if (i > 0 && !v.from) {
      out.push_back({"missing", "a date from which the version holds is required", here, ""});
    } else if (i > 0 && d.versions[i - 1].from && *v.from <= *d.versions[i - 1].from) {
      out.push_back({"not-ascending", "versions in order of their dates required", child(here, "from"), ""});
    }
    check_week(v, d.options.ranges, hours_pointer(d, at, i), out);
  }
}

[[nodiscard]] inline const char* exception_list(exception_kind kind) noexcept {
  switch (kind) {
  case exception_kind::replace:
    return "exceptions";
  case exception_kind::add:
    return "added";
  case exception_kind::close:
    return "breaks";
  case exception_kind::work:
    return "working_days";
  }
  return "exceptions";
}

inline void check_exception(const day_exception& e, overlap_ranges ranges, const std::string& at, findings& out) {
  const auto before = out.size();
  std::vector<week_interval> all;
  for (std::size_t i = 0; i < e.hours.size(); ++i) {
    if (e.kind == exception_kind::close && e.hours[i].to > seconds_a_day) {
      out.push_back({"reversed-break",
                     "a break that ends after it begins and by 24:00 required, " + to_string(e.hours[i]) + " found",
                     child(at, i), ""});
    } else {
      check_interval(e.hours[i], child(at, i), out);
    }
    all.push_back({e.hours[i].from, e.hours[i].to, child(at, i)});
  }
  if (e.kind == exception_kind::work) {
    if (!e.hours.empty()) {
      out.push_back({"unused", "a working day has the hours of a weekday, none of its own", at, ""});
    }
    if (e.like && *e.like > 6) {
      out.push_back({"bad-weekday", "weekday from 0 to 6 required", at, ""});
    }
  } else if (e.kind != exception_kind::replace && e.hours.empty()) {
    out.push_back({"missing", "hours are required", at, ""});
  }
  // Breaks may overlap: closed is closed.
  if (out.size() == before && ranges == overlap_ranges::reject && e.kind != exception_kind::close) {
    check_overlaps(std::move(all), 0, out);
  }
}

inline void check_exceptions(const calendar_definition& d, const std::string& at, findings& out) {
  std::map<civil_day, exception_kind> decided;
  for (const auto& e : d.exceptions) {
    const auto here = child(child(at, exception_list(e.kind)), to_string(date_of(e.day)));
    const auto year = date_of(e.day).year;
    if (year < first_holiday_year || year > last_holiday_year) {
      out.push_back({"out-of-range", "a date from 1401 to 9998 required", here, ""});
    } else if ((d.first_year && year < *d.first_year) || (d.last_year && year > *d.last_year)) {
      out.push_back({"horizon-too-small", "a horizon that holds the date required", here, ""});
    }
    check_exception(e, d.options.ranges, here, out);
    const bool decides = e.kind == exception_kind::replace || e.kind == exception_kind::work;
    if (decides && !decided.emplace(e.day, e.kind).second) {
      out.push_back({"duplicate", "one exception or working day for each date required", here, ""});
    }
  }
}

/// True where neither a week nor an exception opens anything.
[[nodiscard]] inline bool opens_never(const calendar_definition& d) {
  const bool weekly = std::any_of(d.versions.begin(), d.versions.end(), [](const auto& v) { return !v.hours.empty(); });
  const bool special = std::any_of(d.exceptions.begin(), d.exceptions.end(),
                                   [](const auto& e) { return e.kind != exception_kind::close && !e.hours.empty(); });
  return !weekly && !special;
}

} // namespace plaint::detail
