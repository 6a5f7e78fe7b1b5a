// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>
#include <plaint/error.hpp>
#include <plaint/pointer.hpp>
#include <plaint/suggestion.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// Reads one value of a document at its pointer; what does not fit becomes a finding, never an exception.
class value_reader {
public:
  value_reader(const node& value, std::string pointer, findings& out)
      : value_(&value), pointer_(std::move(pointer)), out_(&out) {}

  [[nodiscard]] const node& value() const noexcept { return *value_; }
  [[nodiscard]] const std::string& pointer() const noexcept { return pointer_; }
  [[nodiscard]] findings& out() const noexcept { return *out_; }

  void fault(std::string code, std::string message, std::string suggestion = {}) const {
    out_->push_back({std::move(code), std::move(message), pointer_, std::move(suggestion)});
  }

  /// Any scalar but null, as it was written.
  [[nodiscard]] std::optional<std::string> text() const {
    if (!value_->is_scalar() || value_->is_null()) {
      fault("wrong-type", "text required, " + described() + " found");
      return std::nullopt;
    }
    return value_->text;
  }

  [[nodiscard]] std::optional<bool> boolean() const {
    if (value_->kind != node_kind::boolean) {
      fault("wrong-type", "true or false required, " + described() + " found");
      return std::nullopt;
    }
    return value_->text == "true";
  }

  /// A whole number in [least, most].
  [[nodiscard]] std::optional<std::int64_t>
  integer(std::int64_t least = std::numeric_limits<std::int64_t>::min(),
          std::int64_t most = std::numeric_limits<std::int64_t>::max()) const {
    const auto& text = value_->text;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (value_->kind != node_kind::integer || end != text.data() + text.size()) {
      fault("wrong-type", "whole number required, " + described() + " found");
    } else if (error != std::errc{} || number < least || number > most) {
      fault("out-of-range", "whole number from " + std::to_string(least) + " to " + std::to_string(most) +
                                " required, " + text + " found");
    } else {
      return number;
    }
    return std::nullopt;
  }

  /// Text that is one of the words; the index of the word.
  template <class Words>
  [[nodiscard]] std::optional<std::size_t> word(const Words& words, std::string_view what) const {
    const auto written = text();
    if (!written) {
      return std::nullopt;
    }
    std::string list;
    std::size_t index = 0;
    for (const auto& known : words) {
      if (std::string_view(known) == *written) {
        return index;
      }
      list += (index++ == 0 ? "" : ", ") + std::string(known);
    }
    fault("unknown-word", std::string(what) + " must be one of " + list + "; \"" + *written + "\" is not",
          nearest(*written, words));
    return std::nullopt;
  }

  /// The items of a sequence, each at its own pointer; a single value counts as a sequence of one.
  [[nodiscard]] std::vector<value_reader> items() const {
    std::vector<value_reader> all;
    if (!value_->is_sequence()) {
      all.push_back(*this);
      return all;
    }
    for (std::size_t i = 0; i < value_->items.size(); ++i) {
      all.emplace_back(value_->items[i], child(pointer_, i), *out_);
    }
    return all;
  }

  /// A list of texts; what is none is a fault.
  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> all;
    if (!value_->is_sequence()) {
      fault("wrong-type", "a list required, " + described() + " found");
      return all;
    }
    for (const auto& item : items()) {
      all.push_back(item.text().value_or(""));
    }
    return all;
  }

  /// What was found instead, in words.
  [[nodiscard]] std::string described() const {
    switch (value_->kind) {
    case node_kind::null:
      return "nothing";
    case node_kind::sequence:
      return "a list";
    case node_kind::mapping:
      return "a mapping";
    default:
      return "\"" + value_->text.substr(0, 60) + "\"";
    }
  }

private:
  const node* value_;
  std::string pointer_;
  findings* out_;
};

/// Reads a mapping name by name; `finish` reports the names that nobody asked for.
class object_reader {
public:
  explicit object_reader(value_reader from) : from_(std::move(from)) {
    if (!from_.value().is_mapping()) {
      from_.fault("wrong-type", "a mapping required, " + from_.described() + " found");
    }
  }
  object_reader(const node& value, std::string pointer, findings& out)
      : object_reader(value_reader(value, std::move(pointer), out)) {}

  [[nodiscard]] const value_reader& self() const noexcept { return from_; }
  [[nodiscard]] bool is_mapping() const noexcept { return from_.value().is_mapping(); }
  [[nodiscard]] std::string pointer(std::string_view name) const { return child(from_.pointer(), name); }

  /// The member, if it is there; from now on the name is known.
  [[nodiscard]] std::optional<value_reader> optional(std::string_view name) {
    known_.emplace_back(name);
    const node* found = from_.value().find(name);
    if (found == nullptr) {
      return std::nullopt;
    }
    return value_reader(*found, pointer(name), from_.out());
  }

  /// The member; its absence is a finding.
  [[nodiscard]] std::optional<value_reader> required(std::string_view name) {
    auto found = optional(name);
    if (!found && is_mapping()) {
      from_.fault("missing", "\"" + std::string(name) + "\" is required");
    }
    return found;
  }

  /// All members in document order, each with its name; every name is known from now on.
  [[nodiscard]] std::vector<std::pair<std::string, value_reader>> members() {
    std::vector<std::pair<std::string, value_reader>> all;
    all_known_ = true;
    for (std::size_t i = 0; i < from_.value().keys.size(); ++i) {
      const auto& name = from_.value().keys[i];
      all.emplace_back(name, value_reader(from_.value().items[i], pointer(name), from_.out()));
    }
    return all;
  }

  void finish() const {
    if (all_known_) {
      return;
    }
    for (const auto& name : from_.value().keys) {
      if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
        from_.out().push_back(
            {"unknown-key", "\"" + name + "\" is not known here", pointer(name), nearest(name, known_)});
      }
    }
  }

private:
  value_reader from_;
  std::vector<std::string> known_;
  bool all_known_ = false;
};

} // namespace plaint
