// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "node_caster.hpp"
#include "value_conversion.hpp"

#include <plaint/calendar/goal/goal_text.hpp>
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

#include <atomic>
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
  std::atomic<int> steps{0};
  // The Python types of its states and steps; alive as long as the module. Not static: each interpreter has its own.
  PyTypeObject* state_type = nullptr;
  PyTypeObject* step_type = nullptr;

  machine(lifecycle compiled, node from)
      : rules(std::move(compiled)), source(std::move(from)), digest(plaint::digest(rules.definition())) {}

  /// Built when bulk work first asks for it; nothing where the lifecycle has too many configurations.
  [[nodiscard]] const std::optional<dispatch_table>& bulk() {
    std::call_once(once, [&] { table = dispatch_table::build(rules); });
    return table;
  }

  /// The same for single steps: worth its price for those who go on stepping.
  [[nodiscard]] const dispatch_table* worthwhile() {
    constexpr int few = 100;
    if (steps.load(std::memory_order_relaxed) < few) {
      steps.fetch_add(1, std::memory_order_relaxed);
      return nullptr;
    }
    const auto& built = bulk();
    return built ? &*built : nullptr;
  }
};

/// With the types that its states and steps have in this interpreter; without them nothing can be made of it.
[[nodiscard]] inline std::shared_ptr<machine> with_types(std::shared_ptr<machine> m) {
  const auto room = py::module_::import("plaint._core.lifecycle");
  m->state_type = reinterpret_cast<PyTypeObject*>(room.attr("State").ptr());
  m->step_type = reinterpret_cast<PyTypeObject*>(room.attr("Step").ptr());
  return m;
}

/// The attributes of a state, as values and, where each has that form, as the numbers of a dispatch table. What a table
/// has left becomes values when somebody looks at it: a loop over events need not.
class held_values {
public:
  std::vector<std::int64_t> slots{};
  std::uint64_t set = 0;
  bool whole = true;

  explicit held_values(std::vector<value> all) : slots(all.size()), values_(std::move(all)), from_table_(false) {
    for (std::size_t i = 0; i < values_.size() && whole; ++i) {
      whole = i < 64 && to_slot(values_[i], i, slots, set);
    }
  }
  held_values(const std::vector<std::int64_t>& left, std::uint64_t known)
      : slots(left), set(known), from_table_(true) {}

  [[nodiscard]] const std::vector<value>& values(const schema& sees) const {
    if (from_table_) {
      std::call_once(asked_, [&] {
        values_.resize(slots.size());
        for (std::size_t i = 0; i < slots.size(); ++i) {
          if ((set >> i & 1U) != 0) {
            values_[i] = from_slot(slots[i], sees.attributes[i].type);
          }
        }
      });
    }
    return values_;
  }

private:
  [[nodiscard]] static value from_slot(std::int64_t number, const type& of) {
    switch (of.kind()) {
    case type_kind::boolean:
      return number != 0;
    case type_kind::enumeration:
      return enum_member{static_cast<std::uint16_t>(number)};
    case type_kind::timestamp:
      return instant(duration(number));
    case type_kind::duration:
      return duration(number);
    default:
      return number;
    }
  }

  mutable std::vector<value> values_{};
  mutable std::once_flag asked_{};
  bool from_table_;
};
/// Shared by all states that have the same.
using shared_values = std::shared_ptr<const held_values>;

[[nodiscard]] inline shared_values hold(std::vector<value> all) {
  return std::make_shared<const held_values>(std::move(all));
}

/// One complaint's place in its lifecycle with its attributes. Never changed.
struct complaint_state {
  std::shared_ptr<machine> of;
  configuration at{};
  shared_values held{};

  [[nodiscard]] const std::vector<value>& values() const { return held->values(of->rules.schema()); }

  friend bool operator==(const complaint_state& a, const complaint_state& b) {
    return a.of->digest == b.of->digest && a.at == b.at && a.values() == b.values();
  }
};

/// Who sends an event.
struct sender {
  std::string id{};
  std::string role{};
  actor_class side = actor_class::none;

  [[nodiscard]] actor_view view() const noexcept { return {id, role, side}; }
};

/// A step with what it was given. What the table answers, it answers at once; the rest of it, a step being a function
/// of what it was given, is worked out when somebody asks.
class python_step {
public:
  std::shared_ptr<machine> of{};
  shared_values before{};
  configuration from{};
  // What came of it, if the table says so.
  bool by_table = false;
  bool accepted = false;
  std::uint32_t row = 0;
  std::uint64_t set = 0;
  std::vector<std::int64_t> slots{};
  // What it was given.
  std::string event{};
  sender who{};
  std::optional<instant> at{};

  /// Everything about it.
  [[nodiscard]] const step_result& result() const {
    if (by_table) {
      static std::mutex one_at_a_time;
      const std::scoped_lock alone(one_at_a_time);
      if (!known_) {
        occurrence what;
        what.event = of->rules.event(event);
        what.name = event;
        what.actor = who.view();
        what.at = at;
        result_ = step(of->rules, from, before->values(of->rules.schema()), what);
        known_ = true;
      }
    }
    return result_;
  }
  [[nodiscard]] step_result& written() noexcept { return result_; }

  void clear() {
    of.reset();
    before.reset();
    by_table = accepted = known_ = false;
    who.id.clear();
    who.role.clear();
    who.side = actor_class::none;
    at.reset();
    result_.clear();
  }

private:
  mutable step_result result_{};
  mutable bool known_ = false;
};

namespace detail {

inline void collect_roles(const std::vector<transition_definition>& list, std::set<std::string>& seen,
                          std::vector<role_definition>& out) {
  for (const auto& t : list) {
    for (const auto& name : t.by) {
      if (seen.insert(name).second) {
        out.push_back({name});
      }
    }
  }
}
inline void collect_roles(const std::vector<state_definition>& states, std::set<std::string>& seen,
                          std::vector<role_definition>& out) {
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

/// A lifecycle from a document: a whole policy, `{attributes, roles, lifecycle}`, or `{attributes, roles, initial,
/// states}`. Where no roles are declared, those that transitions name are taken to exist.
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
    for (const auto* name :
         {"attributes", "event_data", "roles", "clocks", "ladders", "plaint", "id", "version", "title", "name"}) {
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
  findings own;
  compiled = lifecycle::try_compile(std::move(definition), std::move(sees), std::move(roles), own);
  for (std::size_t i = 0; compiled && i < compiled->timers().size(); ++i) {
    (void)parse_goal(compiled->timers()[i].duration, own, compiled->timers()[i].pointer);
  }
  for (auto& f : own) {
    // What was read carries whole pointers already; what the compiler made up is relative to the lifecycle.
    if (!pointer.empty() && !f.pointer.starts_with(pointer)) {
      f.pointer = pointer + f.pointer;
    }
    found.push_back(std::move(f));
  }
  place_findings(found, from);
  throw_if_error(found);
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
