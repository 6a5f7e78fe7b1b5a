// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/build_code.hpp>
#include <plaint/lifecycle/detail/build_events.hpp>
#include <plaint/lifecycle/detail/build_states.hpp>
#include <plaint/lifecycle/detail/build_transitions.hpp>
#include <plaint/lifecycle/detail/building.hpp>
#include <plaint/lifecycle/detail/lint.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Places for what was built in code: "/states/open/on/reply/0" as if it had been read from a document.
inline void complete_pointers(std::vector<transition_definition>& list, const std::string& owner) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].pointer.empty()) {
      const auto kind = !list[i].after.empty()   ? child(child(owner, "after"), list[i].after)
                        : list[i].events.empty() ? child(owner, "always")
                                                 : child(child(owner, "on"), list[i].events.front());
      list[i].pointer = child(kind, i);
    }
  }
}

inline void complete_pointers(std::vector<state_definition>& states, const std::string& owner, std::size_t depth = 1) {
  for (auto& s : states) {
    if (s.pointer.empty()) {
      s.pointer = child(child(owner, "states"), s.name);
    }
    complete_pointers(s.transitions, s.pointer);
    if (depth <= lifecycle_limits::depth) {
      complete_pointers(s.children, s.pointer, depth + 1);
    }
  }
}

/// Everything that an expression may name: the caller's schema with states, roles, events and event fields filled in.
inline void complete_schema(building& b) {
  auto& in = b.chart;
  in.names.states = b.state_names;
  in.names.roles.clear();
  for (const auto& r : in.roles) {
    in.names.roles.push_back(r.name);
  }
  in.names.events.assign(in.events.begin(), in.events.begin() + in.first_timer);
  for (const auto& a : in.names.attributes) {
    if (!in.names.event_field(a.name)) {
      auto f = a;
      f.initial = value{};
      f.required = false;
      in.names.event_fields.push_back(std::move(f));
    }
  }
  const bool asks = std::any_of(in.transition_definitions.begin(), in.transition_definitions.end(),
                                [](const auto* t) { return !t->reasons.empty(); });
  if (asks && !in.names.event_field("reason")) {
    in.names.event_fields.push_back({"reason", type::string()});
  }
  in.reason_field = in.names.event_field("reason").value_or(no_id);
}

inline void check_roles(building& b) {
  std::vector<std::string> seen;
  for (const auto& r : b.chart.roles) {
    if (r.name.empty() || std::find(seen.begin(), seen.end(), r.name) != seen.end()) {
      b.error("duplicate-role", "roles have names, all different; \"" + r.name + "\" is there twice or empty",
              r.pointer);
    }
    seen.push_back(r.name);
  }
  if (seen.size() > lifecycle_limits::roles) {
    b.error("too-many-roles", "a lifecycle knows at most " + std::to_string(lifecycle_limits::roles) + " roles",
            "/roles");
  }
}

inline void build_ancestors(chart& in) {
  in.ancestors.assign(in.states.size() * in.words, 0);
  in.leaves.assign(in.words, 0);
  for (std::size_t s = 0; s < in.states.size(); ++s) {
    for (auto a = static_cast<state_id>(s); a != no_id; a = in.states[a].parent) {
      in.ancestors[s * in.words + a / 64U] |= std::uint64_t{1} << (a % 64U);
    }
    if (in.is_leaf(static_cast<state_id>(s))) {
      in.leaves[s / 64U] |= std::uint64_t{1} << (s % 64U);
    }
  }
}

inline void build_actions(building& b) {
  auto& in = b.chart;
  code_builder code(b);
  in.initial_code = code(in.definition.initial.actions);
  for (std::size_t s = 0; s < in.states.size(); ++s) {
    const auto& d = *in.state_definitions[s];
    in.states[s].initial_code = code(d.initial.actions);
    in.states[s].entry = code(d.entry);
    in.states[s].exit = code(d.exit);
    in.states[s].required = b.slots(d.required, child(d.pointer, "required"));
    in.requires_any = in.requires_any || !d.required.empty();
    auto kept = d.read_only;
    kept.insert(kept.end(), d.hidden.begin(), d.hidden.end());
    in.states[s].kept = b.slots(kept, child(d.pointer, "read_only"));
  }
  for (std::size_t t = 0; t < in.transitions.size(); ++t) {
    in.transitions[t].code = code(in.transition_definitions[t]->actions);
  }
}

/// Compiles a definition; appends all findings and gives the chart, unusable where one of them is an error.
[[nodiscard]] inline std::shared_ptr<chart> build_chart(lifecycle_definition definition, schema names,
                                                        std::vector<role_definition> roles, findings& out) {
  auto made = std::make_shared<chart>();
  made->definition = std::move(definition);
  made->names = std::move(names);
  made->roles = std::move(roles);
  complete_pointers(made->definition.states, "");
  complete_pointers(made->definition.transitions, "");
  building b{*made, out};
  state_numbering(b).all();
  target_builder targets(b);
  targets.number();
  check_roles(b);
  if (has_error(out)) {
    return made; // the rest would only repeat it
  }
  made->words = made->states.size() <= 64 ? 1 : made->states.size() <= 256 ? 4 : 16;
  alphabet_builder alphabet(b);
  alphabet.all();
  complete_schema(b);
  targets.all();
  build_actions(b);
  configuration_layout(b).all();
  if (!has_error(out)) {
    build_ancestors(*made);
    build_candidates(b, alphabet);
    build_brought(b);
    chart_lint(b, explore(*made)).all();
  }
  return made;
}

} // namespace plaint::detail
