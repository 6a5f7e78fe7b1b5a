// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/value.hpp>

namespace plaint {

/// A guard's answer: yes and no are known; unknown if an absent value decides; error if an operation failed.
enum class truth : unsigned char { no, yes, unknown, error };

/// Why an operation failed.
enum class fault : unsigned char {
  none,
  overflow, ///< the result does not fit into 64 bits
  division_by_zero,
  out_of_range,   ///< an instant outside of the years 1 to 9999, a duration beyond 292 years, a number beyond an int
  no_such_item,   ///< a list has no item at this place
  bad_conversion, ///< the text does not read as the type asked for
  too_long,       ///< a text or list made by the expression is beyond the limits of `expression_limits`
  wrong_type      ///< the scope holds a value that does not fit its declaration
};

/// What evaluating a guard gives; enabled only if it is yes.
struct outcome {
  truth is = truth::unknown;
  fault why = fault::none;

  [[nodiscard]] constexpr explicit operator bool() const noexcept { return is == truth::yes; }
  friend constexpr bool operator==(const outcome&, const outcome&) = default;
};

/// What computing a value gives: absent without a fault means that it depends on an absent value.
struct computed {
  plaint::value value{};
  fault why = fault::none;

  friend bool operator==(const computed&, const computed&) = default;
};

/// The fault in words, in lower case; empty for `none`.
[[nodiscard]] constexpr const char* to_string(fault f) noexcept {
  switch (f) {
  case fault::none:
    return "";
  case fault::overflow:
    return "the result does not fit into 64 bits";
  case fault::division_by_zero:
    return "division by zero";
  case fault::out_of_range:
    return "the result is out of range";
  case fault::no_such_item:
    return "the list has no such item";
  case fault::bad_conversion:
    return "the text does not read as that type";
  case fault::too_long:
    return "the text or list made is too long";
  case fault::wrong_type:
    break;
  }
  return "the value is not of its declared type";
}

[[nodiscard]] constexpr const char* to_string(truth t) noexcept {
  switch (t) {
  case truth::no:
    return "false";
  case truth::yes:
    return "true";
  case truth::unknown:
    return "unknown";
  case truth::error:
    break;
  }
  return "error";
}

} // namespace plaint
