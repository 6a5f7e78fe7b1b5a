// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// On whose side somebody stands (ISO 10002's parties, and the machine).
enum class actor_class : unsigned char { customer, agent, supplier, system };

/// The words for the classes, in the order of the enumerators.
inline constexpr std::array<std::string_view, 4> actor_class_names{"customer", "agent", "supplier", "system"};

[[nodiscard]] constexpr std::string_view to_string(actor_class c) noexcept {
  return actor_class_names[static_cast<std::size_t>(c)];
}

/// A text in several languages, in document order: `{"en", "Closed"}`; an empty language is the one for all.
using titles = std::vector<std::pair<std::string, std::string>>;

/// A role that an actor may have towards a complaint.
struct role_definition {
  std::string name;
  actor_class side = actor_class::agent;
  plaint::titles title{};
  std::string pointer{}; ///< JSON pointer to the definition

  friend bool operator==(const role_definition&, const role_definition&) = default;
};

/// Who sends an event. An empty role has no rights but those that everyone has.
struct actor {
  std::string_view id{};
  std::string_view role{};
  actor_class side = actor_class::agent;

  friend constexpr bool operator==(const actor&, const actor&) = default;
};

} // namespace plaint
