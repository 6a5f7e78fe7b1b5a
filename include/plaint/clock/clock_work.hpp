// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/clock/detail/passed_time.hpp>
#include <plaint/time/instant.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace plaint {

/// What a clock lets happen.
enum class firing_kind : unsigned char {
  breach, ///< the promise is broken
  threshold,
  exceeded,   ///< a pause has lasted as long as it may
  review,     ///< of a pause
  infeasible, ///< the promise does not fit into the one that it is nested in
  moved,      ///< nothing to tell: a pause has ended, an edition has changed, a cycle has begun by itself
};
inline constexpr std::array<std::string_view, 6> firing_words{"breach", "threshold",  "exceeded",
                                                              "review", "infeasible", "moved"};

struct clock_firing {
  firing_kind kind = firing_kind::moved;
  bool late = false;    ///< the goal was already used up when it was set
  bool skipped = false; ///< its guard was not yes
  std::uint16_t clock = 0;
  std::uint16_t cycle = 0;         ///< from 0
  std::uint16_t generation = 0;    ///< from 0
  std::uint16_t threshold = no_id; ///< its place; of a pause, which one of the cycle, from 0
  std::uint16_t repetition = 0;    ///< from 0
  instant at{};                    ///< the instant that it was scheduled for

  friend bool operator==(const clock_firing&, const clock_firing&) = default;
};

/// Why an event is refused for the sake of a clock.
enum class clock_refusal_kind : unsigned char {
  pause_reason,       ///< a pause needs one of its reasons
  extension_no_cycle, ///< nothing is open that could be extended
  extension_expired,  ///< the goal is used up
  extension_used_up,  ///< it was granted as often as it may
  extension_reason,
  extension_role,
  extension_consent,
};

struct clock_refusal {
  clock_refusal_kind kind = clock_refusal_kind::pause_reason;
  std::uint16_t clock = 0;
  std::uint16_t extension = no_id;

  friend bool operator==(const clock_refusal&, const clock_refusal&) = default;
};

/// What the clocks did in one step, and how to take it back. Used again it keeps its memory.
class clock_work {
public:
  std::vector<clock_happening> happened{}; ///< in order; what other clocks and ladders are triggered by
  std::vector<clock_firing> firings{};     ///< what the step itself lets happen
  detail::passed_time passed{};            ///< until its instant

  void begin() noexcept {
    happened.clear();
    firings.clear();
    passed.begin();
    turned_.clear();
    saved_ = 0;
    low_ = 0;
  }

  /// Remembers a clock before its first change in this step; after a turn that was remembered, the rest of it.
  void save(std::uint16_t clock, const clock_state& state) {
    if (is_saved(clock)) {
      return;
    }
    low_ |= clock < 64 ? std::uint64_t{1} << clock : std::uint64_t{0};
    if (saved_ == pool_.size()) {
      pool_.emplace_back();
    }
    auto& s = pool_[saved_++];
    s.clock = clock;
    s.cycles = state.cycles.size();
    if (s.cycles != 0) {
      const auto& y = state.cycles.back();
      s.head = y;
      s.sizes = {y.segments.size(), y.generations.size(), y.fired.size(), y.extensions.size(), y.revisions.size()};
      s.segment = y.segments.back();
      s.generation = y.generations.back();
      if (!y.parts.empty() || !s.parts.empty()) {
        s.parts = y.parts;
      }
    }
  }

  /// The same before the latest cycle begins a stretch by pausing or running on, and nothing else: the first thing that
  /// a step does to a clock, if it does it.
  void save_turn(std::uint16_t clock, const clock_cycle& y) {
    turned_.push_back({.since = y.since,
                       .due = y.due,
                       .next = y.next,
                       .closed = y.closed,
                       .passed = y.hint.passed,
                       .clock = clock,
                       .reviews = y.reviews,
                       .paused = y.paused,
                       .held = y.held,
                       .exceeded = y.exceeded});
  }

  /// Puts every clock back to what it was when the step began: ledgers only grow, so they are cut. A turn was
  /// remembered before the rest of its clock.
  void take_back(std::vector<clock_state>& states) const {
    for (std::size_t i = 0; i < saved_; ++i) {
      const auto& s = pool_[i];
      auto& cycles = states[s.clock].cycles;
      cycles.resize(s.cycles);
      if (s.cycles == 0) {
        continue;
      }
      auto& y = cycles.back();
      static_cast<cycle_head&>(y) = s.head;
      y.segments.resize(s.sizes[0]);
      y.segments.back() = s.segment;
      y.generations.resize(s.sizes[1]);
      y.generations.back() = s.generation;
      y.fired.resize(s.sizes[2]);
      y.extensions.resize(s.sizes[3]);
      y.revisions.resize(s.sizes[4]);
      y.parts = s.parts;
    }
    for (const auto& t : turned_) {
      auto& y = states[t.clock].cycles.back();
      y.since = t.since;
      y.due = t.due;
      y.next = t.next;
      y.closed = t.closed;
      y.hint.passed = t.passed;
      y.reviews = t.reviews;
      y.paused = t.paused;
      y.held = t.held;
      y.exceeded = t.exceeded;
      y.segments.pop_back();
      y.segments.back().to = instant::max();
    }
  }

private:
  struct turn {
    instant since{};
    instant due{};
    instant next{};
    std::int64_t closed = 0;
    std::int64_t passed = 0;
    std::uint16_t clock = 0;
    std::uint16_t reviews = 0;
    bool paused = false;
    bool held = false;
    bool exceeded = false;
  };
  struct saved_clock {
    std::uint16_t clock = 0;
    std::size_t cycles = 0;
    std::array<std::size_t, 5> sizes{};
    cycle_head head{};
    clock_segment segment{};
    clock_generation generation{};
    std::vector<std::int64_t> parts{};
  };

  [[nodiscard]] bool is_saved(std::uint16_t clock) const noexcept {
    return clock < 64 ? (low_ >> clock & 1U) != 0
                      : std::any_of(pool_.begin(), pool_.begin() + static_cast<std::ptrdiff_t>(saved_),
                                    [clock](const saved_clock& s) { return s.clock == clock; });
  }

  std::vector<saved_clock> pool_{}; ///< the first `saved_` count, the others keep their memory
  std::vector<turn> turned_{};
  std::size_t saved_ = 0;
  std::uint64_t low_ = 0; ///< which of the first 64 clocks are saved
};

} // namespace plaint
