// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/outcome.hpp>
#include <plaint/expr/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace plaint::detail {

enum class tag : unsigned char {
  absent,
  error,
  boolean,
  integer,
  real,
  member,
  timestamp,
  duration,
  text,
  values,
  operands
};

/// A value under way: 16 bytes, owns nothing. Texts and lists point into the scope, the program or the workspace.
struct operand {
  tag kind;
  fault why;           ///< of an error
  std::uint32_t count; ///< bytes of a text, items of a list
  union {
    std::int64_t whole; ///< integer, member, boolean; microseconds of timestamps and durations
    double real;
    const char* text;
    const value* values;
    const operand* operands;
  };

  [[nodiscard]] bool is_known() const noexcept { return kind > tag::error; }
  [[nodiscard]] bool is_list() const noexcept { return kind >= tag::values; }
  [[nodiscard]] std::string_view view() const noexcept { return {text, count}; }
};
static_assert(sizeof(operand) == 16 && std::is_trivial_v<operand>);

[[nodiscard]] inline operand whole_operand(tag kind, std::int64_t i) noexcept {
  operand o;
  o.kind = kind;
  o.why = fault::none;
  o.count = 0;
  o.whole = i;
  return o;
}

[[nodiscard]] inline operand absent_operand() noexcept {
  return whole_operand(tag::absent, 0);
}

[[nodiscard]] inline operand boolean_operand(bool b) noexcept {
  return whole_operand(tag::boolean, b ? 1 : 0);
}

[[nodiscard]] inline operand error_operand(fault why) noexcept {
  operand o = whole_operand(tag::error, 0);
  o.why = why;
  return o;
}

[[nodiscard]] inline operand real_operand(double d) noexcept {
  operand o = whole_operand(tag::real, 0);
  o.real = d;
  return o;
}

[[nodiscard]] inline operand text_operand(std::string_view s) noexcept {
  operand o = whole_operand(tag::text, 0);
  o.count = static_cast<std::uint32_t>(s.size());
  o.text = s.data();
  return o;
}

[[nodiscard]] inline operand list_operand(const operand* items, std::size_t count) noexcept {
  operand o = whole_operand(tag::operands, 0);
  o.count = static_cast<std::uint32_t>(count);
  o.operands = items;
  return o;
}

/// A view of a value, which must outlive it.
[[nodiscard]] inline operand view_of(const value& v) noexcept {
  if (const auto* i = v.get_if<std::int64_t>()) {
    return whole_operand(tag::integer, *i);
  }
  if (const auto* m = v.get_if<enum_member>()) {
    return whole_operand(tag::member, m->index);
  }
  if (const auto* b = v.get_if<bool>()) {
    return boolean_operand(*b);
  }
  if (const auto* s = v.get_if<std::string>()) {
    return text_operand(*s);
  }
  if (const auto* d = v.get_if<double>()) {
    return real_operand(*d);
  }
  if (const auto* t = v.get_if<instant>()) {
    return whole_operand(tag::timestamp, t->time_since_epoch().count());
  }
  if (const auto* d = v.get_if<duration>()) {
    return whole_operand(tag::duration, d->count());
  }
  if (const auto* items = v.get_if<value::list>()) {
    operand o = whole_operand(tag::values, 0);
    o.count = static_cast<std::uint32_t>(items->size());
    o.values = items->data();
    return o;
  }
  return absent_operand();
}

[[nodiscard]] inline operand item_of(const operand& list, std::size_t place) noexcept {
  return list.kind == tag::operands ? list.operands[place] : view_of(list.values[place]);
}

/// An owning copy; absent for what is not known.
[[nodiscard]] inline value to_value(const operand& o) {
  switch (o.kind) {
  case tag::absent:
  case tag::error:
    return {};
  case tag::boolean:
    return o.whole != 0;
  case tag::integer:
    return o.whole;
  case tag::real:
    return o.real;
  case tag::member:
    return enum_member{static_cast<std::uint16_t>(o.whole)};
  case tag::timestamp:
    return instant(duration(o.whole));
  case tag::duration:
    return duration(o.whole);
  case tag::text:
    return o.view();
  case tag::values:
  case tag::operands:
    break;
  }
  value::list items;
  items.reserve(o.count);
  for (std::size_t i = 0; i < o.count; ++i) {
    items.push_back(to_value(item_of(o, i)));
  }
  return items;
}

} // namespace plaint::detail
