// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace plaint {

/// Where the latest cycle of a clock stands.
enum class clock_outcome : std::uint8_t { none, running, met, missed, cancelled, superseded, paused };

/// One clock over all cases, by case: its latest cycle. Instants in microseconds since 1970 in UTC, `no_instant` where
/// there is none.
struct clock_columns {
  std::vector<std::int64_t> due{};
  std::vector<std::int64_t> started{};
  std::vector<std::int64_t> stopped{};
  std::vector<std::int64_t> breached{}; ///< as of the end of the replay
  std::vector<clock_outcome> outcome{};
};

/// Events that were refused, in the order of the log; a reason is kept once however often it is given.
struct refused_events {
  std::vector<std::int64_t> event{};
  std::vector<std::uint32_t> reason{}; ///< place in `reasons`
  std::vector<std::string> reasons{};

  void add(std::size_t which, const std::string& why) {
    const auto [found, fresh] = known_.try_emplace(why, static_cast<std::uint32_t>(reasons.size()));
    if (fresh) {
      reasons.push_back(why);
    }
    event.push_back(static_cast<std::int64_t>(which));
    reason.push_back(found->second);
  }

  /// Forgets those after the first `kept`; reasons stay.
  void shorten(std::size_t kept) {
    event.resize(kept);
    reason.resize(kept);
  }

  [[nodiscard]] std::size_t size() const noexcept { return event.size(); }
  [[nodiscard]] std::string_view why(std::size_t n) const { return reasons[reason[n]]; }

private:
  std::unordered_map<std::string, std::uint32_t> known_{};
};

/// What came out of a log, by case.
struct case_outcomes {
  static constexpr std::uint16_t never_opened = 0xffff;

  std::vector<std::uint32_t> accepted{}; ///< events behind the opening
  std::vector<std::uint16_t> state{};    ///< the first active state without states of its own, or `never_opened`
  std::vector<clock_columns> clocks{};   ///< those with names, in the policy's order
  refused_events refused{};
};

} // namespace plaint
