// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// Whether an event could be sent to a complaint now, and if not, why not.
struct possible_event {
  std::string name{};
  bool enabled = false;
  std::vector<std::string> lacking{}; ///< what its data must bring, where nothing else is in the way
  std::vector<refusal> reasons{};     ///< empty if it is enabled

  friend bool operator==(const possible_event&, const possible_event&) = default;
};

namespace detail {

/// The fields that the event's data must bring for the first transition for which nothing else is missing.
[[nodiscard]] inline std::vector<std::string> lacking_of(const std::vector<refusal>& reasons) {
  const auto by_data = [](const refusal& r) {
    return r.kind == "missing-field" || r.kind == "missing-reason" || r.kind == "guard-unknown";
  };
  for (const auto& first : reasons) {
    const auto same = [&](const refusal& r) { return r.transition == first.transition; };
    if (!std::all_of(reasons.begin(), reasons.end(), [&](const refusal& r) { return !same(r) || by_data(r); })) {
      continue;
    }
    std::vector<std::string> names;
    for (const auto& r : reasons) {
      if (same(r) && r.kind == "missing-field") {
        names.push_back(r.subject);
      } else if (same(r) && r.kind == "missing-reason") {
        names.emplace_back("reason");
      }
    }
    if (!names.empty()) {
      return names;
    }
  }
  return {};
}

} // namespace detail

/// Every event that somebody could send, in the order in which the lifecycle first names it. Each is tried by `apply`
/// and thrown away, so the answer is what would come of it with this actor, these data, at this instant (the
/// complaint's last where none is given).
[[nodiscard]] inline std::vector<possible_event> possible(const policy& by, const complaint& of, const actor& who = {},
                                                          std::optional<instant> at = std::nullopt,
                                                          const node& data = node::mapping_of()) {
  std::vector<possible_event> all;
  const auto& in = by.lifecycle();
  for (std::size_t e = 0; e < in.event_count(); ++e) {
    const auto id = static_cast<event_id>(e);
    if (in.is_timer_event(id) || !in.is_sent(id)) {
      continue;
    }
    event tried{
        .name = std::string(in.event_name(id)), .effective_at = at.value_or(of.last_at), .actor = who, .data = data};
    auto did = apply(by, of, tried).did;
    auto lacking = detail::lacking_of(did.reasons);
    all.push_back({std::move(tried.name), did.accepted, std::move(lacking), std::move(did.reasons)});
  }
  return all;
}

} // namespace plaint
