// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/expr/type.hpp>

#include <optional>
#include <string_view>

namespace plaint {

/// Compiles an expression of plaint's subset of CEL (docs/expressions.md) whose value is of the type expected;
/// `type::any()` takes any. An enumeration is expected by its type and written as the text of a member.
///
/// Throws `policy_error` with every finding; line and column are places in the text, 1-based, in code points.
[[nodiscard]] inline program compile(std::string_view text, const schema& sees, const type& expected = type::boolean());

/// As `compile`, for loaders: appends the findings and gives nothing where one of them is an error.
[[nodiscard]] inline std::optional<program> try_compile(std::string_view text, const schema& sees, const type& expected,
                                                        findings& out);

} // namespace plaint
