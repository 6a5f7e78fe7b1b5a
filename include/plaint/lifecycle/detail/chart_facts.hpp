// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/configuration.hpp>
#include <plaint/lifecycle/detail/chart.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace plaint::detail {

/// True if nothing follows from a transition but what it does itself: no event raised within, no eventless transition.
[[nodiscard]] inline bool is_plain(const chart& c) {
  const auto eventless = c.eventless_column();
  const auto first = c.listening.begin() + static_cast<std::ptrdiff_t>(eventless * c.words);
  return c.root_lists[eventless].empty() &&
         std::all_of(first, first + static_cast<std::ptrdiff_t>(c.words), [](std::uint64_t w) { return w == 0; }) &&
         std::none_of(c.code.begin(), c.code.end(), [](const deed& d) { return d.kind == deed_kind::raise; }) &&
         std::all_of(c.done.begin(), c.done.end(), [](event_id e) { return e == no_id; });
}

/// True if states can be active together: one lies in the other, or what they both lie in runs them side by side.
[[nodiscard]] inline bool can_be_together(const chart& c, state_id a, state_id b) {
  if (a == b || c.inside(a, b) || c.inside(b, a)) {
    return true;
  }
  auto both = c.states[a].parent;
  while (both != no_id && !c.inside(b, both)) {
    both = c.states[both].parent;
  }
  return both != no_id && c.states[both].type == state_type::parallel;
}

/// True if some transition or state asks for an attribute to be set.
[[nodiscard]] inline bool is_asked_for(const chart& c, std::uint16_t slot) {
  const auto has = [&](stretch32 slots) {
    const auto all = chart::part(c.slots_pool, slots);
    return std::find(all.begin(), all.end(), slot) != all.end();
  };
  return std::any_of(c.transitions.begin(), c.transitions.end(), [&](const auto& t) { return has(t.require); }) ||
         std::any_of(c.states.begin(), c.states.end(), [&](const auto& s) { return has(s.required); });
}

/// True if the state is active once the lifecycle has begun and has taken no further transition.
[[nodiscard]] inline bool begins_in(const chart& c, state_id s) {
  auto targets = chart::part(c.states_pool, c.initial);
  for (auto at = no_id; s != no_id;) {
    const auto on = [&](state_id t) { return t == s || c.inside(t, s); };
    if (std::any_of(targets.begin(), targets.end(), on)) {
      return true;
    }
    const auto within = std::find_if(targets.begin(), targets.end(), [&](state_id t) { return c.inside(s, t); });
    at = within == targets.end() ? no_id : *within;
    if (at == no_id) {
      return false;
    }
    targets = c.states[at].type == state_type::parallel ? c.children_of(at)
                                                        : chart::part(c.states_pool, c.states[at].initial);
  }
  return false;
}

/// True if the state is not active then, for certain.
[[nodiscard]] inline bool begins_outside(const chart& c, state_id s) {
  return !begins_in(c, s) && std::none_of(c.states.begin(), c.states.end(),
                                          [](const chart_state& x) { return x.type == state_type::parallel; });
}

} // namespace plaint::detail
