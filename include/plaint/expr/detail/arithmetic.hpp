// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/detail/moment_text.hpp>
#include <plaint/expr/detail/operand.hpp>

#include <cmath>
#include <cstdint>
#include <limits>

namespace plaint::detail {

[[nodiscard]] inline operand checked_moment(tag kind, std::int64_t us) noexcept {
  const bool fits = kind == tag::timestamp ? in_range(instant(duration(us))) : in_range(duration(us));
  return fits ? whole_operand(kind, us) : error_operand(fault::out_of_range);
}

/// + - * / % on known operands of types that the checker has accepted; integers never wrap around.
[[nodiscard]] inline operand calculate_integers(opcode op, std::int64_t a, std::int64_t b) noexcept {
  std::int64_t result = 0;
  bool overflows = false;
  switch (op) {
  case opcode::add:
    overflows = __builtin_add_overflow(a, b, &result);
    break;
  case opcode::subtract:
    overflows = __builtin_sub_overflow(a, b, &result);
    break;
  case opcode::multiply:
    overflows = __builtin_mul_overflow(a, b, &result);
    break;
  default:
    if (b == 0) {
      return error_operand(fault::division_by_zero);
    }
    overflows = a == std::numeric_limits<std::int64_t>::min() && b == -1;
    result = overflows ? 0 : op == opcode::divide ? a / b : a % b;
  }
  return overflows ? error_operand(fault::overflow) : whole_operand(tag::integer, result);
}

[[nodiscard]] inline operand calculate_reals(opcode op, double a, double b) noexcept {
  switch (op) {
  case opcode::add:
    return real_operand(a + b);
  case opcode::subtract:
    return real_operand(a - b);
  case opcode::multiply:
    return real_operand(a * b);
  default:
    return real_operand(a / b);
  }
}

/// Instants and durations: + and - only.
[[nodiscard]] inline operand calculate_moments(opcode op, const operand& a, const operand& b) noexcept {
  std::int64_t us = 0;
  const bool overflows =
      op == opcode::add ? __builtin_add_overflow(a.whole, b.whole, &us) : __builtin_sub_overflow(a.whole, b.whole, &us);
  if (overflows) {
    return error_operand(fault::out_of_range);
  }
  const bool is_instant = op == opcode::add ? a.kind == tag::timestamp || b.kind == tag::timestamp
                                            : a.kind == tag::timestamp && b.kind == tag::duration;
  return checked_moment(is_instant ? tag::timestamp : tag::duration, us);
}

[[nodiscard]] inline operand negated(const operand& a) noexcept {
  if (a.kind == tag::real) {
    return real_operand(-a.real);
  }
  return a.whole == std::numeric_limits<std::int64_t>::min() ? error_operand(fault::overflow)
                                                             : whole_operand(tag::integer, -a.whole);
}

/// How a compares to b: -1, 0, 1, or 2 where a NaN is involved.
[[nodiscard]] inline int order(double a, double b) noexcept {
  return a < b ? -1 : a > b ? 1 : a == b ? 0 : 2;
}

/// Exact where a conversion to double would round: 2^53 + 1 is greater than 2.0^53.
[[nodiscard]] inline int order(std::int64_t a, double b) noexcept {
  constexpr double two_63 = 9223372036854775808.0;
  if (std::isnan(b)) {
    return 2;
  }
  if (b >= two_63) {
    return -1;
  }
  if (b < -two_63) {
    return 1;
  }
  const double whole = std::trunc(b);
  const auto rounded = static_cast<std::int64_t>(whole);
  return a < rounded ? -1 : a > rounded ? 1 : order(whole, b);
}

[[nodiscard]] inline int order(const operand& a, const operand& b) noexcept {
  if (a.kind == tag::text && b.kind == tag::text) {
    const int sign = a.view().compare(b.view()); // bytes of UTF-8 order as code points do
    return sign < 0 ? -1 : sign > 0 ? 1 : 0;
  }
  if (a.kind == tag::real) {
    if (b.kind == tag::real) {
      return order(a.real, b.real);
    }
    const int reversed = order(b.whole, a.real);
    return reversed == 2 ? 2 : -reversed;
  }
  if (b.kind == tag::real) {
    return order(a.whole, b.real);
  }
  return a.whole < b.whole ? -1 : a.whole > b.whole ? 1 : 0;
}

[[nodiscard]] inline bool equal(const operand& a, const operand& b) noexcept {
  if (!a.is_list() || !b.is_list()) {
    return a.kind == b.kind && order(a, b) == 0;
  }
  if (a.count != b.count) {
    return false;
  }
  for (std::size_t i = 0; i < a.count; ++i) {
    if (!equal(item_of(a, i), item_of(b, i))) {
      return false;
    }
  }
  return true;
}

/// True if an order of -1, 0, 1 or 2 (unordered) satisfies the relation.
[[nodiscard]] constexpr bool satisfies(relation r, int sign) noexcept {
  switch (r) {
  case relation::equal:
    return sign == 0;
  case relation::unequal:
    return sign != 0;
  case relation::less:
    return sign == -1;
  case relation::at_most:
    return sign == -1 || sign == 0;
  case relation::greater:
    return sign == 1;
  case relation::at_least:
    return sign == 1 || sign == 0;
  default:
    return false;
  }
}

[[nodiscard]] inline operand compare(relation r, const operand& a, const operand& b) noexcept {
  if (r == relation::equal || r == relation::unequal) {
    return boolean_operand(equal(a, b) == (r == relation::equal));
  }
  return boolean_operand(satisfies(r, order(a, b)));
}

} // namespace plaint::detail
