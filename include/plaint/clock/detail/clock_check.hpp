// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_set.hpp>
#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/clock_work.hpp>
#include <plaint/expr/evaluate.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plaint::detail {

/// True if the event's data give one of the names as reason, or none is asked for.
[[nodiscard]] inline bool gives_one(const std::vector<std::string>& reasons, const clock_facts& f) {
  const auto* given =
      f.reason_field < f.seen.event.size() ? f.seen.event[f.reason_field].get_if<std::string>() : nullptr;
  return reasons.empty() || (given != nullptr && std::find(reasons.begin(), reasons.end(), *given) != reasons.end());
}

/// True if the step would begin a pause whose reason nobody names.
[[nodiscard]] inline bool lacks_reason(const compiled_clock& c, const clock_state& state, const clock_facts& f) {
  const auto& reasons = c.definition.pause->reasons;
  if (!f.sent || reasons.size() < 2 || gives_one(reasons, f) || !state.is_open() || state.cycles.back().paused ||
      c.stop.happened(f)) {
    return false;
  }
  if (c.pause->on.happened(f) && !c.pause->resume.happened(f)) {
    return true;
  }
  for (std::size_t i = 0; i < c.pause->conditions.size(); ++i) {
    if (evaluate(c.pause->conditions[i], f.seen)) {
      return c.pause->reasons[i] == no_id && !state.cycles.back().overridden;
    }
  }
  return false;
}

[[nodiscard]] inline std::optional<clock_refusal_kind> why_not(const compiled_clock& c, const clock_state& state,
                                                               const clock_facts& f, std::size_t place) {
  const auto& asked = c.definition.extensions[place];
  const auto& e = c.extensions[place];
  if (!state.is_open()) {
    return clock_refusal_kind::extension_no_cycle;
  }
  const auto& y = state.cycles.back();
  const auto granted = std::count_if(y.extensions.begin(), y.extensions.end(),
                                     [&](const auto& x) { return x.extension == place && !x.revokes; });
  if (y.crossed != instant::max()) {
    return clock_refusal_kind::extension_expired;
  }
  if (granted >= asked.at_most) {
    return clock_refusal_kind::extension_used_up;
  }
  if (!gives_one(asked.reasons, f)) {
    return clock_refusal_kind::extension_reason;
  }
  if (!asked.roles.empty() &&
      std::find(asked.roles.begin(), asked.roles.end(), f.seen.actor.role) == asked.roles.end()) {
    return clock_refusal_kind::extension_role;
  }
  if (!e.consent.is_default() && !evaluate(e.consent, f.seen)) {
    return clock_refusal_kind::extension_consent;
  }
  return std::nullopt;
}

[[nodiscard]] inline std::optional<clock_refusal> check_clock_step(const compiled_clock& c, const clock_state& state,
                                                                   const clock_facts& f, std::uint16_t clock) {
  if (c.pause && lacks_reason(c, state, f)) {
    return clock_refusal{clock_refusal_kind::pause_reason, clock, no_id};
  }
  for (std::size_t i = 0; i < c.extensions.size(); ++i) {
    const auto place = static_cast<std::uint16_t>(i);
    if (c.extensions[i].on.happened(f)) {
      if (const auto why = why_not(c, state, f, i)) {
        return clock_refusal{*why, clock, place};
      }
    }
  }
  return std::nullopt;
}

} // namespace plaint::detail
