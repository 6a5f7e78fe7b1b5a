// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/instant.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace plaint {

/// How a cycle of a clock ended. While it runs it has no verdict, however late it is.
enum class verdict : unsigned char { none, met, missed };

/// One run of a promise. All that is judged follows from effective times; nothing is marked overdue.
struct clock_cycle {
  instant started{};
  instant due = instant::max();     ///< `max`: not known yet, as with `until` an attribute that is unset
  instant stopped = instant::max(); ///< `max`: it runs
  std::uint16_t row = 0;            ///< the row of the decision table that gave the goal
  std::uint16_t fired = 0;          ///< how many of its instants have been passed, in order
  instant next = instant::max();    ///< the next of them; `max`: none is left

  [[nodiscard]] bool running() const noexcept { return stopped == instant::max(); }

  /// In time means at the due instant at the latest.
  [[nodiscard]] plaint::verdict verdict() const noexcept {
    return running() ? verdict::none : stopped <= due ? verdict::met : verdict::missed;
  }

  /// The instant at which the promise was broken, as of `at`: its due instant, once time has passed it.
  [[nodiscard]] std::optional<instant> breached(instant at) const noexcept {
    const instant until = running() ? at : stopped;
    return due < until ? std::optional(due) : std::nullopt;
  }

  friend bool operator==(const clock_cycle&, const clock_cycle&) = default;
};

/// All cycles of one clock of one complaint, oldest first; the last one may run.
struct clock_state {
  std::vector<clock_cycle> cycles{};

  [[nodiscard]] bool running() const noexcept { return !cycles.empty() && cycles.back().running(); }
  [[nodiscard]] const clock_cycle* latest() const noexcept { return cycles.empty() ? nullptr : &cycles.back(); }

  friend bool operator==(const clock_state&, const clock_state&) = default;
};

} // namespace plaint
