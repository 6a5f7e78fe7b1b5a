// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>
#include <plaint/lifecycle/detail/refusal.hpp> // for joined
#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace plaint::detail {

/// Writes definitions as documents, always in the same form.
struct lifecycle_writer {
  [[nodiscard]] static node write(const lifecycle_definition& d) {
    node all = node::mapping_of();
    write_initial(all, "initial", d.initial);
    write_transitions(all, d.transitions);
    all.add("states", write_states(d.states));
    if (d.max_microsteps != lifecycle_definition{}.max_microsteps) {
      all.add("max_microsteps", node::integer_of(static_cast<std::int64_t>(d.max_microsteps)));
    }
    if (d.cross_region) {
      all.add("cross_region", node::boolean_of(true));
    }
    return all;
  }

  static node write_states(const std::vector<state_definition>& states) {
    node all = node::mapping_of();
    for (const auto& s : states) {
      all.add(s.name, write_state(s));
    }
    return all;
  }

  static node write_state(const state_definition& s) {
    node all = node::mapping_of();
    const bool history = s.type == state_type::shallow_history || s.type == state_type::deep_history;
    write_type(all, s);
    write_titles(all, s.title);
    write_names(all, "tags", s.tags);
    write_names(all, "required", s.required);
    write_names(all, "read_only", s.read_only);
    write_names(all, "hidden", s.hidden);
    write_initial(all, history ? "target" : "initial", s.initial);
    if (!s.entry.empty()) {
      all.add("entry", write_actions(s.entry));
    }
    if (!s.exit.empty()) {
      all.add("exit", write_actions(s.exit));
    }
    write_transitions(all, s.transitions);
    if (!s.children.empty()) {
      all.add("states", write_states(s.children));
    }
    return all;
  }

  static void write_type(node& to, const state_definition& s) {
    switch (s.type) {
    case state_type::parallel:
      to.add("type", node::text_of("parallel"));
      break;
    case state_type::final:
      to.add("type", node::text_of("final"));
      break;
    case state_type::shallow_history:
      to.add("type", node::text_of("history"));
      break;
    case state_type::deep_history:
      to.add("type", node::text_of("history"));
      to.add("history", node::text_of("deep"));
      break;
    case state_type::atomic:
    case state_type::compound:
      break;
    }
  }

  static void write_titles(node& to, const titles& all) {
    if (all.size() == 1 && all.front().first.empty()) {
      to.add("title", node::text_of(all.front().second));
    } else if (!all.empty()) {
      auto& title = to.add("title", node::mapping_of());
      for (const auto& [language, text] : all) {
        title.add(language, node::text_of(text));
      }
    }
  }

  static node names_of(const std::vector<std::string>& names) {
    node all = node::sequence_of();
    for (const auto& name : names) {
      all.push(node::text_of(name));
    }
    return names.size() == 1 ? node::text_of(names.front()) : all;
  }
  static void write_names(node& to, std::string name, const std::vector<std::string>& names) {
    if (!names.empty()) {
      to.add(std::move(name), names_of(names));
    }
  }
  static void write_text(node& to, std::string name, const std::string& text) {
    if (!text.empty()) {
      to.add(std::move(name), node::text_of(text));
    }
  }

  static void write_initial(node& to, std::string name, const initial_definition& d) {
    if (d.actions.empty()) {
      write_names(to, std::move(name), d.targets);
      return;
    }
    node all = node::mapping_of();
    all.add("target", names_of(d.targets));
    write_deeds(all, d.actions);
    to.add(std::move(name), std::move(all));
  }

  /// `on` as a mapping where each descriptor has its transitions side by side, else as a list in document order.
  static void write_transitions(node& to, const std::vector<transition_definition>& list) {
    std::vector<const transition_definition*> on;
    std::vector<const transition_definition*> always;
    std::vector<const transition_definition*> after;
    for (const auto& t : list) {
      (!t.after.empty() ? after : t.events.empty() ? always : on).push_back(&t);
    }
    const auto event = [](const transition_definition* t) { return joined(t->events, " "); };
    if (!on.empty() && is_grouped(on, event)) {
      to.add("on", write_groups(on, event));
    } else if (!on.empty()) {
      auto& rows = to.add("on", node::sequence_of());
      for (const auto* t : on) {
        node row = node::mapping_of();
        row.add("event", node::text_of(event(t)));
        rows.push(write_transition(*t, std::move(row)));
      }
    }
    if (!always.empty()) {
      to.add("always", write_candidates(always));
    }
    if (!after.empty()) {
      std::stable_sort(after.begin(), after.end(), [](const auto* a, const auto* b) { return a->after < b->after; });
      to.add("after", write_groups(after, [](const transition_definition* t) { return t->after; }));
    }
  }

