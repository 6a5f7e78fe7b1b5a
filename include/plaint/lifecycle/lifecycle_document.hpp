// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/canonical.hpp>
#include <plaint/lifecycle/detail/building.hpp> // for lifecycle_limits
#include <plaint/lifecycle/detail/event_names.hpp>
#include <plaint/lifecycle/detail/read_transitions.hpp>
#include <plaint/lifecycle/detail/write_lifecycle.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>
#include <plaint/reader.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

namespace detail {

/// Reads the tree of states. What a state is follows from what it has, unless `type` says it.
class state_reader {
public:
  static void read_states(const value_reader& from, std::vector<state_definition>& out, std::size_t depth = 1) {
    if (depth > lifecycle_limits::depth) {
      from.fault("too-deep", "states lie at most " + std::to_string(lifecycle_limits::depth) + " deep");
      return;
    }
    object_reader all(from);
    for (const auto& [name, member] : all.members()) {
      out.push_back(read_state(name, member, depth));
    }
  }

  static void read_initial(const value_reader& from, initial_definition& into) {
    into.pointer = from.pointer();
    if (!from.value().is_mapping()) {
      into.targets = read_names(from);
      return;
    }
    object_reader all(from);
    into.targets = read_names(all.required("target"));
    read_deeds(all, into.actions, 1);
    all.finish();
  }

private:
  static state_definition read_state(const std::string& name, const value_reader& from, std::size_t depth) {
    state_definition s;
    s.name = name;
    s.pointer = from.pointer();
    if (from.value().is_null()) {
      return s;
    }
    object_reader all(from);
    const auto type = all.optional("type");
    const auto history = all.optional("history");
    if (const auto states = all.optional("states")) {
      read_states(*states, s.children, depth + 1);
    }
    s.type = type_of(type, history, !s.children.empty());
    if (const auto initial = all.optional("initial")) {
      read_initial(*initial, s.initial);
    }
    if (is_history(s.type)) {
      read_default(all, s);
    } else {
      read_ways(all, s);
    }
    s.tags = read_names(all.optional("tags"));
    s.required = read_names(all.optional("required"));
    s.read_only = read_names(all.optional("read_only"));
    s.hidden = read_names(all.optional("hidden"));
    s.title = read_title(all.optional("title"));
    all.finish();
    return s;
  }

  static bool is_history(state_type t) { return t == state_type::shallow_history || t == state_type::deep_history; }

  static void read_default(object_reader& all, state_definition& s) {
    if (const auto target = all.optional("target")) {
      read_initial(*target, s.initial);
    }
    read_deeds(all, s.initial.actions, 1);
  }

  static void read_ways(object_reader& all, state_definition& s) {
    if (const auto entry = all.optional("entry")) {
      read_action_list(*entry, s.entry);
    }
    if (const auto exit = all.optional("exit")) {
      read_action_list(*exit, s.exit);
    }
    read_transitions(all, s.transitions);
    for (const auto* word : {"on_done", "onDone"}) {
      if (const auto done = all.optional(word)) {
        transition_definition common;
        common.events.push_back(done_event(s.name));
        read_candidates(*done, common, s.transitions);
      }
    }
  }

  static state_type type_of(const std::optional<value_reader>& type, const std::optional<value_reader>& history,
                            bool parent) {
    constexpr std::array<std::string_view, 5> words{"atomic", "compound", "parallel", "final", "history"};
    constexpr std::array<std::string_view, 2> depths{"shallow", "deep"};
    const auto deep =
        history && history->value().kind != node_kind::boolean ? history->word(depths, "a history").value_or(0) : 0;
    const auto word = type ? type->word(words, "a type of state").value_or(0) : history ? 4 : parent ? 1 : 0;
    if (word == 4) {
      return deep == 1 ? state_type::deep_history : state_type::shallow_history;
    }
    if (history && type) {
      history->fault("misplaced-history", "only a state of type history has \"history\"");
    }
    if (word == 0 && type && parent) {
      type->fault("not-atomic", "a state with states inside is compound or parallel");
    }
    return static_cast<state_type>(word);
  }

public:
  static void read_transitions(object_reader& all, std::vector<transition_definition>& out) {
    if (const auto on = all.optional("on")) {
      read_on(*on, out);
    }
    if (const auto always = all.optional("always")) {
      read_candidates(*always, {}, out);
    }
    if (const auto after = all.optional("after")) {
      read_after(*after, out);
    }
  }
};

} // namespace detail

/// The section `lifecycle` of a policy, in the shape that users of XState know; faults become findings.
///
/// `open: { on: { close: { target: closed, by: agent, guard: amount == 0, set: { open: false }, do: [{ notice: final }]
/// } } }`
[[nodiscard]] inline lifecycle_definition read_lifecycle(const value_reader& from) {
  lifecycle_definition d;
  object_reader all(from);
  if (const auto initial = all.optional("initial")) {
    detail::state_reader::read_initial(*initial, d.initial);
  }
  if (const auto states = all.required("states")) {
    detail::state_reader::read_states(*states, d.states);
  }
  detail::state_reader::read_transitions(all, d.transitions);
  if (const auto most = all.optional("max_microsteps")) {
    const auto bound = most->integer(1, static_cast<std::int64_t>(lifecycle_limits::microsteps));
    d.max_microsteps = bound ? static_cast<std::size_t>(*bound) : d.max_microsteps;
  }
  if (const auto crossing = all.optional("cross_region")) {
    d.cross_region = crossing->boolean().value_or(false);
  }
  all.finish();
  return d;
}

/// The definition as `read_lifecycle` reads it back, always in the same form.
[[nodiscard]] inline node write_lifecycle(const lifecycle_definition& d) {
  return detail::lifecycle_writer::write(d);
}

/// The SHA-256 of the written form: the same for two definitions exactly if they mean the same.
[[nodiscard]] inline std::string digest(const lifecycle_definition& d) {
  return digest(write_lifecycle(d));
}

} // namespace plaint
