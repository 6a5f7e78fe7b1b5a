// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// A text as words and numbers, read one after the other: "90min" is "90" and "min".
class words {
public:
  explicit words(std::string_view text) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < text.size();) {
      if (text[i] == ' ' || text[i] == '\t') {
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      while (end < text.size() && text[end] != ' ' && text[end] != '\t' && digit(text[end]) == digit(text[i])) {
        ++end;
      }
      all_.push_back(text.substr(i, end - i));
      i = end;
    }
  }

  [[nodiscard]] bool done() const noexcept { return at_ == all_.size(); }
  [[nodiscard]] std::string_view next() const noexcept { return done() ? std::string_view{} : all_[at_]; }

  /// Takes a word if it is the next one.
  bool take(std::string_view word) noexcept {
    const bool is_next = next() == word && !done();
    at_ += is_next ? 1U : 0U;
    return is_next;
  }
  bool take_any(std::initializer_list<std::string_view> choice) noexcept {
    for (const auto word : choice) {
      if (take(word)) {
        return true;
      }
    }
    return false;
  }
  /// Takes all of these words in a row, or none.
  bool take_all(std::initializer_list<std::string_view> row) noexcept {
    const auto before = at_;
    for (const auto word : row) {
      if (!take(word)) {
        at_ = before;
        return false;
      }
    }
    return true;
  }

  std::optional<std::string_view> take_word() noexcept {
    if (done()) {
      return std::nullopt;
    }
    return all_[at_++];
  }

  std::optional<std::int64_t> take_number() noexcept {
    std::int64_t n = 0;
    const auto word = next();
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), n);
    if (word.empty() || error != std::errc{} || end != word.data() + word.size()) {
      return std::nullopt;
    }
    ++at_;
    return n;
  }

private:
  std::vector<std::string_view> all_;
  std::size_t at_ = 0;
};

} // namespace plaint::detail
