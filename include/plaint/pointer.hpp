// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>
#include <plaint/error.hpp>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

namespace plaint {

/// A JSON pointer one step further down: `child("/calendars", "a/b")` is "/calendars/a~1b" (RFC 6901).
[[nodiscard]] inline std::string child(std::string_view pointer, std::string_view name) {
  std::string result(pointer);
  result += '/';
  for (const char c : name) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

[[nodiscard]] inline std::string child(std::string_view pointer, std::size_t index) {
  return std::string(pointer) + "/" + std::to_string(index);
}

namespace detail {

inline std::string unescape_step(std::string_view step) {
  std::string name;
  for (std::size_t i = 0; i < step.size(); ++i) {
    if (step[i] == '~' && i + 1 < step.size()) {
      name += step[++i] == '1' ? '/' : '~';
    } else {
      name += step[i];
    }
  }
  return name;
}

inline const node* step_down(const node& from, std::string_view step) {
  if (from.is_mapping()) {
    return from.find(unescape_step(step));
  }
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  const bool whole = error == std::errc{} && end == step.data() + step.size();
  return from.is_sequence() && whole && index < from.items.size() ? &from.items[index] : nullptr;
}

} // namespace detail

/// The place that a pointer names, or that of the deepest value on the way to it: a missing member is shown at its
/// owner.
[[nodiscard]] inline place locate(const node& root, std::string_view pointer) {
  const node* here = &root;
  place found = root.at;
  while (!pointer.empty() && pointer.front() == '/') {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    here = detail::step_down(*here, pointer.substr(0, end));
    if (here == nullptr) {
      break;
    }
    found = here->at;
    pointer.remove_prefix(end);
  }
  return found;
}

/// The value that a pointer names, or null where there is none.
[[nodiscard]] inline const node* find(const node& root, std::string_view pointer) {
  const node* here = &root;
  while (here != nullptr && !pointer.empty() && pointer.front() == '/') {
    pointer.remove_prefix(1);
    const auto end = std::min(pointer.find('/'), pointer.size());
    here = detail::step_down(*here, pointer.substr(0, end));
    pointer.remove_prefix(end);
  }
  return pointer.empty() ? here : nullptr;
}

/// Adds file, line and column to findings that know their pointer only.
inline void place_findings(findings& all, const document& in) {
  for (auto& f : all) {
    if (f.line == 0) {
      const auto at = locate(in.root, f.pointer);
      f.file = in.file;
      f.line = at.line;
      f.column = at.column;
    }
  }
}

} // namespace plaint
