// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/open_arithmetic.hpp>
#include <plaint/time/civil.hpp>
#include <plaint/time/iso8601.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plaint::detail {

[[nodiscard]] inline civil_day known_day(const compiled_calendar& c, std::optional<civil_day> day) {
  if (!day || !c.days.knows(*day)) [[unlikely]] {
    refuse_past_horizon(c, day ? to_iso8601(*day) : std::string("the answer"));
  }
  return *day;
}

[[nodiscard]] inline bool is_business_day(const compiled_calendar& c, civil_day day) {
  if (known_day(c, day) == c.days.end()) {
    refuse_past_horizon(c, to_iso8601(day));
  }
  return c.days.is_business(day);
}

[[nodiscard]] inline civil_day roll_day(const compiled_calendar& c, civil_day day, roll rule) {
  if (rule == roll::none || rule == roll::open || is_business_day(c, day)) {
    return day;
  }
  const std::int64_t before = c.days.before(day);
  const auto next = c.days.nth(before);
  const auto previous = c.days.nth(before - 1);
  const auto month = [](civil_day d) { return date_of(d).month; };
  switch (rule) {
  case roll::preceding:
    return known_day(c, previous);
  case roll::modified_following:
    return month(known_day(c, next)) == month(day) ? *next : known_day(c, previous);
  case roll::nearest:
    return day - known_day(c, previous) < known_day(c, next) - day ? *previous : *next;
  default:
    return known_day(c, next);
  }
}

[[nodiscard]] inline civil_day add_business_days(const compiled_calendar& c, civil_day day, std::int64_t n, roll rolled,
                                                 day_rule rule) {
  if (n == 0) {
    return roll_day(c, day, rolled);
  }
  const bool adjusts = rule == day_rule::adjust && !is_business_day(c, day);
  if (adjusts) {
    day = roll_day(c, day, n > 0 ? roll::following : roll::preceding);
  }
  constexpr std::int64_t most = std::int64_t{1} << 40; // more days than any table has, and no overflow
  const std::int64_t before = c.days.before(known_day(c, day));
  const std::int64_t self = n > 0 && c.days.is_business(day) ? 0 : n > 0 ? -1 : 0;
  return known_day(c, c.days.nth(before + std::clamp(n, -most, most) + self));
}

[[nodiscard]] inline std::int64_t count_business_days(const compiled_calendar& c, civil_day a, civil_day b,
                                                      counted ends) {
  if (b < a) { // which end counts goes with the argument, not with the order
    const counted mirrored = ends == counted::first ? counted::last : ends == counted::last ? counted::first : ends;
    return -count_business_days(c, b, a, mirrored);
  }
  constexpr std::chrono::days next{1};
  const bool first_counts = ends == counted::first || ends == counted::both;
  const bool last_counts = ends == counted::last || ends == counted::both;
  const civil_day from = first_counts ? a : a + next;
  const civil_day to = last_counts ? b + next : b;
  return to < from ? 0 : c.days.before(known_day(c, to)) - c.days.before(known_day(c, from));
}

[[nodiscard]] inline std::vector<civil_day> list_business_days(const compiled_calendar& c, civil_day from,
                                                               civil_day to) {
  std::vector<civil_day> all;
  const std::int64_t end = c.days.before(known_day(c, to));
  for (std::int64_t i = c.days.before(known_day(c, from)); i < end; ++i) {
    all.push_back(*c.days.nth(i));
  }
  return all;
}

/// The open periods that belong to a day: those that begin on it, or, of a combination, what it holds.
[[nodiscard]] inline span_list periods_of_day(const compiled_calendar& c, civil_day day) {
  if (!is_business_day(c, day)) {
    return {};
  }
  if (c.definition.kind == calendar_kind::hours) {
    return c.node.plan.owned(day);
  }
  const auto local = c.node.frame.day_span(day);
  const auto& all = c.table.periods();
  span_list found;
  for (auto i = next_closing(c, std::max(local.from, c.reach.from)); i < all.size() && all[i].from < local.to; ++i) {
    found.push_back({std::max(all[i].from, local.from), std::min(all[i].to, local.to)});
  }
  return found;
}

} // namespace plaint::detail
