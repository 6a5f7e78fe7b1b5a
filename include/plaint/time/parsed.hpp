// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace plaint {

/// Why a text or a file was refused: what is required, and where (0-based, in bytes).
struct parse_fault {
  std::string_view message; ///< lower case, stays valid for ever
  std::size_t position = 0;

  friend constexpr bool operator==(const parse_fault&, const parse_fault&) = default;
};

/// "hour from 00 to 24 required, at position 11"
[[nodiscard]] inline std::string to_string(const parse_fault& f) {
  return std::string(f.message) + ", at position " + std::to_string(f.position);
}

/// What reading a text gives: the value, or the fault that refused it.
template <class T>
class [[nodiscard]] parsed {
public:
  constexpr parsed(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  constexpr parsed(parse_fault fault) : state_(std::in_place_index<1>, fault) {}

  [[nodiscard]] constexpr explicit operator bool() const noexcept { return state_.index() == 0; }

  /// The value; requires that there is one.
  [[nodiscard]] constexpr const T& operator*() const& noexcept { return *std::get_if<0>(&state_); }
  [[nodiscard]] constexpr T&& operator*() && noexcept { return std::move(*std::get_if<0>(&state_)); }
  [[nodiscard]] constexpr const T* operator->() const noexcept { return std::get_if<0>(&state_); }

  /// The reason; requires that there is no value.
  [[nodiscard]] constexpr const parse_fault& fault() const noexcept { return *std::get_if<1>(&state_); }

  /// The value, or `policy_error` with one finding under this code.
  [[nodiscard]] T value_or_throw(std::string code) const& {
    if (*this) {
      return **this;
    }
    throw policy_error({{std::move(code), to_string(fault()), "", ""}});
  }

private:
  std::variant<T, parse_fault> state_;
};

} // namespace plaint
