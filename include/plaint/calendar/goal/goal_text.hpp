// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal.hpp>
#include <plaint/error.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace plaint {

/// Reads a goal as it is written in a policy; faults are appended with the pointer, and then nothing is given.
///
///     "4h", "90 minutes", "4 business hours", "PT4H"   open time of the clock's calendar
///     "4h elapsed"                                     elapsed time
///     "3 business days", "15 days", "8 weeks", "2 months", "P15D"
///     "end of same day", "end of next business day", "2 business days, due at close of business, cut-off 16:00"
///     "until target_date", "earliest of (15 business days; 90 days)"
[[nodiscard]] std::optional<goal> parse_goal(std::string_view text, findings& out, const std::string& pointer = "");

/// The same with one `policy_error` for all faults.
[[nodiscard]] goal parse_goal(std::string_view text);

/// The shortest text that reads back as the same goal.
[[nodiscard]] std::string to_string(const goal& g);

} // namespace plaint
