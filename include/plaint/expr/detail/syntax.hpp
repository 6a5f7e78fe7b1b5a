// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plaint::detail {

enum class form : unsigned char {
  literal, // content
  name,    // text
  select,  // text: field; parts: of what
  call,    // text: function; parts: arguments, after the target if `has_target`
  index,   // parts: list, place
  list,
  unary,  // text: ! or -
  binary, // text: the operator
  all_of, // && as a flat chain
  any_of, // || as a flat chain
  choice, // ?:
  outside // text: a construct of CEL that plaint does not have
};

/// What was written, as a tree. `at` is the whole construct, `mark` the place that a finding about it points to.
struct syntax {
  form is = form::literal;
  stretch at{};
  std::uint32_t mark = 0;
  std::string text{};
  value content{};
  bool has_target = false;
  std::size_t height = 1;
  std::vector<syntax> parts{};
};

} // namespace plaint::detail