  template <class Key>
  static bool is_grouped(const std::vector<const transition_definition*>& list, const Key& key) {
    std::set<std::string> closed;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0 && key(list[i]) != key(list[i - 1]) && !closed.insert(key(list[i - 1])).second) {
        return false;
      }
      if (closed.count(key(list[i])) != 0) {
        return false;
      }
    }
    return true;
  }

  template <class Key>
  static node write_groups(const std::vector<const transition_definition*>& list, const Key& key) {
    node all = node::mapping_of();
    for (std::size_t i = 0; i < list.size();) {
      std::size_t end = i;
      std::vector<const transition_definition*> group;
      for (; end < list.size() && key(list[end]) == key(list[i]); ++end) {
        group.push_back(list[end]);
      }
      all.add(key(list[i]), write_candidates(group));
      i = end;
    }
    return all;
  }

  static node write_candidates(const std::vector<const transition_definition*>& group) {
    if (group.size() == 1) {
      return write_transition(*group.front(), node::mapping_of());
    }
    node all = node::sequence_of();
    for (const auto* t : group) {
      all.push(write_transition(*t, node::mapping_of()));
    }
    return all;
  }

  static node write_transition(const transition_definition& t, node all) {
    write_names(all, "target", t.targets);
    if (t.internal) {
      all.add("internal", node::boolean_of(true));
    }
    write_titles(all, t.title);
    write_names(all, "by", t.by);
    write_text(all, "guard", t.guard);
    write_names(all, "require", t.require);
    write_names(all, "reasons", t.reasons);
    write_text(all, "within", t.within);
    write_deeds(all, t.actions);
    return all;
  }

  static node expression(const std::string& text) { return text == "null" ? node{} : node::text_of(text); }

  /// As `set`, `do`, `raise` where the actions come in that order, else all of them as a list under `do`.
  static void write_deeds(node& to, const actions& list) {
    const auto kind = [](const action& a) {
      return std::holds_alternative<assignment>(a.what) ? 0 : std::holds_alternative<raised_event>(a.what) ? 2 : 1;
    };
    std::set<std::string> set;
    bool plain =
        std::is_sorted(list.begin(), list.end(), [&](const action& a, const action& b) { return kind(a) < kind(b); });
    for (const auto& a : list) {
      const auto* s = std::get_if<assignment>(&a.what);
      plain = plain && (s == nullptr || set.insert(s->attribute).second);
    }
    if (!plain) {
      to.add("do", write_actions(list));
      return;
    }
    actions effects;
    std::vector<std::string> raised;
    node assignments = node::mapping_of();
    for (const auto& a : list) {
      if (const auto* s = std::get_if<assignment>(&a.what)) {
        assignments.add(s->attribute, expression(s->expression));
      } else if (const auto* r = std::get_if<raised_event>(&a.what)) {
        raised.push_back(r->event);
      } else {
        effects.push_back(a);
      }
    }
    if (!assignments.items.empty()) {
      to.add("set", std::move(assignments));
    }
    if (!effects.empty()) {
      to.add("do", write_actions(effects));
    }
    write_names(to, "raise", raised);
  }

  static node write_actions(const actions& list) {
    node all = node::sequence_of();
    for (const auto& a : list) {
      all.push(std::visit([](const auto& what) { return write_action(what); }, a.what));
    }
    return all;
  }

  static node write_action(const assignment& a) {
    node all = node::mapping_of();
    all.add("set", node::mapping_of()).add(a.attribute, expression(a.expression));
    return all;
  }
  static node write_action(const raised_event& r) {
    node all = node::mapping_of();
    all.add("raise", node::text_of(r.event));
    return all;
  }
  static node write_action(const effect_definition& e) {
    if (e.parameters.empty()) {
      return node::text_of(e.kind);
    }
    node all = node::mapping_of();
    for (const auto& p : e.parameters) {
      auto& value = all.add(p.name, p.value);
      if (!p.expression.empty()) {
        value = node::mapping_of();
        value.add("expr", node::text_of(p.expression));
      }
    }
    return all;
  }
  static node write_action(const choice& c) {
    node all = node::mapping_of();
    all.add("if", node::text_of(c.guard));
    write_deeds(all, c.then);
    if (!c.otherwise.empty()) {
      all.add("else", write_actions(c.otherwise));
    }
    return all;
  }
};

} // namespace plaint::detail
