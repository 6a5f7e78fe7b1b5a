// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/clock/trigger.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/value.hpp>
#include <plaint/lifecycle/lifecycle.hpp>

#include <algorithm>
#include <optional>
#include <string_view>

namespace plaint::detail {

/// True of a guard that is no whatever it sees.
[[nodiscard]] inline bool is_never(const program& guard) {
  const auto constant = guard.is_default() ? std::optional<value>{} : guard.constant();
  const bool* is = constant ? constant->get_if<bool>() : nullptr;
  return is != nullptr && !*is;
}

/// True if the lifecycle's own check has told so of a state.
[[nodiscard]] inline bool is_noted(const lifecycle& in, std::string_view code, state_id state) {
  return std::any_of(in.notes().begin(), in.notes().end(), [&](const finding& f) {
    return f.code == code && f.pointer == in.chart().state_definitions[state]->pointer;
  });
}

/// True if all of some triggers are such that they never happen: no guard can be yes, or the state is never reached.
[[nodiscard]] inline bool never_happen(const trigger_list& list, const lifecycle& in) {
  return !list.empty() && std::all_of(list.all().begin(), list.all().end(), [&](const compiled_trigger& t) {
    const bool of_state = t.kind == trigger_kind::enter || t.kind == trigger_kind::exit;
    return is_never(t.guard) || (of_state && t.id != no_id && is_noted(in, "unreachable-state", t.id));
  });
}

/// True if `t` happens only where `by` happens too.
[[nodiscard]] inline bool is_covered(const trigger& t, const trigger& by) {
  return t.kind == by.kind && t.name == by.name && t.threshold == by.threshold &&
         (by.guard.empty() || by.guard == t.guard);
}

} // namespace plaint::detail
