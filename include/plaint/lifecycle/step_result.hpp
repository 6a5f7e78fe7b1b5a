// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/scope.hpp>
#include <plaint/expr/value.hpp>
#include <plaint/lifecycle/configuration.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plaint {

/// Something that happens to a complaint: an event, its data by event field, who sends it and when.
struct occurrence {
  event_id event = no_id;        ///< from `lifecycle::event` or, for a timer, from `lifecycle::timers`
  std::string_view name{};       ///< `event.name`; the name of `event` if empty
  std::span<const value> data{}; ///< by place in `schema::event_fields`; what is missing is absent
  actor_view actor{};
  std::optional<instant> at{};
  reading_source<clock_reading> clocks{};
  reading_source<ladder_reading> ladders{};
  std::span<const std::uint64_t> lapsed{}; ///< bit i is set once timer i of kind `within` has run out
};

/// Why an event is refused.
enum class reason_kind : unsigned char {
  terminated,     ///< the lifecycle has ended
  unknown_event,  ///< no transition anywhere listens to such a name
  wrong_state,    ///< no active state listens to the event
  role,           ///< the actor's role may not fire the transition
  missing_field,  ///< an attribute that must be set is not
  missing_reason, ///< the event's data gives no reason code, or none of those allowed
  too_late,       ///< the time within which the transition can be fired has passed
  guard_false,    ///< an atom of the guard is false
  guard_unknown,  ///< an atom of the guard has no value
  out_of_range,   ///< an attribute would leave its declared type or range
  no_value,       ///< the expression of an assignment has no value
  read_only,      ///< the event's data sets an attribute that an active state keeps
  microsteps,     ///< the step does not come to an end
};

inline constexpr std::array<std::string_view, 13> reason_names{
    "terminated",  "unknown-event", "wrong-state",  "role",     "missing-field", "missing-reason", "too-late",
    "guard-false", "guard-unknown", "out-of-range", "no-value", "read-only",     "microsteps"};

[[nodiscard]] constexpr std::string_view to_string(reason_kind k) noexcept {
  return reason_names[static_cast<std::size_t>(k)];
}

/// One reason why an event is refused; several transitions may each have several.
struct reason {
  reason_kind kind = reason_kind::wrong_state;
  state_id state = no_id;           ///< the state concerned: the transition's source, or the one that keeps a field
  transition_id transition = no_id; ///< the transition that would have been taken
  std::string subject{};            ///< the attribute, the guard's atom, the roles allowed, the event
  std::string message{};            ///< one sentence in lower case

  friend bool operator==(const reason&, const reason&) = default;
};

/// An attribute with its new value.
struct attribute_change {
  std::uint16_t slot = 0;
  value to{};

  friend bool operator==(const attribute_change&, const attribute_change&) = default;
};

/// An effect that the host is to carry out; the n-th of a step has the ordinal n, which makes its key.
struct emitted_effect {
  effect_id effect = 0;   ///< in `lifecycle::effects`
  state_id state = no_id; ///< the state whose entry or exit asked for it
  transition_id transition = no_id;
  std::vector<value> values{}; ///< of the parameters that are expressions, in their order; absent where unknown

  friend bool operator==(const emitted_effect&, const emitted_effect&) = default;
};

/// What one event did. Reused from step to step it keeps its memory.
struct step_result {
  bool accepted = false;
  configuration after{};                   ///< as before if the event was refused
  std::vector<attribute_change> changes{}; ///< each attribute once, in the order of slots
  std::vector<emitted_effect> effects{};
  std::vector<transition_id> taken{}; ///< in the order in which they were taken
  std::vector<state_id> left{};
  std::vector<state_id> entered{};
  std::vector<event_id> discarded{}; ///< raised events that nothing handled
  std::vector<reason> reasons{};     ///< why it was refused; empty if it was accepted

  void clear() noexcept {
    accepted = false;
    changes.clear();
    effects.clear();
    taken.clear();
    left.clear();
    entered.clear();
    discarded.clear();
    reasons.clear();
  }

  friend bool operator==(const step_result&, const step_result&) = default;
};

} // namespace plaint
