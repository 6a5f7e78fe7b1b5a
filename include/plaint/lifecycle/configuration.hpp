// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <type_traits>

namespace plaint {

/// The place of a state in document order, history states included.
using state_id = std::uint16_t;
/// The place of an event in a lifecycle's alphabet.
using event_id = std::uint16_t;
/// The place of a transition in document order.
using transition_id = std::uint16_t;
/// The place of an effect in document order.
using effect_id = std::uint16_t;

/// Stands for no state (the lifecycle as a whole), no event (an eventless transition) or no transition.
inline constexpr std::uint16_t no_id = 0xffff;

/// Where one complaint stands in its lifecycle: the active states and what the history states remember.
///
/// One cache line, whatever the size of the lifecycle: it holds the choices made, a few bits for each compound state,
/// not the states. Meaningful only together with its lifecycle; stored by names (`names_of`), never as it is.
struct configuration {
  static constexpr std::size_t words = 7;

  std::array<std::uint64_t, words> choices{};
  std::uint32_t row = 0xffffffff; ///< its row in the dispatch table, where that is known; no part of its value
  bool started = false;
  bool terminated = false; ///< a final state of the whole lifecycle has been reached

  friend constexpr bool operator==(const configuration& a, const configuration& b) noexcept {
    std::uint64_t differs = 0; // asked with every step: a call for 56 bytes would cost more
    for (std::size_t i = 0; i < words; ++i) {
      differs |= a.choices[i] ^ b.choices[i];
    }
    return differs == 0 && a.started == b.started && a.terminated == b.terminated;
  }
  friend constexpr bool operator<(const configuration& a, const configuration& b) noexcept {
    return a.started != b.started ? b.started : a.choices < b.choices;
  }
};

static_assert(sizeof(configuration) <= 64 && std::is_trivially_copyable_v<configuration>);

} // namespace plaint

template <>
struct std::hash<plaint::configuration> {
  std::size_t operator()(const plaint::configuration& c) const noexcept {
    std::uint64_t mixed = c.started ? 0x9e3779b97f4a7c15ULL : 0;
    for (const auto word : c.choices) {
      mixed = (mixed ^ word) * 0xff51afd7ed558ccdULL;
      mixed ^= mixed >> 32U;
    }
    return static_cast<std::size_t>(mixed);
  }
};
