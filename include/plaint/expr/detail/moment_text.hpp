// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/number_literal.hpp>
#include <plaint/time/instant.hpp>

#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace plaint::detail {

/// CEL's instants lie in the years 1 to 9999.
inline constexpr instant first_instant{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
inline constexpr instant last_instant{std::chrono::sys_days{std::chrono::year{10000} / 1 / 1} - duration(1)};

/// CEL's durations are what 64 bits of nanoseconds hold: about 292 years either way.
inline constexpr duration longest_duration{9'223'372'036'854'775};

[[nodiscard]] constexpr bool in_range(instant t) noexcept {
  return first_instant <= t && t <= last_instant;
}
[[nodiscard]] constexpr bool in_range(duration d) noexcept {
  return -longest_duration <= d && d <= longest_duration;
}

/// Decimal digits as a fraction of a unit of so many microseconds (at most an hour); nothing if that is not whole
/// microseconds, or written with more than nine digits that count.
[[nodiscard]] constexpr std::optional<std::int64_t> read_fraction(std::string_view digits, std::int64_t unit) noexcept {
  digits = digits.substr(0, digits.find_last_not_of('0') + 1);
  if (digits.size() > 9) {
    return std::nullopt;
  }
  std::int64_t part = 0;
  std::int64_t whole = 1;
  for (const char c : digits) {
    part = part * 10 + (c - '0');
    whole *= 10;
  }
  return part * unit % whole == 0 ? std::optional(part * unit / whole) : std::nullopt;
}

/// Reads an instant as RFC 3339 writes it, "2026-03-29T01:30:00.25Z" or with an offset such as "+02:00"; nothing for
/// any other form, for years beyond 1 to 9999 and for digits finer than a microsecond.
[[nodiscard]] constexpr std::optional<instant> read_timestamp(std::string_view text) noexcept {
  constexpr std::string_view shape = "0000-00-00T00:00:00";
  if (text.size() < shape.size() + 1) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == '0' ? !is_decimal(text[i]) : text[i] != shape[i]) {
      return std::nullopt;
    }
  }
  const auto number = [&](std::size_t from, std::size_t count) {
    int n = 0;
    for (const char c : text.substr(from, count)) {
      n = n * 10 + (c - '0');
    }
    return n;
  };
  const std::chrono::year_month_day day{std::chrono::year{number(0, 4)},
                                        std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                        std::chrono::day{static_cast<unsigned>(number(8, 2))}};
  if (!day.ok() || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59) {
    return std::nullopt;
  }
  instant t = std::chrono::sys_days{day} + std::chrono::hours{number(11, 2)} + std::chrono::minutes{number(14, 2)} +
              std::chrono::seconds{number(17, 2)};
  std::size_t at = shape.size();
  if (text[at] == '.') {
    std::size_t end = ++at;
    while (end < text.size() && is_decimal(text[end])) {
      ++end;
    }
    const auto fraction = read_fraction(text.substr(at, end - at), 1'000'000);
    if (end == at || !fraction) {
      return std::nullopt;
    }
    t += duration(*fraction);
    at = end;
  }
  const auto zone = text.substr(at);
  if (zone != "Z") {
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || !is_decimal(zone[1]) ||
        !is_decimal(zone[2]) || !is_decimal(zone[4]) || !is_decimal(zone[5]) || number(at + 1, 2) > 23 ||
        number(at + 4, 2) > 59) {
      return std::nullopt;
    }
    const auto offset = std::chrono::hours{number(at + 1, 2)} + std::chrono::minutes{number(at + 4, 2)};
    t -= zone[0] == '-' ? -offset : offset;
  }
  return in_range(t) ? std::optional(t) : std::nullopt;
}

/// Microseconds in a unit of a duration text; 0 for what is no such unit.
[[nodiscard]] constexpr std::int64_t unit_of(std::string_view name) noexcept {
  return name == "h"                                                  ? 3'600'000'000
         : name == "m"                                                ? 60'000'000
         : name == "s"                                                ? 1'000'000
         : name == "ms"                                               ? 1'000
         : name == "us" || name == "\xC2\xB5s" || name == "\xCE\xBCs" ? 1 // micro sign, Greek mu
                                                                      : 0;
}

