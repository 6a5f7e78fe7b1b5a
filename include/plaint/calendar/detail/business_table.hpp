// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/instant.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace plaint::detail {

/// Business days as a list and a count before each day, so that counting and adding are look-ups.
class business_table {
public:
  business_table() = default;
  /// Of the days [first, end), which are appended one by one.
  business_table(civil_day first, civil_day end) : first_(first) {
    const auto count = static_cast<std::size_t>((end - first).count());
    before_.reserve(count + 1);
    before_.push_back(0);
    list_.reserve(count);
  }
  void append(bool is_business) {
    if (is_business) {
      list_.push_back(static_cast<std::int32_t>(before_.size() - 1));
    }
    before_.push_back(static_cast<std::int32_t>(list_.size()));
  }

  [[nodiscard]] civil_day first() const noexcept { return first_; }
  [[nodiscard]] civil_day end() const noexcept {
    return first_ + std::chrono::days{static_cast<std::int64_t>(before_.size()) - 1};
  }

  /// True for days of the table and for the day after its last.
  [[nodiscard]] bool knows(civil_day day) const noexcept { return first_ <= day && day <= end(); }

  /// Business days from the first day of the table to before a known day.
  [[nodiscard]] std::int64_t before(civil_day day) const noexcept { return before_[index(day)]; }
  [[nodiscard]] bool is_business(civil_day day) const noexcept {
    return day < end() && before_[index(day) + 1] != before_[index(day)];
  }
  [[nodiscard]] std::optional<civil_day> nth(std::int64_t n) const noexcept {
    if (n < 0 || n >= static_cast<std::int64_t>(list_.size())) {
      return std::nullopt;
    }
    return first_ + std::chrono::days{list_[static_cast<std::size_t>(n)]};
  }

private:
  [[nodiscard]] std::size_t index(civil_day day) const noexcept {
    return static_cast<std::size_t>((day - first_).count());
  }

  civil_day first_{};
  std::vector<std::int32_t> before_;
  std::vector<std::int32_t> list_;
};

} // namespace plaint::detail
