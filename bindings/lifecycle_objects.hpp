// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "node_caster.hpp"
#include "value_conversion.hpp"

#include <plaint/io/scxml.hpp>
#include <plaint/io/yaml.hpp>
#include <plaint/lifecycle/dispatch_table.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/lifecycle/possible.hpp>
#include <plaint/lifecycle/snapshot_names.hpp>
#include <plaint/lifecycle/step.hpp>
#include <plaint/policy/attribute_document.hpp>
#include <plaint/policy/header_document.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// What stands behind the Python classes of the lifecycle room.
namespace plaint::python {

/// A compiled lifecycle with the document that it came from.
struct machine {
  lifecycle rules;
  node source;
  std::string digest;
  std::once_flag once{};
  std::optional<dispatch_table> table{};
  // The Python types of its states and steps; alive as long as the module. Not static: each interpreter has its own.
  PyTypeObject* state_type = nullptr;
  PyTypeObject* step_type = nullptr;

  machine(lifecycle compiled, node from) : rules(std::move(compiled)), source(std::move(from)), digest(plaint::digest(rules.definition())) {}

  /// Built when bulk work first asks for it; nothing where the lifecycle has too many configurations.
  [[nodiscard]] const std::optional<dispatch_table>& bulk() {
    std::call_once(once, [&] { table = dispatch_table::build(rules); });
    return table;
  }
};

/// The attributes of a state; shared by all states that have the same.
using shared_values = std::shared_ptr<const std::vector<value>>;

/// One complaint's place in its lifecycle with its attributes. Never changed.
struct complaint_state {
  std::shared_ptr<machine> of;
  configuration at{};
  shared_values values{};

  friend bool operator==(const complaint_state& a, const complaint_state& b) {
    return a.of->digest == b.of->digest && a.at == b.at && *a.values == *b.values;
  }
};

/// A step with the attributes before it; the state after it is made when it is asked for.
struct python_step {
  std::shared_ptr<machine> of;
  shared_values before{};
  step_result result{};
};

namespace detail {

inline void collect_roles(const std::vector<transition_definition>& list, std::set<std::string>& seen, std::vector<role_definition>& out) {
  for (const auto& t : list) {
    for (const auto& name : t.by) {
      if (seen.insert(name).second) {
        out.push_back({name});
      }
    }
  }
}
inline void collect_roles(const std::vector<state_definition>& states, std::set<std::string>& seen, std::vector<role_definition>& out) {
  for (const auto& s : states) {
    collect_roles(s.transitions, seen, out);
    collect_roles(s.children, seen, out);
  }
}

inline std::vector<std::string> names_in(const node& root, std::string_view section) {
  const auto* found = root.find(section);
  return found == nullptr ? std::vector<std::string>{} : found->keys;
}

} // namespace detail

/// A lifecycle from a document: a whole policy, `{attributes, roles, lifecycle}`, or `{attributes, roles, initial, states}`.
/// Where no roles are declared, those that transitions name are taken to exist.
[[nodiscard]] inline std::shared_ptr<machine> machine_from(const document& from) {
  findings found;
  object_reader root(from.root, "", found);
  schema sees;
  std::vector<role_definition> roles;
  if (const auto section = root.optional("attributes")) {
    sees.attributes = read_attributes(*section);
  }
  if (const auto section = root.optional("event_data")) {
    sees.event_fields = read_attributes(*section);
  }
  const auto declared = root.optional("roles");
  if (declared) {
    roles = read_roles(*declared);
  }
  sees.clocks = detail::names_in(from.root, "clocks");
  sees.ladders = detail::names_in(from.root, "ladders");
  const auto section = root.optional("lifecycle");
  node rest = from.root;
  if (!section) {
    for (const auto* name : {"attributes", "event_data", "roles", "clocks", "ladders", "plaint", "id", "version", "title", "name"}) {
      for (std::size_t i = 0; i < rest.keys.size(); ++i) {
        if (rest.keys[i] == name) {
          rest.keys.erase(rest.keys.begin() + static_cast<std::ptrdiff_t>(i));
          rest.items.erase(rest.items.begin() + static_cast<std::ptrdiff_t>(i));
          break;
        }
      }
    }
  }
  const std::string pointer = section ? "/lifecycle" : "";
  auto definition = read_lifecycle(section ? *section : value_reader(rest, "", found));
  if (!declared) {
    std::set<std::string> seen(actor_class_words.begin(), actor_class_words.end());
    detail::collect_roles(definition.states, seen, roles);
    detail::collect_roles(definition.transitions, seen, roles);
  }
  auto faults = check(sees);
  found.insert(found.end(), faults.begin(), faults.end());
  std::optional<lifecycle> compiled;
  const bool readable = !has_error(found);
  findings own;
  compiled = lifecycle::try_compile(std::move(definition), std::move(sees), std::move(roles), own);
  for (auto& f : own) {
    // What was read carries whole pointers already; what the compiler made up is relative to the lifecycle.
    if (!pointer.empty() && !f.pointer.starts_with(pointer)) {
      f.pointer = pointer + f.pointer;
    }
    found.push_back(std::move(f));
  }
  place_findings(found, from);
  throw_if_error(found);
  (void)readable;
  return std::make_shared<machine>(*std::move(compiled), from.root);
}

/// From SCXML; kept as the document that says the same.
[[nodiscard]] inline std::shared_ptr<machine> machine_from_scxml(const std::string& text, const std::string& file) {
  auto chart = read_scxml(text, file);
  node source = node::mapping_of();
  node attributes = node::mapping_of();
  for (const auto& a : chart.attributes) {
    attributes.add(a.name, write_attribute(a));
  }
  source.add("attributes", std::move(attributes));
  source.add("lifecycle", write_lifecycle(chart.definition));
  schema sees;
  sees.attributes = std::move(chart.attributes);
  return std::make_shared<machine>(compile(std::move(chart.definition), std::move(sees)), std::move(source));
}

} // namespace plaint::python
