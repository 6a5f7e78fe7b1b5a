// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/goal/due.hpp>
#include <plaint/calendar/goal/goal.hpp>
#include <plaint/time/civil.hpp>

#include <algorithm>
#include <cstdint>

namespace plaint::detail {

/// The ends of the days that a goal counts, from one receipt: the n-th is where n days are over. Weeks and months are
/// counted as the calendar days that they have from this receipt on.
class day_meter {
public:
  day_meter(const days_goal& g, instant anchor, const calendar& c)
      : c_(c), unit_(g.unit == day_unit::business_days ? day_unit::business_days : day_unit::calendar_days),
        rules_(g.rules), least_(g.count == 0 ? 0 : 1) {
    const auto wall = c.wall_of(receipt_of(g.rules, anchor, c));
    first_ = day_of(wall);
    time_ = time_of_day(wall);
  }

  /// How many days the goal has from here.
  [[nodiscard]] std::int64_t amount(const days_goal& g) const {
    if (g.unit != day_unit::months) {
      return g.count * (g.unit == day_unit::weeks ? 7 : 1);
    }
    return (add_months(first_, g.count) - first_).count();
  }

  /// When the n-th day of the goal ends, rolled as the goal says.
  [[nodiscard]] instant due(std::int64_t n) const {
    const auto end = end_of(last_day_of({unit_, n, rules_}, first_, c_));
    return rules_.roll.value_or(c_.options().roll.value_or(roll::none)) == roll::open ? c_.next_open_or_self(end) : end;
  }

  /// When so many days before (n < 0) or after the due instant end.
  [[nodiscard]] instant beside_due(std::int64_t due, std::int64_t n) const {
    if (unit_ == day_unit::business_days) {
      return due + n < least_ ? instant::min() : end(due + n);
    }
    return end_of(last_day_of({unit_, due, rules_}, first_, c_) + std::chrono::days{n});
  }

  /// The last day that has ended by an instant; one less than the first where none has.
  [[nodiscard]] std::int64_t ended(instant t) const {
    const auto day = c_.day_at(t);
    const std::int64_t shift = rules_.receipt_day_counts ? 1 : 0;
    std::int64_t n = day < first_                       ? least_ - 1
                     : unit_ == day_unit::business_days ? c_.count_business_days(first_, day, counted::last) + shift
                                                        : (day - first_).count() + shift;
    n = std::max(n, least_ - 1);
    while (n >= least_ && end(n) > t) {
      --n;
    }
    while (end(n + 1) <= t) {
      ++n;
    }
    return n;
  }

  /// The days that end between two instants, both left out: those that a pause swallows.
  [[nodiscard]] std::int64_t swallowed(instant pause, instant resume) const {
    return resume <= pause ? 0 : std::max<std::int64_t>(0, ended(resume - duration{1}) - ended(pause));
  }

private:
  [[nodiscard]] instant end(std::int64_t n) const {
    auto plain = rules_;
    plain.roll = unit_ == day_unit::business_days ? rules_.roll : roll::none;
    plain.least_business_days = 0;
    return end_of(last_day_of({unit_, n, plain}, first_, c_));
  }

  [[nodiscard]] instant end_of(civil_day day) const {
    constexpr std::chrono::days next{1};
    switch (rules_.at) {
    case due_at::same_time:
      return c_.at_wall(wall_at(day, time_));
    case due_at::end_of_day:
      return c_.start_of(day + next);
    case due_at::close_of_business:
      break;
    }
    return c_.close_of(day).value_or(c_.start_of(day + next));
  }

  const calendar& c_;
  day_unit unit_;
  day_rules rules_;
  std::int64_t least_;
  civil_day first_{};
  std::chrono::microseconds time_{};
};

} // namespace plaint::detail
