// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/check_arming.hpp>
#include <plaint/clock/detail/check_thresholds.hpp>
#include <plaint/clock/detail/check_triggers.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Checks one definition and compiles all of it but its calendars; every fault is appended, each at its own pointer.
class clock_checker : public trigger_checker {
public:
  using trigger_checker::trigger_checker;

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
    rows(def, made);
    calendar_guards(def, made);
    anchor(def, made);
    if (def.pause) {
      made.pause = pause(*def.pause, made);
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
  [[nodiscard]] std::string at(std::string_view name) const { return child(pointer_, name); }

  void check_start(const clock_definition& def) {
    const auto stops = [&](const trigger& t) {
      return std::find(def.stop.begin(), def.stop.end(), t) != def.stop.end();
    };
    if (!def.start.empty() && std::all_of(def.start.begin(), def.start.end(), stops)) {
      fault("never-starts", "what starts this clock also stops it, so no cycle ever begins", at("start"));
    }
    const auto cancels = [&](const trigger& t) {
      return std::find(def.cancel.begin(), def.cancel.end(), t) != def.cancel.end();
    };
    if (!def.start.empty() && std::all_of(def.start.begin(), def.start.end(), cancels)) {
      fault("never-starts", "what starts this clock also cancels it, so no cycle ever begins", at("start"));
    }
  }

  /// What is written and can never come about. Timers of states that are not reached are the lifecycle's own business.
  void check_arming(const compiled_clock& made) {
    if (never_happen(made.start, in_) && pointer_.starts_with("/clocks")) {
      fault("never-starts", "nothing that starts this clock ever happens", at("start"));
    }
    require(!is_never(made.applies), "never-starts", "what this clock applies to never is", at("applies"));
  }

  void note_reads(const program& p, compiled_clock& made) {
    made.retargeted_by.insert(made.retargeted_by.end(), p.reads().begin(), p.reads().end());
  }

  [[nodiscard]] compiled_goal with_dates(const goal& g, const std::string& pointer, compiled_clock& made) {
    return compiled_goal::of(g, [&](const std::string& attribute) {
      const auto slot = date_slot(attribute, pointer);
      if (slot != no_id) {
        made.waits_for.push_back(slot);
      }
      return slot;
    });
  }

  void rows(const clock_definition& def, compiled_clock& made) {
    std::vector<program> guards;
    std::set<std::string> known;
    bool decided = false;
    for (std::size_t i = 0; i < def.goals.size(); ++i) {
      const auto& row = def.goals[i];
      const auto place = row.pointer.empty() ? child(at("goals"), i) : row.pointer;
      if (def.choose == goal_choice::first && (decided || !known.insert(row.guard).second)) {
        warn("unreachable-goal",
             decided ? "a row above matches always, so this goal is never chosen"
                     : "a row above asks the same, so this goal is never chosen",
             place);
      }
      decided = decided || row.guard.empty();
      guards.push_back(guard(row.guard, child(place, "if")));
      note_reads(guards.back(), made);
      made.goals.push_back(with_dates(row.goal, child(place, "goal"), made));
    }
    const auto chosen = def.choose == goal_choice::first ? rows_chosen(guards, sees_) : std::vector<bool>{};
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const auto place = def.goals[i].pointer.empty() ? child(at("goals"), i) : def.goals[i].pointer;
      const auto same = [&](const finding& f) { return f.code == "unreachable-goal" && f.pointer == place; };
      if (!chosen[i] && std::none_of(out_.begin(), out_.end(), same)) {
        warn("unreachable-goal", "whatever the attributes are, a row above matches or this one does not", place);
      }
    }
    made.rows = decision_table(std::move(guards));
  }

  void calendar_guards(const clock_definition& def, compiled_clock& made) {
    std::vector<program> guards;
    for (const auto& row : def.calendars) {
      guards.push_back(guard(row.guard, row.pointer.empty() ? at("calendar") : child(row.pointer, "if")));
      note_reads(guards.back(), made);
    }
    made.calendar_rows = decision_table(std::move(guards));
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

  [[nodiscard]] compiled_pause pause(const pause_definition& def, compiled_clock& made) {
    compiled_pause p;
    const auto place = at("pause");
    require(!def.reasons.empty(), "pause-without-reasons", "a clock pauses for named reasons only", place);
    require(!def.conditions.empty() || !def.on.empty(), "pause-never-begins", "a pause needs \"while\" or \"on\"",
            place);
    for (const auto& c : def.conditions) {
      p.conditions.push_back(guard(c.guard, child(place, "while")));
      const auto named = std::find(def.reasons.begin(), def.reasons.end(), c.reason);
      p.reasons.push_back(!c.reason.empty()         ? static_cast<std::uint16_t>(named - def.reasons.begin())
                          : def.reasons.size() == 1 ? std::uint16_t{0}
                                                    : no_id);
    }
    p.on = triggers(def.on, child(place, "on"));
    p.resume = triggers(def.resume, child(place, "resume"));
    p.ends = triggers(def.ends, child(place, "ends"));
    p.until = date_slot(def.until, child(place, "until"));
    if (p.until != no_id) {
      made.waits_for.push_back(p.until);
    }
    p.at_most = length(def.at_most, child(place, "at_most"));
    p.at_most_each = length(def.at_most_each, child(place, "at_most_each"));
    p.review_every = length(def.review_every, child(place, "review"));
    p.close_by = event_place(def.close_by, child(place, "when_exceeded"));
    p.effects = effects(def.effects, child(place, "do"));
    p.review = effects(def.review, child(place, "review"));
    const bool stands = def.conditions.empty() || !std::all_of(p.conditions.begin(), p.conditions.end(), is_never);
    require(stands || !def.on.empty(), "pause-never-begins", "what this clock pauses for never is",
            child(place, "while"));
    const bool bounded = p.at_most || p.at_most_each || p.until != no_id;
    if (!bounded) {
      warn("pause-without-budget", "nothing bounds this pause: say \"at_most\"", place);
    }
    if (!def.on.empty() && def.resume.empty() && def.ends.empty() && !bounded) {
      fault("pause-without-end", "nothing ends a pause that begins by \"on\": say \"resume\"", place);
    }
    return p;
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
      made.slack = slack->leaves.front().length;
    }
    if (made.outer == no_id || clocks_[made.outer].id == def.id) {
      require(made.outer == no_id, "clock-cycle", "a clock does not fit into itself", at("fits_in"));
      return;
    }
    duration longest{};
    for (const auto& g : made.goals) {
      longest = g.is_simple() && g.is_timed() ? std::max(longest, g.leaves.front().length) : longest;
    }
    for (const auto& row : clocks_[made.outer].goals) {
      const auto* open = std::get_if<business_goal>(&row.goal.form);
      if (open != nullptr && longest + made.slack > open->length && !def.fits_in.cap) {
        warn("never-fits", "this goal is longer than that of \"" + def.fits_in.clock + "\", " + to_string(row.goal),
             at("fits_in"));
      }
    }
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

  std::string pointer_{};
};

} // namespace plaint::detail
