// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

/// An hour in the unit of daily intervals, seconds.
inline constexpr std::int32_t hour = 3'600;
