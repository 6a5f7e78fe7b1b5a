// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/span.hpp>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace plaint {

/// Open periods of a calendar in order, cut to a span; a view that keeps its calendar's table alive.
class period_range {
public:
  class iterator {
  public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = plaint::span;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = plaint::span;

    iterator() = default;
    iterator(const plaint::span* at, plaint::span within) noexcept : at_(at), within_(within) {}

    [[nodiscard]] plaint::span operator*() const noexcept {
      return {std::max(at_->from, within_.from), std::min(at_->to, within_.to)};
    }
    iterator& operator++() noexcept { return ++at_, *this; }
    iterator& operator--() noexcept { return --at_, *this; }
    iterator operator++(int) noexcept { return {at_++, within_}; }
    iterator operator--(int) noexcept { return {at_--, within_}; }
    [[nodiscard]] friend bool operator==(const iterator& a, const iterator& b) noexcept { return a.at_ == b.at_; }

  private:
    const plaint::span* at_ = nullptr;
    plaint::span within_{};
  };

  period_range() = default;

  /// `all` are those that meet `within`; `owner` keeps them alive.
  period_range(std::shared_ptr<const void> owner, std::span<const plaint::span> all, plaint::span within) noexcept
      : owner_(std::move(owner)), all_(all), within_(within) {}

  [[nodiscard]] iterator begin() const noexcept { return {all_.data(), within_}; }
  [[nodiscard]] iterator end() const noexcept { return {all_.data() + all_.size(), within_}; }
  [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }
  [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
  [[nodiscard]] plaint::span operator[](std::size_t i) const noexcept { return *iterator{all_.data() + i, within_}; }

private:
  std::shared_ptr<const void> owner_{};
  std::span<const plaint::span> all_{};
  plaint::span within_{};
};

} // namespace plaint
