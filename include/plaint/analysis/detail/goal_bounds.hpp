// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/goal/due.hpp>
#include <plaint/calendar/goal/goal.hpp>
#include <plaint/calendar/horizon_error.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace plaint::detail {

/// In what lengths of time are added up: in counts of one kind, which is exact, or in elapsed microseconds at their
/// worst.
enum class bound_unit : unsigned char { business_days, calendar_days, months, open_time, elapsed };

/// The unit in which a goal is a plain number.
[[nodiscard]] inline std::optional<bound_unit> unit_of(const goal& g) {
  if (const auto* days = std::get_if<days_goal>(&g.form)) {
    constexpr bound_unit units[]{bound_unit::business_days, bound_unit::calendar_days, bound_unit::calendar_days,
                                 bound_unit::months};
    return units[static_cast<std::size_t>(days->unit)];
  }
  if (std::holds_alternative<business_goal>(g.form)) {
    return bound_unit::open_time;
  }
  return std::holds_alternative<elapsed_goal>(g.form) ? std::optional(bound_unit::elapsed) : std::nullopt;
}

/// A goal as a number of the unit; nothing where it is none.
[[nodiscard]] inline std::optional<std::int64_t> amount_of(const goal& g, bound_unit unit) {
  if (unit_of(g) != unit) {
    return std::nullopt;
  }
  if (const auto* days = std::get_if<days_goal>(&g.form)) {
    return days->unit == day_unit::weeks ? days->count * 7 : days->count;
  }
  if (const auto* open = std::get_if<business_goal>(&g.form)) {
    return open->length.count();
  }
  return std::get<elapsed_goal>(g.form).length.count();
}

/// What a goal is at most, as a number of the unit: the earliest of several is at most each of them.
[[nodiscard]] inline std::optional<std::int64_t> most_of(const goal& g, bound_unit unit) {
  const auto* choice = std::get_if<choice_goal>(&g.form);
  if (choice == nullptr) {
    return amount_of(g, unit);
  }
  std::optional<std::int64_t> most;
  for (const auto& each : choice->of) {
    const auto one = most_of(each, unit);
    if (choice->which == which_goal::latest && !one) {
      return std::nullopt;
    }
    if (one) {
      most = !most ? *one : choice->which == which_goal::earliest ? std::min(*most, *one) : std::max(*most, *one);
    }
  }
  return most;
}

struct goal_length {
  duration least{};
  duration most{};
};

/// How long a goal can be in elapsed time: tried every half hour of a year and at the last instants before.
[[nodiscard]] inline std::optional<goal_length> length_of(const goal& g, const calendar& c, instant from) {
  using std::chrono::days;
  using std::chrono::minutes;
  if (const auto* fixed = std::get_if<elapsed_goal>(&g.form); fixed != nullptr && !fixed->from_next_hour) {
    return goal_length{fixed->length, fixed->length};
  }
  std::optional<goal_length> seen;
  for (instant at = from; at < from + days{366}; at += minutes{30}) {
    for (const auto start : {at, at - duration{1}}) {
      std::optional<instant> end;
      try {
        end = due(g, start, c);
      } catch (const horizon_error&) {
        return seen;
      }
      if (!end) {
        return std::nullopt;
      }
      const auto length = *end - start;
      seen =
          seen ? goal_length{std::min(seen->least, length), std::max(seen->most, length)} : goal_length{length, length};
    }
  }
  return seen;
}

} // namespace plaint::detail
