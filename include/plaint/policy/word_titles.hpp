// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/reader.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// What a word of a policy is, so that the same word may mean two things.
inline constexpr std::array<std::string_view, 6> word_kinds{"states", "events", "attributes",
                                                            "values", "atoms",  "effects"};

/// What a word is called in the languages of people.
struct word_title {
  std::string kind{}; ///< one of `word_kinds`
  std::string name{};
  titles title{};

  friend bool operator==(const word_title&, const word_title&) = default;
};

/// The section `titles`: `{ states: { lodged: { en: Lodged, zh: 已提出 } }, events: { … } }`.
///
/// It is a dictionary, of the policy or of a base that many share: words that this policy does not use do no harm.
[[nodiscard]] inline std::vector<word_title> read_word_titles(const value_reader& from) {
  std::vector<word_title> all;
  object_reader section(from);
  for (const auto kind : word_kinds) {
    if (const auto words = section.optional(kind)) {
      for (const auto& [name, member] : object_reader(*words).members()) {
        all.push_back({std::string(kind), name, detail::read_title(member)});
      }
    }
  }
  section.finish();
  return all;
}

[[nodiscard]] inline node write_word_titles(const std::vector<word_title>& all) {
  node section = node::mapping_of();
  for (const auto kind : word_kinds) {
    node words = node::mapping_of();
    for (const auto& w : all) {
      if (w.kind == kind) {
        node holder = node::mapping_of();
        detail::lifecycle_writer::write_titles(holder, w.title);
        words.add(w.name, holder.items.empty() ? node::text_of("") : std::move(holder.items.front()));
      }
    }
    if (!words.items.empty()) {
      section.add(std::string(kind), std::move(words));
    }
  }
  return section;
}

/// The titles of a word, or null where the dictionary does not have it.
[[nodiscard]] inline const titles* find_title(const std::vector<word_title>& all, std::string_view kind,
                                              std::string_view name) noexcept {
  for (const auto& w : all) {
    if (w.kind == kind && w.name == name) {
      return &w.title;
    }
  }
  return nullptr;
}

namespace detail {

inline void give_titles(std::vector<transition_definition>& all, const std::vector<word_title>& words) {
  for (auto& t : all) {
    const auto* known =
        t.title.empty() && t.events.size() == 1 ? find_title(words, "events", t.events.front()) : nullptr;
    t.title = known != nullptr ? *known : t.title;
  }
}

inline void give_titles(std::vector<state_definition>& all, const std::vector<word_title>& words) {
  for (auto& s : all) {
    const auto* known = s.title.empty() ? find_title(words, "states", s.name) : nullptr;
    s.title = known != nullptr ? *known : s.title;
    give_titles(s.transitions, words);
    give_titles(s.children, words);
  }
}

} // namespace detail

/// Gives the states and events of a lifecycle that have no title the one of the dictionary.
inline void give_titles(lifecycle_definition& d, const std::vector<word_title>& words) {
  detail::give_titles(d.states, words);
  detail::give_titles(d.transitions, words);
}

} // namespace plaint
