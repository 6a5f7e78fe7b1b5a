// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_text.hpp>
#include <plaint/calendar/detail/words.hpp>
#include <plaint/calendar/holiday/holiday_rule.hpp>
#include <plaint/time/detail/english_names.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace plaint::detail {

inline constexpr std::array<std::string_view, 5> nth_names{"first", "second", "third", "fourth", "fifth"};
inline constexpr std::array<std::string_view, 4> side_names{"on or after", "after", "on or before", "before"};

inline std::optional<int> take_month(words& from) {
  const auto word = lower(from.next());
  for (std::size_t i = 0; i < month_names.size(); ++i) {
    if (word == month_names[i] || (word.size() == 3 && month_names[i].starts_with(word))) {
      (void)from.take_word();
      return static_cast<int>(i + 1);
    }
  }
  return std::nullopt;
}

/// "25 december".
inline std::optional<fixed_date> take_date(words& from) {
  const auto day = from.take_number();
  const auto month = day ? take_month(from) : std::nullopt;
  return month && *day >= 1 && *day <= 31 ? std::optional(fixed_date{*month, static_cast<int>(*day)}) : std::nullopt;
}

/// The day that a rule's text names: "25 december", "fourth thursday of november", "last monday of may",
/// "monday on or before 24 may", "easter", "orthodox easter". Nothing for other texts.
inline std::optional<holiday_base> parse_holiday_base(std::string_view text) {
  words from(text);
  if (from.take("easter")) {
    return from.done() ? std::optional<holiday_base>(easter_sunday{}) : std::nullopt;
  }
  if (from.take_all({"orthodox", "easter"})) {
    return from.done() ? std::optional<holiday_base>(easter_sunday{true}) : std::nullopt;
  }
  if (words dated = from; const auto date = take_date(dated)) {
    return dated.done() ? std::optional<holiday_base>(*date) : std::nullopt;
  }
  std::optional<int> nth;
  for (std::size_t i = 0; i < nth_names.size(); ++i) {
    nth = from.take(nth_names[i]) ? std::optional(static_cast<int>(i + 1)) : nth;
  }
  const bool last = from.take("last");
  const auto weekday = parse_weekday(from.take_word().value_or(""));
  if (!weekday) {
    return std::nullopt;
  }
  if (nth || last) {
    const auto month = from.take("of") ? take_month(from) : std::nullopt;
    if (!month || !from.done()) {
      return std::nullopt;
    }
    return last ? holiday_base(last_weekday{*weekday, *month}) : holiday_base(nth_weekday{*nth, *weekday, *month});
  }
  const bool on = from.take_all({"on", "or"});
  const bool after = from.take("after");
  const bool before = !after && from.take("before");
  const auto date = after || before ? take_date(from) : std::nullopt;
  if (!date || !from.done()) {
    return std::nullopt;
  }
  const auto side = static_cast<weekday_side>((before ? 2 : 0) + (on ? 0 : 1));
  return holiday_base(weekday_near{*weekday, side, date->month, date->day});
}

struct holiday_base_text {
  std::string operator()(const fixed_date& b) const { return date(b.month, b.day); }
  std::string operator()(const nth_weekday& b) const {
    return std::string(nth_names[static_cast<std::size_t>(b.nth - 1)]) + " " + std::string(weekday_words[b.weekday]) +
           " of " + month(b.month);
  }
  std::string operator()(const last_weekday& b) const {
    return "last " + std::string(weekday_words[b.weekday]) + " of " + month(b.month);
  }
  std::string operator()(const weekday_near& b) const {
    return std::string(weekday_words[b.weekday]) + " " + std::string(side_names[static_cast<std::size_t>(b.side)]) +
           " " + date(b.month, b.day);
  }
  std::string operator()(const easter_sunday& b) const { return b.orthodox ? "orthodox easter" : "easter"; }

private:
  static std::string month(int m) { return std::string(month_names[static_cast<std::size_t>(m - 1)]); }
  static std::string date(int m, int d) { return std::to_string(d) + " " + month(m); }
};

[[nodiscard]] inline std::string to_text(const holiday_base& base) {
  return std::visit(holiday_base_text{}, base);
}

} // namespace plaint::detail
