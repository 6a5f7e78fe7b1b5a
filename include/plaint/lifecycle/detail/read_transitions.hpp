// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/read_actions.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>
#include <plaint/reader.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

[[nodiscard]] inline std::vector<std::string> read_names(const std::optional<value_reader>& from) {
  std::vector<std::string> names;
  if (from && !from->value().is_null()) {
    for (const auto& item : from->items()) {
      if (auto name = item.text()) {
        names.push_back(std::move(*name));
      }
    }
  }
  return names;
}

[[nodiscard]] inline std::string read_words(const std::optional<value_reader>& from) {
  return from ? from->text().value_or("") : std::string{};
}

/// One text, or one for each language.
[[nodiscard]] inline titles read_title(const std::optional<value_reader>& from) {
  titles all;
  if (from && from->value().is_mapping()) {
    for (const auto& [language, member] : object_reader(*from).members()) {
      all.emplace_back(language, member.text().value_or(""));
    }
  } else if (from) {
    all.emplace_back("", read_words(from));
  }
  return all;
}

/// "reply reject.*" means either.
[[nodiscard]] inline std::vector<std::string> split_descriptors(std::string_view text) {
  std::vector<std::string> all;
  while (!text.empty()) {
    const auto begin = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(begin);
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) {
      all.emplace_back(text.substr(0, end));
    }
    text.remove_prefix(end);
  }
  return all;
}

/// `internal: true`, or its opposite in the words of XState 5, `reenter: false`.
inline void read_reentry(object_reader& all, transition_definition& into) {
  const auto internal = all.optional("internal");
  const auto reenter = all.optional("reenter");
  if (internal) {
    into.internal = internal->boolean().value_or(false);
  }
  if (reenter) {
    if (internal) {
      reenter->fault("said-twice", "\"internal\" and \"reenter\" say the same; one is enough");
    }
    into.internal = !reenter->boolean().value_or(true);
  }
}

/// A transition written as its target, as a mapping, or as nothing: then the event is allowed and moves nothing.
inline void read_transition(const value_reader& from, transition_definition t, bool list_form,
                            std::vector<transition_definition>& out) {
  t.pointer = from.pointer();
  if (!from.value().is_mapping()) {
    if (!from.value().is_null()) {
      t.targets = read_names(from);
    }
    out.push_back(std::move(t));
    return;
  }
  object_reader all(from);
  if (list_form) {
    if (const auto events = all.required("event")) {
      for (const auto& item : events->items()) {
        for (auto& d : split_descriptors(item.text().value_or(""))) {
          t.events.push_back(std::move(d));
        }
      }
    }
  }
  t.targets = read_names(all.optional("target"));
  t.guard = read_words(all.optional("guard"));
  const auto by = all.optional("by");
  t.by = read_names(by);
  if (by && t.by.empty()) { // else a list that came out empty would open the way to all
    by->fault("nobody-acts", "roles are required here; without \"by\" anybody may");
  }
  t.require = read_names(all.optional("require"));
  t.reasons = read_names(all.optional("reasons"));
  t.within = read_words(all.optional("within"));
  t.title = read_title(all.optional("title"));
  read_reentry(all, t);
  read_deeds(all, t.actions, 1);
  all.finish();
  out.push_back(std::move(t));
}

/// One transition or a list of candidates, of which the first that is enabled is taken.
inline void read_candidates(const value_reader& from, const transition_definition& common,
                            std::vector<transition_definition>& out) {
  const bool several = from.value().is_sequence() &&
                       !(from.value().items.size() > 0 && from.value().items.front().is_scalar()); // a list of targets
  if (!several) {
    return read_transition(from, common, false, out);
  }
  for (const auto& item : from.items()) {
    read_transition(item, common, false, out);
  }
}

/// `on`: a mapping from descriptors, or a list of transitions each with its `event` where their order matters.
inline void read_on(const value_reader& from, std::vector<transition_definition>& out) {
  if (from.value().is_sequence()) {
    for (const auto& item : from.items()) {
      read_transition(item, {}, true, out);
    }
    return;
  }
  object_reader all(from);
  for (const auto& [events, member] : all.members()) {
    transition_definition common;
    common.events = split_descriptors(events);
    if (common.events.empty()) {
      member.fault("bad-name", "an event needs a name; transitions without one are written under \"always\"");
      continue;
    }
    read_candidates(member, common, out);
  }
}

inline void read_after(const value_reader& from, std::vector<transition_definition>& out) {
  object_reader all(from);
  for (const auto& [length, member] : all.members()) {
    transition_definition common;
    common.after = length;
    read_candidates(member, common, out);
  }
}

} // namespace plaint::detail
