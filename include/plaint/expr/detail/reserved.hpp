// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace plaint::detail {

/// The words that the CEL language definition keeps from being names.
[[nodiscard]] constexpr bool is_reserved_word(std::string_view word) noexcept {
  constexpr std::array<std::string_view, 17> words{"as",       "break",  "const",  "continue", "else", "for",
                                                   "function", "if",     "import", "let",      "loop", "namespace",
                                                   "package",  "return", "var",    "void",     "while"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Literals and the operator `in`, which cannot even stand after a dot.
[[nodiscard]] constexpr bool is_keyword(std::string_view word) noexcept {
  return word == "true" || word == "false" || word == "null" || word == "in";
}

/// The roots that plaint adds to what an expression sees.
[[nodiscard]] constexpr bool is_root(std::string_view word) noexcept {
  return word == "actor" || word == "event" || word == "now";
}

[[nodiscard]] constexpr bool starts_name(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

[[nodiscard]] constexpr bool continues_name(char c) noexcept {
  return starts_name(c) || (c >= '0' && c <= '9');
}

[[nodiscard]] constexpr bool is_name(std::string_view word) noexcept {
  return !word.empty() && starts_name(word.front()) && std::all_of(word.begin(), word.end(), continues_name);
}

} // namespace plaint::detail
