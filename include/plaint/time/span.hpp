// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/instant.hpp>

#include <algorithm>
#include <compare>
#include <optional>

namespace plaint {

/// The instants from `from` up to, but not including, `to`.
struct span {
  instant from;
  instant to;

  friend constexpr bool operator==(const span&, const span&) = default;
  friend constexpr auto operator<=>(const span&, const span&) = default;

  [[nodiscard]] constexpr bool empty() const noexcept { return to <= from; }
  [[nodiscard]] constexpr duration length() const noexcept { return empty() ? duration{} : to - from; }
  [[nodiscard]] constexpr bool contains(instant t) const noexcept { return from <= t && t < to; }

  /// True if both hold an instant in common; spans that only touch do not.
  [[nodiscard]] constexpr bool overlaps(const span& other) const noexcept {
    return std::max(from, other.from) < std::min(to, other.to);
  }
};

/// What both spans hold, or nothing.
[[nodiscard]] constexpr std::optional<span> operator&(const span& a, const span& b) noexcept {
  const span common{std::max(a.from, b.from), std::min(a.to, b.to)};
  if (common.empty()) {
    return std::nullopt;
  }
  return common;
}

} // namespace plaint
