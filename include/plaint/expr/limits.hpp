// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace plaint {

/// The bounds of every expression; what lies beyond is a finding when it is compiled, or the fault `too_long` when only
/// evaluating it can tell. They are also what keeps evaluation on a stack of known size.
struct expression_limits {
  static constexpr std::size_t text = 32768;      ///< bytes of source text
  static constexpr std::size_t nodes = 8192;      ///< literals, names and operations
  static constexpr std::size_t depth = 100;       ///< nesting: brackets, unary operators, chained operators
  static constexpr std::size_t list = 1024;       ///< items of a list that is written down
  static constexpr std::size_t stack = 512;       ///< operands under way at once
  static constexpr std::size_t made_items = 2048; ///< list items made by one evaluation
  static constexpr std::size_t made_text = 8192;  ///< bytes of text made by one evaluation
};

} // namespace plaint
