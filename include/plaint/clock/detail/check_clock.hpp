// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/check_pauses.hpp>
#include <plaint/clock/detail/check_thresholds.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace plaint::detail {

/// Checks one definition and compiles all of it but its calendars; every fault is appended, each at its own pointer.
class clock_checker : public pause_checker {
public:
  using pause_checker::pause_checker;

  void check(const clock_definition& def, compiled_clock& made) {
    pointer_ = def.pointer.empty() ? child("/clocks", def.id) : def.pointer;
    require(!def.start.empty(), "no-start", "a clock needs something that starts it", at("start"));
    require(!def.stop.empty(), "no-stop", "a clock needs something that stops it", at("stop"));
    require(!def.goals.empty(), "no-goal", "a clock needs a goal", at("goals"));
    made.start = triggers(def.start, at("start"));
    made.stop = triggers(def.stop, at("stop"));
    made.cancel = triggers(def.cancel, at("cancel"));
    made.waive = triggers(def.waive, at("waive"));
    made.reset = triggers(def.reset.on, at("reset"));
    made.applies = guard(def.applies, at("applies"));
    check_roles(def.visible_to, at("visible_to"));
    check_start(def);
    check_arming(made);
    goals(def, made);
    calendar_guards(def, made);
    anchor(def, made);
    if (def.pause) {
      made.pause = pause(def, made);
    }
    check_retarget(def, made);
    extensions(def, made);
    nesting(def, made);
    thresholds(def, made);
    made.breach_effects = effects(def.breach.effects, at("breach"));
    made.breach_raise = event_place(def.breach.raise, child(at("breach"), "raise"));
    require(!def.recurs || def.cycles != clock_cycles::continued, "bad-cycles",
            "a clock that recurs begins anew; it cannot continue", at("recurs"));
    for (auto* slots : {&made.retargeted_by, &made.waits_for}) {
      std::sort(slots->begin(), slots->end());
      slots->erase(std::unique(slots->begin(), slots->end()), slots->end());
    }
  }

private:
  /// Whatever starts the clock also ends it in the same step: no cycle ever begins.
  void check_start(const clock_definition& def) {
    const auto all_are_in = [&](const std::vector<trigger>& ends) {
      return !def.start.empty() && std::all_of(def.start.begin(), def.start.end(), [&](const trigger& t) {
        return std::any_of(ends.begin(), ends.end(), [&](const trigger& end) { return is_covered(t, end); });
      });
    };
    if (all_are_in(def.stop)) {
      fault("never-starts", "what starts this clock also stops it, so no cycle ever begins", at("start"));
    }
    if (all_are_in(def.cancel) || all_are_in(def.waive)) {
      fault("never-starts", "what starts this clock also cancels it, so no cycle ever begins", at("start"));
    }
  }

  /// What is written and can never come about. Timers of states that are not reached are the lifecycle's own business.
  void check_arming(const compiled_clock& made) {
    if (never_happen(made.start, in_) && pointer_.starts_with("/clocks")) {
      fault("never-starts", "nothing that starts this clock ever happens", at("start"));
    }
    require(!is_never(made.applies), "never-starts", "what this clock applies to never is", at("applies"));
    const auto can = [&](const compiled_trigger& t) {
      guard_cases cases(in_);
      cases.add(made.applies);
      cases.add(t.guard);
      if (t.kind == trigger_kind::enter && is_plain(in_.chart())) {
        cases.fix(t.id, true);
      }
      return !cases.can_try() ||
             cases.any([&](const scope& seen) { return is_yes(made.applies, seen) && is_yes(t.guard, seen); });
    };
    const auto& starts = made.start.all();
    require(starts.empty() || is_never(made.applies) || never_happen(made.start, in_) ||
                std::any_of(starts.begin(), starts.end(), can),
            "never-starts", "wherever something starts this clock it does not apply", at("applies"));
  }

  void anchor(const clock_definition& def, compiled_clock& made) {
    made.anchored_at_opening = def.anchor == "opened";
    if (!def.anchor.empty() && !made.anchored_at_opening) {
      made.anchor_slot = date_slot(def.anchor, at("anchor"));
      if (made.anchor_slot != no_id) {
        made.waits_for.push_back(made.anchor_slot);
      }
    }
    made.anchor_offset = length(def.anchor_offset, child(at("anchor"), "offset"));
  }

  static int kind_of(const compiled_goal& g) noexcept {
    if (g.is_timed()) {
      return 0;
    }
    const bool days =
        std::all_of(g.leaves.begin(), g.leaves.end(), [](const goal_leaf& l) { return l.in == measure::days; });
    return days ? 1 : 2;
  }

