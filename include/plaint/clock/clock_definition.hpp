// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal.hpp>
#include <plaint/clock/clock_words.hpp>
#include <plaint/clock/extension_definition.hpp>
#include <plaint/clock/pause_definition.hpp>
#include <plaint/clock/threshold.hpp>
#include <plaint/clock/trigger.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>
#include <plaint/lifecycle/role.hpp>

#include <optional>
#include <string>
#include <vector>

namespace plaint {

/// One row of the decision table that chooses a goal; the first whose guard is yes wins.
struct goal_row {
  std::string guard{}; ///< CEL; empty: always
  plaint::goal goal{};
  std::string pointer{};

  friend bool operator==(const goal_row& a, const goal_row& b) { return a.guard == b.guard && a.goal == b.goal; }
};

/// One row of the rule that chooses a calendar; the first whose guard is yes wins.
struct calendar_row {
  std::string guard{};    ///< CEL; empty: always
  std::string calendar{}; ///< the policy's only one if empty
  std::string pointer{};

  friend bool operator==(const calendar_row& a, const calendar_row& b) {
    return a.guard == b.guard && a.calendar == b.calendar;
  }
};

/// What is to be done when a threshold is reached.
struct threshold_definition {
  std::string id{};
  threshold at{};
  std::vector<effect_definition> effects{};
  std::string pointer{};
  std::string guard{};    ///< CEL, looked at when it fires; empty: always
  std::string raise{};    ///< an event that is then sent into the lifecycle, by nobody
  std::string calendar{}; ///< counts the distance from the due instant in this one
  bool rearm = false;     ///< fires again after a retarget, where its mark lies ahead

  friend bool operator==(const threshold_definition& a, const threshold_definition& b) {
    return a.id == b.id && a.at == b.at && a.effects == b.effects && a.guard == b.guard && a.raise == b.raise &&
           a.calendar == b.calendar && a.rearm == b.rearm;
  }
};

/// What is to be done once when the promise is broken.
struct breach_definition {
  std::vector<effect_definition> effects{};
  std::string raise{}; ///< an event that is then sent into the lifecycle, by nobody

  friend bool operator==(const breach_definition&, const breach_definition&) = default;
};

/// How a cycle is closed early: judged by the instant, or cancelled.
struct reset_definition {
  std::vector<trigger> on{};
  bool cancels = false;

  friend bool operator==(const reset_definition&, const reset_definition&) = default;
};

/// A promise inside another: its due instant must come before that of the outer one.
struct nesting_definition {
  std::string clock{};                 ///< the outer one; empty: none
  std::optional<plaint::goal> slack{}; ///< that must be left, in hours of the outer clock's measure
  bool cap = false;                    ///< true: the goal is cut to what fits; false: an effect "infeasible" tells

  friend bool operator==(const nesting_definition&, const nesting_definition&) = default;
};

/// A promise as it was written: plain data; `clock_set::compile` checks it.
struct clock_definition {
  std::string id{};
  titles title{};
  std::string source{}; ///< name of the policy's source that demands it
  clock_kind kind = clock_kind::promise;
  clock_side side = clock_side::ours;
  std::vector<std::string> visible_to{}; ///< roles that may see it; none: all
  std::string applies{};                 ///< CEL, asked when the clock would start; empty: always
  std::vector<trigger> start{};
  std::vector<trigger> stop{}; ///< several acts may discharge one promise
  std::vector<trigger> cancel{};
  bool cancel_when_not_applicable = false;
  std::vector<trigger> waive{}; ///< as cancel, by whom the promise was made to
  reset_definition reset{};
  std::optional<pause_definition> pause{};
  bool response = false; ///< true: not stopped by events of system actors
  clock_cycles cycles = clock_cycles::once;
  bool recurs = false; ///< the next cycle begins by itself where the last one was due
  cycle_gap gap = cycle_gap::pause;
  std::string anchor{};                  ///< attribute that holds the instant to measure from; empty: the start
  std::optional<goal> anchor_offset{};   ///< counted from the anchor before the goal begins
  std::vector<calendar_row> calendars{}; ///< none: the policy's only one
  std::string zone{};                    ///< IANA name, or an attribute that enumerates such; empty: the calendar's
  std::vector<goal_row> goals{};
  goal_choice choose = goal_choice::first;
  retarget_mode retarget = retarget_mode::carry;
  late_attach late = late_attach::now;
  edition_mode editions = edition_mode::prospective;
  std::vector<extension_definition> extensions{};
  nesting_definition fits_in{};
  std::vector<threshold_definition> thresholds{};
  breach_definition breach{};
  plaint::catch_up catch_up = catch_up::each_in_order;
  duration grace = std::chrono::minutes{5}; ///< of `skip_with_record`
  std::string pointer{};

  friend bool operator==(const clock_definition& a, const clock_definition& b);
};

[[nodiscard]] inline bool operator==(const clock_definition& a, const clock_definition& b) {
  return a.id == b.id && a.title == b.title && a.source == b.source && a.kind == b.kind && a.side == b.side &&
         a.visible_to == b.visible_to && a.applies == b.applies && a.start == b.start && a.stop == b.stop &&
         a.cancel == b.cancel && a.cancel_when_not_applicable == b.cancel_when_not_applicable && a.waive == b.waive &&
         a.reset == b.reset && a.pause == b.pause && a.response == b.response && a.cycles == b.cycles &&
         a.recurs == b.recurs && a.gap == b.gap && a.anchor == b.anchor && a.anchor_offset == b.anchor_offset &&
         a.calendars == b.calendars && a.zone == b.zone && a.goals == b.goals && a.choose == b.choose &&
         a.retarget == b.retarget && a.late == b.late && a.editions == b.editions && a.extensions == b.extensions &&
         a.fits_in == b.fits_in && a.thresholds == b.thresholds && a.breach == b.breach && a.catch_up == b.catch_up &&
         a.grace == b.grace;
}

} // namespace plaint
