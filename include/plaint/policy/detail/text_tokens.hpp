// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// A word in lower case, or one character of a script that is written without spaces; "…" is a gap.
struct text_token {
  std::string word{};
  int line = 1;
  int column = 1;
};

/// The code point that begins here, and how many bytes it has; a broken sequence is one byte that belongs to no word.
struct code_point {
  std::uint32_t value = 0;
  std::size_t bytes = 1;
};

[[nodiscard]] inline code_point code_point_at(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  const auto lead = byte(at);
  const std::size_t bytes = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
  if (bytes == 0 || at + bytes > text.size()) {
    return {};
  }
  std::uint32_t value = bytes == 1 ? lead : lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) {
      return {};
    }
    value = value << 6 | (byte(at + i) & 0x3FU);
  }
  return {value, bytes};
}

/// Full-width forms as the usual ones, capital letters (Latin, Greek, Cyrillic) as small ones.
[[nodiscard]] constexpr std::uint32_t fold_case(std::uint32_t c) noexcept {
  c = c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
  const bool latin = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
  const bool wide = (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F);
  return latin || wide ? c + 32 : c >= 0x400 && c <= 0x40F ? c + 80 : c;
}

[[nodiscard]] constexpr bool stands_alone(std::uint32_t c) noexcept {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

[[nodiscard]] constexpr bool in_word(std::uint32_t c) noexcept {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0x24F && c != 0xF7) ||
         (c >= 0x370 && c <= 0x52F);
}

[[nodiscard]] inline std::vector<text_token> text_tokens_of(std::string_view text) {
  constexpr std::uint32_t ellipsis = 0x2026;
  std::vector<text_token> all;
  int line = 1;
  int column = 1;
  bool open = false; // the last token is a word that goes on
  for (std::size_t at = 0; at < text.size();) {
    const auto c = code_point_at(text, at);
    const auto as = fold_case(c.value);
    const bool apostrophe = as == '\'' || as == 0x2019;
    if (stands_alone(as) || as == ellipsis) {
      all.push_back({std::string(text.substr(at, c.bytes)), line, column});
      open = false;
    } else if (in_word(as)) {
      if (!open) {
        all.push_back({{}, line, column});
      }
      append_utf8(all.back().word, as);
      open = true;
    } else if (!apostrophe) { // "don't" is one word, written in whatever way
      open = false;
    }
    at += c.bytes;
    column = as == '\n' ? 1 : column + 1;
    line += as == '\n' ? 1 : 0;
  }
  return all;
}

/// The tokens [first, last) that a phrase was found in.
struct token_match {
  std::size_t first;
  std::size_t last;
};

inline constexpr std::size_t longest_gap = 8;
inline constexpr std::string_view gap_word = "\u2026";

/// Where a phrase ends that begins at a token, or 0 where it does not; a gap takes as little as it can.
[[nodiscard]] inline std::size_t end_of_phrase(const std::vector<text_token>& text, std::size_t at,
                                               const std::vector<text_token>& phrase, std::size_t from) {
  for (std::size_t i = from; i < phrase.size(); ++i, ++at) {
    if (phrase[i].word == gap_word) {
      for (std::size_t skipped = 0; skipped <= longest_gap; ++skipped) {
        if (const auto end = end_of_phrase(text, at + skipped, phrase, i + 1); end != 0) {
          return end;
        }
      }
      return 0;
    }
    if (at >= text.size() || text[at].word != phrase[i].word) {
      return 0;
    }
  }
  return at <= text.size() ? at : 0;
}

inline void find_phrase(const std::vector<text_token>& text, const std::vector<text_token>& phrase,
                        std::vector<token_match>& into) {
  for (std::size_t at = 0; at < text.size() && !phrase.empty(); ++at) {
    if (const auto end = end_of_phrase(text, at, phrase, 0); end > at) {
      into.push_back({at, end});
    }
  }
}

} // namespace plaint::detail
