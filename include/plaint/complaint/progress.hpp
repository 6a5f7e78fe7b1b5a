// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/effect.hpp>
#include <plaint/time/instant.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plaint {

/// Why an event was refused: a stable code such as "wrong-state", "role", "missing-field" or "guard-false", what it is
/// about, and a sentence.
struct refusal {
  std::string code{};
  std::string subject{};
  std::string message{};

  friend bool operator==(const refusal&, const refusal&) = default;
};

/// What an event, or the passing of time, did.
struct progress {
  bool accepted = false;
  std::uint64_t sequence = 0;               ///< of the event; 0 where it was refused or time passed
  std::vector<std::string> left{};          ///< states, by name
  std::vector<std::string> entered{};
  std::vector<effect> effects{};            ///< those of what fell due before, then the event's own
  std::vector<refusal> refusals{};          ///< empty if it was accepted
  std::optional<instant> next_wake_up{};    ///< when to ask again; nothing while no clock waits

  friend bool operator==(const progress&, const progress&) = default;
};

} // namespace plaint
