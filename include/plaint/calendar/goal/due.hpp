// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/goal/goal.hpp>
#include <plaint/time/civil.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <variant>

namespace plaint {

/// What an attribute holds at the moment, for `until`; nothing while it is unset.
using until_lookup = std::function<std::optional<instant>(std::string_view attribute)>;

[[nodiscard]] inline std::optional<instant> due(const goal& g, instant start, const calendar& c,
                                                const until_lookup& until = {});

namespace detail {

/// What a receipt counts as, by its rule and its cut-off.
[[nodiscard]] inline instant receipt_of(const day_rules& rules, instant start, const calendar& c) {
  if (rules.receipt == receipt_rule::next_opening) {
    start = c.next_open_or_self(start);
  } else if (rules.receipt != receipt_rule::as_is) {
    auto day = c.day_at(start);
    if (!c.is_business_day(day)) {
      day = c.roll_day(day, roll::following);
      start = c.at_wall(wall_at(day, time_of_day(c.wall_of(start))));
    }
    if (rules.receipt == receipt_rule::after_closing && start >= *c.close_of(day)) {
      start = c.next_open_or_self(start);
    }
  }
  if (rules.cut_off) {
    const auto wall = c.wall_of(start);
    const auto day = day_of(wall);
    const bool late = time_of_day(wall) > std::chrono::seconds{*rules.cut_off};
    if (late || !c.is_business_day(day)) {
      const auto next = c.add_business_days(day, 1, {}, day_rule::next);
      start = c.opening_of(next).value_or(c.start_of(next));
    }
  }
  return start;
}

/// The same day of a later month, or its last day where that month is shorter.
[[nodiscard]] inline civil_day add_months(civil_day day, std::int64_t n) {
  const auto date = date_of(day);
  const std::int64_t months = date.year * 12 + date.month - 1 + n;
  const auto year = months >= 0 ? months / 12 : (months - 11) / 12;
  const auto month = static_cast<int>(months - year * 12 + 1);
  const int last = days_in_month(year, month);
  const auto there = make_civil_day(year, month, std::min(date.day, last));
  return there.value_or(civil_day::max());
}

[[nodiscard]] inline civil_day last_day_of(const days_goal& g, civil_day first, const calendar& c) {
  const auto& rules = g.rules;
  const bool one_less = rules.receipt_day_counts && g.count > 0;
  if (g.unit == day_unit::business_days) {
    const auto from = one_less ? day_rule::adjust : rules.from.value_or(c.options().day_rule);
    return c.add_business_days(first, g.count - (one_less ? 1 : 0), rules.roll, from);
  }
  constexpr std::int64_t most = 10'000'000; // more days than any horizon has, and no overflow
  const std::int64_t n = std::clamp(g.count, -most, most);
  auto last = g.unit == day_unit::months ? add_months(first, n)
                                         : first + std::chrono::days{n * (g.unit == day_unit::weeks ? 7 : 1)};
  last -= std::chrono::days{one_less ? 1 : 0};
  if (last < c.day_at(c.horizon().from) || last > c.day_at(c.horizon().to)) {
    throw horizon_error("the last day of the goal lies outside what the calendar knows", c.horizon());
  }
  const auto by = rules.roll.value_or(c.options().roll.value_or(roll::none));
  if (by != roll::none && by != roll::open) {
    last = c.roll_day(last, by);
  }
  if (rules.least_business_days > 0 && c.count_business_days(first, last, counted::last) < rules.least_business_days) {
    last = c.add_business_days(first, rules.least_business_days, {}, day_rule::next);
  }
  return last;
}

[[nodiscard]] inline instant due_in_days(const days_goal& g, instant start, const calendar& c) {
  const auto received = receipt_of(g.rules, start, c);
  const auto wall = c.wall_of(received);
  const auto last = last_day_of(g, day_of(wall), c);
  constexpr std::chrono::days next{1};
  instant end{};
  switch (g.rules.at) {
  case due_at::same_time:
    end = c.at_wall(wall_at(last, time_of_day(wall)));
    break;
  case due_at::end_of_day:
    end = c.start_of(last + next);
    break;
  case due_at::close_of_business:
    end = c.close_of(last).value_or(c.start_of(last + next));
    break;
  }
  return g.rules.roll.value_or(c.options().roll.value_or(roll::none)) == roll::open ? c.next_open_or_self(end) : end;
}

[[nodiscard]] inline instant due_elapsed(const elapsed_goal& g, instant start, const calendar& c) {
  if (g.from_next_hour) { // local hours: an offset may be 30 minutes
    const auto wall = c.wall_of(start);
    const auto hour = std::chrono::ceil<std::chrono::hours>(wall);
    start += hour - wall;
  }
  const std::int64_t room = (duration::max() - std::max(start.time_since_epoch(), duration{})).count();
  if (g.length.count() > room || g.length < -duration{room}) {
    throw horizon_error("the answer lies beyond what 64 bits of microseconds can hold", c.horizon());
  }
  return start + g.length;
}

[[nodiscard]] inline std::optional<instant> due_by_choice(const choice_goal& g, instant start, const calendar& c,
                                                          const until_lookup& until) {
  std::optional<instant> chosen;
  for (const auto& each : g.of) {
    const auto one = due(each, start, c, until);
    if (!one && g.which == which_goal::latest) {
      return std::nullopt;
    }
    if (one && (!chosen || (g.which == which_goal::latest ? *one > *chosen : *one < *chosen))) {
      chosen = one;
    }
  }
  return chosen;
}

} // namespace detail

/// When a goal that starts at `start` is due; nothing only while an `until` is unset.
///
/// An unset `until` leaves `earliest_of` to the others and makes `latest_of` unknown.
/// Throws `horizon_error` where the calendar does not reach as far.
///
///     due(business_days(3), friday_1000, office);   // Wednesday 10:00
[[nodiscard]] inline std::optional<instant> due(const goal& g, instant start, const calendar& c,
                                                const until_lookup& until) {
  if (const auto* open = std::get_if<business_goal>(&g.form)) {
    return c.add(start, open->length);
  }
  if (const auto* elapsed = std::get_if<elapsed_goal>(&g.form)) {
    return detail::due_elapsed(*elapsed, start, c);
  }
  if (const auto* days = std::get_if<days_goal>(&g.form)) {
    return detail::due_in_days(*days, start, c);
  }
  if (const auto* attribute = std::get_if<until_goal>(&g.form)) {
    return until ? until(attribute->attribute) : std::nullopt;
  }
  return detail::due_by_choice(std::get<choice_goal>(g.form), start, c, until);
}

} // namespace plaint
