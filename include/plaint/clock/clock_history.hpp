// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/configuration.hpp> // for no_id
#include <plaint/time/instant.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace plaint {

/// How a cycle of a clock ended. While it is open it has no verdict, however late it is.
enum class verdict : unsigned char { none, met, missed, cancelled, superseded };
inline constexpr std::array<std::string_view, 5> verdict_words{"none", "met", "missed", "cancelled", "superseded"};

/// Why a segment begins.
enum class segment_cause : unsigned char {
  start,
  pause,
  resume,
  retarget,
  edition,  ///< the calendar was edited
  exceeded, ///< the pause had lasted as long as it may
  date,     ///< the instant at which the pause was to end
};
inline constexpr std::array<std::string_view, 7> segment_cause_words{"start",   "pause",    "resume", "retarget",
                                                                     "edition", "exceeded", "date"};

/// A stretch of a cycle during which the clock ran or stood still, by one goal and one edition of one calendar.
struct clock_segment {
  instant from{};
  instant to = instant::max();  ///< `max`: it goes on
  std::uint64_t sequence = 0;   ///< of the event that began it; 0: time alone did
  event_id event = no_id;       ///< of the lifecycle; no_id: the opening, or time alone
  std::uint16_t generation = 0; ///< from 0
  std::uint16_t calendar = 0;   ///< place in the compiled clock's calendars
  std::uint16_t reason = no_id; ///< of a pause: place in the clock's reasons
  segment_cause cause = segment_cause::start;
  bool paused = false;

  friend bool operator==(const clock_segment&, const clock_segment&) = default;
};

/// What a cycle was held against from a retarget to the next.
struct clock_generation {
  instant since{};
  instant due = instant::max();     ///< as it was when the next generation began, or the cycle ended
  instant crossed = instant::max(); ///< when its goal was used up
  std::int64_t amount = -1;         ///< the goal where a ratchet or a nesting has set it, in µs or days; -1: the row's
  std::int64_t added = 0;           ///< by extensions, in µs or days
  std::uint16_t row = 0;            ///< of the decision table
  std::uint16_t calendar = 0;       ///< place in the compiled clock's calendars, at the beginning
  std::uint16_t replaced = no_id;   ///< the extension whose goal counts instead of the row's
  bool late = false;                ///< the goal was already used up when it was set

  friend bool operator==(const clock_generation&, const clock_generation&) = default;
};

/// A threshold that was reached, or left out because a retarget landed behind it.
struct clock_fired {
  instant at{};                 ///< the instant that it was scheduled for
  std::uint16_t threshold = 0;  ///< place in the definition
  std::uint16_t repetition = 0; ///< of `every … after`, from 0
  std::uint16_t generation = 0;
  bool skipped = false;

  friend bool operator==(const clock_fired&, const clock_fired&) = default;
};

/// More time that was granted, or taken back.
struct clock_extension {
  instant at{};
  instant due_before = instant::max();
  instant due_after = instant::max();
  std::uint64_t sequence = 0;      ///< of the event
  std::int64_t amount_before = -1; ///< of the generation, to be able to go back
  std::int64_t added_before = 0;
  std::uint16_t replaced_before = no_id;
  std::uint16_t extension = 0;  ///< place in the definition
  std::uint16_t reason = no_id; ///< place in the extension's reasons
  bool revokes = false;         ///< takes the latest one back

  friend bool operator==(const clock_extension&, const clock_extension&) = default;
};

/// What a retroactive edit of a calendar changed: the verdict that was given stays, this stands beside it.
struct clock_revision {
  instant at{}; ///< the instant of the edit
  instant due_before = instant::max();
  instant due_after = instant::max();
  instant crossed_before = instant::max();
  instant crossed_after = instant::max();
  verdict before = verdict::none;
  verdict after = verdict::none;
  std::uint16_t calendar = 0; ///< by which it was measured again

  friend bool operator==(const clock_revision&, const clock_revision&) = default;
};

} // namespace plaint
