// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/passed_time.hpp>
#include <plaint/ladder/ladder_state.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace plaint {

enum class rung_kind : unsigned char {
  step,
  reminder,
  fallback, ///< whom to tell instead, as nobody could be told
  error,    ///< nobody could be told
  incident, ///< the last step of the last pass was let out
};

/// Something that a ladder lets out.
struct ladder_firing {
  rung_kind kind = rung_kind::step;
  std::uint16_t ladder = 0;
  std::uint16_t step = no_id;   ///< from 0
  std::uint16_t pass = 0;       ///< from 0
  std::uint16_t run = 0;        ///< from 0
  std::uint16_t repetition = 0; ///< of a reminder or fallback, from 0
  std::int64_t level = 0;
  std::uint32_t token = 0;
  std::uint16_t again = 0; ///< how often the step was let out before in its pass
  instant at{};

  friend bool operator==(const ladder_firing&, const ladder_firing&) = default;
};

/// What the ladders did in one step, and how to take it back. Used again it keeps its memory.
class ladder_work {
public:
  std::vector<ladder_firing> firings{};
  detail::passed_time passed{}; ///< until the step's instant

  void begin() noexcept {
    firings.clear();
    passed.begin();
    turned_.clear();
    saved_ = 0;
    low_ = 0;
  }

  /// Remembers a ladder before its first change in this step.
  void save(std::uint16_t ladder, const ladder_state& state) {
    const auto bit = ladder < 64 ? std::uint64_t{1} << ladder : std::uint64_t{0};
    if (bit != 0 ? (low_ & bit) != 0 : find(ladder) != nullptr) {
      return;
    }
    low_ |= bit;
    if (saved_ == pool_.size()) {
      pool_.emplace_back();
    }
    auto& s = pool_[saved_++];
    s.ladder = ladder;
    s.head = state;
    s.history = state.history.size();
    s.frozen = state.freezes.size();
    s.whole = false;
    if (!state.reminders.empty() || !s.reminders.empty()) {
      s.reminders = state.reminders;
    }
  }

  /// The same before it freezes or thaws with its clock, and nothing else: the first thing that a step does to a
  /// ladder, if it does it.
  void save_turn(std::uint16_t ladder, const ladder_state& state) {
    turned_.push_back({state.next, state.frozen_since, state.hint.rest, state.token, ladder});
  }

  /// Remembers the freezes as well, of which otherwise nothing is lost: called before they are dropped.
  void save_freezes(std::uint16_t ladder, const ladder_state& state) {
    if (auto* s = find(ladder); s != nullptr && !s->whole) {
      s->whole = true;
      s->freezes.assign(state.freezes.begin(), state.freezes.begin() + static_cast<std::ptrdiff_t>(s->frozen));
    }
  }

  /// Puts every ladder back to what it was when the step began: its history only grows, so it is cut. A turn was
  /// remembered before the rest of its ladder.
  void take_back(std::vector<ladder_state>& states) const {
    for (std::size_t i = 0; i < saved_; ++i) {
      const auto& s = pool_[i];
      auto& state = states[s.ladder];
      static_cast<ladder_head&>(state) = s.head;
      state.history.resize(s.history);
      state.reminders = s.reminders;
      if (s.whole) {
        state.freezes = s.freezes;
      } else {
        state.freezes.resize(s.frozen);
      }
    }
    for (const auto& t : turned_) {
      auto& state = states[t.ladder];
      if (t.frozen_since != instant::max()) { // it had thawed
        state.freezes.pop_back();
      }
      state.next = t.next;
      state.frozen_since = t.frozen_since;
      state.hint.rest = t.rest;
      state.token = t.token;
    }
  }

private:
  struct turn {
    instant next{};
    instant frozen_since{};
    std::int64_t rest = 0;
    std::uint32_t token = 0;
    std::uint16_t ladder = 0;
  };
  struct saved_ladder {
    std::uint16_t ladder = 0;
    bool whole = false; ///< the freezes are kept too
    std::size_t history = 0;
    std::size_t frozen = 0;
    ladder_head head{};
    std::vector<ladder_reminder> reminders{};
    std::vector<ladder_freeze> freezes{};
  };

  [[nodiscard]] saved_ladder* find(std::uint16_t ladder) noexcept {
    for (std::size_t i = 0; i < saved_; ++i) {
      if (pool_[i].ladder == ladder) {
        return &pool_[i];
      }
    }
    return nullptr;
  }

  std::vector<saved_ladder> pool_{}; ///< the first `saved_` count, the others keep their memory
  std::vector<turn> turned_{};
  std::size_t saved_ = 0;
  std::uint64_t low_ = 0; ///< which of the first 64 ladders are saved
};

} // namespace plaint
