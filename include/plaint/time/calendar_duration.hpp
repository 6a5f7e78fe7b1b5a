// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/detail/text_cursor.hpp>
#include <plaint/time/instant.hpp>
#include <plaint/time/parsed.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace plaint {

/// A duration of ISO 8601 with its units kept apart: how long P1M or P15D lasts depends on where it starts, and in
/// which calendar; only `time` is elapsed time. Each part may be negative.
struct calendar_duration {
  std::int64_t years = 0;
  std::int64_t months = 0;
  std::int64_t weeks = 0;
  std::int64_t days = 0;
  duration time{};

  friend constexpr bool operator==(const calendar_duration&, const calendar_duration&) = default;

  /// The elapsed time where that is all there is: 4 h for PT4H, nothing for P1D.
  [[nodiscard]] constexpr std::optional<duration> exact() const noexcept {
    return years == 0 && months == 0 && weeks == 0 && days == 0 ? std::optional(time) : std::nullopt;
  }
};

namespace detail {

/// "P", then date units, then "T" and time units, each at most once and in this order.
class duration_reader {
public:
  explicit duration_reader(std::string_view text) noexcept : in_(text) {}

  [[nodiscard]] parsed<calendar_duration> read() {
    negative_ = in_.skip('-');
    if (!negative_) {
      in_.skip('+');
    }
    if (!in_.skip('P')) {
      return parse_fault{"P required at the start of a duration", in_.position()};
    }
    while (!in_.at_end()) {
      if (!in_time_ && in_.skip('T')) {
        in_time_ = true;
        next_ = 4;
        if (in_.at_end()) {
          return parse_fault{"hours, minutes or seconds required after T", in_.position()};
        }
        continue;
      }
      if (const auto fault = read_part()) {
        return *fault;
      }
    }
    if (next_ == 0) {
      return parse_fault{"at least one part required, such as P15D or PT4H", in_.position()};
    }
    return parts_;
  }

private:
  static constexpr std::string_view units = "YMWDHMS";

  [[nodiscard]] std::optional<parse_fault> read_part() {
    const std::size_t begin = in_.position();
    if (after_fraction_) {
      return parse_fault{"end required: only the last part may have a fraction", begin};
    }
    const bool minus = in_.skip('-');
    if (!minus) {
      in_.skip('+');
    }
    const auto whole = in_.number(1, 18);
    if (!whole || is_digit(in_.peek())) {
      return parse_fault{"number of 1 to 18 digits required", begin};
    }
    const std::int64_t sign = minus == negative_ ? 1 : -1;
    const std::size_t mark = in_.position();
    std::string_view fraction;
    if (in_.skip('.') || in_.skip(',')) {
      fraction = in_.take_while(is_digit);
      after_fraction_ = true;
    }
    const std::size_t unit = units.find(in_.peek(), next_);
    if (in_.at_end() || unit == std::string_view::npos || (!in_time_ && unit > 3)) {
      return parse_fault{in_time_ ? "unit H, M or S in this order required"
                                  : "unit Y, M, W or D in this order required",
                         in_.position()};
    }
    in_.advance();
    next_ = unit + 1;
    if (unit < 4) {
      if (after_fraction_) {
        return parse_fault{"whole number required: only hours, minutes and seconds have fractions", mark};
      }
      std::int64_t* const part[] = {&parts_.years, &parts_.months, &parts_.weeks, &parts_.days};
      *part[unit] = sign * *whole;
      return std::nullopt;
    }
    return add_time(sign, *whole, fraction, unit, begin, mark);
  }

