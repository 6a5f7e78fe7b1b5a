// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal.hpp>
#include <plaint/clock/threshold.hpp>
#include <plaint/clock/trigger.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>
#include <plaint/lifecycle/role.hpp>

#include <string>
#include <vector>

namespace plaint {

/// One row of the decision table that chooses a goal; the first whose guard is yes wins.
struct goal_row {
  std::string guard{};    ///< CEL; empty: always
  plaint::goal goal{};
  std::string pointer{};

  friend bool operator==(const goal_row& a, const goal_row& b) { return a.guard == b.guard && a.goal == b.goal; }
};

/// What is to be done when a threshold is reached.
struct threshold_definition {
  std::string id{};
  threshold at{};
  std::vector<effect_definition> effects{};
  std::string pointer{};

  friend bool operator==(const threshold_definition& a, const threshold_definition& b) {
    return a.id == b.id && a.at == b.at && a.effects == b.effects;
  }
};

/// What happens when a clock that was stopped is started again.
enum class clock_cycles : unsigned char {
  once,        ///< nothing: it has had its one run
  independent, ///< a new cycle, judged by itself
};

/// A promise as it was written: plain data; `clock_set::compile` checks it.
struct clock_definition {
  std::string id{};
  titles title{};
  std::string source{};               ///< name of the policy's source that demands it
  std::string applies{};              ///< CEL, asked when the clock would start; empty: always
  std::vector<trigger> start{};
  std::vector<trigger> stop{};        ///< several acts may discharge one promise
  clock_cycles cycles = clock_cycles::once;
  std::string calendar{};             ///< the policy's only one if empty
  std::vector<goal_row> goals{};
  std::vector<threshold_definition> thresholds{};
  std::string pointer{};

  friend bool operator==(const clock_definition& a, const clock_definition& b) {
    return a.id == b.id && a.title == b.title && a.source == b.source && a.applies == b.applies && a.start == b.start &&
           a.stop == b.stop && a.cycles == b.cycles && a.calendar == b.calendar && a.goals == b.goals &&
           a.thresholds == b.thresholds;
  }
};

} // namespace plaint
