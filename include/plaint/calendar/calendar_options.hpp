// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/wall_lookup.hpp>

#include <optional>

namespace plaint {

/// Which instant is given when added time is used up exactly at a closing (calendars that measure the same agree on
/// both).
enum class exact_end : unsigned char {
  earliest, ///< the closing; subtracting mirrors it: the opening
  latest,   ///< the next opening; subtracting: the previous closing
};

/// How a day that is closed (holiday or replaced hours) meets an interval that runs over midnight.
enum class holiday_cut : unsigned char {
  cut,   ///< the local day from midnight to midnight is closed
  owner, ///< what begins on that day is closed, up to its end on the next
};

/// What to make of intervals that overlap; those that only touch are always one.
enum class overlap_ranges : unsigned char { reject, merge };

/// What holds beyond the years for which holidays are known.
enum class past_horizon : unsigned char {
  error,  ///< nothing: asking is a `horizon_error`
  weekly, ///< weekly hours and exceptions without holidays, for 100 more years on either side; flagged as extrapolated
};

/// Counting business days from a day that is none.
enum class day_rule : unsigned char {
  next,   ///< the first business day after it is day 1
  adjust, ///< it moves to the following (backwards: preceding) business day first, which is day 0
};

/// Where a last day goes that is no business day.
enum class roll : unsigned char {
  none,
  open,               ///< to the first open instant at or after it
  following,          ///< to the next business day
  preceding,          ///< to the previous business day
  modified_following, ///< following, unless that is in the next month: then preceding
  nearest,            ///< the nearer one; following when both are as near
};

/// Which ends of an interval of days count; `b` may lie before `a`.
enum class counted : unsigned char {
  first, ///< [a, b)
  last,  ///< (a, b]
  both,  ///< [a, b]
  none,  ///< (a, b)
};

/// How a calendar answers where answers differ; the defaults are explained in docs/calendars.md.
struct calendar_options {
  plaint::exact_end exact_end = plaint::exact_end::earliest;
  gap_policy gap = gap_policy::snap;              ///< not `refuse`
  overlap_policy overlap = overlap_policy::first; ///< not `refuse`
  holiday_cut holiday = holiday_cut::cut;
  overlap_ranges ranges = overlap_ranges::reject;
  plaint::past_horizon past_horizon = plaint::past_horizon::error;
  plaint::day_rule day_rule = plaint::day_rule::next;
  std::optional<plaint::roll> roll{}; ///< none given: the last day stays, but zero business days go `following`
  plaint::counted counted = plaint::counted::first;

  friend constexpr bool operator==(const calendar_options&, const calendar_options&) = default;
};

} // namespace plaint
