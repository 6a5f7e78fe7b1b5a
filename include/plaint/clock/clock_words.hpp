// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <string_view>

namespace plaint {

/// What happens when a clock that was stopped is started again.
enum class clock_cycles : unsigned char {
  once,        ///< nothing: it has had its one run
  independent, ///< a new cycle, judged by itself
  sequential,  ///< a new cycle, anchored no earlier than the previous one was due
  continued,   ///< a new cycle whose consumed time begins where the earlier one ended; written "continue"
};
inline constexpr std::array<std::string_view, 4> cycle_words{"once", "independent", "sequential", "continue"};

/// What counts of the time between the end of a cycle and the one that continues it.
enum class cycle_gap : unsigned char { pause, run };
inline constexpr std::array<std::string_view, 2> gap_words{"pause", "run"};

/// What a changed goal or calendar does to a cycle that is open.
enum class retarget_mode : unsigned char {
  carry,        ///< consumed time stays as it was measured
  remeasure,    ///< every segment is measured again by the new calendar
  restart,      ///< the cycle is superseded and a new one begins
  ratchet,      ///< carry, but never later than before
  loosen,       ///< carry, but never earlier than before; written "ratchet later"
  proportional, ///< the consumed share of the goal stays what it was
  pin,          ///< nothing: the goal stays
};
inline constexpr std::array<std::string_view, 7> retarget_words{"carry",         "remeasure",    "restart", "ratchet",
                                                                "ratchet later", "proportional", "pin"};

/// Where the crossing of a goal lies that is already used up when the clock starts.
enum class late_attach : unsigned char {
  now,   ///< at the instant of the start, with one breach effect flagged late
  retro, ///< at the derived instant in the past; nothing is fired for it
};
inline constexpr std::array<std::string_view, 2> late_attach_words{"now", "retro"};

/// What later editions of a calendar do to a cycle that is open.
enum class edition_mode : unsigned char {
  prospective, ///< what was measured stays, the remainder is projected in the new edition
  pinned,      ///< the cycle keeps the edition that it began with
  retroactive, ///< everything is measured again, with revisions of what was judged
};
inline constexpr std::array<std::string_view, 3> edition_words{"prospective", "pinned", "retroactive"};

/// What a host that was away is told of thresholds that it missed; the state is the same in every case.
enum class catch_up : unsigned char {
  each_in_order,    ///< all of them
  latest_only,      ///< of those noticed together, the last one of a cycle
  skip_with_record, ///< none that is later than the grace; each is recorded as skipped
};
inline constexpr std::array<std::string_view, 3> catch_up_words{"each_in_order", "latest_only", "skip_with_record"};

/// Who keeps the promise, or has the time: a window to appeal is the customer's.
enum class clock_side : unsigned char { ours, customer, supplier };
inline constexpr std::array<std::string_view, 3> side_words{"ours", "customer", "supplier"};

/// What kind of promise it is; a label for reports, it changes no arithmetic.
enum class clock_kind : unsigned char { promise, internal, supplier, statutory };
inline constexpr std::array<std::string_view, 4> clock_kind_words{"promise", "internal", "supplier", "statutory"};

/// Which row of the goals counts.
enum class goal_choice : unsigned char {
  first,    ///< the first that matches
  tightest, ///< of all that match, the one that is due first
};
inline constexpr std::array<std::string_view, 2> goal_choice_words{"first", "tightest"};

} // namespace plaint
