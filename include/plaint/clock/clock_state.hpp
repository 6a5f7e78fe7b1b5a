// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_history.hpp>
#include <plaint/time/instant.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace plaint {

/// Where a cycle stands; `none` is a clock that never started.
enum class clock_phase : unsigned char { none, pending, running, paused, done };

/// What follows from the rest of a cycle and is kept at hand: amounts to be consumed, in µs. No part of its value.
struct cycle_hint {
  static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

  std::int64_t goal = -1;   ///< for the goal; -1: not at hand
  std::int64_t next = none; ///< until the next thing happens, none while nothing waits for any amount
  std::int64_t passed =
      none;             ///< what had passed at `since`, counted by the calendar from one beginning; none: not known
  bool elapsed = false; ///< not open time

  friend bool operator==(const cycle_hint&, const cycle_hint&) noexcept { return true; }
};

/// The part of a cycle that is of fixed size: what the arithmetic needs, and what can be thrown back at once.
struct cycle_head {
  instant started{};               ///< when the starting event happened
  instant anchor = instant::max(); ///< what is measured from; `max` while the attribute that gives it is unset
  instant since{};              ///< the beginning of the stretch that is running or paused; in the future while pending
  instant due = instant::max(); ///< as projected; `max` while paused or unknown; once crossed it stays
  instant crossed = instant::max(); ///< when the goal of the last generation was used up; `max`: it was not
  instant stopped = instant::max(); ///< `max`: it is open
  instant next = instant::max();    ///< the next thing that time alone will do; `max`: nothing
  std::int64_t closed = 0;          ///< consumed before `since`, in µs; for goals in days: less than the days counted
  std::int64_t carried = 0;         ///< of `closed`, what an earlier cycle or another measure brought along
  std::int64_t pause_used = 0;      ///< of the budget for all pauses, before the one that is running: µs or days
  std::uint16_t reviews = 0;        ///< of the pause that is running
  std::uint16_t edition = no_id;    ///< of a closed cycle: the edition of its calendar that it was last looked at by
  plaint::verdict result = plaint::verdict::none;
  bool paused = false;
  bool held = false;       ///< paused by an event that has not been taken back
  bool overridden = false; ///< runs on though a condition to pause still holds
  bool exceeded = false;   ///< the pause that is running has used up its budget
  bool late = false;       ///< the goal was already used up when it was set
  bool waived = false;     ///< cancelled by whom the promise was made to
  bool recurring = false;  ///< the next cycle begins by itself where this one was due
  cycle_hint hint{};

  friend bool operator==(const cycle_head&, const cycle_head&) = default;
};

/// One run of a promise: an append-only ledger and what follows from it. Nothing is marked overdue; all that is judged
/// follows from effective times.
struct clock_cycle : cycle_head {
  std::vector<clock_generation> generations{}; ///< one for each retarget, the last one counts
  std::vector<clock_segment> segments{};       ///< touching each other, the last one open while the cycle is
  std::vector<clock_fired> fired{};            ///< thresholds, in order
  std::vector<clock_extension> extensions{};
  std::vector<clock_revision> revisions{};
  std::vector<std::int64_t> parts{}; ///< `closed` of the second and further goals of a choice

  [[nodiscard]] bool is_open() const noexcept { return stopped == instant::max(); }
  [[nodiscard]] bool running() const noexcept { return is_open() && !paused; }

  [[nodiscard]] clock_phase phase(instant at) const noexcept {
    return !is_open()   ? clock_phase::done
           : paused     ? clock_phase::paused
           : at < since ? clock_phase::pending
                        : clock_phase::running;
  }

  /// In time means at the due instant at the latest; none while it is open, however late it is.
  [[nodiscard]] plaint::verdict verdict() const noexcept { return result; }

  /// The instant at which the promise was broken, as of `at`: its due instant, once time has passed it.
  [[nodiscard]] std::optional<instant> breached(instant at) const noexcept {
    if (crossed != instant::max()) {
      return crossed;
    }
    return due < (is_open() ? at : stopped) ? std::optional(due) : std::nullopt;
  }

  friend bool operator==(const clock_cycle&, const clock_cycle&) = default;
};

/// All cycles of one clock of one complaint, oldest first; the last one may be open.
struct clock_state {
  std::vector<clock_cycle> cycles{};

  [[nodiscard]] bool running() const noexcept { return is_open() && !cycles.back().paused; }
  [[nodiscard]] bool is_open() const noexcept { return !cycles.empty() && cycles.back().is_open(); }
  [[nodiscard]] const clock_cycle* latest() const noexcept { return cycles.empty() ? nullptr : &cycles.back(); }
  [[nodiscard]] instant next() const noexcept { return cycles.empty() ? instant::max() : cycles.back().next; }

  friend bool operator==(const clock_state&, const clock_state&) = default;
};

} // namespace plaint
