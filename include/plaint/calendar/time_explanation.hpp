// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/detail/explain_node.hpp>
#include <plaint/calendar/explained_time.hpp>
#include <plaint/time/civil.hpp>
#include <plaint/time/iso8601.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// What lies between two instants: every stretch of time once, in order, with the reason why it counts or not.
struct time_explanation {
  span within{};
  duration open{};                     ///< negative where the measure was asked for backwards
  std::vector<explained_time> parts{}; ///< they touch and fill `within`
  certainty how = certainty::known;

  friend bool operator==(const time_explanation&, const time_explanation&) = default;
};

/// Why `c.between(a, b)` is what it is.
///
///     to_string(explain(office, friday_1600, monday_1000), office)
///     // 2026-11-20 16:00 - 17:00  open 1 h
///     // 2026-11-20 17:00 - 2026-11-23 09:00  closed
///     // 2026-11-23 09:00 - 10:00  open 1 h
[[nodiscard]] inline time_explanation explain(const calendar& c, instant a, instant b) {
  time_explanation e{.within = {std::min(a, b), std::max(a, b)}, .open = c.between(a, b)};
  e.parts = c.explain(e.within);
  e.how = c.certainty_of(e.within);
  return e;
}

/// A local day that was counted, or why it was not.
struct explained_day {
  civil_day day{};
  bool is_business = false;
  time_cause cause = time_cause::open; ///< of a day that is none: weekly hours without any, holiday, exception …
  std::string name{};

  friend bool operator==(const explained_day&, const explained_day&) = default;
};

/// The days in [from, to), each with its reason.
[[nodiscard]] inline std::vector<explained_day> explain_days(const calendar& c, civil_day from, civil_day to) {
  std::vector<explained_day> all;
  for (civil_day day = from; day < to; day += std::chrono::days{1}) {
    explained_day one{.day = day, .is_business = c.is_business_day(day)};
    if (!one.is_business) {
      one.cause = time_cause::hours;
      const span local{std::max(c.start_of(day), c.horizon().from),
                       std::min(c.start_of(day + std::chrono::days{1}), c.horizon().to)};
      for (const auto& part : c.explain(local)) {
        if (part.cause > one.cause) { // anything says more than that there are no hours
          one.cause = part.cause;
          one.name = part.name;
        }
      }
    }
    all.push_back(std::move(one));
  }
  return all;
}

namespace detail {

[[nodiscard]] inline std::string length_words(duration length) {
  const std::int64_t us = length.count();
  if (us % 1'000'000 != 0) {
    return to_iso8601(length);
  }
  std::string text;
  const auto unit = [&](std::int64_t n, const char* name) {
    if (n != 0) {
      text += (text.empty() ? "" : " ") + std::to_string(n) + name;
    }
  };
  unit(us / 3'600'000'000, " h");
  unit(us / 60'000'000 % 60, " min");
  unit(us / 1'000'000 % 60, " s");
  return text.empty() ? "0 h" : text;
}

/// "2026-11-20 16:00", with seconds where there are any.
[[nodiscard]] inline std::string wall_words(const calendar& c, instant t) {
  auto text = to_iso8601(c.wall_of(t));
  text[10] = ' ';
  return text.ends_with(":00") ? text.substr(0, text.size() - 3) : text;
}

[[nodiscard]] inline std::string cause_words(time_cause cause, const std::string& name) {
  constexpr const char* words[] = {"open", "closed", "exception", "holiday", "break", "pause"};
  std::string text = words[static_cast<int>(cause)];
  return name.empty() ? text : text + " (" + name + ")";
}

} // namespace detail

[[nodiscard]] inline std::string to_string(const explained_time& part, const calendar& c) {
  const auto from = detail::wall_words(c, part.when.from);
  const auto to = detail::wall_words(c, part.when.to);
  const bool same_day = from.substr(0, 10) == to.substr(0, 10);
  auto text = from + " - " + (same_day ? to.substr(11) : to) + "  " + detail::cause_words(part.cause, part.name);
  return part.cause == time_cause::open ? text + " " + detail::length_words(part.when.length()) : text;
}

/// One line for each stretch, in the calendar's local time.
[[nodiscard]] inline std::string to_string(const time_explanation& e, const calendar& c) {
  std::string text;
  for (const auto& part : e.parts) {
    text += to_string(part, c) + "\n";
  }
  if (e.how != certainty::known) {
    text +=
        e.how == certainty::provisional ? "in a year whose holidays are provisional\n" : "beyond the known holidays\n";
  }
  return text;
}

[[nodiscard]] inline std::string to_string(const explained_day& d) {
  return to_iso8601(d.day) + "  " + (d.is_business ? "business day" : detail::cause_words(d.cause, d.name));
}

} // namespace plaint
