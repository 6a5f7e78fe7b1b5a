// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/build_code.hpp>
#include <plaint/lifecycle/detail/building.hpp>
#include <plaint/lifecycle/detail/microstep.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plaint::detail {

/// Resolves the names in transitions and initial states.
class target_builder {
public:
  explicit target_builder(building& b) : b_(b) {}

  /// Numbers the transitions: state by state in document order, those of the whole last.
  void number() {
    auto& in = b_.chart;
    for (std::size_t s = 0; s < in.states.size(); ++s) {
      number(in.state_definitions[s]->transitions, static_cast<state_id>(s));
    }
    number(in.definition.transitions, no_id);
    if (in.transitions.size() > lifecycle_limits::transitions) {
      b_.error("too-many-transitions",
               "a lifecycle has at most " + std::to_string(lifecycle_limits::transitions) + " transitions", "");
    }
  }

  void all() {
    auto& in = b_.chart;
    in.initial = initial_of(no_id, in.definition.initial, "/initial");
    for (std::size_t s = 0; s < in.states.size(); ++s) {
      const auto& d = *in.state_definitions[s];
      const auto type = in.states[s].type;
      if (type == state_type::compound || in.is_history(static_cast<state_id>(s))) {
        const auto resolved = initial_of(static_cast<state_id>(s), d.initial, d.pointer);
        in.states[s].initial = resolved;
      }
    }
    for (std::size_t t = 0; t < in.transitions.size(); ++t) {
      resolve_transition(static_cast<transition_id>(t));
    }
  }

private:
  void number(const std::vector<transition_definition>& list, state_id source) {
    for (const auto& d : list) {
      if (b_.chart.transitions.size() <= lifecycle_limits::transitions) {
        b_.chart.transitions.emplace_back().source = source;
        b_.chart.transition_definitions.push_back(&d);
      }
    }
  }

  stretch32 initial_of(state_id owner, const initial_definition& d, const std::string& owner_pointer) {
    auto& in = b_.chart;
    const auto pointer = d.pointer.empty() ? owner_pointer : d.pointer;
    const bool history = owner != no_id && in.is_history(owner);
    const auto within = history ? in.states[owner].parent : owner;
    const auto known = resolve_names(d.targets, pointer);
    for (const auto s : known) {
      if (!in.inside(s, within)) {
        b_.error("initial-outside", "an initial or default state lies inside its own state", pointer);
      } else if (history && in.is_history(s)) {
        b_.error("bad-history-default", "a history state cannot stand for another", pointer);
      }
    }
    check_legal(known, pointer);
    return building::append(in.states_pool, [&] {
      for (const auto s : known) {
        in.states_pool.push_back(s);
      }
      if (d.targets.empty()) {
        use_first(history ? within : owner, history);
      }
    });
  }

  /// Without a word the first child is meant; in a parallel state a history begins with all regions.
  void use_first(state_id of, bool history) {
    auto& in = b_.chart;
    const auto children = std::vector<state_id>(in.children_of(of).begin(), in.children_of(of).end());
    const bool all = history && of != no_id && in.states[of].type == state_type::parallel;
    in.states_pool.insert(in.states_pool.end(), children.begin(),
                          all ? children.end() : children.begin() + (children.empty() ? 0 : 1));
  }

  std::vector<state_id> resolve_names(const std::vector<std::string>& names, const std::string& pointer) {
    std::vector<state_id> known;
    for (const auto& name : names) {
      if (const auto s = b_.find_state(name, pointer); s != no_id) {
        known.push_back(s);
      }
    }
    return known;
  }

  /// Several targets can only be entered together if each pair lies in two regions of one parallel state.
  void check_legal(const std::vector<state_id>& targets, const std::string& pointer) {
    auto& in = b_.chart;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      for (std::size_t j = i + 1; j < targets.size(); ++j) {
        auto a = targets[i];
        const auto c = targets[j];
        while (a != no_id && a != c && !in.inside(c, a)) {
          a = in.states[a].parent;
        }
        if (a == no_id || a == targets[i] || a == c || in.states[a].type != state_type::parallel) {
          b_.error("targets-exclude-each-other",
                   "several targets lie in different regions of a parallel state; \"" +
                       in.state_definitions[targets[i]]->name + "\" and \"" + in.state_definitions[c]->name +
                       "\" do not",
                   pointer);
        }
      }
    }
  }

  void resolve_transition(transition_id id) {
    auto& in = b_.chart;
    const auto& d = *in.transition_definitions[id];
    const auto pointer = d.pointer;
    const auto known = resolve_names(d.targets, child(pointer, "target"));
    check_legal(known, child(pointer, "target"));
    auto& t = in.transitions[id];
    t.internal = d.internal;
    t.targets = building::append(in.states_pool,
                                 [&] { in.states_pool.insert(in.states_pool.end(), known.begin(), known.end()); });
    t.through_history = std::any_of(known.begin(), known.end(), [&](state_id s) { return in.is_history(s); });
    if (!known.empty()) {
      t.domain = domain_of(in, t, *std::min_element(known.begin(), known.end()),
                           *std::max_element(known.begin(), known.end()));
    }
    t.require = b_.slots(d.require, child(pointer, "require"));
    t.guard = build_guard(b_, d.guard, child(pointer, "guard"));
    resolve_roles(t, d);
    check_sense(d);
  }

  void resolve_roles(chart_transition& t, const transition_definition& d) {
    auto& in = b_.chart;
    t.anyone = d.by.empty();
    for (std::size_t i = 0; i < d.by.size(); ++i) {
      const auto& name = d.by[i];
      const auto role = std::find_if(in.roles.begin(), in.roles.end(), [&](const auto& r) { return r.name == name; });
      const auto side = std::find(actor_class_words.begin(), actor_class_words.end(), name);
      if (role != in.roles.end()) {
        t.roles |= std::uint64_t{1} << (role - in.roles.begin());
      } else if (side != actor_class_words.end()) {
        t.sides = static_cast<std::uint8_t>(t.sides | 1U << (side - actor_class_words.begin()));
      } else {
        b_.error("unknown-role", "there is no role \"" + name + "\"", child(child(d.pointer, "by"), i),
                 nearest(name, in.names.roles));
      }
    }
  }

  void check_sense(const transition_definition& d) {
    const bool sent = !d.events.empty();
    if (!sent && (!d.by.empty() || !d.reasons.empty())) {
      b_.error("nobody-acts", "roles and reasons belong to an event that somebody sends", d.pointer);
    }
    if (!d.after.empty() && sent) {
      b_.error("after-and-event", "a transition waits for an event or for a clock, not for both", d.pointer);
    }
  }

  building& b_;
};

} // namespace plaint::detail