/// One part of a duration text, such as "1.5h"; takes it off the front.
[[nodiscard]] constexpr std::optional<std::int64_t> read_part(std::string_view& text) noexcept {
  const auto take = [&](std::size_t end) {
    const auto head = text.substr(0, end);
    text.remove_prefix(head.size());
    return head;
  };
  constexpr std::string_view digits = "0123456789";
  const auto whole = take(text.find_first_not_of(digits));
  const bool point = text.starts_with('.');
  text.remove_prefix(point ? 1 : 0);
  const auto fraction = point ? take(text.find_first_not_of(digits)) : std::string_view();
  const auto name = take(text.find_first_of("0123456789."));
  std::int64_t amount = 0;
  for (const char c : whole) {
    if (amount > (std::numeric_limits<std::int64_t>::max() - 9) / 10) {
      return std::nullopt;
    }
    amount = amount * 10 + (c - '0');
  }
  if (name == "ns" && amount % 1000 == 0 && fraction.find_first_not_of('0') == std::string_view::npos &&
      !(whole.empty() && fraction.empty())) {
    return amount / 1000;
  }
  const auto unit = unit_of(name);
  if ((whole.empty() && fraction.empty()) || unit == 0 || amount > longest_duration.count() / unit) {
    return std::nullopt;
  }
  const auto rest = read_fraction(fraction, unit);
  return rest ? std::optional(amount * unit + *rest) : std::nullopt;
}

/// Reads a duration as CEL writes it, "1h30m", "-1.5s", "100ms", "0"; nothing for any other form, beyond 292 years and
/// for what is finer than a microsecond: "2000ns" is one, "1500ns" is none.
[[nodiscard]] constexpr std::optional<duration> read_duration(std::string_view text) noexcept {
  const bool negative = text.starts_with('-');
  text.remove_prefix(negative || text.starts_with('+') ? 1 : 0);
  if (text == "0") {
    return duration{0};
  }
  std::int64_t sum = 0;
  bool any = false;
  for (; !text.empty(); any = true) {
    const auto part = read_part(text);
    if (!part || sum + *part > longest_duration.count()) {
      return std::nullopt;
    }
    sum += *part;
  }
  return any ? std::optional(duration(negative ? -sum : sum)) : std::nullopt;
}

/// A short text of known bound, made without allocation.
struct short_text {
  std::array<char, 40> bytes{};
  std::size_t size = 0;

  [[nodiscard]] std::string_view view() const noexcept { return {bytes.data(), size}; }

  void put(char c) noexcept { bytes[size++] = c; }
  void put(std::int64_t number, std::size_t digits = 1) noexcept {
    std::array<char, 24> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    for (auto missing = static_cast<std::size_t>(end - text.data()); missing < digits; ++missing) {
      put('0');
    }
    for (const char* c = text.data(); c != end; ++c) {
      put(*c);
    }
  }
  /// A point and the microseconds of a second without trailing zeros, or nothing.
  void put_fraction(std::int64_t us) noexcept {
    if (us != 0) {
      put('.');
      put(us, 6);
      while (bytes[size - 1] == '0') {
        --size;
      }
    }
  }
};

/// "2026-03-29T01:30:00.25Z"; requires an instant in range.
[[nodiscard]] inline short_text write_timestamp(instant t) noexcept {
  const auto day = std::chrono::floor<std::chrono::days>(t);
  const std::chrono::year_month_day date{day};
  const std::int64_t us = (t - day).count();
  short_text out;
  out.put(int{date.year()}, 4);
  out.put('-');
  out.put(unsigned{date.month()}, 2);
  out.put('-');
  out.put(unsigned{date.day()}, 2);
  out.put('T');
  out.put(us / 3'600'000'000, 2);
  out.put(':');
  out.put(us / 60'000'000 % 60, 2);
  out.put(':');
  out.put(us / 1'000'000 % 60, 2);
  out.put_fraction(us % 1'000'000);
  out.put('Z');
  return out;
}

/// "5400s", "-1.5s".
[[nodiscard]] inline short_text write_duration(duration d) noexcept {
  short_text out;
  if (d.count() < 0) {
    out.put('-');
  }
  const auto us = d.count() < 0 ? -d.count() : d.count();
  out.put(us / 1'000'000);
  out.put_fraction(us % 1'000'000);
  out.put('s');
  return out;
}

} // namespace plaint::detail
