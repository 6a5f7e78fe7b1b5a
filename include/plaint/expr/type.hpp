// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

namespace detail {

/// The kinds of value that an expression knows; `any` stands for a type that is not settled, such as the items of `[]`.
enum class type_kind : unsigned char { any, boolean, integer, real, string, enumeration, timestamp, duration, list };

} // namespace detail

using detail::type_kind; // declared there, as its members would shadow `plaint::duration`

/// The type of a value: one of the kinds, with its members if it is an enumeration and its items if it is a list.
///
/// Its text form is what policies write: "int", "list(string)", "enum(minor, severe)".
class type {
public:
  type() = default;

  [[nodiscard]] static type any() { return {}; }
  [[nodiscard]] static type boolean() { return type(type_kind::boolean); }
  [[nodiscard]] static type integer() { return type(type_kind::integer); }
  [[nodiscard]] static type real() { return type(type_kind::real); }
  [[nodiscard]] static type string() { return type(type_kind::string); }
  [[nodiscard]] static type timestamp() { return type(type_kind::timestamp); }
  [[nodiscard]] static type duration() { return type(type_kind::duration); }

  /// An enumeration of these names; a value of it is the place of its name, counted from 0.
  [[nodiscard]] static type enumeration(std::vector<std::string> names) {
    type t(type_kind::enumeration);
    t.names_ = std::make_shared<const std::vector<std::string>>(std::move(names));
    return t;
  }

  /// A list of items of one type.
  [[nodiscard]] static type list(type item) {
    type t(type_kind::list);
    t.item_ = std::make_shared<const type>(std::move(item));
    return t;
  }

  [[nodiscard]] type_kind kind() const noexcept { return kind_; }
  [[nodiscard]] bool is(type_kind k) const noexcept { return kind_ == k; }
  [[nodiscard]] bool is_number() const noexcept { return is(type_kind::integer) || is(type_kind::real); }

  /// The names of an enumeration; empty for every other type.
  [[nodiscard]] const std::vector<std::string>& names() const {
    static const std::vector<std::string> none;
    return names_ ? *names_ : none;
  }

  /// The type of the items of a list; `any` for every other type.
  [[nodiscard]] type item() const { return item_ ? *item_ : type(); }

  /// The place of a name in an enumeration.
  [[nodiscard]] std::optional<std::uint16_t> member(std::string_view name) const {
    const auto& all = names();
    const auto found = std::find(all.begin(), all.end(), name);
    if (found == all.end()) {
      return std::nullopt;
    }
    return static_cast<std::uint16_t>(found - all.begin());
  }

  friend bool operator==(const type& a, const type& b) {
    return a.kind_ == b.kind_ && (a.names_ == b.names_ || a.names() == b.names()) &&
           (a.item_ == b.item_ || (a.item_ && b.item_ && *a.item_ == *b.item_));
  }

private:
  explicit type(type_kind kind) noexcept : kind_(kind) {}

  type_kind kind_ = type_kind::any;
  std::shared_ptr<const std::vector<std::string>> names_{};
  std::shared_ptr<const type> item_{};
};

/// The text form of a type, such as "list(string)".
[[nodiscard]] inline std::string to_string(const type& t) {
  switch (t.kind()) {
  case type_kind::any:
    return "any";
  case type_kind::boolean:
    return "bool";
  case type_kind::integer:
    return "int";
  case type_kind::real:
    return "double";
  case type_kind::string:
    return "string";
  case type_kind::timestamp:
    return "timestamp";
  case type_kind::duration:
    return "duration";
  case type_kind::list:
    return "list(" + to_string(t.item()) + ")";
  case type_kind::enumeration:
    break;
  }
  std::string names;
  for (const auto& name : t.names()) {
    names += (names.empty() ? "" : ", ") + name;
  }
  return "enum(" + names + ")";
}

/// The type that a text form means, or nothing; an enumeration needs at least one name, all different.
[[nodiscard]] inline std::optional<type> parse_type(std::string_view text) {
  constexpr std::size_t longest = 65536;
  const auto between = [&](std::string_view head) -> std::optional<std::string_view> {
    if (text.size() <= longest && text.starts_with(head) && text.ends_with(')')) {
      return text.substr(head.size(), text.size() - head.size() - 1);
    }
    return std::nullopt;
  };
  for (const auto& plain :
       {type::boolean(), type::integer(), type::real(), type::string(), type::timestamp(), type::duration()}) {
    if (text == to_string(plain)) {
      return plain;
    }
  }
  std::size_t lists = 0;
  for (auto inner = between("list("); inner && lists < 16; inner = between("list(")) {
    text = *inner;
    ++lists;
    if (!text.starts_with("list(")) {
      auto item = parse_type(text);
      for (; item && lists > 0; --lists) {
        item = type::list(*item);
      }
      return item;
    }
  }
  const auto body = between("enum(");
  if (lists > 0 || !body) {
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (std::size_t from = 0; from <= body->size();) {
    const auto comma = std::min(body->find(',', from), body->size());
    auto name = body->substr(from, comma - from);
    name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
    name = name.substr(0, name.find_last_not_of(' ') + 1);
    if (name.empty() || std::find(names.begin(), names.end(), name) != names.end()) {
      return std::nullopt;
    }
    names.emplace_back(name);
    from = comma + 1;
  }
  return type::enumeration(std::move(names));
}

} // namespace plaint
