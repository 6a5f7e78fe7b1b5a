// SPDX-License-Identifier: BSL-1.0
#pragma once

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

  void begin() noexcept {
    firings.clear();
    saved_ = 0;
  }

  /// Remembers a ladder before its first change in this step.
  void save(std::uint16_t ladder, const ladder_state& state) {
    for (std::size_t i = 0; i < saved_; ++i) {
      if (states_[i].ladder == ladder) {
        return;
      }
    }
    if (saved_ == states_.size()) {
      states_.emplace_back();
    }
    states_[saved_].ladder = ladder;
    states_[saved_].state = state;
    ++saved_;
  }

  void take_back(std::vector<ladder_state>& states) const {
    for (std::size_t i = 0; i < saved_; ++i) {
      states[states_[i].ladder] = states_[i].state;
    }
  }

private:
  struct saved_ladder {
    std::uint16_t ladder = 0;
    ladder_state state{};
  };

  std::vector<saved_ladder> states_{}; ///< the first `saved_` count, the others keep their memory
  std::size_t saved_ = 0;
};

} // namespace plaint
