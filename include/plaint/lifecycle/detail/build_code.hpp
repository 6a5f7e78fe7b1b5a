// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/compile.hpp>
#include <plaint/lifecycle/detail/building.hpp>
#include <plaint/lifecycle/detail/event_names.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace plaint::detail {

/// Compiles an expression once for each text and type; faults get the pointer of the place where it is written.
[[nodiscard]] inline std::uint32_t build_program(building& b, std::string_view text, const type& expected,
                                                 const std::string& pointer) {
  const auto key = to_string(expected) + '\n' + std::string(text);
  if (const auto known = b.known_programs.find(key); known != b.known_programs.end()) {
    return known->second;
  }
  findings found;
  auto compiled = try_compile(text, b.chart.names, expected, found);
  for (auto& f : found) {
    f.pointer = pointer;
    if (f.column > 0) {
      f.message += ", at character " + std::to_string(f.column);
      f.line = f.column = 0; // those of the text; the document's own are found by the pointer
    }
    b.out.push_back(std::move(f));
  }
  if (!compiled) {
    return no_program;
  }
  b.chart.programs.push_back(std::move(*compiled));
  const auto place = static_cast<std::uint32_t>(b.chart.programs.size() - 1);
  b.known_programs.emplace(key, place);
  return place;
}

/// A guard that is the same whatever happens is worth a word.
[[nodiscard]] inline std::uint32_t build_guard(building& b, std::string_view text, const std::string& pointer) {
  if (text.empty()) {
    return no_program;
  }
  const auto place = build_program(b, text, type::boolean(), pointer);
  if (place != no_program) {
    if (const auto constant = b.chart.programs[place].constant()) {
      const bool* is = constant->get_if<bool>();
      if (is != nullptr && *is) {
        b.note("guard-always-true", "the guard is always true", pointer);
      } else {
        b.warning("guard-always-false", "the guard is never true", pointer);
      }
    }
  }
  return place;
}

/// Flattens lists of actions into the chart's code.
class code_builder {
public:
  explicit code_builder(building& b) : b_(b) {}

  stretch32 operator()(const actions& list) {
    stretch32 s;
    s.begin = static_cast<std::uint32_t>(b_.chart.code.size());
    add(list, 1);
    s.end = static_cast<std::uint32_t>(b_.chart.code.size());
    return s;
  }

private:
  void add(const actions& list, std::size_t depth) {
    if (b_.chart.code.size() > lifecycle_limits::actions) {
      if (!full_) {
        b_.error("too-many-actions",
                 "a lifecycle has at most " + std::to_string(lifecycle_limits::actions) + " actions", "");
      }
      full_ = true;
      return;
    }
    for (const auto& a : list) {
      std::visit([&](const auto& what) { put(what, depth); }, a.what);
    }
  }

  void put(const assignment& a, std::size_t) {
    const auto slot = b_.find_slot(a.attribute, a.pointer);
    if (slot == no_id) {
      return;
    }
    auto program = no_program;
    if (a.expression != "null") {
      program = build_program(b_, a.expression, b_.chart.names.attributes[slot].type, a.pointer);
    }
    b_.chart.code.push_back({deed_kind::assign, slot, program, 0});
  }

  void put(const effect_definition& e, std::size_t) {
    const auto id = static_cast<effect_id>(b_.chart.effects.size());
    if (e.kind.empty()) {
      b_.error("missing", "an effect needs a kind", e.pointer);
    }
    b_.chart.effects.push_back(&e);
    b_.chart.effect_programs.push_back(building::append(b_.chart.programs_pool, [&] {
      for (const auto& p : e.parameters) {
        if (!p.expression.empty()) {
          b_.chart.programs_pool.push_back(build_program(b_, p.expression, type::any(), child(e.pointer, p.name)));
        }
      }
    }));
    b_.chart.code.push_back({deed_kind::emit, id, no_program, 0});
  }

  void put(const raised_event& r, std::size_t) {
    const auto& names = b_.chart.events;
    const auto found = std::find(names.begin(), names.begin() + b_.chart.first_timer, r.event);
    if (found != names.begin() + b_.chart.first_timer) {
      b_.chart.code.push_back({deed_kind::raise, static_cast<event_id>(found - names.begin()), no_program, 0});
    }
  }

  void put(const choice& c, std::size_t depth) {
    if (depth > lifecycle_limits::depth) {
      b_.error("too-deep", "choices lie at most " + std::to_string(lifecycle_limits::depth) + " deep", c.pointer);
      return;
    }
    const auto guard = build_guard(b_, c.guard, c.pointer);
    const auto test = b_.chart.code.size();
    b_.chart.code.push_back({deed_kind::skip_unless, 0, guard, 0});
    add(c.then, depth + 1);
    const auto over = b_.chart.code.size();
    b_.chart.code.push_back({deed_kind::skip, 0, no_program, 0});
    b_.chart.code[test].target = static_cast<std::uint32_t>(over + 1);
    add(c.otherwise, depth + 1);
    b_.chart.code[over].target = static_cast<std::uint32_t>(b_.chart.code.size());
  }

  building& b_;
  bool full_ = false;
};

/// Visits every action of a list, those inside choices included.
template <class Visit>
void each_action(const actions& list, const Visit& visit) {
  for (const auto& a : list) {
    visit(a);
    if (const auto* c = std::get_if<choice>(&a.what)) {
      each_action(c->then, visit);
      each_action(c->otherwise, visit);
    }
  }
}

/// Visits every list of actions of a chart's definition.
template <class Visit>
void each_action(const chart& in, const Visit& visit) {
  each_action(in.definition.initial.actions, visit);
  for (const auto* s : in.state_definitions) {
    each_action(s->initial.actions, visit);
    each_action(s->entry, visit);
    each_action(s->exit, visit);
  }
  for (const auto* t : in.transition_definitions) {
    each_action(t->actions, visit);
  }
}

} // namespace plaint::detail
