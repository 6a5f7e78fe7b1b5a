// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_definition.hpp>
#include <plaint/clock/threshold.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <variant>
#include <vector>

/// Is a policy so plain that a case needs no complaint? Then its lifecycle hears event names and roles only, its clocks
/// start, stop and are cancelled, and nothing that is due makes anything happen.
namespace plaint::detail {

[[nodiscard]] inline bool is_plain(const actions& all) {
  return std::all_of(all.begin(), all.end(), [](const action& a) {
    return std::holds_alternative<effect_definition>(a.what) || std::holds_alternative<raised_event>(a.what);
  });
}

[[nodiscard]] inline bool is_plain(const std::vector<transition_definition>& all) {
  return std::all_of(all.begin(), all.end(), [](const transition_definition& t) {
    return t.guard.empty() && t.require.empty() && t.reasons.empty() && t.within.empty() && t.after.empty() &&
           is_plain(t.actions);
  });
}

[[nodiscard]] inline bool is_plain(const std::vector<state_definition>& all) {
  return std::all_of(all.begin(), all.end(), [](const state_definition& s) {
    return is_plain(s.initial.actions) && is_plain(s.entry) && is_plain(s.exit) && is_plain(s.transitions) &&
           s.required.empty() && s.read_only.empty() && s.hidden.empty() && is_plain(s.children);
  });
}

[[nodiscard]] inline bool is_plain(const std::vector<trigger>& all) {
  return std::all_of(all.begin(), all.end(), [](const trigger& t) { return !is_of_clock(t.kind) && t.guard.empty(); });
}

/// True if nothing is written that plain clocks do not have: what they may have is left out, the rest must be the
/// default.
[[nodiscard]] inline bool is_plain(clock_definition d) {
  // A threshold changes nothing unless it raises an event or lies where the calendar may no longer know.
  const bool quiet = std::all_of(d.thresholds.begin(), d.thresholds.end(), [](const threshold_definition& t) {
    const bool between =
        t.at.kind == threshold_kind::at_due || (t.at.kind == threshold_kind::percent && t.at.percent <= 100);
    return t.raise.empty() && t.calendar.empty() && between;
  });
  const bool triggers = is_plain(d.start) && is_plain(d.stop) && is_plain(d.cancel);
  const bool cycles = d.cycles == clock_cycles::once || d.cycles == clock_cycles::independent;
  const bool one_calendar = d.calendars.size() <= 1 && std::all_of(d.calendars.begin(), d.calendars.end(),
                                                                   [](const auto& c) { return c.guard.empty(); });
  if (!quiet || !triggers || !cycles || !one_calendar || !d.breach.raise.empty()) {
    return false;
  }
  const clock_definition plain{.id = d.id,
                               .title = d.title,
                               .source = d.source,
                               .kind = d.kind,
                               .side = d.side,
                               .visible_to = d.visible_to,
                               .applies = d.applies,
                               .start = d.start,
                               .stop = d.stop,
                               .cancel = d.cancel,
                               .cycles = d.cycles,
                               .calendars = d.calendars,
                               .goals = d.goals,
                               .retarget = d.retarget, // attributes do not change
                               .thresholds = d.thresholds,
                               .breach = d.breach,
                               .catch_up = d.catch_up,
                               .grace = d.grace};
  return d == plain;
}

[[nodiscard]] inline bool is_plain(const policy& p) {
  const auto& d = p.definition();
  const bool lifecycle =
      is_plain(d.lifecycle.initial.actions) && is_plain(d.lifecycle.states) && is_plain(d.lifecycle.transitions);
  const bool attributes =
      std::none_of(d.attributes.begin(), d.attributes.end(), [](const attribute& a) { return a.required; });
  return lifecycle && attributes && d.ladders.empty() && d.clocks.size() <= 64 && p.lifecycle().timers().empty() &&
         std::all_of(d.clocks.begin(), d.clocks.end(), [](const clock_definition& c) { return is_plain(c); });
}

} // namespace plaint::detail
