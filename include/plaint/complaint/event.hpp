// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>
#include <plaint/expr/scope.hpp>
#include <plaint/time/instant.hpp>

#include <cstdint>
#include <string>

namespace plaint {

/// Who acts: a person or system by the host's own id, in one of the policy's roles.
///
/// The class follows from the role; it counts where the role is empty, as for a system that has none.
struct actor {
  std::string id{};
  std::string role{};
  actor_class side = actor_class::none;

  friend bool operator==(const actor&, const actor&) = default;
};

/// Something that happened to a complaint.
struct event {
  std::string name{};
  instant effective_at{}; ///< when it happened: what every clock and verdict goes by
  instant recorded_at{};  ///< when the host learned of it; never used to judge
  plaint::actor actor{};
  node data = node::mapping_of(); ///< attributes to set and event fields, by name
  std::string key{};              ///< the host's own name for it, such as a message id: the same key twice is one event

  friend bool operator==(const event&, const event&) = default;
};

} // namespace plaint
