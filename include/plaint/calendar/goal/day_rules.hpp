// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_options.hpp>

#include <cstdint>
#include <optional>

namespace plaint {

/// What a receipt counts as, before anything is counted from it.
enum class receipt_rule : unsigned char {
  as_is,             ///< what it is
  next_opening,      ///< outside the hours: received at the next opening
  next_business_day, ///< on a day that is none: received on the next business day at the same time of day
  after_closing, ///< as `next_business_day`; if that is at or after the last closing of its day: received at the next
                 ///< opening
};

/// At which time of its last day a goal in days is due.
enum class due_at : unsigned char {
  same_time,         ///< the wall-clock time of the receipt
  end_of_day,        ///< the local midnight that ends the day
  close_of_business, ///< the last closing of the day; on a day without hours its end
};

/// How days are counted from a receipt to a last day, and what is due on it.
struct day_rules {
  bool receipt_day_counts = false; ///< the day of receipt is day 1, not day 0
  receipt_rule receipt = receipt_rule::as_is;
  std::optional<std::int32_t> cut_off{}; ///< seconds after midnight: received later counts as received at the next
                                         ///< business day's opening, and so does what comes on a day that is none
  due_at at = due_at::same_time;
  std::optional<plaint::roll> roll{};     ///< none given: the calendar's; zero business days always roll `following`
  std::optional<plaint::day_rule> from{}; ///< counting from a day that is no business day; none given: the calendar's
  int least_business_days = 0;            ///< the period holds at least so many (Regulation 1182/71, article 3(5))

  friend constexpr bool operator==(const day_rules&, const day_rules&) = default;
};

} // namespace plaint
