// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// Where a value stands in its file; 1-based, 0 where it is not known.
struct place {
  int line = 0;
  int column = 0;

  friend bool operator==(const place&, const place&) = default;
};

enum class node_kind : unsigned char { null, boolean, integer, number, text, sequence, mapping };

/// A value of a document, from YAML or JSON alike: a scalar as it was written, a sequence, or a mapping in order.
///
/// Scalars keep their text, so that `version: 2026.10` can still be read as the text "2026.10".
struct node {
  node_kind kind = node_kind::null;
  std::string text{};              ///< scalars: the characters, without quotes
  std::vector<std::string> keys{}; ///< mappings: the names, one for each item
  std::vector<node> items{};       ///< sequences and mappings: the values
  place at{};

  [[nodiscard]] bool is_scalar() const noexcept { return kind != node_kind::sequence && kind != node_kind::mapping; }
  [[nodiscard]] bool is_null() const noexcept { return kind == node_kind::null; }
  [[nodiscard]] bool is_sequence() const noexcept { return kind == node_kind::sequence; }
  [[nodiscard]] bool is_mapping() const noexcept { return kind == node_kind::mapping; }

  /// The value under a name of a mapping, or null where there is none.
  [[nodiscard]] const node* find(std::string_view name) const noexcept {
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (keys[i] == name) {
        return &items[i];
      }
    }
    return nullptr;
  }

  /// Appends a member to a mapping and returns it; for those who build documents.
  node& add(std::string name, node value) {
    kind = node_kind::mapping;
    keys.push_back(std::move(name));
    return items.emplace_back(std::move(value));
  }

  /// Appends an item to a sequence and returns it.
  node& push(node value) {
    kind = node_kind::sequence;
    return items.emplace_back(std::move(value));
  }

  static node text_of(std::string_view value) { return {.kind = node_kind::text, .text = std::string(value)}; }
  static node boolean_of(bool value) { return {.kind = node_kind::boolean, .text = value ? "true" : "false"}; }
  static node integer_of(std::int64_t value) { return {.kind = node_kind::integer, .text = std::to_string(value)}; }
  static node sequence_of() { return {.kind = node_kind::sequence}; }
  static node mapping_of() { return {.kind = node_kind::mapping}; }

  /// The shortest text that reads back as the same double (finite values only).
  static node number_of(double value) {
    char buffer[32]; // the longest shortest form of a double has 24 characters
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return {.kind = node_kind::number, .text = std::string(buffer, end)};
  }
};

/// Equal if they hold the same values in the same order; places do not count.
[[nodiscard]] inline bool operator==(const node& a, const node& b) {
  return a.kind == b.kind && a.text == b.text && a.keys == b.keys && a.items == b.items;
}

/// A whole file: its values and its name, which is empty where it came from memory.
struct document {
  node root{};
  std::string file{};
};

} // namespace plaint