  [[nodiscard]] std::optional<parse_fault> add_time(std::int64_t sign, std::int64_t whole, std::string_view fraction,
                                                    std::size_t unit, std::size_t begin, std::size_t mark) {
    constexpr std::array<std::int64_t, 3> lengths{3'600'000'000, 60'000'000, 1'000'000};
    const std::int64_t length = lengths[unit - 4];
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    if (after_fraction_ && (fraction.empty() || fraction.size() > 9)) {
      return parse_fault{"1 to 9 digits required after the decimal sign", mark};
    }
    std::int64_t numerator = 0;
    std::int64_t scale = 1;
    for (const char digit : fraction) {
      numerator = numerator * 10 + (digit - '0');
      scale *= 10;
    }
    // Split so that no product leaves 64 bits: length < 2^32 and numerator < 10^9.
    if (numerator * length % scale != 0) {
      return parse_fault{"whole number of microseconds required", mark};
    }
    const std::int64_t extra = numerator * length / scale;
    // The total may reach the very ends of the range, so it is summed up with its sign.
    const std::int64_t total = parts_.time.count();
    if (whole > (most - extra) / length) {
      if (!(sign < 0 && whole == most / length && extra == most % length + 1 && total == 0)) {
        return too_long(begin);
      }
      parts_.time = duration::min();
      return std::nullopt;
    }
    const std::int64_t part = sign * (whole * length + extra);
    if (part > 0 ? total > most - part : total < std::numeric_limits<std::int64_t>::min() - part) {
      return too_long(begin);
    }
    parts_.time = duration{total + part};
    return std::nullopt;
  }

  [[nodiscard]] static parse_fault too_long(std::size_t at) noexcept {
    return {"time of at most 292,000 years required", at};
  }

  text_cursor in_;
  calendar_duration parts_;
  std::size_t next_ = 0;
  bool negative_ = false;
  bool in_time_ = false;
  bool after_fraction_ = false;
};

/// The number without its sign; the magnitude of the lowest number does not fit into a signed one.
[[nodiscard]] constexpr std::uint64_t magnitude(std::int64_t n) noexcept {
  return n < 0 ? ~static_cast<std::uint64_t>(n) + 1 : static_cast<std::uint64_t>(n);
}

} // namespace detail

/// Reads "P1Y2M3W4DT5H6M7.5S": weeks may stand beside other units, and parts may have signs, as ISO 8601-2 allows.
/// Fractions are for the last time unit only and must come to whole microseconds; numbers have up to 18 digits.
[[nodiscard]] inline parsed<calendar_duration> parse_duration(std::string_view text) {
  return detail::duration_reader(text).read();
}

/// The canonical text: "PT1H30M", "P15D", "PT0S" for none; "-P1DT2H" where no part is positive, "P1DT-2H" where some
/// are.
[[nodiscard]] inline std::string to_iso8601(const calendar_duration& d) {
  const std::int64_t us = d.time.count();
  const std::uint64_t size = detail::magnitude(us);
  const std::array<std::int64_t, 4> date{d.years, d.months, d.weeks, d.days};
  bool any_positive = us > 0;
  bool any_negative = us < 0;
  for (const auto part : date) {
    any_positive = any_positive || part > 0;
    any_negative = any_negative || part < 0;
  }
  const bool all_negative = any_negative && !any_positive;
  const auto signed_number = [all_negative](bool negative, std::uint64_t n) {
    return (negative && !all_negative ? "-" : "") + std::to_string(n);
  };
  std::string text = all_negative ? "-P" : "P";
  for (std::size_t i = 0; i < date.size(); ++i) {
    if (date[i] != 0) {
      text += signed_number(date[i] < 0, detail::magnitude(date[i])) + "YMWD"[i];
    }
  }
  if (us == 0) {
    return any_positive || any_negative ? text : "PT0S";
  }
  text += 'T';
  const std::uint64_t hours = size / 3'600'000'000;
  const std::uint64_t minutes = size / 60'000'000 % 60;
  const std::uint64_t rest = size % 60'000'000;
  text += hours != 0 ? signed_number(us < 0, hours) + 'H' : "";
  text += minutes != 0 ? signed_number(us < 0, minutes) + 'M' : "";
  if (rest != 0) {
    std::string fraction = std::to_string(1'000'000 + rest % 1'000'000).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += signed_number(us < 0, rest / 1'000'000) + (fraction.empty() ? "" : "." + fraction) + 'S';
  }
  return text;
}

/// "PT4H", "-PT0.25S", "PT0S".
[[nodiscard]] inline std::string to_iso8601(duration elapsed) {
  return to_iso8601(calendar_duration{0, 0, 0, 0, elapsed});
}

} // namespace plaint
