// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/moment_text.hpp>
#include <plaint/expr/type.hpp>
#include <plaint/expr/value.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace plaint {

/// A text as an expression would write it, in double quotes.
[[nodiscard]] inline std::string quoted(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20U || byte == 0x7FU) {
      out += "\\x";
      out += digits[byte >> 4U];
      out += digits[byte & 0xFU];
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// A value as an expression would write it: `3`, `2.0`, `"severe"`, `timestamp("2026-03-29T01:30:00Z")`, `["a", "b"]`;
/// "absent" where there is none.
///
/// Compiled again it gives the same value; only NaN and infinities, which have no literal, read "nan", "inf", "-inf".
[[nodiscard]] inline std::string to_text(const value& v, const type& of) {
  std::array<char, 32> digits{};
  if (v.is_absent()) {
    return "absent";
  }
  if (const auto* b = v.get_if<bool>()) {
    return *b ? "true" : "false";
  }
  if (const auto* i = v.get_if<std::int64_t>()) {
    return std::to_string(*i);
  }
  if (const auto* d = v.get_if<double>()) {
    const std::string text(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), *d).ptr);
    return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
  }
  if (const auto* s = v.get_if<std::string>()) {
    return plaint::quoted(*s);
  }
  if (const auto* m = v.get_if<enum_member>()) {
    return m->index < of.names().size() ? plaint::quoted(of.names()[m->index]) : "member " + std::to_string(m->index);
  }
  if (const auto* t = v.get_if<instant>()) {
    return detail::in_range(*t) ? "timestamp(\"" + std::string(detail::write_timestamp(*t).view()) + "\")"
                                : "an instant out of range";
  }
  if (const auto* d = v.get_if<duration>()) {
    return detail::in_range(*d) ? "duration(\"" + std::string(detail::write_duration(*d).view()) + "\")"
                                : "a duration out of range";
  }
  std::string out = "[";
  for (const auto& item : *v.get_if<value::list>()) {
    out += (out.size() == 1 ? "" : ", ") + to_text(item, of.item());
  }
  return out + "]";
}

} // namespace plaint
