// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/operand.hpp>
#include <plaint/expr/limits.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace plaint::detail {

/// Where one evaluation keeps its operands and what it makes; lives on the stack of whoever evaluates. Nothing is freed
/// before the end: there are no loops, so what one evaluation can make is bounded.
struct workspace {
  operand* stack = nullptr;
  operand* items = nullptr;
  std::size_t items_left = 0;
  char* text = nullptr;
  std::size_t text_left = 0;

  /// Room for so many items, or null.
  [[nodiscard]] operand* take_items(std::size_t count) noexcept {
    if (count > items_left) {
      return nullptr;
    }
    items += count;
    items_left -= count;
    return items - count;
  }

  /// A text of both, one behind the other; `fault::too_long` where there is no room.
  [[nodiscard]] operand joined(std::string_view a, std::string_view b) noexcept {
    const std::size_t size = a.size() + b.size();
    if (size > text_left) {
      return error_operand(fault::too_long);
    }
    char* const begin = text;
    text = std::copy(b.begin(), b.end(), std::copy(a.begin(), a.end(), begin));
    text_left -= size;
    return text_operand({begin, size});
  }
};

/// The memory of a workspace, uninitialised.
template <std::size_t Stack, std::size_t Items, std::size_t Text>
struct workspace_memory {
  std::array<operand, Stack> stack;
  std::array<operand, Items + 1> items; // no array of none
  std::array<char, Text + 1> text;

  [[nodiscard]] workspace view() noexcept { return {stack.data(), items.data(), Items, text.data(), Text}; }
};

/// For programs that make no list and no text and nest a little: most guards.
using small_memory = workspace_memory<24, 0, 0>;
using full_memory =
    workspace_memory<expression_limits::stack, expression_limits::made_items, expression_limits::made_text>;

} // namespace plaint::detail
