// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/expr/detail/fitting.hpp>
#include <plaint/expr/type.hpp>
#include <plaint/expr/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// A declared attribute of a complaint, or a declared field of an event's data.
struct attribute {
  std::string name;
  plaint::type type;
  value initial{};                       ///< the default; absent where there is none
  bool required = false;                 ///< must be set before the complaint can be filed
  std::optional<value> least{};          ///< of an int, a double, a timestamp or a duration
  std::optional<value> most{};           ///< as `least`
  std::optional<std::size_t> max_size{}; ///< code points of a string, items of a list

  friend bool operator==(const attribute&, const attribute&) = default;
};

/// What a value lacks to fit a declaration, in lower case, or nothing; the absent value always fits.
[[nodiscard]] inline std::optional<std::string> misfit(const attribute& declared, const value& v) {
  if (v.is_absent()) {
    return std::nullopt;
  }
  if (!detail::fits(declared.type, v)) {
    return "\"" + declared.name + "\" must be of type " + to_string(declared.type);
  }
  if (declared.max_size && detail::size_of(v) > *declared.max_size) {
    return "\"" + declared.name + "\" must not be longer than " + std::to_string(*declared.max_size);
  }
  if (declared.least && detail::less(v, *declared.least)) {
    return "\"" + declared.name + "\" must be at least " + detail::plain(*declared.least);
  }
  if (declared.most && detail::less(*declared.most, v)) {
    return "\"" + declared.name + "\" must be at most " + detail::plain(*declared.most);
  }
  return std::nullopt;
}

/// All that an expression may name. The place of an attribute in `attributes` is its slot; the same holds for states,
/// clocks, ladders and event fields, whose places are what a `scope` is asked for.
struct schema {
  std::vector<attribute> attributes{};
  std::vector<std::string> states{};     ///< `in_state("x")`
  std::vector<std::string> clocks{};     ///< `clock("x").breached` and the other fields of `clock_reading`
  std::vector<std::string> ladders{};    ///< `ladder("x").level` and the other fields of `ladder_reading`
  std::vector<std::string> roles{};      ///< what `actor.role` may be compared with; any text where it is empty
  std::vector<std::string> events{};     ///< what `event.name` may be compared with; any text where it is empty
  std::vector<attribute> event_fields{}; ///< `event.x`

  /// Declares one more attribute; its slot.
  std::uint16_t add(attribute a) {
    attributes.push_back(std::move(a));
    return static_cast<std::uint16_t>(attributes.size() - 1);
  }

  [[nodiscard]] std::optional<std::uint16_t> slot(std::string_view name) const noexcept {
    return detail::place_of(attributes, name);
  }
  [[nodiscard]] std::optional<std::uint16_t> event_field(std::string_view name) const noexcept {
    return detail::place_of(event_fields, name);
  }

  /// What keeps an attribute from taking this value (wrong type, outside its declared range), or nothing.
  [[nodiscard]] std::optional<std::string> check(std::uint16_t slot, const value& v) const {
    return misfit(attributes.at(slot), v);
  }

  friend bool operator==(const schema&, const schema&) = default;
};

/// A new complaint's attributes: every slot with its default, or absent.
[[nodiscard]] inline std::vector<value> initial_values(const schema& s) {
  std::vector<value> all;
  all.reserve(s.attributes.size());
  for (const auto& a : s.attributes) {
    all.push_back(a.initial);
  }
  return all;
}

/// The faults of a schema: names that no expression could write or that repeat, empty enumerations, bounds and defaults
/// that do not fit. Pointers are relative to it, such as "/attributes/severity".
[[nodiscard]] inline findings check(const schema& s) {
  findings all;
  detail::check_declarations(s.attributes, "/attributes/", true, all);
  detail::check_declarations(s.event_fields, "/event_fields/", false, all);
  return all;
}

} // namespace plaint
