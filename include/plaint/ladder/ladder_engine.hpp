// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/ladder/detail/ladder_step.hpp>
#include <plaint/ladder/ladder_set.hpp>
#include <plaint/ladder/ladder_work.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace plaint {

/// Lets every ladder see what the lifecycle and the clocks did. The events that ladders send by it are appended to
/// `raised`. Throws `horizon_error` with some ladders moved; `work` takes that back.
inline void climb_step(const ladder_set& set, std::vector<ladder_state>& states, const std::vector<clock_state>& clocks,
                       const clock_facts& facts, ladder_work& work, std::vector<event_id>& raised) {
  const bool looks_at_all = facts.ended || !facts.changes.empty();
  for (std::size_t i = 0; i < set.size(); ++i) {
    const auto& ladder = set[i];
    const auto acts = ladder.acts(facts);
    const bool only_turns = acts == 0 && !looks_at_all && !ladder.any_step;
    if (only_turns && !detail::stands_otherwise(ladder, states[i], clocks)) {
      continue;
    }
    detail::ladder_step_run run(ladder, states[i], static_cast<std::uint16_t>(i), facts, work, clocks);
    if (only_turns) {
      run.apply_turn();
      continue;
    }
    run.apply(acts);
    if (run.raised() != no_id) {
      raised.push_back(run.raised());
    }
  }
}

/// The instant of the next thing that time alone will do; nothing while no ladder waits for any.
[[nodiscard]] inline std::optional<instant> next_rung(const std::vector<ladder_state>& states) noexcept {
  instant next = instant::max();
  for (const auto& s : states) {
    next = std::min(next, s.next);
  }
  return next == instant::max() ? std::nullopt : std::optional(next);
}

/// Lets the one earliest thing happen that is scheduled strictly before an instant. The event that it sends into the
/// lifecycle, or `no_id`; nothing if nothing was due.
[[nodiscard]] inline std::optional<event_id> climb_next(const ladder_set& set, std::vector<ladder_state>& states,
                                                        instant before, clock_facts& facts, ladder_work& work) {
  const auto next = next_rung(states);
  if (!next || *next >= before) {
    return std::nullopt;
  }
  const auto found = std::find_if(states.begin(), states.end(), [&](const ladder_state& s) { return s.next == *next; });
  const auto place = static_cast<std::uint16_t>(found - states.begin());
  facts.at = *next;
  facts.seen.at = *next;
  detail::ladder_time_run run(set[place], *found, place, facts, work);
  return run.pass(run.next());
}

/// What expressions see of a ladder.
[[nodiscard]] inline ladder_reading read_ladder(const ladder_state& s) noexcept {
  return {s.active, s.acknowledged, s.level, s.high_water};
}

} // namespace plaint
