// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/civil.hpp>
#include <plaint/time/detail/text_cursor.hpp>
#include <plaint/time/parsed.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plaint {

/// On which day of a year, and when on that day's wall, a POSIX rule changes the clocks.
struct posix_change {
  enum class form : unsigned char {
    month_week_day, ///< M3.5.0: the last (5) Sunday (0) of March (3)
    julian,         ///< J60: 1-365, 1 March in every year; 29 February is never counted
    zero_based,     ///< 59: 0-365, 29 February is counted
  };
  form day_form = form::month_week_day;
  int month = 1;
  int week = 1;
  int day = 0;                                      ///< 0-6 from Sunday, or the number of the day
  std::chrono::seconds time{std::chrono::hours{2}}; ///< -167 h to 167 h and 59:59, as RFC 9636 extends it

  friend constexpr bool operator==(const posix_change&, const posix_change&) = default;

  /// The wall time of the change in that year, in seconds since 1970-01-01T00:00:00 on the wall.
  [[nodiscard]] constexpr std::int64_t wall_seconds(std::int64_t year) const noexcept {
    return day_number(year) * 86'400 + time.count();
  }

private:
  [[nodiscard]] constexpr std::int64_t day_number(std::int64_t year) const noexcept {
    const std::int64_t new_year = detail::days_from_date(year, 1, 1);
    if (day_form == form::julian) {
      return new_year + day - 1 + (is_leap_year(year) && day >= 60 ? 1 : 0);
    }
    if (day_form == form::zero_based) {
      return new_year + day;
    }
    const std::int64_t first = detail::days_from_date(year, month, 1);
    const int first_weekday = static_cast<int>(weekday_of(civil_day{std::chrono::days{first}}).c_encoding());
    int of_month = 1 + (day - first_weekday + 7) % 7 + (week - 1) * 7;
    if (of_month > days_in_month(year, month)) {
      of_month -= 7;
    }
    return first + of_month - 1;
  }
};

/// The TZ string of POSIX.1 as RFC 9636 section 3.3.1 writes it: "GMT0BST,M3.5.0/1,M10.5.0", "<+0330>-3:30".
struct posix_rule {
  struct daylight_part {
    std::string abbreviation;
    std::chrono::seconds offset; ///< east of UTC
    posix_change start;          ///< on the wall of standard time
    posix_change end;            ///< on the wall of daylight time

    friend bool operator==(const daylight_part&, const daylight_part&) = default;
  };

  std::string abbreviation;
  std::chrono::seconds offset; ///< east of UTC, so the text's sign turned round
  std::optional<daylight_part> daylight;

  friend bool operator==(const posix_rule&, const posix_rule&) = default;
};

namespace detail {

[[nodiscard]] inline parsed<std::string> read_zone_abbreviation(text_cursor& in) {
  const std::size_t begin = in.position();
  const bool quoted = in.skip('<');
  const auto belongs = [quoted](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'));
  };
  const std::string_view name = in.take_while(belongs);
  if (name.size() < 3 || name.size() > 32 || (quoted && !in.skip('>'))) {
    return parse_fault{"abbreviation of 3 to 32 letters, or more signs in <>, required", begin};
  }
  return std::string(name);
}

/// "[+-]hh[:mm[:ss]]" in seconds.
[[nodiscard]] inline parsed<std::chrono::seconds> read_rule_time(text_cursor& in, int most_hours) {
  const std::size_t begin = in.position();
  const bool negative = in.skip('-');
  if (!negative) {
    in.skip('+');
  }
  const auto hours = in.number(1, 3);
  std::int64_t total = hours.value_or(0) * 3'600;
  bool valid = hours && *hours <= most_hours;
  for (const int unit : {60, 1}) {
    if (!valid || !in.skip(':')) {
      break;
    }
    const auto part = in.number(2, 2);
    valid = part && *part <= 59;
    total += part.value_or(0) * unit;
  }
  if (!valid) {
    return parse_fault{"time as hh[:mm[:ss]] within its limits required", begin};
  }
  return std::chrono::seconds{negative ? -total : total};
}

[[nodiscard]] inline std::optional<posix_change> read_change_day(text_cursor& in) {
  posix_change change;
  const auto within = [](std::optional<std::int64_t> n, int least, int most) { return n && *n >= least && *n <= most; };
  if (in.skip('M')) {
    const auto month = in.number(1, 2);
    const auto week = in.skip('.') ? in.number(1, 1) : std::nullopt;
    const auto day = in.skip('.') ? in.number(1, 1) : std::nullopt;
    if (!within(month, 1, 12) || !within(week, 1, 5) || !within(day, 0, 6)) {
      return std::nullopt;
    }
    change.month = static_cast<int>(*month);
    change.week = static_cast<int>(*week);
    change.day = static_cast<int>(*day);
    return change;
  }
  const bool julian = in.skip('J');
  const auto day = in.number(1, 3);
  if (!within(day, julian ? 1 : 0, 365)) {
    return std::nullopt;
  }
  change.day_form = julian ? posix_change::form::julian : posix_change::form::zero_based;
  change.day = static_cast<int>(*day);
  return change;
}

[[nodiscard]] inline parsed<posix_change> read_change(text_cursor& in) {
  const std::size_t begin = in.position();
  if (!in.skip(',')) {
    return parse_fault{"comma and the day of the change required after the daylight part", begin};
  }
  auto change = read_change_day(in);
  if (!change) {
    return parse_fault{"day as Mm.w.d (month 1-12, week 1-5, day 0-6), J1-J365 or 0-365 required", begin};
  }
  if (in.skip('/')) {
    const auto time = read_rule_time(in, 167);
    if (!time) {
      return time.fault();
    }
    change->time = *time;
  }
  return *change;
}

[[nodiscard]] inline parsed<posix_rule::daylight_part> read_daylight(text_cursor& in, std::chrono::seconds standard) {
  auto name = read_zone_abbreviation(in);
  if (!name) {
    return name.fault();
  }
  posix_rule::daylight_part part{*name, standard + std::chrono::hours{1}, {}, {}};
  if (!in.at_end() && in.peek() != ',') {
    const auto west = read_rule_time(in, 24);
    if (!west) {
      return west.fault();
    }
    part.offset = -*west;
  }
  const auto start = read_change(in);
  if (!start) {
    return start.fault();
  }
  const auto end = read_change(in);
  if (!end) {
    return end.fault();
  }
  part.start = *start;
  part.end = *end;
  return part;
}

} // namespace detail

/// Reads a whole POSIX TZ string; daylight time needs its two days of change, since a guess would differ between
/// systems.
[[nodiscard]] inline parsed<posix_rule> parse_posix_rule(std::string_view text) {
  detail::text_cursor in(text);
  auto name = detail::read_zone_abbreviation(in);
  if (!name) {
    return name.fault();
  }
  const auto west = detail::read_rule_time(in, 24);
  if (!west) {
    return west.fault();
  }
  posix_rule rule{*name, -*west, std::nullopt};
  if (!in.at_end()) {
    auto daylight = detail::read_daylight(in, rule.offset);
    if (!daylight) {
      return daylight.fault();
    }
    rule.daylight = *daylight;
  }
  if (!in.at_end()) {
    return parse_fault{"end of the rule required", in.position()};
  }
  return rule;
}

} // namespace plaint
