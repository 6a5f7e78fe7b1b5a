// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/holiday/easter.hpp>
#include <plaint/calendar/holiday/holidays.hpp>
#include <plaint/calendar/weekly_hours.hpp>
#include <plaint/time/civil.hpp>

#include <boost/date_time/gregorian/gregorian_types.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace plaint {

/// The years for which holidays can be computed: what Boost.Date_Time holds, less a margin for shifts across New Year.
inline constexpr int first_holiday_year = 1401;
inline constexpr int last_holiday_year = 9998;

namespace detail {

[[nodiscard]] inline boost::gregorian::greg_weekday greg_weekday_of(std::size_t from_monday) {
  return boost::gregorian::greg_weekday(static_cast<unsigned short>((from_monday + 1) % 7));
}

[[nodiscard]] inline civil_day civil_day_of(const boost::gregorian::date& d) {
  static const boost::gregorian::date epoch(1970, 1, 1);
  return civil_day{std::chrono::days{(d - epoch).days()}};
}

/// The day that a base names in one year; nothing for 29 February or a fifth weekday that the year does not have.
struct base_day_in {
  unsigned short year;

  [[nodiscard]] std::optional<civil_day> operator()(const fixed_date& b) const {
    return make_civil_day(year, b.month, b.day);
  }
  [[nodiscard]] std::optional<civil_day> operator()(const nth_weekday& b) const {
    using nth_kday = boost::gregorian::nth_kday_of_month;
    const nth_kday rule(static_cast<nth_kday::week_num>(b.nth), greg_weekday_of(b.weekday),
                        static_cast<unsigned short>(b.month));
    const auto found = rule.get_date(year);
    if (b.nth == 5 && found.day() <= 28) { // Boost gives the fourth instead
      return std::nullopt;
    }
    return civil_day_of(found);
  }
  [[nodiscard]] std::optional<civil_day> operator()(const last_weekday& b) const {
    const boost::gregorian::last_kday_of_month rule(greg_weekday_of(b.weekday), static_cast<unsigned short>(b.month));
    return civil_day_of(rule.get_date(year));
  }
  [[nodiscard]] std::optional<civil_day> operator()(const weekday_near& b) const {
    const auto day = make_civil_day(year, b.month, b.day);
    if (!day) {
      return std::nullopt;
    }
    const bool stays = weekday_index(*day) == b.weekday &&
                       (b.side == weekday_side::on_or_after || b.side == weekday_side::on_or_before);
    if (stays) {
      return day;
    }
    const boost::gregorian::date from(year, static_cast<unsigned short>(b.month), static_cast<unsigned short>(b.day));
    if (b.side == weekday_side::after || b.side == weekday_side::on_or_after) {
      return civil_day_of(boost::gregorian::first_kday_after(greg_weekday_of(b.weekday)).get_date(from));
    }
    return civil_day_of(boost::gregorian::first_kday_before(greg_weekday_of(b.weekday)).get_date(from));
  }
  [[nodiscard]] std::optional<civil_day> operator()(const easter_sunday& b) const {
    return b.orthodox ? orthodox_easter(year) : western_easter(year);
  }
};

/// Where an observed shift puts a day, given the days that are taken already.
[[nodiscard]] inline civil_day observed_day(civil_day day, observed_shift shift, const std::set<civil_day>& taken) {
  using std::chrono::days;
  const auto weekday = weekday_index(day);
  const bool saturday = weekday == 5;
  const bool sunday = weekday == 6;
  switch (shift) {
  case observed_shift::none:
    return day;
  case observed_shift::nearest:
    return day + days{sunday ? 1 : saturday ? -1 : 0};
  case observed_shift::monday:
    return day + days{sunday ? 1 : saturday ? 2 : 0};
  case observed_shift::sunday_to_monday:
    return day + days{sunday ? 1 : 0};
  case observed_shift::substitute:
    while (weekday_index(day) >= 5 || taken.contains(day)) {
      day += days{1};
    }
    return day;
  case observed_shift::sunday_substitute:
    while (weekday_index(day) == 6 || taken.contains(day)) {
      day += days{1};
    }
    return day;
  }
  return day;
}

[[nodiscard]] inline bool moves(civil_day day, observed_shift shift) noexcept {
  const auto weekday = weekday_index(day);
  const bool any_weekend =
      shift == observed_shift::nearest || shift == observed_shift::monday || shift == observed_shift::substitute;
  return (weekday == 6 && shift != observed_shift::none) || (weekday == 5 && any_weekend);
}

inline void append_rules_of_year(const std::vector<holiday_rule>& rules, int year, std::vector<holiday>& out) {
  std::set<civil_day> taken;
  std::vector<std::pair<civil_day, const holiday_rule*>> moved;
  for (const auto& rule : rules) {
    const bool applies = (!rule.first_year || *rule.first_year <= year) &&
                         (!rule.last_year || year <= *rule.last_year) &&
                         std::find(rule.except_years.begin(), rule.except_years.end(), year) == rule.except_years.end();
    if (!applies) {
      continue;
    }
    auto day = std::visit(base_day_in{static_cast<unsigned short>(year)}, rule.base);
    if (!day) {
      continue;
    }
    *day += std::chrono::days{rule.offset};
    if (moves(*day, rule.observed)) {
      moved.emplace_back(*day, &rule);
    } else {
      taken.insert(*day);
      out.push_back({*day, rule.name});
    }
  }
  std::stable_sort(moved.begin(), moved.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [day, rule] : moved) {
    const auto observed = observed_day(day, rule->observed, taken);
    taken.insert(observed);
    out.push_back({observed, rule->name + " (observed)"});
  }
}

} // namespace detail

/// The day that a rule names in a year before any observed shift; nothing in years without such a day.
[[nodiscard]] inline std::optional<civil_day> day_in_year(const holiday_rule& rule, int year) {
  if (year < first_holiday_year || year > last_holiday_year) {
    return std::nullopt;
  }
  auto day = std::visit(detail::base_day_in{static_cast<unsigned short>(year)}, rule.base);
  if (day) {
    *day += std::chrono::days{rule.offset};
  }
  return day;
}

/// The holidays of a set from 1 January of one year to 31 December of another, in order of days.
///
///     holidays_in(england_and_wales(), 2026, 2026).front()   // 2026-01-01, New Year's Day
[[nodiscard]] inline std::vector<holiday> holidays_in(const holidays& set, int first_year, int last_year) {
  std::vector<holiday> all;
  // A shift may carry a holiday over New Year, so the neighbouring years are computed too.
  const int first = std::max(first_year - 1, first_holiday_year - 1);
  const int last = std::min(last_year + 1, last_holiday_year + 1);
  for (int year = first; !set.rules.empty() && year <= last; ++year) {
    detail::append_rules_of_year(set.rules, year, all);
  }
  all.insert(all.end(), set.dates.begin(), set.dates.end());
  const auto from = make_civil_day(first_year, 1, 1);
  const auto to = make_civil_day(last_year, 12, 31);
  all.erase(std::remove_if(all.begin(), all.end(), [&](const holiday& h) { return h.day < *from || h.day > *to; }),
            all.end());
  std::stable_sort(all.begin(), all.end(), [](const holiday& a, const holiday& b) { return a.day < b.day; });
  return all;
}

} // namespace plaint
