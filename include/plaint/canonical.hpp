// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/digest.hpp>
#include <plaint/document.hpp>

#include <string>
#include <string_view>

namespace plaint {

namespace detail {

inline void append_json_text(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

inline void append_canonical(std::string& out, const node& value) {
  const bool mapping = value.is_mapping();
  if (!mapping && !value.is_sequence()) {
    if (value.kind == node_kind::text) {
      append_json_text(out, value.text);
    } else {
      out += value.is_null() ? std::string_view("null") : std::string_view(value.text);
    }
    return;
  }
  out += mapping ? '{' : '[';
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    if (i > 0) {
      out += ',';
    }
    if (mapping) {
      append_json_text(out, value.keys[i]);
      out += ':';
    }
    append_canonical(out, value.items[i]);
  }
  out += mapping ? '}' : ']';
}

} // namespace detail

/// The value as JSON (RFC 8259) without white space, members in their order.
///
/// Unlike RFC 8785 it does not sort names: the order of states and rows is part of what a policy means.
[[nodiscard]] inline std::string canonical(const node& value) {
  std::string out;
  detail::append_canonical(out, value);
  return out;
}

/// The SHA-256 of the canonical text, in hexadecimal.
[[nodiscard]] inline std::string digest(const node& value) {
  return sha256_hex(canonical(value));
}

} // namespace plaint
