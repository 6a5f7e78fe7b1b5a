// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/value.hpp>
#include <plaint/lifecycle/configuration.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace plaint::detail {

enum class happening_kind : unsigned char { left, entered, effect };

/// One thing that a step did, in the order in which it did them.
struct happening {
  happening_kind kind = happening_kind::entered;
  std::uint16_t id = no_id; ///< a state, or an effect

  friend bool operator==(const happening&, const happening&) = default;
};

/// A value that a step turned out to depend on: what the complaint must have held, or the event must have brought.
struct pinned_value {
  bool is_field = false;
  bool brought = false;    ///< attributes: the event of this step can set it
  std::uint16_t place = 0; ///< slot, or event field
  value held{};
};

/// One answer of an odometer that runs through all ways of a step.
struct way_answer {
  std::uint16_t chosen = 0;
  std::uint16_t of = 1;
};

/// What one way through a step came to.
struct probe {
  bool moved = false;
  bool guessed = false; ///< something was answered both ways that a real complaint decides: time, clocks
  configuration to{};
  std::vector<happening> happenings{};
  std::vector<pinned_value> pins{};
  std::vector<std::uint16_t> codes{};
  std::uint64_t raised_counts = 0; ///< bit of each place in `tracked` that was counted up, and not otherwise set
  std::uint64_t other_sets = 0;
  std::vector<std::uint16_t> lapsed{}; ///< timers of `within` that must have run out
  std::string reason{};
  std::string actor_id{};
};

/// Every way through a step; false if there are more than `most`.
template <class Run, class Visit>
bool each_way(std::size_t most, const Run& run, const Visit& visit) {
  std::vector<way_answer> answers;
  for (std::size_t count = 0;; ++count) {
    if (count == most) {
      return false;
    }
    visit(run(answers));
    while (!answers.empty() && answers.back().chosen + 1 >= answers.back().of) {
      answers.pop_back();
    }
    if (answers.empty()) {
      return true;
    }
    ++answers.back().chosen;
  }
}

} // namespace plaint::detail
