// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/civil.hpp>
#include <plaint/time/detail/text_cursor.hpp>
#include <plaint/time/instant.hpp>
#include <plaint/time/parsed.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace plaint::detail {

inline constexpr std::string_view out_of_range = "time within 292,000 years of 1970 required";

[[nodiscard]] constexpr std::optional<std::int64_t> checked_sum(std::int64_t a, std::int64_t b) noexcept {
  if (b > 0 ? a > std::numeric_limits<std::int64_t>::max() - b : a < std::numeric_limits<std::int64_t>::min() - b) {
    return std::nullopt;
  }
  return a + b;
}

/// The microseconds from 1970-01-01T00:00 to a time on a day, where they fit.
[[nodiscard]] constexpr std::optional<std::int64_t> checked_wall(std::int64_t days, std::int64_t time_us) noexcept {
  constexpr std::int64_t day_us = 86'400'000'000;
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / day_us;
  if (days < -most - 1 || days > most) {
    return std::nullopt;
  }
  // The first day of the range is only partly in it: counted from its end, no step leaves the range.
  return days < 0 ? checked_sum((days + 1) * day_us, time_us - day_us) : checked_sum(days * day_us, time_us);
}

/// Reads the parts of ISO 8601 times; the time follows the date's form, with separators or without.
class iso_reader {
public:
  explicit iso_reader(std::string_view text) noexcept : in_(text) {}

  [[nodiscard]] bool at_end() const noexcept { return in_.at_end(); }
  [[nodiscard]] std::size_t position() const noexcept { return in_.position(); }

  [[nodiscard]] parsed<civil_day> day() {
    const std::size_t begin = in_.position();
    const bool minus = in_.peek() == '-';
    const bool expanded = minus || in_.peek() == '+';
    if (expanded) {
      in_.advance();
    }
    const auto year = expanded ? in_.number(6, 6) : in_.number(4, 4);
    if (!year || (minus && *year == 0)) {
      return parse_fault{"year of four digits, or a sign and six, required", begin};
    }
    extended_ = in_.skip('-') || expanded;
    const std::size_t month_at = in_.position();
    const auto month = in_.number(2, 2);
    if (!month || *month < 1 || *month > 12) {
      return parse_fault{"month from 01 to 12 required", month_at};
    }
    if (extended_ && !in_.skip('-')) {
      return parse_fault{"- and the day of the month required", in_.position()};
    }
    const std::size_t day_at = in_.position();
    const auto of_month = in_.number(2, 2);
    const auto day =
        make_civil_day(minus ? -*year : *year, static_cast<int>(*month), static_cast<int>(of_month.value_or(0)));
    if (!day) {
      return parse_fault{"day that the month has required", day_at};
    }
    return *day;
  }

  [[nodiscard]] parsed<wall_time> wall() {
    const auto date = day();
    if (!date) {
      return date.fault();
    }
    if (!in_.skip('T') && !in_.skip('t') && !in_.skip(' ')) {
      return parse_fault{"T and a time required after the day", in_.position()};
    }
    const auto time = time_us();
    if (!time) {
      return time.fault();
    }
    const auto us = checked_wall(date->time_since_epoch().count(), *time);
    if (!us) {
      return parse_fault{out_of_range, 0};
    }
    return wall_time{duration{*us}};
  }

  /// Z, or an offset as +hh, +hhmm, +hh:mm or +hh:mm:ss.
  [[nodiscard]] parsed<std::chrono::seconds> offset() {
    const std::size_t begin = in_.position();
    if (in_.skip('Z') || in_.skip('z')) {
      return std::chrono::seconds{0};
    }
    const bool minus = in_.peek() == '-';
    if (!minus && in_.peek() != '+') {
      return parse_fault{"Z or an offset required, as a time without one names no instant", begin};
    }
    in_.advance();
    const auto hours = in_.number(2, 2);
    bool valid = hours && *hours <= 23;
    std::int64_t total = hours.value_or(0) * 3'600;
    const bool colon = in_.skip(':');
    if (const bool more = colon || is_digit(in_.peek()); valid && more) {
      const auto minutes = in_.number(2, 2);
      valid = minutes && *minutes <= 59;
      total += minutes.value_or(0) * 60;
      if (valid && colon && in_.skip(':')) {
        const auto seconds = in_.number(2, 2);
        valid = seconds && *seconds <= 59;
        total += seconds.value_or(0);
      }
    }
    if (!valid) {
      return parse_fault{"offset as hh:mm up to 23:59 required", begin};
    }
    return std::chrono::seconds{minus ? -total : total};
  }

private:
  [[nodiscard]] parsed<std::int64_t> time_us() {
    const std::size_t begin = in_.position();
    const auto hour = in_.number(2, 2);
    if (!hour || *hour > 24) {
      return parse_fault{"hour from 00 to 24 required", begin};
    }
    std::int64_t us = *hour * 3'600'000'000;
    if (another_part()) {
      const std::size_t minute_at = in_.position();
      const auto minute = in_.number(2, 2);
      if (!minute || *minute > 59) {
        return parse_fault{"minute from 00 to 59 required", minute_at};
      }
      us += *minute * 60'000'000;
      if (another_part()) {
        const auto seconds = seconds_us();
        if (!seconds) {
          return seconds.fault();
        }
        us += *seconds;
      }
    }
    if (us > 24 * 3'600'000'000LL) {
      return parse_fault{"24:00 as the latest time of a day required", begin};
    }
    return us;
  }

  [[nodiscard]] bool another_part() noexcept { return extended_ ? in_.skip(':') : is_digit(in_.peek()); }

  [[nodiscard]] parsed<std::int64_t> seconds_us() {
    const std::size_t begin = in_.position();
    const auto second = in_.number(2, 2);
    if (second == 60) {
      return parse_fault{"second from 00 to 59 required: leap seconds are not counted", begin};
    }
    if (!second || *second > 59) {
      return parse_fault{"second from 00 to 59 required", begin};
    }
    std::int64_t us = *second * 1'000'000;
    if (in_.skip('.') || in_.skip(',')) {
      const std::size_t fraction_at = in_.position();
      const std::string_view digits = in_.take_while(is_digit);
      if (digits.empty()) {
        return parse_fault{"digit required after the decimal sign", fraction_at};
      }
      std::int64_t unit = 100'000;
      for (const char digit : digits) {
        us += (digit - '0') * unit;
        unit /= 10;
      }
    }
    return us;
  }

  text_cursor in_;
  bool extended_ = true;
};

} // namespace plaint::detail
