// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/configuration.hpp> // for no_id
#include <plaint/time/instant.hpp>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace plaint {

/// What happened to a ladder.
enum class ladder_act : unsigned char {
  began,
  step,    ///< a step was let out
  skipped, ///< a step was left out: its guard, its gate, or somebody had taken note
  reminder,
  acknowledged,
  timed_out, ///< an acknowledgement counts no more
  de_escalated,
  repeated,  ///< a further pass began
  restarted, ///< by a reassignment
  nobody,    ///< an audience was empty
  exhausted,
  ended,
};
inline constexpr std::array<std::string_view, 12> ladder_act_words{
    "began",        "step",     "skipped",   "reminder", "acknowledged", "timed_out",
    "de_escalated", "repeated", "restarted", "nobody",   "exhausted",    "ended"};

struct ladder_record {
  instant at{}; ///< the instant that it belongs to
  ladder_act act = ladder_act::began;
  std::uint16_t step = no_id;   ///< from 0
  std::uint16_t pass = 0;       ///< from 0
  std::uint16_t run = 0;        ///< from 0
  std::uint16_t repetition = 0; ///< of a reminder, from 0
  std::int64_t level = 0;       ///< after it

  friend bool operator==(const ladder_record&, const ladder_record&) = default;
};

/// A stretch during which no time passed for the ladder.
struct ladder_freeze {
  instant from{};
  instant to{};
  std::int64_t open = -1; ///< open µs of it and those before it; -1: not counted; it follows, so no part of the value

  friend bool operator==(const ladder_freeze& a, const ladder_freeze& b) noexcept {
    return a.from == b.from && a.to == b.to;
  }
};

/// Reminders of a step that are still to come.
struct ladder_reminder {
  instant let_out{};
  std::uint16_t step = 0;
  std::uint16_t pass = 0;
  std::uint16_t sent = 0;
  std::uint16_t again = 0; ///< how often the step was let out before in its pass

  friend bool operator==(const ladder_reminder&, const ladder_reminder&) = default;
};

/// What follows from the rest of a ladder and is kept at hand; no part of its value.
struct ladder_hint {
  static constexpr std::int64_t none = -1;

  std::int64_t rest = none; ///< of a ladder that stands still: µs to its next step, which is all that it waits for

  friend bool operator==(const ladder_hint&, const ladder_hint&) noexcept { return true; }
};

/// The part of a ladder's state that is of fixed size. Level and high-water level outlast a run.
struct ladder_head {
  bool active = false;
  bool acknowledged = false;
  bool pass_begun = false;   ///< a step of the present pass has been looked at
  bool holds = false;        ///< its condition was yes after the last step
  bool requested = false;    ///< somebody has asked for it
  bool silence_told = false; ///< of the present silence
  std::int64_t level = 0;
  std::int64_t high_water = 0;
  std::uint32_t token = 0; ///< changes with every new plan: what was planned under another one is stale
  std::uint16_t runs = 0;
  std::uint16_t step = 0;            ///< the next one, from 0
  std::uint16_t pass = 0;            ///< from 0
  std::uint16_t last_step = no_id;   ///< the latest that was let out
  std::uint16_t cycle = no_id;       ///< of its clock, from 0: the one that it ran for last
  instant began = instant::max();    ///< the trigger of the present or last run; after a fall that instant
  instant previous = instant::max(); ///< when the latest step was let out, or would have been
  instant pass_base = instant::max();
  instant forced = instant::max(); ///< the next step is let out then, whatever its delay
  instant frozen_since = instant::max();
  instant acknowledged_at = instant::max();
  instant cooldown_until = instant::min();
  instant last_sign = instant::max(); ///< when somebody last sent an event
  instant next = instant::max();      ///< the next thing that time alone will do
  ladder_hint hint{};

  friend bool operator==(const ladder_head&, const ladder_head&) = default;
};

/// One ladder of one complaint: where it stands, and all that happened to it.
struct ladder_state : ladder_head {
  std::vector<ladder_freeze> freezes{}; ///< of the present run
  std::vector<ladder_reminder> reminders{};
  std::vector<ladder_record> history{};

  friend bool operator==(const ladder_state&, const ladder_state&) = default;
};

} // namespace plaint
