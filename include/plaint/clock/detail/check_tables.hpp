// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/check_rows.hpp>
#include <plaint/clock/detail/check_triggers.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Checks the tables of a clock, which goal and which calendar: rows that never count, cases without an answer.
class table_checker : public trigger_checker {
public:
  using trigger_checker::trigger_checker;

protected:
  [[nodiscard]] std::string at(std::string_view name) const { return child(pointer_, name); }

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

  void goals(const clock_definition& def, compiled_clock& made) {
    std::vector<program> guards;
    std::set<std::string> known;
    std::vector<bool> told(def.goals.size());
    const bool first = def.choose == goal_choice::first;
    bool decided = false;
    for (std::size_t i = 0; i < def.goals.size(); ++i) {
      const auto& row = def.goals[i];
      if (first && (decided || !known.insert(row.guard).second)) {
        told[i] = true;
        warn("unreachable-goal",
             decided ? "a row above matches always, so this goal is never chosen"
                     : "a row above asks the same, so this goal is never chosen",
             place_of(def, i));
      }
      decided = decided || row.guard.empty();
      guards.push_back(guard(row.guard, child(place_of(def, i), "if")));
      note_reads(guards.back(), made);
      made.goals.push_back(with_dates(row.goal, child(place_of(def, i), "goal"), made));
    }
    if (first) {
      tell_rows(def, try_rows(guards, in_), told);
    }
    tell_gap("goal-gap", "no goal", guards, made, at("goals"));
    made.rows = decision_table(std::move(guards));
  }

  void calendar_guards(const clock_definition& def, compiled_clock& made) {
    std::vector<program> guards;
    for (const auto& row : def.calendars) {
      guards.push_back(guard(row.guard, row.pointer.empty() ? at("calendar") : child(row.pointer, "if")));
      note_reads(guards.back(), made);
    }
    tell_gap("calendar-gap", "no calendar", guards, made, at("calendar"));
    made.calendar_rows = decision_table(std::move(guards));
  }

  std::string pointer_{};

private:
  [[nodiscard]] std::string place_of(const clock_definition& def, std::size_t row) const {
    return def.goals[row].pointer.empty() ? child(at("goals"), row) : def.goals[row].pointer;
  }

  void tell_rows(const clock_definition& def, const row_cases& cases, const std::vector<bool>& told) {
    for (std::size_t i = 0; i < cases.chosen.size(); ++i) {
      if (!cases.chosen[i] && !told[i]) {
        warn("unreachable-goal", "whatever the attributes are, a row above matches or this one does not",
             place_of(def, i));
      }
    }
    for (const auto& o : cases.overlaps) {
      if (cases.chosen[o.second] && def.goals[o.first].goal != def.goals[o.second].goal) {
        fault("overlapping-goals", "row " + std::to_string(o.first + 1) + " counts where this one matches too: " + o.at,
              place_of(def, o.second), {}, severity::note);
      }
    }
  }

  void tell_gap(const char* code, const char* what, const std::vector<program>& rows, const compiled_clock& made,
                const std::string& place) {
    std::vector<program> starts;
    for (const auto& t : made.start.all()) {
      starts.push_back(t.guard);
    }
    const auto gap = rows.empty() ? std::string() : gap_of(rows, made.applies, starts, in_);
    if (!gap.empty()) {
      warn(code, std::string(what) + " where " + gap + ", so this clock does not start then", place);
    }
  }
};

} // namespace plaint::detail
