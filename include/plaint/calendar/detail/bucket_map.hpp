// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/span_algebra.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace plaint::detail {

/// The upper half of a product of 128 bits.
[[nodiscard]] inline std::uint64_t high_product(std::uint64_t a, std::uint64_t b) noexcept {
#ifdef __SIZEOF_INT128__
  __extension__ using wide = unsigned __int128;
  return static_cast<std::uint64_t>((static_cast<wide>(a) * b) >> 64);
#else
  constexpr std::uint64_t low = 0xffff'ffff;
  const std::uint64_t cross = (a >> 32) * (b & low) + (((a & low) * (b & low)) >> 32);
  const std::uint64_t middle = (a & low) * (b >> 32) + (cross & low);
  return (a >> 32) * (b >> 32) + (cross >> 32) + (middle >> 32);
#endif
}

/// Instants to buckets of nearly equal width, in order: one subtraction, one multiplication.
class bucket_map {
public:
  bucket_map() = default;

  /// Buckets of about `width` microseconds (two at least) that begin at `origin`. The factor is rounded, so the edges
  /// are not exactly at multiples; that is no matter, as only the order of instants must be kept.
  bucket_map(std::int64_t origin, std::int64_t width) noexcept
      : origin_(origin), factor_(~std::uint64_t{0} / static_cast<std::uint64_t>(width) + 1) {}

  [[nodiscard]] std::size_t operator()(std::int64_t t) const noexcept {
    return static_cast<std::size_t>(
        high_product(static_cast<std::uint64_t>(t) - static_cast<std::uint64_t>(origin_), factor_));
  }

private:
  std::int64_t origin_ = 0;
  std::uint64_t factor_ = 0;
};

/// The share of buckets with open time, in percent, that more than one of some periods in a row fall into.
[[nodiscard]] inline int crowded_percent(const span_list& periods, std::size_t from, std::size_t to,
                                         const bucket_map& map) {
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
  bucket_map best(from, std::max(24 * hour, roomy));
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
      const bucket_map map(from - phase * hour, hours * hour);
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
