// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/detail/entry_set.hpp>
#include <plaint/lifecycle/detail/state_bits.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The configuration taken apart into a set of active states; `now` keeps the bits of the history states.
template <std::size_t Words>
struct opened {
  configuration now{};
  state_bits<Words> active{};

  opened(const chart& in, const configuration& closed) : now(closed) {
    if (!closed.started) {
      return;
    }
    open_child(in, no_id);
    const std::size_t n = in.states.size();
    for (std::size_t s = active.next(0, n); s < n; s = active.next(s + 1, n)) {
      const auto id = static_cast<state_id>(s);
      if (in.states[s].type == state_type::compound) {
        open_child(in, id);
      } else if (in.states[s].type == state_type::parallel) {
        for (const auto region : in.children_of(id)) {
          active.set(region);
        }
      }
    }
  }

  /// The same as one value again; equal sets and memories give equal values.
  [[nodiscard]] configuration closed(const chart& in) const noexcept {
    configuration c = now;
    for (std::size_t i = 0; i < configuration::words; ++i) {
      c.choices[i] &= in.memory_mask[i];
    }
    const std::size_t n = in.states.size();
    for (std::size_t s = active.next(0, n); s < n; s = active.next(s + 1, n)) {
      const auto& state = in.states[s];
      (state.parent == no_id ? in.chosen : in.states[state.parent].chosen).put(c, state.ordinal);
    }
    c.row = 0xffffffff;
    return c;
  }

private:
  void open_child(const chart& in, state_id of) {
    const auto children = in.children_of(of);
    const auto chosen = (of == no_id ? in.chosen : in.states[of].chosen).get(now);
    if (!children.empty()) {
      active.set(children[std::min<std::size_t>(chosen, children.size() - 1)]);
    }
  }
};

/// A transition that has been selected, with its domain: the state whose inside is left and entered anew.
struct selected {
  transition_id transition = no_id;
  state_id domain = no_id;
  bool moves = false; ///< false: targetless, nothing is left or entered
};

/// The nearest compound proper ancestor of `source`, or the whole, that holds it and all of [from, to] (SCXML's LCCA).
[[nodiscard]] inline state_id common_ancestor(const chart& in, state_id source, state_id first,
                                              state_id last) noexcept {
  if (source == no_id) {
    return no_id;
  }
  for (state_id a = in.states[source].parent; a != no_id; a = in.states[a].parent) {
    if (in.states[a].type == state_type::compound && in.inside(first, a) && in.inside(last, a)) {
      return a;
    }
  }
  return no_id;
}

/// The domain for effective targets between `first` and `last` in document order.
[[nodiscard]] inline state_id domain_of(const chart& in, const chart_transition& t, state_id first,
                                        state_id last) noexcept {
  const bool compound = t.source == no_id || in.states[t.source].type == state_type::compound;
  if (t.internal && compound && in.inside(first, t.source) && in.inside(last, t.source)) {
    return t.source;
  }
  return common_ancestor(in, t.source, first, last);
}

template <std::size_t Words>
[[nodiscard]] state_id domain_through_history(const chart& in, const configuration& now, const chart_transition& t) {
  state_id first = no_id;
  state_id last = 0;
  for (const auto target : chart::part(in.states_pool, t.targets)) {
    entry_set<Words>::effective(in, now, target, [&](state_id s) {
      first = std::min(first, s); // no_id is the greatest id
      last = std::max(last, s);
    });
  }
  return domain_of(in, t, first, last);
}

template <std::size_t Words>
[[nodiscard]] selected resolve(const chart& in, const configuration& now, transition_id id) {
  const auto& t = in.transitions[id];
  if (t.targets.empty()) {
    return {id, no_id, false};
  }
  return {id, t.through_history ? domain_through_history<Words>(in, now, t) : t.domain, true};
}

/// True if the exit sets have a state in common: domains are active and never empty inside, so one must hold the other.
[[nodiscard]] inline bool conflict(const chart& in, const selected& a, const selected& b) noexcept {
  return a.moves && b.moves && (a.domain == b.domain || in.inside(a.domain, b.domain) || in.inside(b.domain, a.domain));
}

/// Adds a transition to those selected before it, unless it yields to one of them (removeConflictingTransitions).
inline void add_selected(const chart& in, std::vector<selected>& all, const selected& next) {
  const auto source = in.transitions[next.transition].source;
  for (const auto& other : all) {
    if (conflict(in, next, other) && !in.inside(source, in.transitions[other.transition].source)) {
      return;
    }
  }
  std::erase_if(all, [&](const selected& other) { return conflict(in, next, other); });
  all.push_back(next);
}

/// Writes down what the history states of a state about to be left will remember.
template <std::size_t Words>
void remember(const chart& in, opened<Words>& at, state_id leaving) {
  for (const auto h : chart::part(in.states_pool, in.states[leaving].histories)) {
    in.states[h].recorded.put(at.now, 1);
    for (const auto& m : chart::part(in.memories, in.states[h].memory)) {
      const auto child = at.active.next(in.begin_of(m.of), in.end_of(m.of));
      m.child.put(at.now, child < in.end_of(m.of) ? in.states[child].ordinal : 0U);
    }
  }
}

/// True if a compound state has reached a final child, or a parallel one has in all its regions.
template <std::size_t Words>
[[nodiscard]] bool is_done(const chart& in, const state_bits<Words>& active, state_id s) noexcept {
  const auto& state = in.states[s];
  const auto children = in.children_of(s);
  if (state.type == state_type::compound) {
    return std::any_of(children.begin(), children.end(), [&](state_id child) {
      return in.states[child].type == state_type::final && active.test(child);
    });
  }
  return state.type == state_type::parallel &&
         std::all_of(children.begin(), children.end(), [&](state_id child) { return is_done(in, active, child); });
}

} // namespace plaint::detail
