// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/words.hpp>
#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/time/instant.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plaint {

/// In what a distance from the due instant is counted.
enum class distance_unit : unsigned char {
  own, ///< the clock's own measure: open time where the goal is in open time
  elapsed,
  business_days,
  calendar_days,
};

enum class threshold_kind : unsigned char { percent, before, at_due, after, every_after, at_date };

/// An instant on the way of a clock at which something is to be done.
struct threshold {
  threshold_kind kind = threshold_kind::at_due;
  int percent = 0; ///< of the goal, 1 to 99
  distance_unit unit = distance_unit::own;
  duration time{};          ///< for `own` and `elapsed`
  std::int64_t days = 0;    ///< for days
  std::int64_t at_most = 1; ///< how often; 1 unless `every_after`
  std::string attribute{};  ///< of `at_date`: holds the instant, whatever the goal

  friend bool operator==(const threshold&, const threshold&) = default;
};

namespace detail {

/// "2h", "1h 30min", "1 business day", "3 days", "2h elapsed".
inline bool take_distance(words& from, threshold& t) {
  constexpr std::int64_t most = 1'000'000'000; // 1,900 years in minutes
  words days = from;
  if (const auto n = days.take_number(); n && *n > 0 && *n <= most) {
    const bool open = days.take("business");
    if ((!open && days.take("d")) || days.take_any({"day", "days"})) {
      t.unit = open ? distance_unit::business_days : distance_unit::calendar_days;
      t.days = *n;
      from = days;
      return true;
    }
  }
  const auto length = take_length(from);
  t.time = length.value_or(duration{});
  t.unit = from.take("elapsed") ? distance_unit::elapsed : distance_unit::own;
  return length.has_value();
}

inline std::optional<threshold> read_threshold(words from) {
  threshold t;
  if (from.take_all({"at", "due"})) {
    return from.done() ? std::optional(t) : std::nullopt;
  }
  if (from.take("every")) {
    t.kind = threshold_kind::every_after;
    const bool whole = take_distance(from, t) && from.take("after,") && from.take_all({"at", "most"});
    const auto times = whole ? from.take_number() : std::nullopt;
    t.at_most = times.value_or(0);
    return times && *times > 0 && *times <= 1000 && from.done() ? std::optional(t) : std::nullopt;
  }
  if (words share = from; const auto percent = share.take_number()) {
    if (share.take("%") && share.done()) {
      t.kind = threshold_kind::percent;
      t.percent = *percent > 0 && *percent < 100 ? static_cast<int>(*percent) : 0;
      return t.percent > 0 ? std::optional(t) : std::nullopt;
    }
  }
  if (!take_distance(from, t)) {
    return std::nullopt;
  }
  t.kind = from.take("before") ? threshold_kind::before : threshold_kind::after;
  return (t.kind == threshold_kind::before || from.take("after")) && from.done() ? std::optional(t) : std::nullopt;
}

inline std::string distance_text(const threshold& t) {
  if (t.unit == distance_unit::business_days || t.unit == distance_unit::calendar_days) {
    const std::string unit = t.unit == distance_unit::business_days ? " business day" : " day";
    return std::to_string(t.days) + unit + (t.days == 1 ? "" : "s");
  }
  return length_text(t.time) + (t.unit == distance_unit::elapsed ? " elapsed" : "");
}

} // namespace detail

/// The threshold that a text means, or nothing: "75%", "2h before", "1 business day before", "at due", "1 day after",
/// "2h elapsed after", "every 4h after, at most 3", "at promised_date" (an attribute).
[[nodiscard]] inline std::optional<threshold> parse_threshold(std::string_view text) {
  if (text.size() > 100) {
    return std::nullopt;
  }
  if (text.starts_with("at ") && text != "at due") {
    const auto name = text.substr(3);
    const bool one = !name.empty() && name.find(' ') == name.npos;
    return one ? std::optional(threshold{.kind = threshold_kind::at_date, .attribute = std::string(name)})
               : std::nullopt;
  }
  return detail::read_threshold(detail::words(text));
}

/// The text that reads back as the same threshold.
[[nodiscard]] inline std::string to_string(const threshold& t) {
  switch (t.kind) {
  case threshold_kind::percent:
    return std::to_string(t.percent) + "%";
  case threshold_kind::at_due:
    return "at due";
  case threshold_kind::at_date:
    return "at " + t.attribute;
  case threshold_kind::before:
    return detail::distance_text(t) + " before";
  case threshold_kind::after:
    return detail::distance_text(t) + " after";
  case threshold_kind::every_after:
    break;
  }
  return "every " + detail::distance_text(t) + " after, at most " + std::to_string(t.at_most);
}

} // namespace plaint
