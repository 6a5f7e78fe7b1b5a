// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/weekly_hours.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plaint {

/// The names of the weekdays as they are written, Monday first; the long English names are read too.
inline constexpr std::array<std::string_view, 7> weekday_words{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

namespace detail {

[[nodiscard]] inline std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
    text.remove_suffix(1);
  }
  return text;
}

/// One or two digits at the front, up to a limit; they are taken off the text.
[[nodiscard]] inline std::optional<std::int32_t> take_two_digits(std::string_view& text, std::int32_t most) noexcept {
  std::size_t count = 0;
  std::int32_t value = 0;
  while (count < 2 && count < text.size() && text[count] >= '0' && text[count] <= '9') {
    value = value * 10 + (text[count++] - '0');
  }
  if (count == 0 || value > most) {
    return std::nullopt;
  }
  text.remove_prefix(count);
  return value;
}

} // namespace detail

/// Seconds after midnight of "9:00", "09:00", "17:30:15" or "24:00"; nothing for other texts.
[[nodiscard]] inline std::optional<std::int32_t> parse_time_of_day(std::string_view text) noexcept {
  const auto hour = detail::take_two_digits(text, 24);
  if (!hour || text.empty() || text.front() != ':') {
    return std::nullopt;
  }
  std::int32_t seconds = *hour * 3'600;
  for (std::int32_t unit = 60; !text.empty(); unit /= 60) {
    const bool whole = unit > 0 && text.size() >= 3 && text.front() == ':' && text[2] >= '0' && text[2] <= '9';
    text.remove_prefix(1);
    const auto part = whole ? detail::take_two_digits(text, 59) : std::nullopt;
    if (!part) {
      return std::nullopt;
    }
    seconds += *part * unit;
  }
  return seconds <= seconds_a_day ? std::optional(seconds) : std::nullopt;
}

/// "09:00", or "09:00:15" where there are seconds; 24 h is "24:00" and later times count on from it ("30:00").
[[nodiscard]] inline std::string time_of_day_text(std::int32_t seconds) {
  const auto two = [](std::int32_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  std::string text = two(seconds / 3'600) + ":" + two(seconds / 60 % 60);
  return seconds % 60 == 0 ? text : text + ":" + two(seconds % 60);
}

/// "22:00-06:00"; a closing on the next day is written with its own time of day.
[[nodiscard]] inline std::string to_string(const daily_interval& hours) {
  const bool over_midnight = hours.to > seconds_a_day;
  return time_of_day_text(hours.from) + "-" + time_of_day_text(over_midnight ? hours.to - seconds_a_day : hours.to);
}

/// "09:00-17:00"; where the closing is earlier than the opening it lies on the next day. Equal times are kept as an
/// empty interval, which the check of a definition refuses. Nothing for other texts.
[[nodiscard]] inline std::optional<daily_interval> parse_interval(std::string_view text) noexcept {
  text = detail::trimmed(text);
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) {
    return std::nullopt;
  }
  const auto from = parse_time_of_day(detail::trimmed(text.substr(0, dash)));
  const auto to = parse_time_of_day(detail::trimmed(text.substr(dash + 1)));
  if (!from || !to || *from == seconds_a_day) {
    return std::nullopt;
  }
  return daily_interval{*from, *to < *from ? *to + seconds_a_day : *to};
}

/// The number of a weekday from its short or long English name, in any case: 0 for "mon" and "Monday".
[[nodiscard]] inline std::optional<std::size_t> parse_weekday(std::string_view text) {
  constexpr std::array<std::string_view, 7> names{"monday", "tuesday",  "wednesday", "thursday",
                                                  "friday", "saturday", "sunday"};
  const auto wanted = detail::lower(detail::trimmed(text));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (wanted == names[i] || wanted == weekday_words[i]) {
      return i;
    }
  }
  return std::nullopt;
}

/// Weekdays as "mon", "mon-fri", "fri-mon", "sat, sun" or "daily"; nothing where a name is unknown.
[[nodiscard]] inline std::optional<std::vector<std::size_t>> parse_weekdays(std::string_view text) {
  if (detail::lower(detail::trimmed(text)) == "daily") {
    return std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6};
  }
  std::vector<std::size_t> days;
  while (true) {
    const auto comma = text.find(',');
    const auto part = text.substr(0, comma);
    const auto dash = part.find('-');
    const auto first = parse_weekday(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_weekday(part.substr(dash + 1));
    if (!first || !last) {
      return std::nullopt;
    }
    for (std::size_t day = *first;; day = (day + 1) % 7) {
      days.push_back(day);
      if (day == *last) {
        break;
      }
    }
    if (comma == std::string_view::npos) {
      return days;
    }
    text.remove_prefix(comma + 1);
  }
}

} // namespace plaint
