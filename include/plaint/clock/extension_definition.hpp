// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal.hpp>
#include <plaint/clock/trigger.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plaint {

/// A right to more time, used by an event before the goal is used up; what the event lacks refuses it.
struct extension_definition {
  std::string id{};
  std::vector<trigger> on{};
  std::optional<goal> by{};           ///< additive: 30 days and 15 more
  std::optional<goal> to{};           ///< replacing: 15 days become 35, counted from the same anchor
  std::vector<std::string> reasons{}; ///< one of which the event's data give as `reason`; none: no reason is asked for
  std::vector<std::string> roles{};   ///< who may approve it; none: whoever may send the event
  std::string consent{};              ///< CEL over the step that must be yes; empty: nobody is asked
  std::int64_t at_most = 1;           ///< how often in one cycle
  std::vector<trigger> revoke{};      ///< takes the latest one back: the goal is again what it was
  std::string pointer{};

  friend bool operator==(const extension_definition& a, const extension_definition& b) {
    return a.id == b.id && a.on == b.on && a.by == b.by && a.to == b.to && a.reasons == b.reasons &&
           a.roles == b.roles && a.consent == b.consent && a.at_most == b.at_most && a.revoke == b.revoke;
  }
};

} // namespace plaint
