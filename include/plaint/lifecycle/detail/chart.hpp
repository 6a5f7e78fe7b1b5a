// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/program.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/lifecycle/configuration.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plaint::detail {

inline constexpr std::uint32_t no_program = 0xffffffff;

/// A stretch [begin, end) of one of the chart's pools.
struct stretch32 {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr bool empty() const noexcept { return begin == end; }
  [[nodiscard]] constexpr std::uint32_t size() const noexcept { return end - begin; }
};

enum class deed_kind : unsigned char {
  assign,      // subject: slot, argument: program
  emit,        // subject: effect
  raise,       // subject: event
  skip_unless, // argument: program; target: where to go on if it is not true
  skip         // target
};

/// One action, flattened.
struct deed {
  deed_kind kind = deed_kind::skip;
  std::uint16_t subject = 0;
  std::uint32_t argument = no_program;
  std::uint32_t target = 0;
};

/// A few bits of `configuration::choices`.
struct field {
  std::uint16_t shift = 0;
  std::uint8_t width = 0;

  [[nodiscard]] std::uint32_t get(const configuration& c) const noexcept {
    return width == 0 ? 0U : static_cast<std::uint32_t>(c.choices[shift / 64U] >> (shift % 64U)) & mask();
  }
  void put(configuration& c, std::uint32_t value) const noexcept {
    if (width != 0) {
      auto& word = c.choices[shift / 64U];
      word = (word & ~(std::uint64_t{mask()} << (shift % 64U))) | (std::uint64_t{value} << (shift % 64U));
    }
  }
  [[nodiscard]] std::uint32_t mask() const noexcept { return (std::uint32_t{1} << width) - 1; }
};

struct chart_state {
  state_type type = state_type::atomic;
  state_id parent = no_id;
  std::uint16_t end = 0;     ///< one past its last descendant: the descendants of s are (s, end)
  std::uint16_t ordinal = 0; ///< its place among its parent's children, history states left out
  std::uint16_t depth = 0;
  field chosen{};        ///< compound: ordinal of the active child
  stretch32 children{};  ///< in `states_pool`, history states left out
  stretch32 histories{}; ///< in `states_pool`: the history states among its children
  stretch32 initial{};   ///< in `states_pool`: the initial states, or a history's default
  stretch32 initial_code{};
  stretch32 entry{};
  stretch32 exit{};
  stretch32 memory{};   ///< history: its fields in `memories`
  field recorded{};     ///< history: one bit
  stretch32 required{}; ///< in `slots_pool`
  stretch32 kept{};     ///< in `slots_pool`: read only or hidden
};

/// What a history state remembers of one compound state: which child was active.
struct memory {
  state_id of = no_id;
  field child{};
};

struct chart_transition {
  state_id source = no_id;
  stretch32 targets{}; ///< in `states_pool`
  bool internal = false;
  bool through_history = false; ///< a target is a history state: the domain depends on what it remembers
  bool anyone = true;
  std::uint8_t sides = 0;  ///< bit of each actor class that may fire it
  state_id domain = no_id; ///< where no target is a history state
  std::uint64_t roles = 0; ///< bit of each role that may fire it
  stretch32 require{};     ///< in `slots_pool`
  std::uint32_t guard = no_program;
  std::uint16_t within = no_id; ///< a timer
  stretch32 code{};
};

enum class timer_kind : unsigned char { after, within };

struct chart_timer {
  timer_kind kind = timer_kind::after;
  state_id state = no_id;
  event_id event = no_id;
  std::string duration{};
  std::string name{};
  std::string pointer{};
};

/// A compiled lifecycle: tables only, built once and shared.
struct chart {
  lifecycle_definition definition{};
  plaint::schema names{};
  std::vector<role_definition> roles{};
  findings notes{};
  std::string digest{};

