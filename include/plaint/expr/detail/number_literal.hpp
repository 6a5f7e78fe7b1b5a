// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <system_error>

namespace plaint::detail {

/// A number of CEL without its sign: decimal or hexadecimal int, uint with a trailing u, or double.
struct number_literal {
  enum class kind : unsigned char { integer, unsigned_integer, real } is = kind::integer;
  std::size_t length = 0;
  std::uint64_t magnitude = 0;
  double real = 0;
  bool fits = true; ///< false if it is beyond 64 bits or beyond every finite double
};

[[nodiscard]] constexpr bool is_decimal(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// A double from text that has the form of one; too small becomes 0, too large nothing (IEEE 754 rounding).
[[nodiscard]] inline std::optional<double> read_real(std::string_view text) noexcept {
  double result = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
  if (error == std::errc{}) {
    return result;
  }
  // from_chars does not tell too small from too large: count where the first digit that is not 0 stands.
  const auto exponent_at = text.find_first_of("eE");
  std::int64_t exponent = 0;
  if (exponent_at != std::string_view::npos) {
    auto digits = text.substr(exponent_at + 1);
    digits.remove_prefix(digits.starts_with('+') ? 1 : 0);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), exponent).ec != std::errc{}) {
      exponent = digits.starts_with('-') ? -1'000'000 : 1'000'000;
    }
  }
  const auto mantissa = text.substr(0, exponent_at);
  const auto point =
      static_cast<std::int64_t>(mantissa.find('.') == std::string_view::npos ? mantissa.size() : mantissa.find('.'));
  const auto leading = mantissa.find_first_of("123456789");
  if (leading == std::string_view::npos || point - static_cast<std::int64_t>(leading) + exponent < 0) {
    return text.starts_with('-') ? -0.0 : 0.0;
  }
  return std::nullopt;
}

/// Requires a digit, or a point and a digit, at the front.
[[nodiscard]] inline number_literal read_number(std::string_view text) noexcept {
  number_literal found;
  const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
  const auto run = [&](std::size_t from) {
    while (is_decimal(at(from))) {
      ++from;
    }
    return from;
  };
  const bool hex = at(0) == '0' && (at(1) == 'x' || at(1) == 'X');
  const std::size_t begin = hex ? 2 : 0;
  const char* first = text.data() + begin;
  const auto [end, error] = std::from_chars(first, text.data() + text.size(), found.magnitude, hex ? 16 : 10);
  found.fits = error == std::errc{};
  found.length = static_cast<std::size_t>(end - text.data());
  if (!hex) {
    std::size_t stop = run(0);
    const bool point = at(stop) == '.' && is_decimal(at(stop + 1));
    stop = point ? run(stop + 1) : stop;
    const std::size_t sign = at(stop + 1) == '+' || at(stop + 1) == '-' ? 1 : 0;
    const bool exponent = (at(stop) == 'e' || at(stop) == 'E') && is_decimal(at(stop + 1 + sign));
    stop = exponent ? run(stop + 1 + sign) : stop;
    found.length = stop;
    if (point || exponent) {
      const auto real = read_real(text.substr(0, stop));
      found.is = number_literal::kind::real;
      found.fits = real.has_value();
      found.real = real.value_or(0);
      return found;
    }
  }
  if (at(found.length) == 'u' || at(found.length) == 'U') {
    found.is = number_literal::kind::unsigned_integer;
    ++found.length;
  }
  return found;
}

} // namespace plaint::detail
