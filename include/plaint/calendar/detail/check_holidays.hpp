// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/holiday/holiday_dates.hpp>
#include <plaint/error.hpp>
#include <plaint/pointer.hpp>
#include <plaint/time/civil.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

namespace plaint::detail {

/// What is wrong with the day that a rule names, or nothing.
struct base_fault {
  std::string operator()(const fixed_date& b) const { return date(b.month, b.day); }
  std::string operator()(const nth_weekday& b) const {
    return b.nth < 1 || b.nth > 5 ? "first to fifth weekday required" : weekday(b.weekday, b.month);
  }
  std::string operator()(const last_weekday& b) const { return weekday(b.weekday, b.month); }
  std::string operator()(const weekday_near& b) const {
    return b.weekday > 6 ? weekday(b.weekday, b.month) : date(b.month, b.day);
  }
  std::string operator()(const easter_sunday&) const { return {}; }

private:
  static std::string date(int month, int day) {
    return day < 1 || day > days_in_month(2000, month) ? "a date that exists required" : "";
  }
  static std::string weekday(std::size_t weekday, int month) {
    return weekday > 6 || month < 1 || month > 12 ? "a weekday and a month that exist required" : "";
  }
};

inline void check_rule(const holiday_rule& rule, const std::string& at, findings& out) {
  if (const auto fault = std::visit(base_fault{}, rule.base); !fault.empty()) {
    out.push_back({"bad-rule", fault, at, ""});
  }
  if (rule.offset < -366 || rule.offset > 366) {
    out.push_back({"bad-rule", "an offset of at most 366 days required", at, ""});
  }
  if (rule.first_year && rule.last_year && *rule.last_year < *rule.first_year) {
    out.push_back({"bad-rule", "a last year that is not before the first required", at, ""});
  }
}

inline void check_known_day(const holiday& h, const std::string& at, findings& out) {
  const auto year = date_of(h.day).year;
  if (year < first_holiday_year || year > last_holiday_year) {
    out.push_back({"out-of-range", "a date from 1401 to 9998 required", at, ""});
  }
}

inline void check_set(const holidays& set, const std::string& at, findings& out) {
  constexpr std::size_t most = 1'000'000;
  if (set.rules.size() > 1'000 || set.dates.size() > most || set.working_days.size() > most) {
    out.push_back({"too-large", "at most 1000 rules and a million dates required", at, ""});
    return;
  }
  for (std::size_t i = 0; i < set.rules.size(); ++i) {
    check_rule(set.rules[i], child(child(at, "rules"), i), out);
  }
  for (std::size_t i = 0; i < set.dates.size(); ++i) {
    check_known_day(set.dates[i], child(child(at, "dates"), i), out);
  }
  for (std::size_t i = 0; i < set.working_days.size(); ++i) {
    check_known_day(set.working_days[i], child(child(at, "working_days"), i), out);
  }
  for (const auto& year : {set.first_year, set.last_year, set.announced_to}) {
    if (year && (*year < first_holiday_year || *year > last_holiday_year)) {
      out.push_back({"out-of-range", "year from 1401 to 9998 required", at, ""});
    }
  }
  for (const int year : set.provisional_years) {
    if (year < first_holiday_year || year > last_holiday_year) {
      out.push_back({"out-of-range", "year from 1401 to 9998 required", child(at, "provisional"), ""});
    }
  }
}

inline void check_holidays(const calendar_definition& d, const std::string& at, findings& out) {
  for (std::size_t i = 0; i < d.holidays.size(); ++i) {
    check_set(d.holidays[i], child(child(at, "holidays"), i), out);
  }
}

} // namespace plaint::detail
