// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/instant.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace plaint {

/// A member of an enumeration: the place of its name in the type, counted from 0.
struct enum_member {
  std::uint16_t index = 0;

  friend constexpr auto operator<=>(const enum_member&, const enum_member&) = default;
};

/// What an attribute holds: nothing (absent), a bool, int, double, string, enumeration member, instant, duration or
/// list.
///
/// Owning and comparable; two values are equal if they hold the same kind and the same content. A double compares as
/// IEEE 754 says: NaN is not equal to itself.
class value {
public:
  using list = std::vector<value>;

  /// The absent value.
  value() noexcept = default;
  template <std::same_as<bool> T>
  value(T b) noexcept : held_(b) {}
  template <std::signed_integral T>
  value(T i) noexcept : held_(std::int64_t{i}) {}
  value(double d) noexcept : held_(d) {}
  value(std::string s) noexcept : held_(std::move(s)) {}
  value(std::string_view s) : held_(std::string(s)) {}
  value(const char* s) : held_(std::string(s)) {}
  value(enum_member m) noexcept : held_(m) {}
  value(instant t) noexcept : held_(t) {}
  value(duration d) noexcept : held_(d) {}
  value(list items) noexcept : held_(std::move(items)) {}

  [[nodiscard]] bool is_absent() const noexcept { return held_.index() == 0; }

  template <class T>
  [[nodiscard]] bool is() const noexcept {
    return std::holds_alternative<T>(held_);
  }

  /// The content if it is of this kind, else null: `v.get_if<std::int64_t>()`.
  template <class T>
  [[nodiscard]] const T* get_if() const noexcept {
    return std::get_if<T>(&held_);
  }

  friend bool operator==(const value&, const value&) = default;

private:
  std::variant<std::monostate, bool, std::int64_t, double, enum_member, instant, duration, std::string, list> held_;
};

} // namespace plaint
