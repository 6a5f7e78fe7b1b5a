// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_work.hpp>
#include <plaint/complaint/effect.hpp>
#include <plaint/complaint/revision.hpp>
#include <plaint/ladder/ladder_work.hpp>
#include <plaint/lifecycle/configuration.hpp>
#include <plaint/time/instant.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plaint {

/// Why an event was refused: a stable kind such as "wrong-state", "role", "missing-field" or "guard-false", what it is
/// about, and a sentence.
struct refusal {
  std::string kind{};
  std::string state{};      ///< the state concerned, by name; empty where it is about none
  std::string transition{}; ///< pointer of the transition that would have been taken; empty where there is none
  std::string subject{};    ///< the attribute, role, event or atom of a guard
  std::string message{};

  friend bool operator==(const refusal&, const refusal&) = default;
};

/// What an event, or the passing of time, did.
struct progress {
  bool accepted = false;
  bool repeated = false;                    ///< the event was there already, by its key: nothing was done again
  std::uint64_t sequence = 0;               ///< of the event; 0 where it was refused or time passed
  std::vector<transition_id> transitions{}; ///< in the order in which they were taken
  std::vector<std::string> left{};          ///< states, by name
  std::vector<std::string> entered{};
  configuration after{};                 ///< where the event left it, before what time has brought since
  std::vector<effect> effects{};         ///< those of what fell due before, then the event's own
  std::vector<refusal> reasons{};        ///< empty if it was accepted
  std::vector<revision> revisions{};     ///< what a late fact changed about the past
  std::vector<clock_firing> firings{};   ///< what clocks let happen, each at its own instant, in that order
  std::vector<ladder_firing> rungs{};    ///< what ladders let out
  instant noticed{};                     ///< when the host looked: the event's instant, or that of `advance`
  std::optional<instant> next_wake_up{}; ///< when to ask again; nothing while no clock waits

  /// As new; what it has grown stays its own.
  void clear() noexcept {
    accepted = repeated = false;
    sequence = 0;
    transitions.clear();
    left.clear();
    entered.clear();
    after = {};
    effects.clear();
    reasons.clear();
    revisions.clear();
    firings.clear();
    rungs.clear();
    noticed = {};
    next_wake_up.reset();
  }

  friend bool operator==(const progress&, const progress&) = default;
};

} // namespace plaint
