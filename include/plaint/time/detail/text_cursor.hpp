// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace plaint::detail {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

/// A place in a text that is read from left to right; never reads past its end.
class text_cursor {
public:
  constexpr explicit text_cursor(std::string_view text) noexcept : text_(text) {}

  [[nodiscard]] constexpr bool at_end() const noexcept { return at_ == text_.size(); }
  [[nodiscard]] constexpr std::size_t position() const noexcept { return at_; }
  [[nodiscard]] constexpr std::string_view rest() const noexcept { return text_.substr(at_); }

  /// The next character, or NUL at the end.
  [[nodiscard]] constexpr char peek() const noexcept { return at_end() ? '\0' : text_[at_]; }

  constexpr void advance() noexcept { at_ += at_end() ? 0 : 1; }

  /// Steps over `c` if it comes next.
  constexpr bool skip(char c) noexcept {
    if (at_end() || text_[at_] != c) {
      return false;
    }
    ++at_;
    return true;
  }

  template <class Predicate>
  constexpr std::string_view take_while(Predicate belongs) noexcept {
    const std::size_t begin = at_;
    while (!at_end() && belongs(text_[at_])) {
      ++at_;
    }
    return text_.substr(begin, at_ - begin);
  }

  /// A run of at least `least` digits, of which at most `most` (up to 18) are taken; nothing is taken on failure.
  constexpr std::optional<std::int64_t> number(std::size_t least, std::size_t most) noexcept {
    std::int64_t value = 0;
    std::size_t count = 0;
    while (count < most && at_ + count < text_.size() && is_digit(text_[at_ + count])) {
      value = value * 10 + (text_[at_ + count] - '0');
      ++count;
    }
    if (count < least) {
      return std::nullopt;
    }
    at_ += count;
    return value;
  }

private:
  std::string_view text_;
  std::size_t at_ = 0;
};

} // namespace plaint::detail
