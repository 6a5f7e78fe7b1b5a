// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/bucket_map.hpp>
#include <plaint/calendar/detail/span_algebra.hpp>
#include <plaint/time/span.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Open time as a table: periods with the open time before each, a row for each bucket of time and an index for each
/// bucket of open time. One look-up touches one row, the inverse one index and one or two periods, whatever the span.
/// All numbers are microseconds.
class open_table {
public:
  open_table() = default;

  /// `periods` are joined and lie within `bounds`.
  open_table(span_list periods, span bounds)
      : periods_(std::move(periods)), first_(micros(bounds.from)), length_(static_cast<std::uint64_t>(micros(bounds.to) - first_)) {
    cums_.reserve(periods_.size() + 1);
    for (const auto& p : periods_) {
      cums_.push_back({total_, micros(p.from)});
      total_ += p.length().count();
    }
    cums_.push_back({total_, micros(bounds.to)});
    buckets_ = choose_buckets(periods_, bounds);
    fill_rows();
    fill_inverse();
  }

  [[nodiscard]] bool knows(std::int64_t t) const noexcept {
    return static_cast<std::uint64_t>(t) - static_cast<std::uint64_t>(first_) <= length_;
  }
  [[nodiscard]] std::int64_t total() const noexcept { return total_; }
  [[nodiscard]] const span_list& periods() const noexcept { return periods_; }

  /// Open time before a known instant.
  [[nodiscard]] std::int64_t before(std::int64_t t) const noexcept {
    const row& r = rows_[buckets_(t)];
    if (r.open > r.close) [[unlikely]] {
      return before_crowded(t);
    }
    return r.base + std::min(std::max(t, r.open), r.close);
  }

  [[nodiscard]] bool is_open(std::int64_t t) const noexcept {
    const row& r = rows_[buckets_(t)];
    if (r.open > r.close) [[unlikely]] {
      const auto i = next_closing(t);
      return i < periods_.size() && micros(periods_[i].from) <= t;
    }
    return r.open <= t && t < r.close;
  }

  /// The instant at which the open microsecond number `key` begins; 0 <= key < total.
  [[nodiscard]] std::int64_t at(std::int64_t key) const noexcept {
    std::size_t i = inverse_[static_cast<std::size_t>(key >> inverse_bits_)];
    i += static_cast<std::size_t>(cums_[i + 1].open_before <= key);
    if (cums_[i + 1].open_before <= key) [[unlikely]] {
      i = period_of(key);
    }
    return cums_[i].from + (key - cums_[i].open_before);
  }

  /// The number of periods that are over at a known instant, which is the place of the first that closes after it.
  [[nodiscard]] std::size_t next_closing(std::int64_t t) const noexcept {
    const auto b = buckets_(t);
    const auto begin = periods_.begin() + first_period_[b];
    const auto end = periods_.begin() + first_period_[b + 1];
    // Those of later buckets close after t; of the last one in this bucket that is not sure.
    const auto found = std::partition_point(begin, end, [t](const span& p) { return micros(p.to) <= t; });
    return static_cast<std::size_t>(found - periods_.begin());
  }

private:
  struct row { // base + clamp(t, open, close) is the open time before t; open > close where the bucket is crowded
    std::int64_t base;
    std::int64_t open;
    std::int64_t close;
  };
  struct cumulated {
    std::int64_t open_before;
    std::int64_t from;
  };

  [[nodiscard]] static std::int64_t micros(instant t) noexcept { return t.time_since_epoch().count(); }

  [[nodiscard]] std::int64_t before_crowded(std::int64_t t) const noexcept {
    const auto i = next_closing(t);
    return cums_[i].open_before + std::max<std::int64_t>(t - cums_[i].from, 0);
  }

  [[nodiscard]] std::size_t period_of(std::int64_t key) const noexcept {
    const auto b = static_cast<std::size_t>(key >> inverse_bits_);
    const auto begin = cums_.begin() + inverse_[b];
    const auto end = cums_.begin() + inverse_[b + 1] + 1;
    const auto past = std::upper_bound(begin, end, key, [](std::int64_t k, const cumulated& c) { return k < c.open_before; });
    return static_cast<std::size_t>(past - cums_.begin()) - 1;
  }

  void fill_rows() {
    const std::size_t count = buckets_(first_ + static_cast<std::int64_t>(length_)) + 1;
    rows_.reserve(count);
    first_period_.reserve(count + 1);
    std::size_t i = 0; // the first period that does not end in an earlier bucket
    for (std::size_t b = 0; b < count; ++b) {
      while (i < periods_.size() && buckets_(micros(periods_[i].to) - 1) < b) {
        ++i;
      }
      first_period_.push_back(static_cast<std::uint32_t>(i));
      if (i == periods_.size() || buckets_(micros(periods_[i].from)) > b) {
        rows_.push_back({cums_[i].open_before - first_, first_, first_});
      } else if (i + 1 < periods_.size() && buckets_(micros(periods_[i + 1].from)) <= b) {
        rows_.push_back({0, 1, 0});
      } else {
        const std::int64_t from = micros(periods_[i].from);
        rows_.push_back({cums_[i].open_before - from, from, micros(periods_[i].to)});
      }
    }
    first_period_.push_back(static_cast<std::uint32_t>(periods_.size()));
  }

  void fill_inverse() {
    const std::int64_t mean = periods_.empty() ? 1 : std::max<std::int64_t>(total_ / static_cast<std::int64_t>(periods_.size()), 1);
    inverse_bits_ = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(mean))) - 1;
    const auto count = static_cast<std::size_t>(total_ >> inverse_bits_) + 1;
    inverse_.reserve(count + 1);
    std::uint32_t i = 0;
    for (std::size_t b = 0; b < count; ++b) {
      const std::int64_t key = static_cast<std::int64_t>(b) << inverse_bits_;
      while (i + 1 < cums_.size() && cums_[i + 1].open_before <= key) {
        ++i;
      }
      inverse_.push_back(std::min(i, static_cast<std::uint32_t>(periods_.empty() ? 0 : periods_.size() - 1)));
    }
    inverse_.push_back(static_cast<std::uint32_t>(periods_.empty() ? 0 : periods_.size() - 1));
  }

  span_list periods_;
  std::vector<cumulated> cums_;             ///< one a period, and one for the end
  std::vector<row> rows_;                   ///< one a bucket
  std::vector<std::uint32_t> first_period_; ///< one a bucket, and one for the end
  std::vector<std::uint32_t> inverse_;      ///< one for each 2^inverse_bits_ of open time, and one for the end
  std::int64_t first_ = 0;
  std::uint64_t length_ = 0;
  std::int64_t total_ = 0;
  int inverse_bits_ = 0;
  bucket_map buckets_;
};

} // namespace plaint::detail
