// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/detail/entry_set.hpp>
#include <plaint/lifecycle/detail/microstep.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The memory that selections use again and again.
struct selection_space {
  std::vector<transition_id> enabled{};
  std::vector<selected> chosen{};
  std::vector<std::pair<state_id, state_id>> history_defaults{};
  std::vector<event_id> raised{};
};

/// How a macrostep goes: SCXML's selection, microsteps and event loop, and nothing else. What a transition's conditions
/// say and what its actions do is left to `Self`:
///
///   bool enabled(transition_id)                          can it be taken now?
///   void run(stretch32 code, state_id, transition_id)    do these actions; raise events by `raise`
///   void took(transition_id), left(state_id), entered(state_id), handles(event_id), discarded(event_id)
///   bool failed(), void overrun()
template <std::size_t Words, class Self>
class stepping {
public:
  stepping(const chart& in, const configuration& from, selection_space& space)
      : chart_(in), space_(space), at_(in, from) {
    space.raised.clear();
  }
  stepping(const chart& in, const opened<Words>& from, selection_space& space) : chart_(in), space_(space), at_(from) {
    space.raised.clear();
  }

  /// Enters the initial states and goes on until nothing follows.
  void begin() {
    moved_ = true;
    at_.now = configuration{};
    at_.now.started = true;
    at_.active = {};
    entry_set<Words> entering(chart_, at_.now, space_.history_defaults);
    const auto targets = chart::part(chart_.states_pool, chart_.initial);
    for (const auto t : targets) {
      entering.add_target(t);
    }
    for (const auto t : targets) {
      entering.add_ancestors(t, no_id);
    }
    self().run(chart_.initial_code, no_id, no_id);
    enter(entering);
    settle();
  }

  /// Handles one event; false if no transition was selected.
  bool react(std::size_t column) {
    if (!select(column)) {
      return false;
    }
    take();
    settle();
    return true;
  }

protected:
  [[nodiscard]] Self& self() noexcept { return static_cast<Self&>(*this); }

  /// Selects transitions as SCXML does (selectTransitions); true if there are some.
  bool select(std::size_t column) {
    space_.chosen.clear();
    space_.enabled.clear();
    const auto listening = bits_at(chart_.listening, column);
    const auto root = chart_.root_lists[column];
    if (root.empty() && !(at_.active & listening).any()) {
      return false;
    }
    self().selecting();
    const std::size_t n = chart_.states.size();
    const auto leaves = at_.active & bits_at(chart_.leaves, 0);
    for (std::size_t s = leaves.next(0, n); s < n; s = leaves.next(s + 1, n)) {
      walk_up(s, column, listening);
    }
    if (space_.enabled.size() == 1) { // nothing that it could be in conflict with
      space_.chosen.push_back(resolve<Words>(chart_, at_.now, space_.enabled.front()));
      return true;
    }
    for (const auto id : space_.enabled) {
      add_selected(chart_, space_.chosen, resolve<Words>(chart_, at_.now, id));
    }
    return !space_.chosen.empty();
  }

  /// From an atomic state outwards to the first transition that can be taken.
  void walk_up(std::size_t leaf, std::size_t column, const state_bits<Words>& listening) {
    const auto way = bits_at(chart_.ancestors, leaf) & listening;
    std::size_t end = leaf + 1;
    for (std::size_t s = way.last(0, end); s < end; s = way.last(0, end)) {
      if (take_first(chart_.lists[list_of(listening, s, column)])) {
        return;
      }
      end = s;
    }
    take_first(chart_.root_lists[column]);
  }

  [[nodiscard]] std::size_t list_of(const state_bits<Words>& listening, std::size_t s,
                                    std::size_t column) const noexcept {
    std::size_t rank = chart_.first_list[column];
    for (std::size_t i = 0; i < s / 64; ++i) {
      rank += static_cast<std::size_t>(std::popcount(listening.word[i]));
    }
    return rank +
           static_cast<std::size_t>(std::popcount(listening.word[s / 64] & ((std::uint64_t{1} << (s % 64)) - 1)));
  }

