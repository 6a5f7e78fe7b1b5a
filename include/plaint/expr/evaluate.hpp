// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/outcome.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/scope.hpp>

namespace plaint {

/// Decides a guard: a program of type bool. Allocates nothing; a program of another type gives `fault::wrong_type`.
[[nodiscard]] inline outcome evaluate(const program& guard, const scope& seen) noexcept;

/// Computes the value of a program of any type; only the value handed back may allocate.
[[nodiscard]] inline computed compute(const program& p, const scope& seen);

} // namespace plaint
