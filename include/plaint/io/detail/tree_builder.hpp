// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>
#include <plaint/error.hpp>
#include <plaint/pointer.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// How large a document from outside may be.
struct document_limits {
  std::size_t bytes = std::size_t{16} << 20;
  std::size_t depth = 64;
  std::size_t values = 1'000'000; ///< counted after YAML aliases are expanded
};

namespace detail {

/// Grows a tree from the events of a parser, within limits; a name given twice is a finding.
class tree_builder {
public:
  explicit tree_builder(const document_limits& limits) : limits_(limits) {}

  [[nodiscard]] node& root() noexcept { return root_; }
  [[nodiscard]] findings& faults() noexcept { return faults_; }

  /// False once a limit is passed; the parser stops there.
  [[nodiscard]] bool scalar(node_kind kind, std::string_view text, place at) {
    return put({.kind = kind, .text = std::string(text), .at = at}) != nullptr;
  }

  [[nodiscard]] bool open(node_kind kind, place at) {
    if (open_.size() >= limits_.depth) {
      return refuse("too-deep", "at most " + std::to_string(limits_.depth) + " levels are allowed", at);
    }
    node* opened = put({.kind = kind, .at = at});
    if (opened != nullptr) {
      open_.push_back(opened);
    }
    return opened != nullptr;
  }

  void close() { open_.pop_back(); }

  void key(std::string_view name, place at) {
    node& owner = *open_.back();
    if (owner.find(name) != nullptr) {
      faults_.push_back({"duplicate-key",
                         "\"" + std::string(name) + "\" is given twice",
                         {},
                         {},
                         severity::error,
                         {},
                         at.line,
                         at.column});
    }
    owner.keys.emplace_back(name);
  }

  /// A copy of a finished value, as YAML's aliases ask for.
  [[nodiscard]] bool copy(const node& value, place at) {
    values_ += size_of(value);
    node copied = value;
    copied.at = at;
    return put(std::move(copied)) != nullptr;
  }

  /// True if a mapping is open and waits for the value of its last name.
  [[nodiscard]] bool wants_value() const noexcept {
    return open_.empty() || !open_.back()->is_mapping() || open_.back()->keys.size() > open_.back()->items.size();
  }

  [[nodiscard]] node* innermost() noexcept { return open_.empty() ? nullptr : open_.back(); }

private:
  // Parents hold their items by value: pointers to open ones stay good because only the innermost grows.
  node* put(node value) {
    const place at = value.at;
    if (++values_ > limits_.values) {
      (void)refuse("too-large", "at most " + std::to_string(limits_.values) + " values are allowed", at);
      return nullptr;
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    return &open_.back()->items.emplace_back(std::move(value));
  }

  bool refuse(std::string code, std::string message, place at) {
    faults_.push_back({std::move(code), std::move(message), {}, {}, severity::error, {}, at.line, at.column});
    return false;
  }

  static std::size_t size_of(const node& value) {
    std::size_t total = 1;
    for (const auto& item : value.items) {
      total += size_of(item);
    }
    return total;
  }

  document_limits limits_;
  node root_{};
  std::vector<node*> open_;
  findings faults_;
  std::size_t values_ = 0;
};

} // namespace detail
} // namespace plaint
