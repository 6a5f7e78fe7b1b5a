// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>
#include <plaint/expr/type.hpp>
#include <plaint/expr/value.hpp>
#include <plaint/reader.hpp>
#include <plaint/time/calendar_duration.hpp>
#include <plaint/time/iso8601.hpp>

#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace plaint {

[[nodiscard]] std::optional<value> read_value(const value_reader& from, const type& expected);

namespace detail {

inline std::optional<value> read_real(const value_reader& from) {
  const auto& text = from.value().text;
  const auto kind = from.value().kind;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size() && std::isfinite(number);
  if ((kind != node_kind::integer && kind != node_kind::number) || !whole) {
    from.fault("wrong-type", "a finite number required, " + from.described() + " found");
    return std::nullopt;
  }
  return value(number);
}

inline std::optional<value> read_member(const value_reader& from, const type& expected) {
  const auto place = from.word(expected.names(), "the value");
  return place ? std::optional<value>(enum_member{static_cast<std::uint16_t>(*place)}) : std::nullopt;
}

/// A text of which a parser of the time room makes a value.
template <class Parser>
std::optional<value> read_parsed(const value_reader& from, std::string_view what, Parser parse) {
  const auto text = from.text();
  if (!text) {
    return std::nullopt;
  }
  const auto read = parse(*text);
  if (!read) {
    from.fault("bad-value", std::string(what) + " required: " + to_string(read.fault()));
    return std::nullopt;
  }
  return value(*read);
}

inline parsed<duration> parse_elapsed(std::string_view text) {
  const auto read = parse_duration(text);
  if (!read) {
    return read.fault();
  }
  const auto exact = read->exact();
  return exact ? parsed<duration>(*exact) : parse_fault{"hours, minutes and seconds alone are required", 0};
}

inline std::optional<value> read_list(const value_reader& from, const type& expected) {
  if (!from.value().is_sequence()) {
    from.fault("wrong-type", "a list required, " + from.described() + " found");
    return std::nullopt;
  }
  value::list items;
  bool whole = true;
  for (const auto& item : from.items()) {
    auto read = read_value(item, expected.item());
    whole = whole && read.has_value();
    items.push_back(read ? std::move(*read) : value());
  }
  return whole ? std::optional<value>(std::move(items)) : std::nullopt;
}

} // namespace detail

/// A value of a type from a document: instants as RFC 3339 text, durations as ISO 8601 text of exact length
/// ("PT4H30M"), members of an enumeration by name, null as the absent value. What does not fit is a finding.
[[nodiscard]] inline std::optional<value> read_value(const value_reader& from, const type& expected) {
  if (from.value().is_null()) {
    return value();
  }
  switch (expected.kind()) {
  case type_kind::boolean: {
    const auto read = from.boolean();
    return read ? std::optional<value>(*read) : std::nullopt;
  }
  case type_kind::integer: {
    const auto read = from.integer();
    return read ? std::optional<value>(*read) : std::nullopt;
  }
  case type_kind::string: {
    auto read = from.text();
    return read ? std::optional<value>(std::move(*read)) : std::nullopt;
  }
  case type_kind::real:
    return detail::read_real(from);
  case type_kind::enumeration:
    return detail::read_member(from, expected);
  case type_kind::timestamp:
    return detail::read_parsed(from, "an instant", parse_instant);
  case type_kind::duration:
    return detail::read_parsed(from, "a duration such as PT4H30M", detail::parse_elapsed);
  case type_kind::list:
    return detail::read_list(from, expected);
  case type_kind::any:
    break;
  }
  from.fault("wrong-type", "no value is possible here");
  return std::nullopt;
}

/// The value as `read_value` reads it back.
[[nodiscard]] inline node write_value(const value& written, const type& of) {
  if (const auto* b = written.get_if<bool>()) {
    return node::boolean_of(*b);
  }
  if (const auto* i = written.get_if<std::int64_t>()) {
    return node::integer_of(*i);
  }
  if (const auto* d = written.get_if<double>()) {
    return node::number_of(*d);
  }
  if (const auto* s = written.get_if<std::string>()) {
    return node::text_of(*s);
  }
  if (const auto* m = written.get_if<enum_member>()) {
    return m->index < of.names().size() ? node::text_of(of.names()[m->index]) : node{};
  }
  if (const auto* t = written.get_if<instant>()) {
    return node::text_of(to_iso8601(*t));
  }
  if (const auto* d = written.get_if<duration>()) {
    return node::text_of(to_iso8601(*d));
  }
  if (const auto* items = written.get_if<value::list>()) {
    node all = node::sequence_of();
    for (const auto& item : *items) {
      all.push(write_value(item, of.item()));
    }
    return all;
  }
  return {};
}

} // namespace plaint