  bool take_first(stretch32 list) {
    auto& found = space_.enabled;
    for (const auto id : chart::part(chart_.candidates, list)) {
      if (std::find(found.begin(), found.end(), id) != found.end()) {
        return true;
      }
      if (self().enabled(id)) {
        found.push_back(id);
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] static state_bits<Words> bits_of(const std::uint64_t* words) noexcept {
    state_bits<Words> all;
    for (std::size_t i = 0; i < Words; ++i) {
      all.word[i] = words[i];
    }
    return all;
  }
  [[nodiscard]] static state_bits<Words> bits_at(const std::vector<std::uint64_t>& pool, std::size_t place) noexcept {
    return bits_of(pool.data() + place * Words);
  }

  /// Takes the selected transitions together: exits, their actions, entries.
  void take() {
    if (space_.chosen.size() == 1 && !space_.chosen.front().moves) {
      const auto only = space_.chosen.front().transition;
      self().took(only);
      self().run(chart_.transitions[only].code, chart_.transitions[only].source, only);
      return;
    }
    moved_ = true;
    state_bits<Words> leaving{};
    entry_set<Words> entering(chart_, at_.now, space_.history_defaults);
    const std::size_t n = chart_.states.size();
    for (const auto& t : space_.chosen) {
      self().took(t.transition);
      if (t.moves) {
        const std::size_t end = chart_.end_of(t.domain);
        for (auto s = at_.active.next(chart_.begin_of(t.domain), end); s < end; s = at_.active.next(s + 1, end)) {
          leaving.set(s);
        }
      }
    }
    for (std::size_t s = leaving.next(0, n); s < n; s = leaving.next(s + 1, n)) {
      remember(chart_, at_, static_cast<state_id>(s));
    }
    for (std::size_t s = leaving.last(0, n), end = n; s < end; end = s, s = leaving.last(0, end)) {
      const auto id = static_cast<state_id>(s);
      self().run(chart_.states[s].exit, id, no_id);
      at_.active.reset(s);
      self().left(id);
    }
    for (const auto& t : space_.chosen) {
      self().run(chart_.transitions[t.transition].code, chart_.transitions[t.transition].source, t.transition);
    }
    for (const auto& t : space_.chosen) {
      if (t.moves) {
        add_targets(entering, t);
      }
    }
    enter(entering);
  }

  void add_targets(entry_set<Words>& entering, const selected& t) {
    const auto targets = chart::part(chart_.states_pool, chart_.transitions[t.transition].targets);
    for (const auto target : targets) {
      entering.add_target(target);
    }
    for (const auto target : targets) {
      entry_set<Words>::effective(chart_, at_.now, target, [&](state_id s) { entering.add_ancestors(s, t.domain); });
    }
  }

  void enter(const entry_set<Words>& entering) {
    const std::size_t n = chart_.states.size();
    for (std::size_t s = entering.states().next(0, n); s < n; s = entering.states().next(s + 1, n)) {
      const auto id = static_cast<state_id>(s);
      const auto& state = chart_.states[s];
      at_.active.set(s);
      self().entered(id);
      self().run(state.entry, id, no_id);
      if (entering.by_default(id)) {
        self().run(state.initial_code, id, no_id);
      }
      for (const auto& [parent, history] : space_.history_defaults) {
        if (parent == id) {
          self().run(chart_.states[history].initial_code, id, no_id);
        }
      }
      if (state.type == state_type::final) {
        complete(state.parent);
      }
    }
  }

  /// A final child has been entered.
  void complete(state_id parent) {
    if (parent == no_id) {
      at_.now.terminated = true;
      return;
    }
    raise(chart_.done[parent]);
    const auto grandparent = chart_.states[parent].parent;
    if (grandparent != no_id && chart_.states[grandparent].type == state_type::parallel &&
        is_done(chart_, at_.active, grandparent)) {
      raise(chart_.done[grandparent]);
    }
  }

  void raise(event_id e) {
    if (e != no_id) {
      space_.raised.push_back(e);
    }
  }

  /// Eventless transitions first, then raised events, until neither is left.
  void settle() {
    std::size_t head = 0;
    for (std::size_t count = 1; !self().failed() && !at_.now.terminated; ++count) {
      if (count > chart_.definition.max_microsteps) {
        self().overrun();
        return;
      }
      if (chart_.goes_on && select(chart_.eventless_column())) {
        take();
        continue;
      }
      if (head == space_.raised.size()) {
        return;
      }
      const auto e = space_.raised[head++];
      self().handles(e);
      if (select(e)) {
        take();
      } else {
        self().discarded(e);
      }
    }
  }

  const chart& chart_;
  selection_space& space_;
  opened<Words> at_;
  bool moved_ = false; ///< a transition was taken that may leave or enter states
};

} // namespace plaint::detail
