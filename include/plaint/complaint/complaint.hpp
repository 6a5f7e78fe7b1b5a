// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_state.hpp>
#include <plaint/expr/value.hpp>
#include <plaint/lifecycle/configuration.hpp>
#include <plaint/time/instant.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace plaint {

/// One case: a small value that the host keeps. It means something only together with the policy that it pins.
struct complaint {
  std::string id{};
  std::string policy{};              ///< `policy::reference()`
  configuration where{};
  std::vector<value> attributes{};   ///< by slot of the policy's schema
  std::vector<clock_state> clocks{}; ///< in the policy's order
  instant opened_at{};
  instant last_at{};                 ///< time does not go back before it
  std::uint64_t sequence = 0;        ///< of the last accepted event; the opening is 1

  friend bool operator==(const complaint&, const complaint&) = default;
};

} // namespace plaint
