// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/expr/detail/reserved.hpp>
#include <plaint/expr/type.hpp>
#include <plaint/expr/value.hpp>
#include <plaint/pointer.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// Code points in UTF-8; every byte that does not continue one counts, so that no text makes it fail.
[[nodiscard]] constexpr std::size_t code_points(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

[[nodiscard]] inline bool fits(const type& t, const value& v) {
  switch (t.kind()) {
  case type_kind::any:
    return true;
  case type_kind::boolean:
    return v.is<bool>();
  case type_kind::integer:
    return v.is<std::int64_t>();
  case type_kind::real:
    return v.is<double>();
  case type_kind::string:
    return v.is<std::string>();
  case type_kind::timestamp:
    return v.is<instant>();
  case type_kind::duration:
    return v.is<duration>();
  case type_kind::enumeration: {
    const auto* m = v.get_if<enum_member>();
    return m != nullptr && m->index < t.names().size();
  }
  case type_kind::list:
    break;
  }
  const auto* items = v.get_if<value::list>();
  return items != nullptr && std::all_of(items->begin(), items->end(), [item = t.item()](const value& each) {
           return !each.is_absent() && fits(item, each);
         });
}

[[nodiscard]] inline std::size_t size_of(const value& v) noexcept {
  if (const auto* s = v.get_if<std::string>()) {
    return code_points(*s);
  }
  const auto* items = v.get_if<value::list>();
  return items == nullptr ? 0 : items->size();
}

/// The order of two values of one kind; NaN stands outside of every range.
[[nodiscard]] inline bool less(const value& a, const value& b) noexcept {
  if (const auto* x = a.get_if<std::int64_t>(), *y = b.get_if<std::int64_t>(); x != nullptr && y != nullptr) {
    return *x < *y;
  }
  if (const auto* x = a.get_if<double>(), *y = b.get_if<double>(); x != nullptr && y != nullptr) {
    return !(*x >= *y);
  }
  if (const auto* x = a.get_if<instant>(), *y = b.get_if<instant>(); x != nullptr && y != nullptr) {
    return *x < *y;
  }
  const auto *x = a.get_if<duration>(), *y = b.get_if<duration>();
  return x != nullptr && y != nullptr && *x < *y;
}

/// A bound in words; instants and durations as they would be counted, in microseconds.
[[nodiscard]] inline std::string plain(const value& v) {
  if (const auto* i = v.get_if<std::int64_t>()) {
    return std::to_string(*i);
  }
  if (const auto* d = v.get_if<double>()) {
    char buffer[32];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, *d).ptr};
  }
  if (const auto* t = v.get_if<instant>()) {
    return std::to_string(t->time_since_epoch().count()) + " microseconds after 1970";
  }
  const auto* d = v.get_if<duration>();
  return d == nullptr ? std::string("its bound") : std::to_string(d->count()) + " microseconds";
}

/// The place of the declaration with this name.
template <class Declarations>
[[nodiscard]] std::optional<std::uint16_t> place_of(const Declarations& all, std::string_view name) noexcept {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
  if (found == all.end()) {
    return std::nullopt;
  }
  return static_cast<std::uint16_t>(found - all.begin());
}

inline constexpr std::size_t most_declarations = 4096;
inline constexpr std::size_t most_members = 4096;

[[nodiscard]] inline bool may_have_range(const type& t) noexcept {
  return t.is_number() || t.is(type_kind::timestamp) || t.is(type_kind::duration);
}

/// What is wrong with one declaration on its own.
template <class Declaration>
void check_declaration(const Declaration& one, const std::string& at, bool is_root_name, findings& out) {
  const auto fault = [&](std::string code, std::string message) {
    out.push_back({std::move(code), std::move(message), at, ""});
  };
  if (!is_name(one.name) || is_keyword(one.name) ||
      (is_root_name && (is_reserved_word(one.name) || is_root(one.name)))) {
    fault("bad-name", "\"" + one.name +
                          "\" cannot be written in an expression: letters, digits and _ required, and no "
                          "reserved word");
  }
  if (one.type.is(type_kind::enumeration) && (one.type.names().empty() || one.type.names().size() > most_members)) {
    fault("bad-type", "an enumeration needs 1 to " + std::to_string(most_members) + " members");
  }
  if (one.type.is(type_kind::any)) {
    fault("bad-type", "a type is required");
  }
  for (const auto& bound : {one.least, one.most}) {
    if (bound && (!may_have_range(one.type) || !fits(one.type, *bound))) {
      fault("bad-range", "a bound must be of type " + to_string(one.type) + ", and that type must have an order");
    }
  }
  if (one.least && one.most && less(*one.most, *one.least)) {
    fault("bad-range", "the least value must not be above the most");
  }
  if (one.max_size && !one.type.is(type_kind::string) && !one.type.is(type_kind::list)) {
    fault("bad-range", "only a string or a list has a longest size");
  }
  if (const auto lacking = misfit(one, one.initial)) {
    fault("bad-default", "the default does not fit: " + *lacking);
  }
}

template <class Declarations>
void check_declarations(const Declarations& all, const std::string& parent, bool are_roots, findings& out) {
  if (all.size() > most_declarations) {
    out.push_back({"limit", "at most " + std::to_string(most_declarations) + " names can be declared",
                   parent.substr(0, parent.size() - 1), ""});
    return;
  }
  for (const auto& one : all) {
    const auto at = child(parent.substr(0, parent.size() - 1), one.name);
    check_declaration(one, at, are_roots, out);
    if (&all[*place_of(all, one.name)] != &one) {
      out.push_back({"repeated-name", "\"" + one.name + "\" is declared twice", at, ""});
    }
  }
}

} // namespace plaint::detail
