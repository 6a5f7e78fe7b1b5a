// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/arithmetic.hpp>
#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/outcome.hpp>
#include <plaint/expr/value.hpp>

#include <bit>
#include <cstdint>
#include <span>

namespace plaint::detail {

[[nodiscard]] constexpr bool holds(relation r, std::int64_t a, std::int64_t b) noexcept {
  switch (r) {
  case relation::equal:
    return a == b;
  case relation::unequal:
    return a != b;
  case relation::less:
    return a < b;
  case relation::at_most:
    return a <= b;
  case relation::greater:
    return a > b;
  case relation::at_least:
    return a >= b;
  case relation::one_of:
    return a < 64 && ((static_cast<std::uint64_t>(b) >> static_cast<unsigned>(a)) & 1U) != 0;
  default:
    return false;
  }
}

[[nodiscard]] constexpr truth truth_of(bool b) noexcept {
  return b ? truth::yes : truth::no;
}

/// The bits of a value of the kind that a test wants; null where it is another kind.
[[nodiscard]] inline bool bits_of(const value& v, tag kind, std::int64_t& bits) noexcept {
  switch (kind) {
  case tag::integer:
    if (const auto* i = v.get_if<std::int64_t>()) {
      bits = *i;
      return true;
    }
    return false;
  case tag::member:
    if (const auto* m = v.get_if<enum_member>()) {
      bits = m->index;
      return true;
    }
    return false;
  case tag::boolean:
    if (const auto* b = v.get_if<bool>()) {
      bits = *b ? 1 : 0;
      return true;
    }
    return false;
  case tag::timestamp:
    if (const auto* t = v.get_if<instant>()) {
      bits = t->time_since_epoch().count();
      return true;
    }
    return false;
  case tag::duration:
    if (const auto* d = v.get_if<duration>()) {
      bits = d->count();
      return true;
    }
    return false;
  default:
    return false;
  }
}

/// One test of an attribute, without the machine; `error` only for a value that does not fit its declaration.
[[nodiscard]] inline truth run_test(const comparison& c, std::span<const value> attributes) noexcept {
  const bool set = c.slot < attributes.size() && !attributes[c.slot].is_absent();
  if (c.test >= relation::present) {
    return truth_of(set == (c.test == relation::present));
  }
  if (!set) {
    return truth::unknown;
  }
  const value& v = attributes[c.slot];
  if (c.kind == tag::real) {
    const auto* d = v.get_if<double>();
    return d == nullptr ? truth::error : truth_of(satisfies(c.test, order(*d, std::bit_cast<double>(c.bits))));
  }
  std::int64_t bits = 0;
  return bits_of(v, c.kind, bits) ? truth_of(holds(c.test, bits, c.bits)) : truth::error;
}

} // namespace plaint::detail
