// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/instant.hpp>

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace plaint {

/// A day as year, month (1-12) and day of the month (1-31) of the proleptic Gregorian calendar; year 0 is 1 BC.
struct civil_date {
  std::int64_t year;
  int month;
  int day;

  friend constexpr bool operator==(const civil_date&, const civil_date&) = default;
  friend constexpr auto operator<=>(const civil_date&, const civil_date&) = default;
};

[[nodiscard]] constexpr bool is_leap_year(std::int64_t year) noexcept {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/// 28 to 31; 0 where there is no such month.
[[nodiscard]] constexpr int days_in_month(std::int64_t year, int month) noexcept {
  if (month < 1 || month > 12) {
    return 0;
  }
  if (month == 2) {
    return is_leap_year(year) ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

namespace detail {

/// Days from 1970-01-01 to a date that exists. The year is counted from March, so the leap day comes last.
[[nodiscard]] constexpr std::int64_t days_from_date(std::int64_t year, int month, int day) noexcept {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719'468;
}

[[nodiscard]] constexpr civil_date date_from_days(std::int64_t days) noexcept {
  const std::int64_t z = days + 719'468;
  const std::int64_t era = (z >= 0 ? z : z - 146'096) / 146'097;
  const std::int64_t day_of_era = z - era * 146'097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t from_march = (5 * day_of_year + 2) / 153;
  const int month = static_cast<int>(from_march < 10 ? from_march + 3 : from_march - 9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          static_cast<int>(day_of_year - (153 * from_march + 2) / 5 + 1)};
}

} // namespace detail

/// The years that every function of this room takes; wall times reach about 292,000 years either way.
inline constexpr std::int64_t last_civil_year = 999'999;

/// The day of that date, or nothing: 2026-02-29, month 13 and years beyond `last_civil_year` do not exist.
[[nodiscard]] constexpr std::optional<civil_day> make_civil_day(std::int64_t year, int month, int day) noexcept {
  if (year < -last_civil_year || year > last_civil_year || day < 1 || day > days_in_month(year, month)) {
    return std::nullopt;
  }
  return civil_day{std::chrono::days{detail::days_from_date(year, month, day)}};
}

/// Year, month and day of a day within `last_civil_year`.
[[nodiscard]] constexpr civil_date date_of(civil_day day) noexcept {
  return detail::date_from_days(day.time_since_epoch().count());
}

[[nodiscard]] constexpr std::chrono::weekday weekday_of(civil_day day) noexcept {
  const auto since_sunday = (day.time_since_epoch().count() % 7 + 11) % 7; // 1970-01-01 was a Thursday
  return std::chrono::weekday{static_cast<unsigned>(since_sunday)};
}

/// The day on which the wall shows that time: 2026-03-29 for 2026-03-29T23:59:59.
[[nodiscard]] constexpr civil_day day_of(wall_time wall) noexcept {
  return std::chrono::floor<std::chrono::days>(wall);
}

/// The time since that day's 00:00 on the wall, from 0 up to but not including 24 h.
[[nodiscard]] constexpr duration time_of_day(wall_time wall) noexcept {
  constexpr std::int64_t whole_day = 86'400'000'000;
  const std::int64_t rest = wall.time_since_epoch().count() % whole_day;
  return duration{rest < 0 ? rest + whole_day : rest};
}

/// The wall time on a day; 24 h gives the next day's 00:00. Requires a day that a wall time can hold.
[[nodiscard]] constexpr wall_time wall_at(civil_day day, duration since_midnight = {}) noexcept {
  return wall_time{day} + since_midnight;
}

/// "2026-03-29"; years outside 0000-9999 with a sign and six digits ("+012026-03-29"), as ISO 8601 expands them.
[[nodiscard]] inline std::string to_string(civil_date date) {
  const auto padded = [](std::int64_t value, std::size_t width) {
    std::string digits = std::to_string(value);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
  };
  std::string text;
  if (date.year < 0 || date.year > 9'999) {
    text = (date.year < 0 ? "-" : "+") + padded(date.year < 0 ? -date.year : date.year, 6);
  } else {
    text = padded(date.year, 4);
  }
  return text + "-" + padded(date.month, 2) + "-" + padded(date.day, 2);
}

} // namespace plaint
