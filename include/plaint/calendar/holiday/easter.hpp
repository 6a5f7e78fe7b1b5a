// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/civil.hpp>

namespace plaint {

/// Easter Sunday of the western churches (Gregorian computus, valid from 1583).
///
///     western_easter(2026)   // 5 April 2026
[[nodiscard]] constexpr civil_day western_easter(int year) noexcept {
  // Meeus, Astronomical Algorithms, chapter 8: golden number, epact and the Sunday after the full moon.
  const int golden = year % 19;
  const int century = year / 100;
  const int in_century = year % 100;
  const int correction = (8 * century + 13) / 25;
  const int epact = (19 * golden + century - century / 4 - correction + 15) % 30;
  const int to_sunday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
  const int late = (golden + 11 * epact + 22 * to_sunday) / 451;
  const int from_march = epact + to_sunday - 7 * late + 114;
  return civil_day{std::chrono::days{detail::days_from_date(year, from_march / 31, from_march % 31 + 1)}};
}

/// Easter Sunday of the orthodox churches (Julian computus), as a Gregorian day.
///
///     orthodox_easter(2026)   // 12 April 2026
[[nodiscard]] constexpr civil_day orthodox_easter(int year) noexcept {
  const int moon = (19 * (year % 19) + 15) % 30;
  const int to_sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
  const int from_march = moon + to_sunday + 114;
  const int behind = year / 100 - year / 400 - 2; // days by which the Julian calendar lags
  const std::int64_t julian = detail::days_from_date(year, from_march / 31, from_march % 31 + 1);
  return civil_day{std::chrono::days{julian + behind}};
}

} // namespace plaint
