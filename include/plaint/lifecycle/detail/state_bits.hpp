// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace plaint::detail {

/// A set of states in `Words` machine words; state s is bit s.
template <std::size_t Words>
struct state_bits {
  std::array<std::uint64_t, Words> word{};

  [[nodiscard]] constexpr bool test(std::size_t s) const noexcept { return (word[s / 64] >> (s % 64) & 1U) != 0; }
  constexpr void set(std::size_t s) noexcept { word[s / 64] |= std::uint64_t{1} << (s % 64); }
  constexpr void reset(std::size_t s) noexcept { word[s / 64] &= ~(std::uint64_t{1} << (s % 64)); }

  [[nodiscard]] constexpr bool any() const noexcept {
    std::uint64_t all = 0;
    for (const auto w : word) {
      all |= w;
    }
    return all != 0;
  }

  /// True if a state of [from, to) is in the set.
  [[nodiscard]] constexpr bool any_in(std::size_t from, std::size_t to) const noexcept { return next(from, to) < to; }

  /// The first state of the set in [from, to), else `to`.
  [[nodiscard]] constexpr std::size_t next(std::size_t from, std::size_t to) const noexcept {
    while (from < to) {
      const std::uint64_t rest = word[from / 64] >> (from % 64);
      if (rest != 0) {
        const std::size_t found = from + static_cast<std::size_t>(std::countr_zero(rest));
        return found < to ? found : to;
      }
      from = (from / 64 + 1) * 64;
    }
    return to;
  }

  /// The last state of the set in [from, to), else `to`.
  [[nodiscard]] constexpr std::size_t last(std::size_t from, std::size_t to) const noexcept {
    for (std::size_t end = to; end > from;) {
      const std::size_t at = end - 1;
      const std::uint64_t rest = word[at / 64] << (63 - at % 64);
      if (rest != 0) {
        const std::size_t back = static_cast<std::size_t>(std::countl_zero(rest));
        return at >= back + from ? at - back : to;
      }
      end = at / 64 * 64;
    }
    return to;
  }

  friend constexpr state_bits operator&(state_bits a, const state_bits& b) noexcept {
    for (std::size_t i = 0; i < Words; ++i) {
      a.word[i] &= b.word[i];
    }
    return a;
  }
  friend constexpr bool operator==(const state_bits&, const state_bits&) = default;
};

} // namespace plaint::detail
