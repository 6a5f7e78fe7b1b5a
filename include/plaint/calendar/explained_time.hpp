// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/span.hpp>

#include <string>

namespace plaint {

/// Why a stretch of time is open or not; of several causes the later one in this list is named.
enum class time_cause : unsigned char {
  open,
  hours,     ///< outside the weekly hours
  exception, ///< other hours on that day
  holiday,
  closure, ///< a break
  pause,   ///< taken out by another calendar
};

/// A stretch of time with its reason: the name of the holiday, of the exception, of the calendar that took it out.
struct explained_time {
  span when{};
  time_cause cause = time_cause::open;
  std::string name{};

  friend bool operator==(const explained_time&, const explained_time&) = default;
};

} // namespace plaint
