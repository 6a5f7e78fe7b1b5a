// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/weekly_hours.hpp>
#include <plaint/time/instant.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace plaint {

/// What an exception does to the hours of its day.
enum class exception_kind : unsigned char {
  replace, ///< these hours and no others, on a holiday too; none: closed
  add,     ///< these hours besides the usual ones, on a holiday too
  close,   ///< closed in these hours, cut out of everything
  work,    ///< a working day whatever the weekday and the holidays say (China's make-up days)
};

/// Other hours on one local day.
struct day_exception {
  civil_day day{};
  exception_kind kind = exception_kind::replace;
  std::vector<daily_interval> hours{}; ///< not for `work`
  std::optional<std::size_t>
      like{};         ///< `work`: the weekday (Monday = 0) whose hours apply; else its own, else the week's first
  std::string name{}; ///< for explanations

  friend bool operator==(const day_exception&, const day_exception&) = default;
};

} // namespace plaint
