// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/detail/microstep.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace plaint::detail {

/// Calls with the width of the chart's sets of states as a type, so that small charts get small code.
template <class Call>
decltype(auto) with_words(const chart& in, Call&& call) {
  if (in.words == 1) {
    return std::forward<Call>(call)(std::integral_constant<std::size_t, 1>{});
  }
  if (in.words == 4) {
    return std::forward<Call>(call)(std::integral_constant<std::size_t, 4>{});
  }
  return std::forward<Call>(call)(std::integral_constant<std::size_t, 16>{});
}

} // namespace plaint::detail
