// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/lifecycle_definition.hpp>
#include <plaint/reader.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

inline constexpr std::size_t deepest_actions = 40; // of choices in choices; the compiler's own bound is lower

inline void read_action_list(const value_reader& from, actions& into, std::size_t depth = 1);

/// `{ reopened: reopened + 1, owner: actor.id }`
inline void read_set(const value_reader& from, actions& into) {
  object_reader all(from);
  for (const auto& [attribute, member] : all.members()) {
    if (member.value().is_null()) {
      into.push_back({assignment{attribute, "null", member.pointer()}});
    } else if (auto text = member.text()) {
      into.push_back({assignment{attribute, std::move(*text), member.pointer()}});
    }
  }
}

/// `raise: accepted`, a list of such, or `{ event: accepted }`.
inline void read_raise(const value_reader& from, actions& into) {
  for (const auto& item : from.items()) {
    if (item.value().is_mapping()) {
      object_reader all(item);
      if (const auto event = all.required("event")) {
        into.push_back({raised_event{event->text().value_or(""), event->pointer()}});
      }
      all.finish();
    } else if (auto name = item.text()) {
      into.push_back({raised_event{std::move(*name), item.pointer()}});
    }
  }
}

/// A value of an effect: a constant, or `{ expr: "amount * 2" }`.
[[nodiscard]] inline parameter read_parameter(std::string name, const value_reader& from) {
  parameter p{std::move(name), {}, {}};
  const auto& v = from.value();
  if (v.is_mapping() && v.keys.size() == 1 && v.keys.front() == "expr") {
    p.expression = value_reader(v.items.front(), child(from.pointer(), "expr"), from.out()).text().value_or("");
  } else {
    p.value = v;
  }
  return p;
}

/// `{ notice: ack, carries: [received] }`: the first name is the kind.
inline void read_effect(const value_reader& from, actions& into) {
  effect_definition e;
  e.pointer = from.pointer();
  if (!from.value().is_mapping()) {
    if (auto kind = from.text()) {
      e.kind = std::move(*kind);
      into.push_back({std::move(e)});
    }
    return;
  }
  object_reader all(from);
  for (const auto& [name, member] : all.members()) {
    e.kind = e.kind.empty() ? name : e.kind;
    e.parameters.push_back(read_parameter(name, member));
  }
  if (e.kind.empty()) {
    from.fault("missing", "an effect needs a kind, such as { notice: ack }");
    return;
  }
  into.push_back({std::move(e)});
}

/// The members `set`, `do` and `raise` of a mapping, done in this order whatever the order of writing.
inline void read_deeds(object_reader& all, actions& into, std::size_t depth) {
  if (const auto set = all.optional("set")) {
    read_set(*set, into);
  }
  if (const auto effects = all.optional("do")) {
    read_action_list(*effects, into, depth + 1);
  }
  if (const auto raise = all.optional("raise")) {
    read_raise(*raise, into);
  }
}

inline void read_action(const value_reader& from, actions& into, std::size_t depth) {
  constexpr std::array<std::string_view, 4> words{"if", "set", "do", "raise"};
  const auto& v = from.value();
  const bool deeds =
      v.is_mapping() && std::any_of(words.begin(), words.end(), [&](auto w) { return v.find(w) != nullptr; });
  if (!deeds) {
    return read_effect(from, into);
  }
  object_reader all(from);
  if (const auto guard = all.optional("if")) {
    choice c;
    c.guard = guard->text().value_or("");
    c.pointer = from.pointer();
    read_deeds(all, c.then, depth);
    if (const auto otherwise = all.optional("else")) {
      read_action_list(*otherwise, c.otherwise, depth + 1);
    }
    into.push_back({std::move(c)});
  } else {
    read_deeds(all, into, depth);
  }
  all.finish();
}

/// A list of effects, `set`, `raise` and `if` items, or a single one.
inline void read_action_list(const value_reader& from, actions& into, std::size_t depth) {
  if (depth > deepest_actions) {
    from.fault("too-deep", "actions lie at most " + std::to_string(deepest_actions) + " deep");
    return;
  }
  for (const auto& item : from.items()) {
    read_action(item, into, depth);
  }
}

} // namespace plaint::detail
