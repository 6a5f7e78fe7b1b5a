// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/chart.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>

namespace plaint::detail {

/// A stretch of whole numbers, both ends included: ints, members, bools, microseconds.
struct interval {
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t most = std::numeric_limits<std::int64_t>::max();

  [[nodiscard]] bool empty() const noexcept { return most < least; }

  friend bool operator==(const interval&, const interval&) = default;
};

/// What a test lets through, where that is one stretch of whole numbers.
[[nodiscard]] inline std::optional<interval> interval_of(const comparison& c) noexcept {
  if (c.kind == tag::real) {
    return std::nullopt;
  }
  interval all;
  switch (c.test) {
  case relation::equal:
    all = {c.bits, c.bits};
    break;
  case relation::at_most:
    all.most = c.bits;
    break;
  case relation::at_least:
    all.least = c.bits;
    break;
  case relation::less:
    if (c.bits == all.least) {
      return interval{0, -1};
    }
    all.most = c.bits - 1;
    break;
  case relation::greater:
    if (c.bits == all.most) {
      return interval{0, -1};
    }
    all.least = c.bits + 1;
    break;
  case relation::unequal:
    if (c.kind != tag::boolean) {
      return std::nullopt;
    }
    all = {1 - c.bits, 1 - c.bits};
    break;
  default:
    return std::nullopt;
  }
  return all;
}

/// True unless two guards are seen to exclude each other: by tests of one attribute, or because one denies the other.
[[nodiscard]] inline bool may_overlap(const program& a, const program& b) {
  const auto denies = [](std::string_view x, std::string_view y) {
    return x == "!(" + std::string(y) + ")" || x == "!" + std::string(y);
  };
  if (denies(a.text(), b.text()) || denies(b.text(), a.text())) {
    return false;
  }
  for (const auto& x : a.comparisons()) {
    for (const auto& y : b.comparisons()) {
      if (x.slot != y.slot) {
        continue;
      }
      const bool by_presence = (x.test == relation::missing) != (y.test == relation::missing);
      const bool opposite = (x.test == relation::equal && y.test == relation::unequal && x.bits == y.bits) ||
                            (x.test == relation::unequal && y.test == relation::equal && x.bits == y.bits);
      const auto p = interval_of(x);
      const auto q = interval_of(y);
      if (by_presence || opposite || (p && q && std::max(p->least, q->least) > std::min(p->most, q->most))) {
        return false;
      }
    }
  }
  return true;
}

} // namespace plaint::detail
