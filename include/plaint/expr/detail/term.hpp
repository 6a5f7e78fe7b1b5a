// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/outcome.hpp>
#include <plaint/expr/type.hpp>
#include <plaint/expr/value.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// An operation with its type, as the checker understood it. `both`, `either` take any number of parts; `branch_if_no`
/// stands for ?: and takes three.
struct term {
  opcode op = opcode::constant;
  std::uint8_t a = 0;
  std::uint16_t b = 0;
  type of{}; ///< `any` where a finding stands in its place
  stretch at{};
  value content{};                   ///< of a constant
  fault broken = fault::none;        ///< of a constant: it is an error
  std::vector<std::uint64_t> mask{}; ///< of `in_set`
  std::string name{};                ///< of what reads the scope: how it is written
  const std::vector<std::string>* words =
      nullptr; ///< of what reads the scope: the texts it can hold, if they are known
  std::vector<term> parts{};
};

[[nodiscard]] inline bool is_poisoned(const term& t) noexcept {
  return t.of.is(type_kind::any);
}

/// True for what the scope cannot change; list literals stay lists until they are emitted, so that findings about their
/// items can name the place.
[[nodiscard]] inline bool is_constant(const term& t) {
  return t.op == opcode::constant ||
         (t.op == opcode::make_list && std::all_of(t.parts.begin(), t.parts.end(), is_constant));
}

[[nodiscard]] inline bool is_load(opcode op) noexcept {
  return op >= opcode::attribute && op <= opcode::ladder;
}

[[nodiscard]] inline term constant_term(value content, type of, stretch at) {
  term t;
  t.content = std::move(content);
  t.of = std::move(of);
  t.at = at;
  return t;
}

/// Stands where something was refused, so that one fault is reported once.
[[nodiscard]] inline term poisoned(stretch at) {
  return constant_term({}, type::any(), at);
}

template <class... Parts>
[[nodiscard]] term make_term(opcode op, type of, stretch at, Parts&&... parts) {
  term t;
  t.op = op;
  t.of = std::move(of);
  t.at = at;
  (t.parts.push_back(std::forward<Parts>(parts)), ...);
  return t;
}

/// The tag that values of a type carry at run time.
[[nodiscard]] inline tag tag_of(const type& t) noexcept {
  switch (t.kind()) {
  case type_kind::boolean:
    return tag::boolean;
  case type_kind::integer:
    return tag::integer;
  case type_kind::real:
    return tag::real;
  case type_kind::string:
    return tag::text;
  case type_kind::enumeration:
    return tag::member;
  case type_kind::timestamp:
    return tag::timestamp;
  case type_kind::duration:
    return tag::duration;
  case type_kind::list:
    return tag::values;
  case type_kind::any:
    break;
  }
  return tag::absent;
}

} // namespace plaint::detail
