// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/civil.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace plaint {

/// The seconds of a day of 24 hours; "24:00" on the wall.
inline constexpr std::int32_t seconds_a_day = 86'400;

/// Open from `from` up to `to`, in seconds after a local midnight; `to` beyond 24:00 lies on the next day.
///
///     daily_interval{32'400, 61'200}   // 09:00-17:00
///     daily_interval{79'200, 108'000}  // 22:00-06:00, over midnight
struct daily_interval {
  std::int32_t from = 0;
  std::int32_t to = 0;

  friend constexpr bool operator==(const daily_interval&, const daily_interval&) = default;
  friend constexpr auto operator<=>(const daily_interval&, const daily_interval&) = default;
};

/// A weekday as its place in an array, Monday first: 0 to 6.
[[nodiscard]] constexpr std::size_t weekday_index(civil_day day) noexcept {
  const auto since_monday = (day.time_since_epoch().count() % 7 + 10) % 7; // 1970-01-01 was a Thursday
  return static_cast<std::size_t>(since_monday);
}

/// The hours of a week by the weekday on which they begin, in any order; any number of intervals a day.
struct weekly_hours {
  std::array<std::vector<daily_interval>, 7> days{}; ///< Monday first

  friend bool operator==(const weekly_hours&, const weekly_hours&) = default;

  [[nodiscard]] const std::vector<daily_interval>& on(civil_day day) const noexcept { return days[weekday_index(day)]; }

  [[nodiscard]] bool empty() const noexcept {
    for (const auto& day : days) {
      if (!day.empty()) {
        return false;
      }
    }
    return true;
  }

  /// The same intervals on each of the weekdays, first and last counted from Monday = 0.
  [[nodiscard]] static weekly_hours from_to(std::size_t first, std::size_t last, std::vector<daily_interval> hours) {
    weekly_hours week;
    for (std::size_t day = first; day <= last && day < week.days.size(); ++day) {
      week.days[day] = hours;
    }
    return week;
  }

  /// Every day from 00:00 to 24:00.
  [[nodiscard]] static weekly_hours always() { return from_to(0, 6, {{0, seconds_a_day}}); }
};

} // namespace plaint
