// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/value.hpp>
#include <plaint/time/instant.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace plaint {

/// Whose side an actor is on; `none` where nobody acts, as when time passes.
enum class actor_class : unsigned char { customer, agent, supplier, system, none };

/// Who acts: `actor.id`, `actor.role`, `actor.class`; empty text is absent.
struct actor_view {
  std::string_view id{};
  std::string_view role{};
  actor_class side = actor_class::none;

  /// The same as an assignment, which compilers make of 33 single bytes.
  void be(const actor_view& other) noexcept {
    id = other.id;
    role = other.role;
    side = other.side;
  }
};

/// What `clock("x")` tells: the four states are always known, the others only of a clock that has started.
struct clock_reading {
  bool running = false;
  bool paused = false;
  bool breached = false;
  bool done = false;
  std::optional<duration> elapsed{};
  std::optional<duration> remaining{};
  std::optional<instant> due{};
};

/// What `ladder("x")` tells; a ladder that was never climbed is at level 0.
struct ladder_reading {
  bool active = false;
  bool acknowledged = false;
  std::int64_t level = 0;
  std::int64_t high_water = 0;
};

/// Asked for a clock or ladder by its place in the schema; an empty source answers with a default reading.
template <class Reading>
struct reading_source {
  const void* self = nullptr;
  Reading (*read)(const void* self, std::uint16_t place) noexcept = nullptr;

  [[nodiscard]] Reading operator()(std::uint16_t place) const noexcept {
    return read == nullptr ? Reading{} : read(self, place);
  }
};

/// What an expression sees when it is evaluated: views only, nothing owned. Everything is found by its place in the
/// schema that the expression was compiled against; what is missing is absent.
struct scope {
  std::span<const value> attributes{};     ///< by slot
  std::span<const std::uint64_t> states{}; ///< bit p of the words is set while state p is active
  actor_view actor{};
  std::string_view event_name{};
  std::span<const value> event{}; ///< by event field
  std::optional<instant> at{};    ///< `now`: the instant of the step
  reading_source<clock_reading> clocks{};
  reading_source<ladder_reading> ladders{};

  [[nodiscard]] bool in_state(std::uint16_t place) const noexcept {
    const std::size_t word = place / 64U;
    return word < states.size() && ((states[word] >> (place % 64U)) & 1U) != 0;
  }
};

} // namespace plaint
