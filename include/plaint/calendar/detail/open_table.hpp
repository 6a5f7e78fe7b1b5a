// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/bucket_map.hpp>
#include <plaint/calendar/detail/span_algebra.hpp>
#include <plaint/time/span.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Open time as a table: periods with the open time before each, a row for each bucket of time and one for each bucket
/// of open time. Either look-up touches one row, whatever the span. All numbers are microseconds.
class open_table {
public:
  /// What the look-ups need, by value: a loop that copies it keeps it in registers while it stores results.
  class view {
  public:
    [[nodiscard]] bool knows(std::int64_t t) const noexcept {
      return static_cast<std::uint64_t>(t) - static_cast<std::uint64_t>(first_) <= length_;
    }

    /// Open time before a known instant.
    [[nodiscard]] std::int64_t before(std::int64_t t) const noexcept {
      const row& r = rows_[buckets_(t)];
      if (r.open > r.close) [[unlikely]] {
        return table_->before_crowded(t);
      }
      return r.base + std::min(std::max(t, r.open), r.close);
    }

    /// The same where no bucket is crowded.
    [[nodiscard]] std::int64_t before_plain(std::int64_t t) const noexcept {
      const row& r = rows_[buckets_(t)];
      return r.base + std::min(std::max(t, r.open), r.close);
    }
    [[nodiscard]] bool is_plain() const noexcept { return plain_; }

    /// The instant at which the open microsecond number `key` begins; 0 <= key < total.
    [[nodiscard]] std::int64_t at(std::int64_t key) const noexcept {
      const inverse_row& r = inverse_[static_cast<std::size_t>(key >> inverse_bits_)];
      if (r.split < 0) [[unlikely]] {
        return table_->at_crowded(key);
      }
      // Without a branch: on which side of a closing a random amount ends cannot be predicted.
      return key + r.after + ((r.before - r.after) & -static_cast<std::int64_t>(key < r.split));
    }

    [[nodiscard]] bool is_open(std::int64_t t) const noexcept {
      const row& r = rows_[buckets_(t)];
      if (r.open > r.close) [[unlikely]] {
        return table_->is_open_crowded(t);
      }
      return r.open <= t && t < r.close;
    }

  private:
    friend class open_table;
    struct row { // base + clamp(t, open, close) is the open time before t; open > close where the bucket is crowded
      std::int64_t base;
      std::int64_t open;
      std::int64_t close;
    };
    struct inverse_row { // from `split` on `after` leads from open time to the instant; split < 0 where it is crowded
      std::int64_t split;
      std::int64_t before;
      std::int64_t after;
    };

    const row* rows_ = nullptr;
    const inverse_row* inverse_ = nullptr;
    bucket_map buckets_{};
    std::int64_t first_ = 0;
    std::uint64_t length_ = 0;
    int inverse_bits_ = 0;
    bool plain_ = true;
    const open_table* table_ = nullptr;
  };

  open_table() = default;
  open_table(const open_table&) = delete; // the view points into it
  open_table& operator=(const open_table&) = delete;

  /// `periods` are joined and lie within `bounds`.
  void fill(span_list periods, span bounds) {
    periods_ = std::move(periods);
    view_.first_ = micros(bounds.from);
    view_.length_ = static_cast<std::uint64_t>(micros(bounds.to) - view_.first_);
    cums_.reserve(periods_.size() + 1);
    for (const auto& p : periods_) {
      cums_.push_back({total_, micros(p.from)});
      total_ += p.length().count();
    }
    cums_.push_back({total_, micros(bounds.to)});
    view_.buckets_ = choose_buckets(periods_, bounds);
    fill_rows();
    fill_inverse();
    view_.rows_ = rows_.get();
    view_.inverse_ = inverse_.get();
    view_.table_ = this;
  }

  [[nodiscard]] const view& look() const noexcept { return view_; }
  [[nodiscard]] bool knows(std::int64_t t) const noexcept { return view_.knows(t); }
  [[nodiscard]] std::int64_t total() const noexcept { return total_; }
  [[nodiscard]] const span_list& periods() const noexcept { return periods_; }

  /// The number of periods that are over at a known instant, which is the place of the first that closes after it.
  [[nodiscard]] std::size_t next_closing(std::int64_t t) const noexcept {
    const auto b = view_.buckets_(t);
    const auto begin = periods_.begin() + first_period_[b];
    const auto end = periods_.begin() + first_period_[b + 1];
    const auto found = std::partition_point(begin, end, [t](const span& p) { return micros(p.to) <= t; });
    return static_cast<std::size_t>(found - periods_.begin());
  }

private:
  struct cumulated {
    std::int64_t open_before;
    std::int64_t from;
  };

  [[nodiscard]] static std::int64_t micros(instant t) noexcept { return t.time_since_epoch().count(); }

