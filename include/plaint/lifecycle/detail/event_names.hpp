// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

namespace plaint::detail {

inline constexpr std::string_view any_event = "*";

/// The tokens that a descriptor asks for: "reply.*" and "reply." mean "reply", "*" stays.
[[nodiscard]] inline std::string_view tokens_of(std::string_view descriptor) noexcept {
  if (descriptor == any_event) {
    return descriptor;
  }
  if (descriptor.ends_with(".*")) {
    descriptor.remove_suffix(2);
  }
  while (descriptor.ends_with('.')) {
    descriptor.remove_suffix(1);
  }
  return descriptor;
}

/// True if a descriptor matches a name: token by token from the left, so "a.b" matches "a.b.c" but not "a.bc"
/// (SCXML 3.12.1).
[[nodiscard]] inline bool matches(std::string_view descriptor, std::string_view name) noexcept {
  const auto tokens = tokens_of(descriptor);
  return tokens == any_event ||
         (name.starts_with(tokens) && (name.size() == tokens.size() || name[tokens.size()] == '.'));
}

/// The name of the event that tells that a state has reached its end.
[[nodiscard]] inline std::string done_event(std::string_view state) {
  return "done.state." + std::string(state);
}

} // namespace plaint::detail
