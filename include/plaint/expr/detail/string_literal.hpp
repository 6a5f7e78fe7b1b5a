// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plaint::detail {

/// A quoted text of CEL: prefixes r and b, one or three quotes of either kind, escapes unless raw.
struct string_literal {
  std::string content{};
  std::size_t length = 0; ///< bytes of source, up to and with the closing quotes
  bool is_bytes = false;
  const char* fault = nullptr; ///< what is required, or null
  std::size_t fault_at = 0;    ///< bytes from the start
};

/// Reads escapes (CEL language definition, "String and Bytes Values"): one character, \ooo, \xHH, \uHHHH, \UHHHHHHHH.
class escape_reader {
public:
  /// `at` is the place after the backslash; moves it past the escape. Null on success.
  static const char* read(std::string_view text, std::size_t& at, std::string& out) {
    constexpr std::string_view plain = "abfnrtv\\?\"'`";
    constexpr std::string_view means = "\a\b\f\n\r\t\v\\?\"'`";
    if (at >= text.size()) {
      return "closing quote required";
    }
    const char c = text[at];
    if (const auto which = plain.find(c); which != std::string_view::npos) {
      out += means[which];
      ++at;
      return nullptr;
    }
    switch (c) {
    case 'x':
    case 'X':
      return digits(text, ++at, 2, 16, out);
    case 'u':
      return digits(text, ++at, 4, 16, out);
    case 'U':
      return digits(text, ++at, 8, 16, out);
    case '0':
    case '1':
    case '2':
    case '3':
      return digits(text, at, 3, 8, out);
    default:
      return "known escape required after \\";
    }
  }

private:
  static const char* digits(std::string_view text, std::size_t& at, std::size_t count, std::uint32_t base,
                            std::string& out) {
    std::uint32_t point = 0;
    for (std::size_t i = 0; i < count; ++i, ++at) {
      const std::uint32_t digit = at < text.size() ? digit_of(text[at]) : 99U;
      if (digit >= base) {
        return base == 8 ? "three octal digits required in an escape" : "more hexadecimal digits required in an escape";
      }
      point = point * base + digit;
    }
    if (!is_scalar_value(point)) {
      return "code point up to U+10FFFF that is no surrogate required in an escape";
    }
    append_utf8(out, point);
    return nullptr;
  }

  static std::uint32_t digit_of(char c) noexcept {
    if (c >= '0' && c <= '9') {
      return static_cast<std::uint32_t>(c - '0');
    }
    if (c >= 'a' && c <= 'f') {
      return static_cast<std::uint32_t>(c - 'a' + 10);
    }
    return c >= 'A' && c <= 'F' ? static_cast<std::uint32_t>(c - 'A' + 10) : 99U;
  }
};

/// True if a text literal starts here, with or without prefix.
[[nodiscard]] inline bool starts_string(std::string_view rest) noexcept {
  std::size_t i = 0;
  while (i < 2 && i < rest.size() && std::string_view("rRbB").find(rest[i]) != std::string_view::npos) {
    ++i;
  }
  return i < rest.size() && (rest[i] == '"' || rest[i] == '\'') && (i < 2 || (rest[0] | 0x20) != (rest[1] | 0x20));
}

/// Requires that one starts at the front of the text.
[[nodiscard]] inline string_literal read_string(std::string_view text) {
  string_literal found;
  bool raw = false;
  std::size_t at = 0;
  for (; text[at] != '"' && text[at] != '\''; ++at) {
    raw = raw || (text[at] | 0x20) == 'r';
    found.is_bytes = found.is_bytes || (text[at] | 0x20) == 'b';
  }
  const std::string three(3, text[at]);
  const auto quotes = text.substr(at).starts_with(three) ? std::string_view(three) : std::string_view(three).substr(2);
  for (at += quotes.size(); !text.substr(at).starts_with(quotes);) {
    const bool line_ends = at < text.size() && quotes.size() == 1 && (text[at] == '\n' || text[at] == '\r');
    if (at >= text.size() || line_ends) {
      found.fault = "closing quote required";
      found.length = at;
      return found;
    }
    const std::size_t begin = at;
    if (raw || text[at] != '\\') {
      found.content += text[at++];
    } else if (const char* fault = escape_reader::read(text, ++at, found.content);
               fault != nullptr && !found.is_bytes) {
      found.fault = fault;
      found.fault_at = begin;
      found.length = std::min(at, text.size());
      return found;
    }
  }
  found.length = at + quotes.size();
  return found;
}

} // namespace plaint::detail
