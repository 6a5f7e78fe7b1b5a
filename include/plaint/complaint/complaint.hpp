// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_state.hpp>
#include <plaint/expr/value.hpp>
#include <plaint/ladder/ladder_state.hpp>
#include <plaint/lifecycle/configuration.hpp>
#include <plaint/time/instant.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace plaint {

/// An event that came with a key: what is needed to know it again.
struct known_event {
  std::string key{};
  std::uint64_t sequence = 0;
  std::uint64_t content = 0; ///< a digest of all that it said but when it was recorded

  friend bool operator==(const known_event&, const known_event&) = default;
};

/// From when on a complaint was in a state, and whose it was: what consumed time is attributed to.
struct stay {
  instant from{};
  state_id state = no_id;      ///< the first active state without children, in document order
  std::uint16_t owner = no_id; ///< place in the complaint's parties; no_id: nobody
  std::uint16_t unit = no_id;

  friend bool operator==(const stay&, const stay&) = default;
};

/// One case: a small value that the host keeps. It means something only together with the policy that it pins.
struct complaint {
  std::string id{};
  std::string policy{}; ///< `policy::reference()`
  configuration where{};
  std::vector<value> attributes{};     ///< by slot of the policy's schema
  std::vector<clock_state> clocks{};   ///< in the policy's order
  std::vector<ladder_state> ladders{}; ///< in the policy's order
  std::vector<stay> trail{};           ///< in the order of time
  std::vector<std::string> parties{};  ///< owners and units, each once
  instant next = instant::max();       ///< the next thing that time alone will do
  instant opened_at{};
  instant last_at{};          ///< the latest instant that it knows of, by an event or by `advance`
  instant happened_at{};      ///< what comes from before it is late: the last event, or just after what last fell due
  std::uint64_t sequence = 0; ///< of the last accepted event; the opening is 1
  std::vector<known_event> known{}; ///< events with keys, in the order in which they came

  friend bool operator==(const complaint&, const complaint&) = default;
};

} // namespace plaint
