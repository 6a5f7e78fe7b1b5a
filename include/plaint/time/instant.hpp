// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>

namespace plaint {

/// A length of elapsed time in whole microseconds; may be negative.
using duration = std::chrono::microseconds;

/// A point in time: microseconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX time).
using instant = std::chrono::sys_time<duration>;

/// What a clock on the wall shows somewhere, in microseconds; an instant only together with a zone.
using wall_time = std::chrono::local_time<duration>;

/// A day of the civil calendar (proleptic Gregorian), without a zone.
using civil_day = std::chrono::local_days;

} // namespace plaint
