// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/policy/detail/text_tokens.hpp>
#include <plaint/reader.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// One thing that a text to a complainant should not say, and what it should say instead.
struct wording_rule {
  std::string id{};
  std::string language{};             ///< "en", "zh"; empty: every language
  std::vector<std::string> any{};     ///< phrases, one of which is enough; "…" stands for up to eight words
  std::vector<std::string> but_not{}; ///< phrases in which it may stand
  std::vector<std::string> unless{};  ///< phrases that make the whole text acceptable
  std::size_t at_least = 1;           ///< how often it must stand there
  severity weight = severity::error;
  titles why{};
  titles instead{};
  std::string source{};

  friend bool operator==(const wording_rule&, const wording_rule&) = default;
};

namespace detail {

inline wording_rule read_wording_rule(std::string id, const value_reader& from) {
  constexpr std::array<std::string_view, 3> weights{"error", "warning", "note"};
  wording_rule rule{.id = std::move(id)};
  object_reader fields(from);
  rule.language = read_words(fields.optional("language"));
  rule.any = read_names(fields.required("any"));
  rule.but_not = read_names(fields.optional("but_not"));
  rule.unless = read_names(fields.optional("unless"));
  if (const auto times = fields.optional("at_least")) {
    rule.at_least = static_cast<std::size_t>(times->integer(1, 100).value_or(1));
  }
  if (const auto weight = fields.optional("weight")) {
    rule.weight = static_cast<severity>(weight->word(weights, "the weight").value_or(0));
  }
  rule.why = read_title(fields.required("why"));
  rule.instead = read_title(fields.optional("instead"));
  rule.source = read_words(fields.optional("source"));
  fields.finish();
  for (const auto* phrases : {&rule.any, &rule.but_not, &rule.unless}) {
    for (const auto& phrase : *phrases) {
      const auto tokens = text_tokens_of(phrase);
      const auto gaps =
          std::count_if(tokens.begin(), tokens.end(), [](const text_token& t) { return t.word == gap_word; });
      if (tokens.empty() || gaps > 3 || tokens.front().word == gap_word) {
        from.fault("bad-phrase",
                   "a phrase that begins with a word and has at most three gaps required; \"" + phrase + "\" is none");
      }
    }
  }
  return rule;
}

} // namespace detail

/// The section `wording` of a document: `it-happens: { language: en, any: ["this happens all the time"], why: …,
/// instead: … }`.
[[nodiscard]] inline std::vector<wording_rule> read_wording(const value_reader& from) {
  std::vector<wording_rule> all;
  object_reader section(from);
  for (const auto& [id, member] : section.members()) {
    all.push_back(detail::read_wording_rule(id, member));
  }
  return all;
}

/// What a text to a complainant should not say: one finding for each place, its `code` the rule's id, its `suggestion`
/// what to say instead in the rule's language, line and column those of the text.
///
/// Words are compared without regard to case, punctuation, white space and full width; Chinese character by character.
/// With a language only its rules and those for every language are asked.
[[nodiscard]] inline findings lint_text(std::string_view text, const std::vector<wording_rule>& rules,
                                        std::string_view language = {}) {
  findings out;
  const auto tokens = detail::text_tokens_of(text);
  const auto matches_of = [&](const std::vector<std::string>& phrases) {
    std::vector<detail::token_match> all;
    for (const auto& phrase : phrases) {
      detail::find_phrase(tokens, detail::text_tokens_of(phrase), all);
    }
    return all;
  };
  for (const auto& rule : rules) {
    if (!language.empty() && !rule.language.empty() && rule.language != language) {
      continue;
    }
    auto found = matches_of(rule.any);
    const auto allowed = matches_of(rule.but_not);
    found.erase(std::remove_if(found.begin(), found.end(),
                               [&](const detail::token_match& m) {
                                 return std::any_of(allowed.begin(), allowed.end(), [&](const auto& a) {
                                   return a.first < m.last && m.first < a.last;
                                 });
                               }),
                found.end());
    if (found.size() < rule.at_least || !matches_of(rule.unless).empty()) {
      continue;
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    const std::size_t told = rule.at_least > 1 ? 1 : found.size();
    for (std::size_t i = 0, end = 0; i < told; ++i) {
      if (i > 0 && found[i].first < end) { // two phrases of one rule in one place
        continue;
      }
      end = found[i].last;
      const auto& first = tokens[found[i].first];
      out.push_back({rule.id, std::string(in_language(rule.why, rule.language)), "",
                     std::string(in_language(rule.instead, rule.language)), rule.weight, "", first.line, first.column});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const finding& a, const finding& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
  return out;
}

} // namespace plaint
