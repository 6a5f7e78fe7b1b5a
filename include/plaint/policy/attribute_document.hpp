// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/schema.hpp>
#include <plaint/policy/value_document.hpp>
#include <plaint/reader.hpp>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

namespace detail {

inline constexpr std::array<std::string_view, 6> plain_types{"bool",   "int",       "double",
                                                             "string", "timestamp", "duration"};

inline std::optional<type> read_enumeration(const value_reader& from) {
  std::vector<std::string> names;
  for (const auto& item : from.items()) {
    if (auto name = item.text()) {
      names.push_back(std::move(*name));
    }
  }
  if (names.empty()) {
    from.fault("empty-enum", "an enumeration needs at least one name");
    return std::nullopt;
  }
  return type::enumeration(std::move(names));
}

inline std::optional<type> read_type_text(const value_reader& from) {
  const auto text = from.text();
  if (!text) {
    return std::nullopt;
  }
  auto read = parse_type(*text);
  if (!read) {
    from.fault("unknown-type", "type required: bool, int, double, string, timestamp, duration, list(…) or enum(…)",
               nearest(*text, plain_types));
  }
  return read;
}

/// The bounds of `{ int: { min: 0, max: 20 } }`.
inline void read_bounds(const value_reader& from, attribute& into) {
  if (from.value().is_null()) {
    return;
  }
  object_reader bounds(from);
  const bool sized = into.type.is(type_kind::string) || into.type.is(type_kind::list);
  if (const auto max = bounds.optional("max")) {
    if (!sized) {
      into.most = read_value(*max, into.type);
    } else if (const auto size = max->integer(0)) {
      into.max_size = static_cast<std::size_t>(*size);
    }
  }
  if (!sized) {
    if (const auto min = bounds.optional("min")) {
      into.least = read_value(*min, into.type);
    }
  }
  bounds.finish();
}

inline std::optional<type> read_attribute_type(object_reader& all, attribute& into) {
  std::vector<std::string> given;
  std::optional<type> found;
  const auto take = [&](std::string_view form) {
    auto member = all.optional(form);
    if (member) {
      given.emplace_back(form);
    }
    return member;
  };
  if (const auto names = take("enum")) {
    found = read_enumeration(*names);
  }
  if (const auto item = take("list")) {
    const auto inner = read_type_text(*item);
    found = inner ? std::optional<type>(type::list(*inner)) : std::nullopt;
  }
  if (const auto text = take("type")) {
    found = read_type_text(*text);
  }
  for (const auto plain : plain_types) {
    if (const auto bounds = take(plain)) {
      found = parse_type(plain);
      into.type = *found;
      read_bounds(*bounds, into);
    }
  }
  if (given.size() != 1) {
    all.self().fault("type-required",
                     given.empty() ? "a type is required: enum, string, int, double, bool, timestamp, duration or list"
                                   : "one type is required, \"" + given[0] + "\" and \"" + given[1] + "\" are given");
    return std::nullopt;
  }
  return found;
}

} // namespace detail

/// One declaration: `string`, `{ enum: [minor, severe], default: severe }`, `{ int: { min: 0, max: 20 }, default: 0 }`,
/// `{ list: string }`.
[[nodiscard]] inline std::optional<attribute> read_attribute(std::string name, const value_reader& from) {
  attribute read{.name = std::move(name), .type = {}};
  if (!from.value().is_mapping()) {
    const auto plain = detail::read_type_text(from);
    read.type = plain.value_or(type::any());
    return plain ? std::optional<attribute>(std::move(read)) : std::nullopt;
  }
  object_reader all(from);
  auto found = detail::read_attribute_type(all, read);
  const auto initial = all.optional("default");
  const auto required = all.optional("required");
  all.finish();
  if (!found) {
    return std::nullopt;
  }
  read.type = std::move(*found);
  if (initial) {
    read.initial = read_value(*initial, read.type).value_or(value());
  }
  if (required) {
    read.required = required->boolean().value_or(false);
  }
  return read;
}

/// A section of declarations, in its order.
[[nodiscard]] inline std::vector<attribute> read_attributes(const value_reader& from) {
  std::vector<attribute> all;
  object_reader section(from);
  for (auto& [name, member] : section.members()) {
    if (auto read = read_attribute(name, member)) {
      all.push_back(std::move(*read));
    }
  }
  return all;
}

/// The declaration as `read_attribute` reads it back.
[[nodiscard]] inline node write_attribute(const attribute& a) {
  node all = node::mapping_of();
  node names = node::sequence_of();
  for (const auto& name : a.type.names()) {
    names.push(node::text_of(name));
  }
  node bounds = node::mapping_of();
  if (a.max_size) {
    bounds.add("max", node::integer_of(static_cast<std::int64_t>(*a.max_size)));
  }
  if (a.least) {
    bounds.add("min", write_value(*a.least, a.type));
  }
  if (a.most) {
    bounds.add("max", write_value(*a.most, a.type));
  }
  if (a.type.is(type_kind::enumeration)) {
    all.add("enum", std::move(names));
  } else if (a.type.is(type_kind::list)) {
    all.add("list", node::text_of(to_string(a.type.item())));
  } else {
    all.add(to_string(a.type), std::move(bounds));
  }
  if (!a.initial.is_absent()) {
    all.add("default", write_value(a.initial, a.type));
  }
  if (a.required) {
    all.add("required", node::boolean_of(true));
  }
  return all;
}

[[nodiscard]] inline node write_attributes(const std::vector<attribute>& all) {
  node section = node::mapping_of();
  for (const auto& a : all) {
    section.add(a.name, write_attribute(a));
  }
  return section;
}

} // namespace plaint
