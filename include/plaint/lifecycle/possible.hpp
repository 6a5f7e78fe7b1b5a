// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/lifecycle/step.hpp>
#include <plaint/lifecycle/step_result.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// Whether an event could be sent now, and if not, why not.
struct possibility {
  event_id event = no_id;
  bool enabled = false;
  std::vector<reason> reasons{}; ///< empty if it is enabled

  /// The attributes that the event's data must bring for one of its transitions, where nothing else is in the way.
  [[nodiscard]] std::vector<std::string> lacking() const {
    for (std::size_t i = 0; i < reasons.size(); ++i) {
      std::vector<std::string> names;
      const auto same = [&](const reason& r) { return r.transition == reasons[i].transition; };
      const bool only_fields = std::all_of(reasons.begin(), reasons.end(), [&](const reason& r) {
        return !same(r) || r.kind == reason_kind::missing_field || r.kind == reason_kind::missing_reason ||
               r.kind == reason_kind::guard_unknown;
      });
      for (const auto& r : reasons) {
        if (only_fields && same(r) && r.kind == reason_kind::missing_field) {
          names.push_back(r.subject);
        }
      }
      if (!names.empty()) {
        return names;
      }
    }
    return {};
  }

  friend bool operator==(const possibility&, const possibility&) = default;
};

/// Every event that somebody could send, in the order in which the lifecycle first names it. Each is tried as a step
/// that is thrown away, so the answer is what `step` would say with these data, this actor, this instant.
[[nodiscard]] inline std::vector<possibility> possible(const lifecycle& in, const configuration& from,
                                                       std::span<const value> attributes, const occurrence& as = {}) {
  std::vector<possibility> all;
  step_memory memory;
  step_result tried;
  for (std::size_t e = 0; e < in.event_count(); ++e) {
    const auto id = static_cast<event_id>(e);
    if (in.is_timer_event(id) || !in.is_sent(id)) {
      continue;
    }
    auto what = as;
    what.event = id;
    what.name = in.event_name(id);
    step(in, from, attributes, what, memory, tried);
    all.push_back({id, tried.accepted, std::move(tried.reasons)});
  }
  return all;
}

} // namespace plaint
