// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/reducer.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/policy/policy.hpp>

#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The one complaint that is taken out of many to be worked on, in place: it and what is told of it keep their memory.
struct working_case {
  policy by;
  complaint of{};
  progress did{};
  reducer reducing;

  explicit working_case(const policy& rules) : by(rules), reducing(by, of, did) {}
  working_case(const working_case&) = delete;
  working_case& operator=(const working_case&) = delete;

  /// Runs an event on the complaint, as `try_event` does on a copy: where it is refused, the complaint
  /// is left half changed.
  template <class Run>
  [[nodiscard]] bool run(const event& what, Run with) {
    std::vector<refusal> reasons;
    const auto data = read_data(by, what.data, reasons);
    const auto who = view_of(by, what.actor, reasons);
    if (auto why = beyond_time(what)) {
      reasons.push_back(*std::move(why));
    }
    if (reasons.empty()) {
      try {
        occurrence happened{.event = by.lifecycle().event(what.name),
                            .name = what.name,
                            .data = data,
                            .actor = who,
                            .at = what.effective_at};
        reducing.begin();
        did.accepted = with(happened);
      } catch (const horizon_error& e) {
        did.reasons.push_back({.kind = "past-horizon", .message = e.what()});
      }
      reasons = did.reasons;
    }
    if (!did.accepted || !reasons.empty()) {
      did = {.reasons = std::move(reasons)};
      return false;
    }
    did.after = of.where;
    did.sequence = of.sequence;
    of.happened_at = what.effective_at;
    if (!what.key.empty()) {
      of.known.push_back({what.key, of.sequence, content_of(what)});
    }
    sign(did, of);
    did.next_wake_up = wake_up(of);
    return true;
  }

  progress& refuse(refusal why) {
    did = {};
    did.reasons.push_back(std::move(why));
    return did;
  }

  void forget() {
    did.accepted = did.repeated = false;
    did.sequence = 0;
    did.noticed = {};
    did.next_wake_up.reset();
    did.revisions.clear();
    did.transitions.clear();
    did.left.clear();
    did.entered.clear();
    did.effects.clear();
    did.reasons.clear();
    did.firings.clear();
    did.rungs.clear();
  }
};

} // namespace plaint::detail
