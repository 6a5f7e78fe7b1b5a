// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/goal/goal.hpp>

#include <functional>
#include <optional>
#include <string_view>

namespace plaint {

/// What an attribute holds at the moment, for `until`; nothing while it is unset.
using until_lookup = std::function<std::optional<instant>(std::string_view attribute)>;

/// When a goal that starts at `start` is due; nothing only while an `until` is unset.
///
/// An unset `until` leaves `earliest_of` to the others and makes `latest_of` unknown.
/// Throws `horizon_error` where the calendar does not reach as far.
///
///     due(business_days(3), friday_1000, office);   // Wednesday 10:00
[[nodiscard]] std::optional<instant> due(const goal& g, instant start, const calendar& c, const until_lookup& until = {});

} // namespace plaint
