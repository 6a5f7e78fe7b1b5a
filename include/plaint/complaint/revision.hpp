// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>

#include <string>

namespace plaint {

/// Something about the past that turned out otherwise: a late fact, another policy or an edited calendar changed it.
///
/// What was said before is never overwritten in silence: both sides stand here, and what brought it about.
struct revision {
  std::string kind{};  ///< "state", "attribute", "clock" or "ladder"
  std::string name{};  ///< of the attribute, clock or ladder
  std::string cycle{}; ///< of a clock, "1" being the first; empty otherwise
  node before{};       ///< null where there was nothing
  node after{};
  std::string because{}; ///< the event with its sequence, such as "letter (5)", or the policy

  friend bool operator==(const revision&, const revision&) = default;
};

} // namespace plaint
