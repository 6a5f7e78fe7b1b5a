// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/clock/clock_definition.hpp>
#include <plaint/clock/compiled_goal.hpp>
#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/expr/decision_table.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/lifecycle/configuration.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plaint {

/// An effect with its expressions compiled: one program for each parameter that is one.
struct compiled_effect {
  effect_definition definition{};
  std::vector<std::optional<program>> computed{};
};

/// A calendar that a clock may go by: an edition of one that its rule names, with the wall of one zone.
struct clock_calendar {
  std::string name{}; ///< of the calendar in the policy
  std::string zone{}; ///< empty: its own
  plaint::calendar calendar;
  instant until = instant::max();    ///< then the next edition takes its place
  std::uint16_t next = no_id;        ///< place of the next edition
  std::uint16_t rule = 0;            ///< editions of one calendar have one number
  instant foreseen = instant::min(); ///< from here back no goal in hours, nor a mark after it, lies past the horizon
};

struct compiled_threshold {
  program guard{};
  event_id raise = no_id;
  std::vector<compiled_effect> effects{};
  std::optional<plaint::calendar> calendar{}; ///< of its own
  std::uint16_t slot = no_id;                 ///< of `at_date`
};

struct compiled_extension {
  trigger_list on{};
  trigger_list revoke{};
  program consent{};
  std::optional<compiled_goal> to{};
  std::int64_t by = 0; ///< µs or days
};

struct compiled_pause {
  std::vector<program> conditions{};
  std::vector<std::uint16_t>
      reasons{}; ///< of the conditions: places in the names of reasons; no_id: asked of the event
  trigger_list on{};
  trigger_list resume{};
  trigger_list ends{};
  std::uint16_t until = no_id; ///< slot
  std::optional<compiled_goal> at_most{};
  std::optional<compiled_goal> at_most_each{};
  std::optional<compiled_goal> review_every{};
  event_id close_by = no_id;
  std::vector<compiled_effect> effects{};
  std::vector<compiled_effect> review{};
};

/// What triggers let a clock do, as bits.
namespace clock_act {
inline constexpr std::uint16_t start = 1;
inline constexpr std::uint16_t stop = 2;
inline constexpr std::uint16_t cancel = 4;
inline constexpr std::uint16_t waive = 8;
inline constexpr std::uint16_t reset = 16;
inline constexpr std::uint16_t pause = 32;
inline constexpr std::uint16_t resume = 64;
inline constexpr std::uint16_t end_pause = 128;
inline constexpr std::uint16_t extend = 256; ///< some extension is granted or taken back
inline constexpr std::uint16_t turns = pause | resume | end_pause;
} // namespace clock_act

/// A checked clock: what `clock_set::compile` makes of a definition.
struct compiled_clock {
  clock_definition definition{};
  program applies{};
  trigger_list start{};
  trigger_list stop{};
  trigger_list cancel{};
  trigger_list waive{};
  trigger_list reset{};
  std::optional<compiled_pause> pause{};
  std::vector<compiled_goal> goals{};
  decision_table rows{};
  std::vector<clock_calendar> calendars{}; ///< never empty; what segments refer to
  decision_table calendar_rows{};
  std::vector<std::uint16_t> first_edition{}; ///< by row and zone: row * zones + zone
  std::size_t zones = 1;
  std::uint16_t zone_slot = no_id; ///< attribute that chooses among the zones
  std::uint16_t anchor_slot = no_id;
  bool anchored_at_opening = false;
  std::optional<compiled_goal> anchor_offset{};
  std::vector<std::uint16_t> retargeted_by{}; ///< slots that goals, calendars and zone read, ascending
  std::vector<std::uint16_t> waits_for{};     ///< slots of dates: goals, thresholds, the end of a pause, the anchor
  std::vector<compiled_extension> extensions{};
  std::vector<compiled_threshold> thresholds{};
  std::vector<compiled_effect> breach_effects{};
  event_id breach_raise = no_id;
  std::uint16_t outer = no_id; ///< the clock that it must fit into
  duration slack{};
  measure slack_in = measure::open; ///< or elapsed
  trigger_table acts{};             ///< of `clock_act`
  bool any_step = false;            ///< a condition may change its answer with every step

  /// The last instant at which it may be due inside of an outer promise that is due then.
  [[nodiscard]] instant last_within(instant outer_due, const plaint::calendar& theirs) const {
    return slack == duration{}            ? outer_due
           : slack_in == measure::elapsed ? outer_due - slack
                                          : theirs.subtract(outer_due, slack);
  }

  [[nodiscard]] const plaint::calendar& calendar_at(std::uint16_t place) const noexcept {
    return calendars[place].calendar;
  }
};

} // namespace plaint