  [[nodiscard]] std::int64_t before_crowded(std::int64_t t) const noexcept {
    const auto i = next_closing(t);
    return cums_[i].open_before + std::max<std::int64_t>(t - cums_[i].from, 0);
  }
  [[nodiscard]] bool is_open_crowded(std::int64_t t) const noexcept {
    const auto i = next_closing(t);
    return i < periods_.size() && micros(periods_[i].from) <= t;
  }
  [[nodiscard]] std::int64_t at_crowded(std::int64_t key) const noexcept {
    const auto b = static_cast<std::size_t>(key >> view_.inverse_bits_);
    const auto begin = cums_.begin() + first_of_open_[b];
    const auto end = cums_.begin() + first_of_open_[b + 1] + 1;
    const auto past =
        std::upper_bound(begin, end, key, [](std::int64_t k, const cumulated& c) { return k < c.open_before; });
    const auto& found = *(past - 1);
    return found.from + (key - found.open_before);
  }

  void fill_rows() {
    const std::int64_t first = view_.first_;
    const auto& map = view_.buckets_;
    buckets_ = map(first + static_cast<std::int64_t>(view_.length_)) + 1;
    rows_ = std::make_unique_for_overwrite<view::row[]>(buckets_);
    first_period_ = std::make_unique_for_overwrite<std::uint32_t[]>(buckets_ + 1);
    std::size_t b = 0;
    const auto fill_to = [&](std::size_t end, std::size_t period, const view::row& r) {
      for (; b < end; ++b) {
        rows_[b] = r;
        first_period_[b] = static_cast<std::uint32_t>(period);
      }
    };
    for (std::size_t i = 0; i < periods_.size(); ++i) {
      const std::int64_t from = micros(periods_[i].from);
      const std::int64_t to = micros(periods_[i].to);
      const std::size_t bucket = map(from);
      if (bucket < b) { // the period before ends in it too
        rows_[bucket] = {0, 1, 0};
        view_.plain_ = false;
      }
      fill_to(bucket, i, {cums_[i].open_before - first, first, first});
      fill_to(map(to - 1) + 1, i, {cums_[i].open_before - from, from, to});
    }
    fill_to(buckets_, periods_.size(), {total_ - first, first, first});
    first_period_[buckets_] = static_cast<std::uint32_t>(periods_.size());
  }

  /// Buckets of open time that hold at most one closing, as far as a tenth of the periods being shorter allows.
  [[nodiscard]] int choose_inverse_bits() const {
    if (periods_.empty()) {
      return 0;
    }
    std::vector<std::int64_t> lengths;
    lengths.reserve(1'000);
    const std::size_t step = periods_.size() / 1'000 + 1;
    for (std::size_t i = 0; i < periods_.size(); i += step) {
      lengths.push_back(periods_[i].length().count());
    }
    const auto tenth = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 10);
    std::nth_element(lengths.begin(), tenth, lengths.end());
    const std::int64_t mean = total_ / static_cast<std::int64_t>(periods_.size());
    const auto width = static_cast<std::uint64_t>(std::max<std::int64_t>(std::max(*tenth, mean / 8), 1));
    return static_cast<int>(std::bit_width(width)) - 1;
  }

  void fill_inverse() {
    const int bits = view_.inverse_bits_ = choose_inverse_bits();
    const auto count = static_cast<std::size_t>(total_ >> bits) + 1;
    const std::size_t last = periods_.empty() ? 0 : periods_.size() - 1;
    inverse_ = std::make_unique_for_overwrite<view::inverse_row[]>(count);
    first_of_open_ = std::make_unique_for_overwrite<std::uint32_t[]>(count + 1);
    const auto lead = [&](std::size_t i) { return cums_[i].from - cums_[i].open_before; };
    std::size_t b = 0;
    const auto fill_to = [&](std::size_t end, std::size_t period, const view::inverse_row& r) {
      for (; b < end; ++b) {
        inverse_[b] = r;
        first_of_open_[b] = static_cast<std::uint32_t>(period);
      }
    };
    for (std::size_t i = 0; i < last; ++i) {
      const std::int64_t closing = cums_[i + 1].open_before;
      const auto bucket = static_cast<std::size_t>(closing >> bits);
      const std::int64_t begin = static_cast<std::int64_t>(bucket) << bits;
      fill_to(bucket, i, {begin, lead(i), lead(i)});
      if (begin < closing) { // unless an earlier closing lies in it too
        const bool more = i + 1 < last && cums_[i + 2].open_before < begin + (std::int64_t{1} << bits);
        fill_to(bucket + 1, i, more ? view::inverse_row{-1, 0, 0} : view::inverse_row{closing, lead(i), lead(i + 1)});
      }
    }
    fill_to(count, last, {total_, lead(last), lead(last)});
    first_of_open_[count] = static_cast<std::uint32_t>(last);
  }

  view view_{};
  span_list periods_;
  std::vector<cumulated> cums_; ///< one a period, and one for the end
  std::size_t buckets_ = 0;
  std::unique_ptr<view::row[]> rows_;              ///< one a bucket; vectors would be filled twice
  std::unique_ptr<std::uint32_t[]> first_period_;  ///< one a bucket, and one for the end
  std::unique_ptr<view::inverse_row[]> inverse_;   ///< one for each 2^bits of open time
  std::unique_ptr<std::uint32_t[]> first_of_open_; ///< likewise, and one for the end
  std::int64_t total_ = 0;
};

} // namespace plaint::detail
