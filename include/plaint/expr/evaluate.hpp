// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/machine.hpp>
#include <plaint/expr/detail/test_run.hpp>
#include <plaint/expr/outcome.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/scope.hpp>

#include <cstddef>

namespace plaint {

namespace detail {

[[nodiscard]] inline outcome to_outcome(const operand& o) noexcept {
  switch (o.kind) {
  case tag::boolean:
    return {truth_of(o.whole != 0), fault::none};
  case tag::absent:
    return {truth::unknown, fault::none};
  case tag::error:
    return {truth::error, o.why};
  default:
    return {truth::error, fault::wrong_type};
  }
}

/// A row of tests that must all hold: a no decides, then an unknown, then an error.
[[nodiscard]] inline outcome run_tests(const std::vector<comparison>& tests, const scope& seen) noexcept {
  bool unknown = false;
  bool broken = false;
  for (const auto& test : tests) {
    switch (run_test(test, seen.attributes)) {
    case truth::no:
      return {truth::no, fault::none};
    case truth::yes:
      break;
    case truth::unknown:
      unknown = true;
      break;
    case truth::error:
      broken = true;
      break;
    }
  }
  return unknown  ? outcome{truth::unknown, fault::none}
         : broken ? outcome{truth::error, fault::wrong_type}
                  : outcome{truth::yes, fault::none};
}

[[nodiscard]] inline outcome run_guard(const code& guard, const scope& seen, std::size_t begin,
                                       std::size_t end) noexcept {
  return run(guard, seen, begin, end, [](const operand& o) noexcept { return to_outcome(o); });
}

} // namespace detail

/// Decides a guard: a program of type bool. Allocates nothing; a program of another type gives `fault::wrong_type`.
[[nodiscard]] inline outcome evaluate(const program& guard, const scope& seen) noexcept {
  if (guard.is_default()) {
    return {truth::yes, fault::none};
  }
  const auto& code = guard.code();
  return code.comparisons.empty() ? detail::run_guard(code, seen, 0, code.instructions.size())
                                  : detail::run_tests(code.comparisons, seen);
}

/// Computes the value of a program of any type; only the value handed back may allocate.
[[nodiscard]] inline computed compute(const program& p, const scope& seen) {
  if (p.is_default()) {
    return {true, fault::none};
  }
  const auto& code = p.code();
  return detail::run(code, seen, 0, code.instructions.size(), [](const detail::operand& o) {
    return computed{detail::to_value(o), o.kind == detail::tag::error ? o.why : fault::none};
  });
}

} // namespace plaint
