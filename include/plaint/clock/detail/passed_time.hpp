// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/clock/compiled_goal.hpp>
#include <plaint/time/instant.hpp>

#include <cstdint>

namespace plaint::detail {

/// How much open or elapsed time has passed until an instant, counted from one beginning, in µs. All that one step
/// moves asks for the step's own instant, and by few calendars: the last answer is kept until the next step begins.
class passed_time {
public:
  void begin() noexcept { of_ = nullptr; }

  /// Throws `horizon_error`.
  [[nodiscard]] std::int64_t until(measure in, const calendar& c, instant t) {
    if (in == measure::elapsed) {
      return t.time_since_epoch().count();
    }
    if (t != at_ || of_ != c.identity()) {
      count_ = c.open_before(t).count();
      at_ = t;
      of_ = c.identity();
    }
    return count_;
  }

  /// The instant until which so much has passed; of those between two periods the one that `calendar::add` gives.
  [[nodiscard]] static instant when(measure in, const calendar& c, std::int64_t count) {
    return in == measure::elapsed ? instant{duration{count}} : c.used_up(duration{count});
  }

private:
  const void* of_ = nullptr;
  instant at_{};
  std::int64_t count_ = 0;
};

} // namespace plaint::detail
