// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/detail/moment_text.hpp>
#include <plaint/expr/detail/number_literal.hpp>
#include <plaint/expr/detail/operand.hpp>
#include <plaint/expr/detail/workspace.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace plaint::detail {

[[nodiscard]] inline operand to_integer(const operand& a) noexcept {
  constexpr double two_63 = 9223372036854775808.0;
  if (a.kind == tag::real) {
    return a.real > -two_63 && a.real < two_63 ? whole_operand(tag::integer, static_cast<std::int64_t>(a.real))
                                               : error_operand(fault::out_of_range);
  }
  if (a.kind == tag::timestamp) {
    return whole_operand(tag::integer, std::chrono::floor<std::chrono::seconds>(duration(a.whole)).count());
  }
  if (a.kind != tag::text) {
    return a;
  }
  auto text = a.view();
  text.remove_prefix(text.size() > 1 && text[0] == '+' && text[1] != '-' ? 1 : 0);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc::result_out_of_range) {
    return error_operand(fault::out_of_range);
  }
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole ? whole_operand(tag::integer, number) : error_operand(fault::bad_conversion);
}

/// True for digits with at most one point and an exponent, as a double is written.
[[nodiscard]] inline bool is_real_text(std::string_view text) noexcept {
  text.remove_prefix(text.starts_with('-') ? 1 : 0);
  if (text.empty() || !(is_decimal(text[0]) || (text[0] == '.' && text.size() > 1 && is_decimal(text[1])))) {
    return false;
  }
  const auto number = read_number(text);
  return number.length == text.size() && number.is != number_literal::kind::unsigned_integer &&
         text.find_first_of("xX") == std::string_view::npos;
}

[[nodiscard]] inline operand to_real(const operand& a) noexcept {
  if (a.kind == tag::integer) {
    return real_operand(static_cast<double>(a.whole));
  }
  if (a.kind != tag::text) {
    return a;
  }
  auto text = a.view();
  text.remove_prefix(text.size() > 1 && text[0] == '+' && text[1] != '-' ? 1 : 0);
  if (!is_real_text(text)) {
    return error_operand(fault::bad_conversion);
  }
  const auto real = read_real(text);
  return real ? real_operand(*real) : error_operand(fault::out_of_range);
}

/// The words of CEL for true and false in texts.
[[nodiscard]] inline operand to_boolean(const operand& a) noexcept {
  constexpr std::array<std::string_view, 6> yes{"true", "True", "TRUE", "t", "T", "1"};
  constexpr std::array<std::string_view, 6> no{"false", "False", "FALSE", "f", "F", "0"};
  if (a.kind != tag::text) {
    return a;
  }
  const bool is_yes = std::find(yes.begin(), yes.end(), a.view()) != yes.end();
  const bool is_no = std::find(no.begin(), no.end(), a.view()) != no.end();
  return is_yes || is_no ? boolean_operand(is_yes) : error_operand(fault::bad_conversion);
}

[[nodiscard]] inline operand to_timestamp(const operand& a) noexcept {
  if (a.kind == tag::integer) {
    std::int64_t us = 0;
    return __builtin_mul_overflow(a.whole, std::int64_t{1'000'000}, &us) || !in_range(instant(duration(us)))
               ? error_operand(fault::out_of_range)
               : whole_operand(tag::timestamp, us);
  }
  if (a.kind != tag::text) {
    return a;
  }
  const auto read = read_timestamp(a.view());
  return read ? whole_operand(tag::timestamp, read->time_since_epoch().count()) : error_operand(fault::bad_conversion);
}

[[nodiscard]] inline operand to_duration(const operand& a) noexcept {
  if (a.kind != tag::text) {
    return a;
  }
  const auto read = read_duration(a.view());
  return read ? whole_operand(tag::duration, read->count()) : error_operand(fault::bad_conversion);
}

[[nodiscard]] inline operand to_text(const operand& a, workspace& space) noexcept {
  std::array<char, 32> number{};
  const auto made = [&](std::to_chars_result r) {
    return space.joined({number.data(), static_cast<std::size_t>(r.ptr - number.data())}, "");
  };
  switch (a.kind) {
  case tag::boolean:
    return text_operand(a.whole != 0 ? "true" : "false");
  case tag::integer:
    return made(std::to_chars(number.data(), number.data() + number.size(), a.whole));
  case tag::real:
    return made(std::to_chars(number.data(), number.data() + number.size(), a.real));
  case tag::timestamp:
    return in_range(instant(duration(a.whole))) ? space.joined(write_timestamp(instant(duration(a.whole))).view(), "")
                                                : error_operand(fault::out_of_range);
  case tag::duration:
    return in_range(duration(a.whole)) ? space.joined(write_duration(duration(a.whole)).view(), "")
                                       : error_operand(fault::out_of_range);
  default:
    return a;
  }
}

} // namespace plaint::detail
