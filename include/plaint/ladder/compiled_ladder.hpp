// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/compiled_goal.hpp>
#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/ladder/ladder_definition.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace plaint {

struct compiled_step {
  std::optional<compiled_goal> after{};
  program guard{};
  std::vector<compiled_effect> effects{};
  std::vector<compiled_effect> fallback{};
  std::optional<compiled_goal> every{}; ///< of reminders
  std::optional<plaint::calendar> gate{};
  event_id raise = no_id;
};

/// A checked ladder: what `ladder_set::compile` makes of a definition.
struct compiled_ladder {
  ladder_definition definition{};
  std::uint16_t clock = no_id; ///< the one whose cycles it runs for
  plaint::calendar calendar;
  trigger_list on{};
  bool has_condition = false;
  program when{};
  std::optional<compiled_goal> silence{};
  trigger_list request{};
  trigger_list approve{};
  std::vector<compiled_step> steps{};
  std::optional<compiled_goal> wait{};
  trigger_list acknowledge{};
  bool any_act_acknowledges = false; ///< every event by one of the roles
  std::optional<compiled_goal> timeout{};
  trigger_list de_escalate{};
  std::optional<compiled_goal> cooldown{};
  trigger_list ends{};
  trigger_list nobody{};
  std::uint16_t reassigned = no_id; ///< slot
  event_id exhausted_raise = no_id;
  plaint::concern concern{}; ///< what may move it, data and the pauses of its clock set aside
  bool gated = false;        ///< a step waits for a gate

  /// Fills in what follows from the rest.
  void note_concern() {
    for (const auto* list : {&on, &request, &approve, &acknowledge, &de_escalate, &ends, &nobody}) {
      concern.add(*list);
    }
    concern.any_step = has_condition || silence || any_act_acknowledges;
    gated = std::any_of(steps.begin(), steps.end(), [](const compiled_step& s) { return s.gate.has_value(); });
  }
};

} // namespace plaint
