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

/// What triggers let a ladder do, as bits.
namespace ladder_deed {
inline constexpr std::uint16_t begin = 1;
inline constexpr std::uint16_t request = 2;
inline constexpr std::uint16_t approve = 4;
inline constexpr std::uint16_t acknowledge = 8;
inline constexpr std::uint16_t fall = 16;
inline constexpr std::uint16_t end = 32;
inline constexpr std::uint16_t nobody = 64;
} // namespace ladder_deed

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
  trigger_table acts{};  ///< of `ladder_deed`
  bool any_step = false; ///< a condition or a silence may change with every step
  bool gated = false;    ///< a step waits for a gate

  /// Fills in what follows from the rest.
  void note_acts() {
    acts.add(on, ladder_deed::begin);
    acts.add(request, ladder_deed::request);
    acts.add(approve, ladder_deed::approve);
    acts.add(acknowledge, ladder_deed::acknowledge);
    acts.add(de_escalate, ladder_deed::fall);
    acts.add(ends, ladder_deed::end);
    acts.add(nobody, ladder_deed::nobody);
    any_step = has_condition || silence || any_act_acknowledges;
    gated = std::any_of(steps.begin(), steps.end(), [](const compiled_step& s) { return s.gate.has_value(); });
  }
};

} // namespace plaint