  std::size_t words = 1; ///< of a set of states
  std::vector<chart_state> states{};
  std::vector<chart_transition> transitions{};
  std::vector<const state_definition*> state_definitions{};
  std::vector<const transition_definition*> transition_definitions{};
  std::vector<const effect_definition*> effects{};
  std::vector<stretch32> effect_programs{}; ///< by effect, in `programs_pool`
  std::vector<chart_timer> timers{};

  stretch32 top{};     ///< in `states_pool`: the children of the lifecycle as a whole
  stretch32 initial{}; ///< in `states_pool`
  stretch32 initial_code{};
  field chosen{};                                                ///< ordinal of the active child of the whole
  std::array<std::uint64_t, configuration::words> memory_mask{}; ///< the bits of `choices` that history states own

  std::vector<state_id> states_pool{};
  std::vector<std::uint16_t> slots_pool{};
  std::vector<memory> memories{};
  std::vector<deed> code{};
  std::vector<program> programs{};
  std::vector<std::uint32_t> programs_pool{};

  std::vector<std::string> events{};                ///< the alphabet: descriptors, raised, done events, timers
  event_id first_timer = 0;                         ///< events from here on are those of timers
  std::vector<bool> heard_by_name{};                ///< by event: a descriptor names it
  std::vector<event_id> by_name{};                  ///< the alphabet without timers, sorted by name
  std::vector<event_id> done{};                     ///< by state: its done event, or no_id where nobody listens
  std::vector<std::vector<std::uint16_t>> brings{}; ///< by event: places of event fields whose attribute it sets
  std::vector<std::uint16_t> field_slots{};         ///< by event field: the attribute of the same name, or no_id
  std::uint16_t reason_field = no_id;

  // Column e of the alphabet, then one for names outside of it, then one for eventless transitions.
  std::vector<std::uint64_t> listening{};  ///< by column, `words` words: the states with candidates
  std::vector<std::uint32_t> first_list{}; ///< by column: the place of its first list in `lists`
  std::vector<stretch32> lists{};          ///< in `candidates`, one for each listening state in document order
  std::vector<stretch32> root_lists{};     ///< by column, in `candidates`
  std::vector<transition_id> candidates{};
  bool goes_on = false;                   ///< some transition needs no event
  bool requires_any = false;              ///< some state requires an attribute
  std::vector<std::uint64_t> ancestors{}; ///< by state, `words` words: itself and what it lies in
  std::vector<std::uint64_t> leaves{};    ///< `words` words: the atomic and final states

  [[nodiscard]] std::size_t unknown_column() const noexcept { return events.size(); }
  [[nodiscard]] std::size_t eventless_column() const noexcept { return events.size() + 1; }

  template <class T>
  [[nodiscard]] static std::span<const T> part(const std::vector<T>& pool, stretch32 s) noexcept {
    return {pool.data() + s.begin, s.size()};
  }
  [[nodiscard]] bool is_history(state_id s) const noexcept {
    return states[s].type == state_type::shallow_history || states[s].type == state_type::deep_history;
  }
  [[nodiscard]] bool is_leaf(state_id s) const noexcept {
    return states[s].type == state_type::atomic || states[s].type == state_type::final;
  }
  /// True if `s` lies somewhere inside `in`; everything lies inside the whole.
  [[nodiscard]] bool inside(state_id s, state_id in) const noexcept {
    return in == no_id ? s != no_id : s != no_id && in < s && s < states[in].end;
  }
  [[nodiscard]] std::uint16_t end_of(state_id s) const noexcept {
    return s == no_id ? static_cast<std::uint16_t>(states.size()) : states[s].end;
  }
  [[nodiscard]] std::uint16_t begin_of(state_id s) const noexcept {
    return s == no_id ? std::uint16_t{0} : static_cast<std::uint16_t>(s + 1);
  }
  [[nodiscard]] std::span<const state_id> children_of(state_id s) const noexcept {
    return part(states_pool, s == no_id ? top : states[s].children);
  }
};

} // namespace plaint::detail
