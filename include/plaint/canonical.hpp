// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/digest.hpp>
#include <plaint/document.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace plaint {

namespace detail {

/// Eight bytes none of which JSON writes otherwise, as far as can be told at once; false where one may be.
[[nodiscard]] inline bool are_plain(const char* eight) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, eight, sizeof bytes);
  const auto below = [](std::uint64_t all, std::uint64_t least) { return (all - ones * least) & ~all; };
  const auto marked = below(bytes, 0x20) | below(bytes ^ ones * '"', 1) | below(bytes ^ ones * '\\', 1);
  return (marked & ones * 0x80) == 0;
}

/// The first place from `from` on whose character JSON writes otherwise.
[[nodiscard]] inline std::size_t next_escape(std::string_view text, std::size_t from) noexcept {
  while (from + 8 <= text.size() && are_plain(text.data() + from)) {
    from += 8;
  }
  while (from < text.size() && text[from] != '"' && text[from] != '\\' &&
         static_cast<unsigned char>(text[from]) >= 0x20) {
    ++from;
  }
  return from;
}

inline void append_json_text(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const auto plain = next_escape(text, at);
    out += text.substr(at, plain - at);
    if (plain == text.size()) {
      break;
    }
    const auto byte = static_cast<unsigned char>(text[plain]);
    out += '\\';
    switch (byte) {
    case '"':
    case '\\':
      out += text[plain];
      break;
    case '\n':
      out += 'n';
      break;
    case '\t':
      out += 't';
      break;
    case '\r':
      out += 'r';
      break;
    default:
      out += "u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
    at = plain + 1;
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

/// Writes the members of a JSON object straight into a text, in canonical form.
class object_text {
public:
  explicit object_text(std::string& into) : out_(into) { out_ += '{'; }

  /// A name that needs no escapes; whoever calls it appends the value to what is handed back.
  std::string& member(std::string_view name) {
    const auto begin = out_.size();
    out_.resize(begin + name.size() + (first_ ? 3 : 4));
    char* to = out_.data() + begin;
    if (!first_) {
      *to++ = ',';
    }
    first_ = false;
    *to++ = '"';
    to = std::copy(name.begin(), name.end(), to);
    *to++ = '"';
    *to = ':';
    return out_;
  }
  void add(std::string_view name, std::string_view text) { append_json_text(member(name), text); }
  void add(std::string_view name, std::uint64_t number) { member(name) += std::to_string(number); }
  void add(std::string_view name, const std::vector<std::string>& texts) {
    auto& out = member(name);
    out += '[';
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (i > 0) {
        out += ',';
      }
      append_json_text(out, texts[i]);
    }
    out += ']';
  }
  void finish() { out_ += '}'; }

private:
  std::string& out_;
  bool first_ = true;
};

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
