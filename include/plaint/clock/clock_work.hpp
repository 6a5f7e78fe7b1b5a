// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/time/instant.hpp>

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

  void begin() noexcept {
    happened.clear();
    firings.clear();
    saved_ = 0;
    low_ = 0;
  }

  /// Remembers a clock before its first change in this step.
  void save(std::uint16_t clock, const clock_state& state) {
    auto& s = saved_for(clock, state);
    if (s.whole) {
      return;
    }
    s.whole = true;
    if (s.cycles != 0) { // where a turn was saved before, it has left all this as it was
      const auto& y = state.cycles.back();
      s.sizes = {y.generations.size(), y.fired.size(), y.extensions.size(), y.revisions.size()};
      s.generation = y.generations.back();
      if (!y.parts.empty() || !s.parts.empty()) {
        s.parts = y.parts;
      }
    }
  }

  /// The same before the latest cycle pauses or runs on, which leaves all but its head and its segments alone.
  void save_turn(std::uint16_t clock, const clock_state& state) {
    if (state.cycles.back().parts.empty()) {
      (void)saved_for(clock, state);
    } else {
      save(clock, state);
    }
  }

  /// Puts every clock back to what it was when the step began: ledgers only grow, so they are cut.
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
      y.segments.resize(s.segments);
      y.segments.back() = s.segment;
      if (s.whole) {
        y.generations.resize(s.sizes[0]);
        y.generations.back() = s.generation;
        y.fired.resize(s.sizes[1]);
        y.extensions.resize(s.sizes[2]);
        y.revisions.resize(s.sizes[3]);
        y.parts = s.parts;
      }
    }
  }

private:
  struct saved_clock {
    std::uint16_t clock = 0;
    bool whole = false; ///< all of it, not only what a turn changes
    std::size_t cycles = 0;
    std::size_t segments = 0;
    cycle_head head{};
    clock_segment segment{};
    std::array<std::size_t, 4> sizes{};
    clock_generation generation{};
    std::vector<std::int64_t> parts{};
  };

  [[nodiscard]] saved_clock& saved_for(std::uint16_t clock, const clock_state& state) {
    const auto bit = clock < 64 ? std::uint64_t{1} << clock : std::uint64_t{0};
    for (std::size_t i = 0; (bit == 0 || (low_ & bit) != 0) && i < saved_; ++i) {
      if (pool_[i].clock == clock) {
        return pool_[i];
      }
    }
    low_ |= bit;
    if (saved_ == pool_.size()) {
      pool_.emplace_back();
    }
    auto& s = pool_[saved_++];
    s.clock = clock;
    s.whole = false;
    s.cycles = state.cycles.size();
    if (s.cycles != 0) {
      const auto& y = state.cycles.back();
      s.head = y;
      s.segments = y.segments.size();
      s.segment = y.segments.back();
    }
    return s;
  }

  std::vector<saved_clock> pool_{}; ///< the first `saved_` count, the others keep their memory
  std::size_t saved_ = 0;
  std::uint64_t low_ = 0; ///< which of the first 64 clocks are saved
};

} // namespace plaint
