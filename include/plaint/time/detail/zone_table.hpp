// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/detail/zone_changes.hpp>
#include <plaint/time/wall_lookup.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The offsets within one bucket of time: `before` until `at`, `after` from then on.
struct offset_row {
  static constexpr std::int32_t many = std::numeric_limits<std::int32_t>::min();

  std::int64_t at = std::numeric_limits<std::int64_t>::max();
  std::int32_t before = 0; ///< `many` where more than one change falls into the bucket
  std::int32_t after = 0;

  /// How long the wall times between the two offsets are skipped or repeated.
  [[nodiscard]] std::int64_t width() const noexcept { return std::int64_t{std::abs(after - before)} * second_us; }
};

/// All that a zone knows: its changes, and for 1900 to 2100 one row per bucket of 25 days, so that a random look-up
/// touches one row. The buckets are short enough that Morocco's two changes around Ramadan fall into different ones.
class zone_table {
public:
  static constexpr std::int64_t first_us = -2'208'988'800 * second_us; ///< 1900-01-01
  static constexpr int bucket_bits = 41;
  static constexpr std::size_t bucket_count = (6'311'433'600 * second_us >> bucket_bits) + 1; // 200 years

  zone_table(std::string name, std::string digest, std::string bytes, zone_changes changes)
      : name_(std::move(name)), digest_(std::move(digest)), bytes_(std::move(bytes)), changes_(std::move(changes)) {
    const auto jumps = offset_jumps();
    if (!jumps.empty()) {
      fill(utc_rows_, jumps, false);
      fill(wall_rows_, jumps, true);
    }
  }

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const std::string& digest() const noexcept { return digest_; }
  [[nodiscard]] const std::string& bytes() const noexcept { return bytes_; }
  [[nodiscard]] const zone_changes& changes() const noexcept { return changes_; }

  [[nodiscard]] std::int32_t offset_at(std::int64_t t) const noexcept {
    const std::size_t i = bucket(t);
    if (i < utc_rows_.size()) [[likely]] {
      const offset_row& row = utc_rows_[i];
      if (row.before != offset_row::many) [[likely]] {
        // Without a branch: which side of a change a random instant falls on cannot be predicted.
        return row.before + ((row.after - row.before) & -static_cast<std::int32_t>(t >= row.at));
      }
    }
    return changes_.offset_at(t);
  }

  [[nodiscard]] wall_lookup lookup(std::int64_t wall) const noexcept {
    const std::size_t i = bucket(wall);
    if (i < wall_rows_.size()) [[likely]] {
      const offset_row& row = wall_rows_[i];
      if (row.before != offset_row::many) [[likely]] {
        return lookup(row, wall);
      }
    }
    return changes_.lookup(wall);
  }

  /// `wall` less its offset where one row says that it is shown once; nothing in all rarer cases.
  [[nodiscard]] std::optional<std::int64_t> plain_instant(std::int64_t wall) const noexcept {
    const std::size_t i = bucket(wall);
    if (i < wall_rows_.size()) [[likely]] {
      const offset_row& row = wall_rows_[i];
      const auto into = static_cast<std::uint64_t>(wall) - static_cast<std::uint64_t>(row.at);
      if (row.before != offset_row::many && into >= static_cast<std::uint64_t>(row.width())) [[likely]] {
        const std::int32_t offset =
            row.before + ((row.after - row.before) & -static_cast<std::int32_t>(wall >= row.at));
        return wall - offset * second_us;
      }
    }
    return std::nullopt;
  }

private:
  struct jump {
    std::int64_t at;
    std::int32_t before;
    std::int32_t after;
  };

  /// Instants before the first bucket wrap round to a bucket that does not exist.
  [[nodiscard]] static std::size_t bucket(std::int64_t t) noexcept {
    return static_cast<std::size_t>((static_cast<std::uint64_t>(t) - static_cast<std::uint64_t>(first_us)) >>
                                    bucket_bits);
  }

  [[nodiscard]] static wall_lookup lookup(const offset_row& row, std::int64_t wall) noexcept {
    const auto at = [](std::int64_t us) { return instant{duration{us}}; };
    const std::int64_t before = wall - row.before * second_us;
    const std::int64_t after = wall - row.after * second_us;
    const auto into = static_cast<std::uint64_t>(wall) - static_cast<std::uint64_t>(row.at);
    if (into < static_cast<std::uint64_t>(row.width())) [[unlikely]] {
      const auto kind = row.after > row.before ? wall_kind::skipped : wall_kind::repeated;
      return {kind, at(before), at(after), at(row.at - std::min(row.before, row.after) * second_us)};
    }
    const instant only = at(after + ((before - after) & -static_cast<std::int64_t>(wall < row.at)));
    return {wall_kind::unique, only, only, only};
  }

  /// The changes of offset within the buckets and a few days around them.
  [[nodiscard]] std::vector<jump> offset_jumps() const {
    constexpr std::int64_t margin = 3 * 86'400 * second_us;
    const std::int64_t last = first_us + (static_cast<std::int64_t>(bucket_count) << bucket_bits) + margin;
    std::vector<jump> jumps;
    zone_period period = changes_.period_at(first_us - margin);
    while (period.to < last) {
      const zone_period next = changes_.period_at(period.to);
      if (next.type->offset != period.type->offset) {
        jumps.push_back({period.to, period.type->offset, next.type->offset});
      }
      period = next;
    }
    return jumps;
  }

  static void fill(std::vector<offset_row>& rows, const std::vector<jump>& jumps, bool on_the_wall) {
    rows.resize(bucket_count);
    std::int32_t offset = jumps.front().before;
    std::int64_t filled = 0;
    for (const auto& j : jumps) {
      const std::int64_t begin = j.at + (on_the_wall ? std::min(j.before, j.after) * second_us : 0);
      const std::int64_t end = j.at + (on_the_wall ? std::max(j.before, j.after) * second_us : 0);
      const auto last = std::min((end - first_us) >> bucket_bits, static_cast<std::int64_t>(bucket_count) - 1);
      for (auto i = std::max<std::int64_t>((begin - first_us) >> bucket_bits, 0);
           filled < i && filled < std::int64_t{bucket_count}; ++filled) {
        rows[static_cast<std::size_t>(filled)] = {std::numeric_limits<std::int64_t>::max(), offset, offset};
      }
      for (auto i = std::max<std::int64_t>((begin - first_us) >> bucket_bits, 0); i <= last; ++i) {
        rows[static_cast<std::size_t>(i)] =
            i < filled ? offset_row{0, offset_row::many, 0} : offset_row{begin, j.before, j.after};
      }
      filled = std::max(filled, last + 1);
      offset = j.after;
    }
    for (; filled < std::int64_t{bucket_count}; ++filled) {
      rows[static_cast<std::size_t>(filled)] = {std::numeric_limits<std::int64_t>::max(), offset, offset};
    }
  }

  std::string name_;
  std::string digest_;
  std::string bytes_;
  zone_changes changes_;
  std::vector<offset_row> utc_rows_; ///< empty where the offset never changes
  std::vector<offset_row> wall_rows_;
};

} // namespace plaint::detail
