// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/refusal.hpp> // for joined
#include <plaint/lifecycle/lifecycle.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The effects of a list of actions as a reader names them: "notice ack".
[[nodiscard]] inline std::string effects_of(const actions& list) {
  std::string text;
  for (const auto& a : list) {
    const auto* e = std::get_if<effect_definition>(&a.what);
    if (e == nullptr) {
      continue;
    }
    const bool named =
        !e->parameters.empty() && e->parameters.front().name == e->kind && e->parameters.front().value.is_scalar();
    text += (text.empty() ? "" : ", ") + e->kind + (named ? " " + e->parameters.front().value.text : "");
  }
  return text;
}

/// What a drawing writes at a transition: `reply [amount < 100] by lead / notice final`.
[[nodiscard]] inline std::string label_of(const transition_definition& t) {
  std::string text = joined(t.events, ", ");
  if (!t.after.empty()) {
    text = "after " + t.after;
  }
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : " ") + part; };
  if (!t.guard.empty()) {
    add("[" + t.guard + "]");
  }
  if (!t.by.empty()) {
    add("by " + joined(t.by));
  }
  if (!t.within.empty()) {
    add("within " + t.within);
  }
  if (const auto effects = effects_of(t.actions); !effects.empty()) {
    add("/ " + effects);
  }
  return text;
}

/// One arrow of a drawing with all that is written at it.
struct drawn_edge {
  state_id from = no_id;
  state_id to = no_id;
  std::vector<std::string> labels{};
};

/// The transitions as arrows, those between the same two states together.
[[nodiscard]] inline std::vector<drawn_edge> edges_of(const lifecycle& in) {
  std::vector<drawn_edge> all;
  std::map<std::pair<state_id, state_id>, std::size_t> known;
  for (std::size_t t = 0; t < in.transition_count(); ++t) {
    const auto id = static_cast<transition_id>(t);
    for (const auto target : in.targets_of(id)) {
      const auto [found, fresh] = known.emplace(std::pair(in.source_of(id), target), all.size());
      if (fresh) {
        all.push_back({in.source_of(id), target, {}});
      }
      all[found->second].labels.push_back(label_of(in.transition_at(id)));
    }
  }
  return all;
}

/// The transitions that move nothing, as lines inside their state.
[[nodiscard]] inline std::vector<std::string> inner_lines(const lifecycle& in, state_id s) {
  std::vector<std::string> lines;
  for (const auto& t : in.state_at(s).transitions) {
    if (t.targets.empty()) {
      lines.push_back(label_of(t));
    }
  }
  return lines;
}

/// A state's title, or its name.
[[nodiscard]] inline std::string caption_of(const lifecycle& in, state_id s, std::string_view language) {
  const auto title = in_language(in.state_at(s).title, language);
  return title.empty() ? in.name(s) : std::string(title);
}

} // namespace plaint::detail
