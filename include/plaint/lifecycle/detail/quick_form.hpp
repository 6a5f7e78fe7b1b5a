// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/linear_form.hpp>
#include <plaint/lifecycle/detail/table_run.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

namespace plaint::detail {

/// `a < c ? a + x : y` where it is the lesser of a + x and y, or the greater: a sum that stops at one end of a range.
[[nodiscard]] inline std::optional<interval> stop_of(linear_form f, std::uint8_t& refuses) noexcept {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  if (f.keep == 0 && f.else_keep != 0 && (f.when.least == least) != (f.when.most == most)) { // said the other way round
    f.when = f.when.least == least ? interval{f.when.most + 1, most} : interval{least, f.when.least - 1};
    std::swap(f.keep, f.else_keep);
    std::swap(f.add, f.else_add);
  }
  const bool upwards = f.when.least == least && f.when.most != most;
  const bool downwards = f.when.most == most && f.when.least != least;
  const std::int64_t edge = upwards ? f.when.most : f.when.least; // the last place where the sum is meant
  std::int64_t at_edge = 0;
  std::int64_t beyond = 0;
  if (f.keep == 0 || f.else_keep != 0 || f.asked != f.source || !(upwards || downwards) ||
      __builtin_add_overflow(edge, f.add, &at_edge) || __builtin_add_overflow(at_edge, upwards ? 1 : -1, &beyond) ||
      (f.else_add != at_edge && f.else_add != beyond) || f.else_add < f.range.least || f.else_add > f.range.most) {
    return std::nullopt;
  }
  refuses = upwards ? 1 : 2;
  return upwards ? interval{f.range.least, f.else_add} : interval{f.else_add, f.range.most};
}

/// A change as one sum without a branch, where it is one.
[[nodiscard]] inline std::optional<quick_node> quick_form_of(const linear_form& f) noexcept {
  quick_node n;
  n.range = f.range;
  if (f.keep != f.else_keep || f.add != f.else_add) {
    const auto stop = stop_of(f, n.refuses);
    if (!stop) {
      return std::nullopt;
    }
    n.range = *stop;
  }
  n.keep = f.keep != 0 || f.else_keep != 0 ? std::int8_t{-1} : std::int8_t{0};
  n.add = f.keep != 0 || f.else_keep == 0 ? f.add : f.else_add;
  n.source = f.source;
  n.slot = f.slot;
  n.needs = f.needs;
  n.changes = true;
  return n;
}

} // namespace plaint::detail
