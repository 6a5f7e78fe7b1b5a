// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/evaluate.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/scope.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace plaint::detail {

/// What a guard can come to if only its atoms about time, clocks and ladders are left open.
struct open_answer {
  bool yes = false;
  bool no = false;
  bool unknown = false;
};

[[nodiscard]] inline open_answer answer_without_time(const code& guard, const skeleton& part, const scope& seen) {
  using kind = skeleton::kind;
  if (part.is == kind::atom) {
    const bool timed = std::any_of(part.readings.begin(), part.readings.end(), [](const reading& r) {
      return r.root == opcode::now || r.root == opcode::clock || r.root == opcode::ladder;
    });
    if (timed) {
      return {true, true, true}; // a clock that never started tells no instants
    }
    const auto is = run_guard(guard, seen, part.begin, part.end).is;
    return {is == truth::yes, is == truth::no, is != truth::yes && is != truth::no};
  }
  if (part.is == kind::negated) {
    const auto inner = answer_without_time(guard, part.parts.front(), seen);
    return {inner.no, inner.yes, inner.unknown};
  }
  if (part.is == kind::choice) {
    const auto which = answer_without_time(guard, part.parts[0], seen);
    open_answer all{.unknown = which.unknown};
    for (const auto& [chosen, place] : {std::pair(which.yes, 1), std::pair(which.no, 2)}) {
      if (chosen) {
        const auto one = answer_without_time(guard, part.parts[static_cast<std::size_t>(place)], seen);
        all = {all.yes || one.yes, all.no || one.no, all.unknown || one.unknown};
      }
    }
    return all;
  }
  // one "no" decides &&, one "yes" decides ||; else one unknown does
  const bool conjunction = part.is == kind::all_of;
  bool decided = false;
  bool whole = true;     // every part can be what does not decide
  bool undecided = true; // no part must decide
  bool unknown = false;
  for (const auto& each : part.parts) {
    const auto one = answer_without_time(guard, each, seen);
    const bool passes = conjunction ? one.yes : one.no;
    decided = decided || (conjunction ? one.no : one.yes);
    whole = whole && passes;
    undecided = undecided && (passes || one.unknown);
    unknown = unknown || one.unknown;
  }
  return conjunction ? open_answer{whole, decided, undecided && unknown}
                     : open_answer{decided, whole, undecided && unknown};
}

} // namespace plaint::detail
