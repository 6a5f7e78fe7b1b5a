// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/scope.hpp> // for actor_class

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// A text in several languages, in document order: `{"en", "Closed"}`; an empty language stands for any.
using titles = std::vector<std::pair<std::string, std::string>>;

/// The words for the sides that an actor may be on, in the order of `actor_class`.
inline constexpr std::array<std::string_view, 4> actor_class_words{"customer", "agent", "supplier", "system"};

/// The text in a language, else the first one, else nothing.
[[nodiscard]] inline std::string_view in_language(const titles& all, std::string_view language) noexcept {
  for (const auto& [written_in, text] : all) {
    if (written_in == language) {
      return text;
    }
  }
  return all.empty() ? std::string_view{} : std::string_view(all.front().second);
}

/// A role that an actor may have towards a complaint, and whose side it is on.
struct role_definition {
  std::string name;
  actor_class side = actor_class::agent;
  titles title{};
  std::string pointer{}; ///< JSON pointer to the definition

  friend bool operator==(const role_definition&, const role_definition&) = default;
};

} // namespace plaint
