// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/span_algebra.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace plaint::detail {

/// Instants to buckets of nearly equal width, in order: one shift, one multiplication, one shift.
class bucket_map {
public:
  bucket_map() = default;

  /// Buckets of `width` microseconds that begin at `origin`, for instants up to `last`.
  bucket_map(std::int64_t origin, std::int64_t last, std::int64_t width) noexcept : origin_(origin) {
    const auto range = static_cast<std::uint64_t>(last - origin);
    tick_bits_ = std::max(static_cast<int>(std::bit_width(range)) - 32, 0);
    // Ticks and factor have 32 bits each, so the product fits; that rounding moves the edges is no matter, as only the
    // order of instants must be kept.
    const auto ticks = std::max<std::uint64_t>(static_cast<std::uint64_t>(width) >> tick_bits_, 2);
    shift_ = 31 + static_cast<int>(std::bit_width(ticks)) - 1;
    factor_ = (std::uint64_t{1} << shift_) / ticks;
  }

  [[nodiscard]] std::size_t operator()(std::int64_t t) const noexcept {
    const auto tick = (static_cast<std::uint64_t>(t) - static_cast<std::uint64_t>(origin_)) >> tick_bits_;
    return static_cast<std::size_t>((tick * factor_) >> shift_);
  }

private:
  std::int64_t origin_ = 0;
  std::uint64_t factor_ = 0;
  int tick_bits_ = 0;
  int shift_ = 0;
};

/// The share of buckets with open time, in percent, that more than one of some periods in a row fall into.
[[nodiscard]] inline int crowded_percent(const span_list& periods, std::size_t from, std::size_t to, const bucket_map& map) {
  std::size_t crowded = 0;
  std::size_t used = 0;
  std::size_t last = static_cast<std::size_t>(-1);
  bool counted = false;
  for (std::size_t i = from; i < to; ++i) {
    const std::size_t first = map(periods[i].from.time_since_epoch().count());
    if (first == last) {
      crowded += counted ? 0 : 1;
      counted = true;
    } else {
      ++used;
      counted = false;
    }
    const std::size_t end = map(periods[i].to.time_since_epoch().count() - 1);
    if (end != first) {
      used += end - first;
      counted = false;
    }
    last = end;
  }
  return used == 0 ? 0 : static_cast<int>((crowded * 100 + used - 1) / used);
}

/// Buckets of a day or less, placed so that hardly any holds parts of two periods; wide ones where periods are few.
[[nodiscard]] inline bucket_map choose_buckets(const span_list& periods, span bounds) {
  constexpr std::int64_t hour = 3'600'000'000;
  const std::int64_t from = bounds.from.time_since_epoch().count();
  const std::int64_t to = bounds.to.time_since_epoch().count();
  const auto count = static_cast<std::int64_t>(periods.size());
  const std::int64_t roomy = (to - from) / (4 * count + 4) / (24 * hour) * (24 * hour);
  bucket_map best(from, to, std::max(24 * hour, roomy));
  if (roomy >= 48 * hour || periods.size() < 2) {
    return best;
  }
  // Two years in the middle of the table speak for all.
  const std::size_t begin = periods.size() / 2 - std::min<std::size_t>(periods.size() / 2, 500);
  const std::size_t end = std::min(periods.size(), begin + 1000);
  int least = 101;
  for (const std::int64_t hours : std::array<std::int64_t, 7>{24, 12, 8, 6, 4, 2, 1}) {
    if ((to - from) / (hours * hour) > 8 * count + 1024) {
      break; // more rows than the periods are worth
    }
    for (std::int64_t phase = 0; phase < hours; ++phase) {
      const bucket_map map(from - phase * hour, to, hours * hour);
      const int crowded = crowded_percent(periods, begin, end, map);
      if (crowded + (hours == 24 ? 0 : 1) < least) {
        least = crowded;
        best = map;
      }
      if (least == 0) {
        return best;
      }
    }
    if (least <= 2) {
      return best;
    }
  }
  return best;
}

} // namespace plaint::detail
