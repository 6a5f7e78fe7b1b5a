// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>
#include <plaint/reader.hpp>
#include <plaint/suggestion.hpp>
#include <plaint/time/iso8601.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Writes the fields of a state; what is as in a fresh one is left out.
struct state_writer {
  node to = node::mapping_of();

  void time(std::string name, instant t, instant otherwise = instant::max()) {
    if (t != otherwise) {
      to.add(std::move(name), node::text_of(to_iso8601(t)));
    }
  }
  void number(std::string name, std::int64_t n, std::int64_t otherwise = 0) {
    if (n != otherwise) {
      to.add(std::move(name), node::integer_of(n));
    }
  }
  void flag(std::string name, bool is) {
    if (is) {
      to.add(std::move(name), node::boolean_of(true));
    }
  }
  void text(std::string name, std::string_view t) {
    if (!t.empty()) {
      to.add(std::move(name), node::text_of(t));
    }
  }
  template <class All, class Write>
  void list(std::string name, const All& all, Write write) {
    if (all.empty()) {
      return;
    }
    node items = node::sequence_of();
    for (const auto& one : all) {
      items.push(write(one));
    }
    to.add(std::move(name), std::move(items));
  }
};

/// Reads them back; what does not fit becomes a finding.
class state_reader_fields {
public:
  explicit state_reader_fields(const value_reader& from) : from_(from) {}

  [[nodiscard]] instant time(std::string_view name, instant otherwise = instant::max()) {
    const auto member = from_.optional(name);
    const auto text = member ? member->text() : std::nullopt;
    if (!text) {
      return otherwise;
    }
    const auto read = parse_instant(*text);
    if (!read) {
      member->fault("bad-value", "an instant is required");
    }
    return read ? *read : otherwise;
  }
  [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t otherwise = 0) {
    const auto member = from_.optional(name);
    return member ? member->integer().value_or(otherwise) : otherwise;
  }
  [[nodiscard]] std::uint16_t small(std::string_view name, std::uint16_t otherwise = 0) {
    const auto member = from_.optional(name);
    return member ? static_cast<std::uint16_t>(member->integer(0, 0xffff).value_or(otherwise)) : otherwise;
  }
  [[nodiscard]] bool flag(std::string_view name) {
    const auto member = from_.optional(name);
    return member && member->boolean().value_or(false);
  }
  /// The place of a word among those that are known.
  template <class Words>
  [[nodiscard]] std::size_t word(std::string_view name, const Words& known, std::size_t otherwise = 0) {
    const auto member = from_.optional(name);
    return member ? member->word(known, "\"" + std::string(name) + "\"").value_or(otherwise) : otherwise;
  }
  [[nodiscard]] std::vector<value_reader> list(std::string_view name) {
    const auto member = from_.optional(name);
    return member ? member->items() : std::vector<value_reader>{};
  }
  [[nodiscard]] std::optional<value_reader> member(std::string_view name) { return from_.optional(name); }
  void finish() const { from_.finish(); }

private:
  object_reader from_;
};

} // namespace plaint::detail
