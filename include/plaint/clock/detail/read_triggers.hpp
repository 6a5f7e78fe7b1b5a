// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/clock/trigger.hpp>
#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/reader.hpp>

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace plaint::detail {

inline std::optional<trigger> read_trigger_text(const value_reader& from) {
  const auto text = from.text();
  if (!text) {
    return std::nullopt;
  }
  auto read = parse_trigger(*text);
  if (!read) {
    from.fault(
        "bad-trigger",
        "a trigger is one of opened, enter(state), exit(state), event(name), notice(name), start(clock), stop(clock), "
        "cancel(clock), breach(clock), threshold(clock, id), pause_exceeded(clock); \"" +
            *text + "\" is not");
    return std::nullopt;
  }
  read->pointer = from.pointer();
  return read;
}

/// One trigger or several; each is a text, or `{ on: event(comment), if: actor.class == "customer" }`.
inline std::vector<trigger> read_triggers(const value_reader& from) {
  std::vector<trigger> all;
  for (const auto& item : from.items()) {
    if (!item.value().is_mapping()) {
      if (auto read = read_trigger_text(item)) {
        all.push_back(std::move(*read));
      }
      continue;
    }
    object_reader fields(item);
    const auto on = fields.required("on");
    const auto guard = fields.optional("if");
    fields.finish();
    auto read = on ? read_trigger_text(*on) : std::nullopt;
    if (read) {
      read->guard = guard ? guard->text().value_or("") : "";
      all.push_back(std::move(*read));
    }
  }
  return all;
}

inline std::vector<trigger> read_triggers(const std::optional<value_reader>& from) {
  return from ? read_triggers(*from) : std::vector<trigger>{};
}

/// Effects alone: what a clock or ladder lets happen sets, raises and chooses nothing.
inline void read_effects(const std::optional<value_reader>& from, std::vector<effect_definition>& into) {
  if (!from) {
    return;
  }
  actions read;
  read_action_list(*from, read);
  for (auto& each : read) {
    if (auto* effect = std::get_if<effect_definition>(&each.what)) {
      into.push_back(std::move(*effect));
    } else {
      from->fault("effects-only", "only effects can be asked for here; nothing is set, raised or chosen");
      return;
    }
  }
}

inline std::optional<goal> read_goal(const std::optional<value_reader>& from) {
  const auto text = from ? from->text() : std::nullopt;
  return text ? parse_goal(*text, from->out(), from->pointer()) : std::nullopt;
}

inline bool read_flag(const std::optional<value_reader>& from, bool otherwise) {
  return from ? from->boolean().value_or(otherwise) : otherwise;
}

/// The place of a word among those allowed; the first where it is not given.
template <class Enum, class Words>
Enum read_choice_of(const std::optional<value_reader>& from, const Words& allowed, std::string_view what) {
  return static_cast<Enum>(from ? from->word(allowed, what).value_or(0) : 0);
}

inline void write_goal(node& to, std::string name, const std::optional<goal>& g) {
  if (g) {
    to.add(std::move(name), node::text_of(to_string(*g)));
  }
}

inline void write_triggers(node& to, std::string name, const std::vector<trigger>& all) {
  if (all.empty()) {
    return;
  }
  node& list = to.add(std::move(name), node::sequence_of());
  for (const auto& t : all) {
    if (t.guard.empty()) {
      list.push(node::text_of(to_string(t)));
      continue;
    }
    node& one = list.push(node::mapping_of());
    one.add("on", node::text_of(to_string(t)));
    one.add("if", node::text_of(t.guard));
  }
}

inline void write_effects(node& to, std::string name, const std::vector<effect_definition>& all) {
  if (all.empty()) {
    return;
  }
  node& list = to.add(std::move(name), node::sequence_of());
  for (const auto& e : all) {
    list.push(lifecycle_writer::write_action(e));
  }
}

} // namespace plaint::detail