  void check_retarget(const clock_definition& def, const compiled_clock& made) {
    bool timed = false;
    bool days = false;
    bool simple = true;
    for (const auto& g : made.goals) {
      timed = timed || kind_of(g) == 0;
      days = days || kind_of(g) == 1;
      simple = simple && g.is_simple() && g.leaves.front().in != measure::date;
    }
    const auto mode = def.retarget;
    if (timed && days && mode != retarget_mode::restart && mode != retarget_mode::pin && !made.retargeted_by.empty()) {
      fault("retarget-mixes-units", "from hours to days or back only \"retarget: restart\" (or \"pin\") is allowed",
            at("retarget"));
    }
    const bool compares =
        mode == retarget_mode::ratchet || mode == retarget_mode::loosen || mode == retarget_mode::proportional;
    require(!compares || simple, "retarget-compares",
            "\"" + std::string(retarget_words[static_cast<std::size_t>(mode)]) +
                "\" compares single goals in hours or days",
            at("retarget"));
  }

  void extensions(const clock_definition& def, compiled_clock& made) {
    for (const auto& e : def.extensions) {
      const auto place = e.pointer.empty() ? child(at("extensions"), e.id) : e.pointer;
      compiled_extension x{.on = triggers(e.on, child(place, "on")),
                           .revoke = triggers(e.revoke, child(place, "revoke")),
                           .consent = guard(e.consent, child(place, "consent"))};
      check_roles(e.roles, child(place, "approved_by"));
      if (e.to) {
        x.to = with_dates(*e.to, child(place, "to"), made);
      }
      if (const auto by = length(e.by, child(place, "by"))) {
        const auto& l = by->leaves.front();
        x.by = l.in == measure::days ? l.days.count * (l.days.unit == day_unit::weeks ? 7 : 1) : l.length.count();
        for (const auto& g : made.goals) {
          if (kind_of(g) != 2 && (kind_of(g) == 1) != (l.in == measure::days)) {
            fault("bad-extension", "an extension is in the unit of the goal, " + to_string(g.source),
                  child(place, "by"));
            break;
          }
        }
        require(l.in != measure::days || l.days.unit != day_unit::months, "bad-extension",
                "an extension is in hours, days or weeks", child(place, "by"));
      }
      made.extensions.push_back(std::move(x));
    }
  }

  void nesting(const clock_definition& def, compiled_clock& made) {
    if (def.fits_in.clock.empty()) {
      return;
    }
    made.outer = clock_place(def.fits_in.clock, at("fits_in"));
    if (const auto slack = length(def.fits_in.slack, child(at("fits_in"), "slack"))) {
      require(slack->leaves.front().in != measure::days, "bad-length", "the slack is in hours",
              child(at("fits_in"), "slack"));
      const auto is_elapsed = [](const goal_row& row) { return std::holds_alternative<elapsed_goal>(row.goal.form); };
      made.slack = slack->leaves.front().length;
      made.slack_in = slack->leaves.front().in;
      if (made.outer != no_id &&
          std::all_of(clocks_[made.outer].goals.begin(), clocks_[made.outer].goals.end(), is_elapsed)) {
        made.slack_in = measure::elapsed;
      }
    }
    require(made.outer == no_id || clocks_[made.outer].id != def.id, "clock-cycle", "a clock does not fit into itself",
            at("fits_in"));
  }

  void thresholds(const clock_definition& def, compiled_clock& made) {
    std::set<std::string> ids;
    for (const auto& t : def.thresholds) {
      const auto place = t.pointer.empty() ? child(at("thresholds"), t.id) : t.pointer;
      require(ids.insert(t.id).second, "duplicate-threshold", "threshold \"" + t.id + "\" is given twice", place);
      for (const auto& g : made.goals) {
        if (const auto why = threshold_misfit(t.at, g, !t.calendar.empty()); !why.empty()) {
          fault("bad-threshold", why + " (goal: " + to_string(g.source) + ")", child(place, "at"));
          break;
        }
      }
      auto wanted = guard(t.guard, child(place, "if"));
      require(!is_never(wanted), "bad-threshold", "the guard of this threshold is never yes", child(place, "if"));
      compiled_threshold c{.guard = std::move(wanted),
                           .raise = event_place(t.raise, child(place, "raise")),
                           .effects = effects(t.effects, place)};
      c.slot = date_slot(t.at.attribute, child(place, "at"));
      if (c.slot != no_id) {
        made.waits_for.push_back(c.slot);
      }
      made.thresholds.push_back(std::move(c));
    }
  }
};

} // namespace plaint::detail
