// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plaint::detail {

/// An expression of the null data model, or a simple one of ECMAScript, as CEL: `In('a') && x === 1` becomes
/// `in_state("a") && x == 1`. What CEL does not know either is refused when it is compiled.
[[nodiscard]] inline std::string cel_from_scxml(std::string_view text) {
  std::string out;
  const auto is_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto rest = text.substr(i);
    if (text[i] == '\'' || text[i] == '"') {
      const char quote = text[i++];
      out += '"';
      while (i < text.size() && text[i] != quote) {
        if (text[i] == '\\' && i + 1 < text.size()) {
          out += text[i++];
        } else if (text[i] == '"') {
          out += '\\';
        }
        out += text[i++];
      }
      out += '"';
      ++i;
    } else if (rest.starts_with("===") || rest.starts_with("!==")) {
      out += rest.substr(0, 2);
      i += 3;
    } else if (is_name(text[i])) {
      std::size_t end = i;
      while (end < text.size() && is_name(text[end])) {
        ++end;
      }
      const auto word = text.substr(i, end - i);
      out += word == "In" ? "in_state" : word == "_event" ? "event" : word == "undefined" ? "null" : std::string(word);
      i = end;
    } else {
      out += text[i++];
    }
  }
  const auto begin = out.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? std::string{} : out.substr(begin, out.find_last_not_of(" \t\r\n") - begin + 1);
}

/// The way back, for the null data model and what ECMAScript shares with CEL.
[[nodiscard]] inline std::string scxml_from_cel(std::string_view text) {
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    quoted = text[i] == '"' && (i == 0 || text[i - 1] != '\\') ? !quoted : quoted;
    if (!quoted && text.substr(i).starts_with("in_state(") &&
        (i == 0 || text[i - 1] == ' ' || text[i - 1] == '(' || text[i - 1] == '!')) {
      out += "In(";
      i += 8;
    } else {
      out += text[i];
    }
  }
  return out;
}

} // namespace plaint::detail
