// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/day_rules.hpp>
#include <plaint/time/instant.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace plaint {

/// Elapsed time, whatever the calendar says.
struct elapsed_goal {
  duration length{};
  bool from_next_hour = false; ///< counted from the next full local hour (Regulation 1182/71, article 3(1))
  friend constexpr bool operator==(const elapsed_goal&, const elapsed_goal&) = default;
};

/// Open time of the calendar.
struct business_goal {
  duration length{};
  friend constexpr bool operator==(const business_goal&, const business_goal&) = default;
};

enum class day_unit : unsigned char { business_days, calendar_days, weeks, months };

/// Days, weeks or months on the calendar's wall; one day is not 24 hours.
struct days_goal {
  day_unit unit = day_unit::business_days;
  std::int64_t count = 0;
  day_rules rules{};
  friend constexpr bool operator==(const days_goal&, const days_goal&) = default;
};

/// An instant that somebody else set: an attribute of the complaint.
struct until_goal {
  std::string attribute{};
  friend bool operator==(const until_goal&, const until_goal&) = default;
};

enum class which_goal : unsigned char { earliest, latest };

struct goal;

/// The earliest or the latest of several goals.
struct choice_goal {
  which_goal which = which_goal::earliest;
  std::vector<goal> of; // without braces: clang 14 would want the whole type for them
  friend bool operator==(const choice_goal&, const choice_goal&);
};

/// By when something is promised: never a bare number.
///
///     business_days(3)            // "3 business days"
///     business(hours{4})          // "4h": four hours of open time
///     earliest_of({business_days(15), calendar_days(90)})
struct goal {
  std::variant<elapsed_goal, business_goal, days_goal, until_goal, choice_goal> form{};
  friend bool operator==(const goal&, const goal&) = default;
};

[[nodiscard]] inline bool operator==(const choice_goal& a, const choice_goal& b) {
  return a.which == b.which && a.of == b.of;
}

[[nodiscard]] inline goal elapsed(duration length) {
  return {elapsed_goal{length, false}};
}
[[nodiscard]] inline goal business(duration length) {
  return {business_goal{length}};
}
[[nodiscard]] inline goal business_days(std::int64_t n, day_rules rules = {}) {
  return {days_goal{day_unit::business_days, n, rules}};
}
[[nodiscard]] inline goal calendar_days(std::int64_t n, day_rules rules = {}) {
  return {days_goal{day_unit::calendar_days, n, rules}};
}
[[nodiscard]] inline goal weeks(std::int64_t n, day_rules rules = {}) {
  return {days_goal{day_unit::weeks, n, rules}};
}
[[nodiscard]] inline goal months(std::int64_t n, day_rules rules = {}) {
  return {days_goal{day_unit::months, n, rules}};
}
[[nodiscard]] inline goal until(std::string attribute) {
  return {until_goal{std::move(attribute)}};
}
[[nodiscard]] inline goal earliest_of(std::vector<goal> all) {
  return {choice_goal{which_goal::earliest, std::move(all)}};
}
[[nodiscard]] inline goal latest_of(std::vector<goal> all) {
  return {choice_goal{which_goal::latest, std::move(all)}};
}

/// True if a clock with that goal needs weekdays and holidays, not hours alone.
[[nodiscard]] inline bool counts_days(const goal& g) noexcept {
  return std::holds_alternative<days_goal>(g.form);
}

} // namespace plaint
