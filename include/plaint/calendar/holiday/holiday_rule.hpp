// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/instant.hpp>

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace plaint {

/// The same day each year; 29 February only in leap years.
struct fixed_date {
  int month = 1;
  int day = 1;
  friend constexpr bool operator==(const fixed_date&, const fixed_date&) = default;
};

/// The first to fifth such weekday (Monday = 0) of a month; no day in years without a fifth.
struct nth_weekday {
  int nth = 1;
  std::size_t weekday = 0;
  int month = 1;
  friend constexpr bool operator==(const nth_weekday&, const nth_weekday&) = default;
};

/// The last such weekday of a month.
struct last_weekday {
  std::size_t weekday = 0;
  int month = 1;
  friend constexpr bool operator==(const last_weekday&, const last_weekday&) = default;
};

enum class weekday_side : unsigned char { on_or_after, after, on_or_before, before };

/// The weekday next to a date on one side, such as the Monday on or before 24 May.
struct weekday_near {
  std::size_t weekday = 0;
  weekday_side side = weekday_side::on_or_after;
  int month = 1;
  int day = 1;
  friend constexpr bool operator==(const weekday_near&, const weekday_near&) = default;
};

/// Easter Sunday of the western or the orthodox churches.
struct easter_sunday {
  bool orthodox = false;
  friend constexpr bool operator==(const easter_sunday&, const easter_sunday&) = default;
};

using holiday_base = std::variant<fixed_date, nth_weekday, last_weekday, weekday_near, easter_sunday>;

/// Where a holiday goes that falls on a weekend (Saturday and Sunday).
enum class observed_shift : unsigned char {
  none,              ///< it stays
  nearest,           ///< Saturday to Friday, Sunday to Monday (United States)
  monday,            ///< Saturday and Sunday to Monday
  sunday_to_monday,  ///< Sunday to Monday; Saturday stays
  substitute,        ///< Saturday and Sunday to the next weekday that is no holiday yet (United Kingdom)
  sunday_substitute, ///< Sunday to the next day that is no holiday yet (Hong Kong)
};

/// A holiday that comes back: a day of the year, moved by `offset` days, in some years.
struct holiday_rule {
  std::string name{};
  holiday_base base{};
  int offset = 0; ///< days, such as -2 for Good Friday from Easter Sunday
  observed_shift observed = observed_shift::none;
  std::optional<int> first_year{}; ///< inclusive
  std::optional<int> last_year{};  ///< inclusive
  std::vector<int> except_years{}; ///< years in which it does not apply

  friend bool operator==(const holiday_rule&, const holiday_rule&) = default;
};

} // namespace plaint
