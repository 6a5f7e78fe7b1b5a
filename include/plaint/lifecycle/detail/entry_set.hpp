// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/detail/state_bits.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The states that a microstep enters, as SCXML appendix D computes them (computeEntrySet and its helpers).
template <std::size_t Words>
class entry_set {
public:
  entry_set(const chart& in, const configuration& remembered, std::vector<std::pair<state_id, state_id>>& defaults)
      : chart_(in), remembered_(remembered), history_defaults_(defaults) {
    history_defaults_.clear();
  }

  [[nodiscard]] const state_bits<Words>& states() const noexcept { return enter_; }

  /// True if the state was entered without a chosen child, so that its initial transition's actions run.
  [[nodiscard]] bool by_default(state_id s) const noexcept { return by_default_.test(s); }

  void add_target(state_id s) {
    if (chart_.is_history(s)) {
      add_history(s);
      return;
    }
    enter_.set(s);
    const auto& state = chart_.states[s];
    if (state.type == state_type::compound) {
      by_default_.set(s);
      const auto initial = chart::part(chart_.states_pool, state.initial);
      add_all(initial, s);
    } else if (state.type == state_type::parallel) {
      fill_regions(s);
    }
  }

  /// The proper ancestors of `s` below `upto`, and the other regions of the parallel ones among them.
  void add_ancestors(state_id s, state_id upto) {
    for (state_id a = chart_.states[s].parent; a != upto && a != no_id; a = chart_.states[a].parent) {
      enter_.set(a);
      if (chart_.states[a].type == state_type::parallel) {
        fill_regions(a);
      }
    }
  }

  /// The states that a target stands for: itself, or what its history state remembers or begins with.
  template <class Visit>
  static void effective(const chart& in, const configuration& remembered, state_id target, Visit&& visit) {
    if (!in.is_history(target)) {
      visit(target);
    } else if (in.states[target].recorded.get(remembered) == 0) {
      for (const auto s : chart::part(in.states_pool, in.states[target].initial)) {
        effective(in, remembered, s, visit);
      }
    } else {
      recall(in, remembered, target, in.states[target].parent, visit);
    }
  }

private:
  template <class Range>
  void add_all(const Range& targets, state_id upto) {
    for (const auto t : targets) {
      add_target(t);
    }
    for (const auto t : targets) {
      add_ancestors(t, upto);
    }
  }

  void add_history(state_id h) {
    const auto& history = chart_.states[h];
    if (history.recorded.get(remembered_) == 0) {
      history_defaults_.emplace_back(history.parent, h);
      add_all(chart::part(chart_.states_pool, history.initial), history.parent);
      return;
    }
    recall(chart_, remembered_, h, history.parent, [&](state_id s) { add_target(s); });
    recall(chart_, remembered_, h, history.parent, [&](state_id s) { add_ancestors(s, history.parent); });
  }

  void fill_regions(state_id parallel) {
    for (const auto region : chart_.children_of(parallel)) {
      if (!enter_.any_in(region + std::size_t{1}, chart_.states[region].end)) {
        add_target(region);
      }
    }
  }

  template <class Visit>
  static void recall(const chart& in, const configuration& remembered, state_id h, state_id from, Visit&& visit) {
    const bool shallow = in.states[h].type == state_type::shallow_history;
    const auto on = [&](state_id child) {
      if (shallow || in.is_leaf(child)) {
        visit(child);
      } else {
        recall(in, remembered, h, child, visit);
      }
    };
    const auto children = in.children_of(from);
    if (from != no_id && in.states[from].type == state_type::parallel) {
      for (const auto child : children) {
        on(child);
      }
      return;
    }
    for (const auto& m : chart::part(in.memories, in.states[h].memory)) {
      if (m.of == from) {
        on(children[std::min<std::size_t>(m.child.get(remembered), children.size() - 1)]);
      }
    }
  }

  const chart& chart_;
  const configuration& remembered_;
  std::vector<std::pair<state_id, state_id>>& history_defaults_; // parent, history state
  state_bits<Words> enter_{};
  state_bits<Words> by_default_{};
};

} // namespace plaint::detail
