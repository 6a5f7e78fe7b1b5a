// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/number_literal.hpp>
#include <plaint/expr/detail/report.hpp>
#include <plaint/expr/detail/reserved.hpp>
#include <plaint/expr/detail/string_literal.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace plaint::detail {

enum class token_kind : unsigned char { end, name, number, text, bytes, sign };

struct token {
  token_kind kind = token_kind::end;
  stretch at{};
  std::string_view spelled{};
  std::string content{}; ///< of a text
  number_literal number{};

  [[nodiscard]] bool is(std::string_view sign) const noexcept { return kind == token_kind::sign && spelled == sign; }
};

/// Cuts a text into tokens, one at a time; what is no token is reported once, and the text ends there.
class lexer {
public:
  explicit lexer(report& out) noexcept : text_(out.text()), out_(&out) {}

  [[nodiscard]] token next() {
    skip_blank();
    token t;
    t.at.from = static_cast<std::uint32_t>(at_);
    if (at_ < text_.size()) {
      read(t);
    }
    t.at.to = static_cast<std::uint32_t>(at_);
    t.spelled = out_->text(t.at);
    return t;
  }

private:
  void read(token& t) {
    const auto rest = text_.substr(at_);
    if (starts_string(rest)) {
      read_text(t, rest);
    } else if (starts_name(rest[0])) {
      t.kind = token_kind::name;
      at_ += static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), continues_name) - rest.begin());
    } else if (is_decimal(rest[0]) || (rest[0] == '.' && rest.size() > 1 && is_decimal(rest[1]))) {
      read_digits(t, rest);
    } else {
      read_sign(t, rest);
    }
  }

  void read_text(token& t, std::string_view rest) {
    auto found = read_string(rest);
    if (found.fault != nullptr) {
      fail("syntax", found.fault, at_ + found.fault_at);
      return;
    }
    t.kind = found.is_bytes ? token_kind::bytes : token_kind::text;
    t.content = std::move(found.content);
    at_ += found.length;
  }

  void read_digits(token& t, std::string_view rest) {
    t.kind = token_kind::number;
    t.number = read_number(rest);
    if (t.number.length < rest.size() && continues_name(rest[t.number.length])) {
      fail("syntax", "end of the number required", at_ + t.number.length);
      t.kind = token_kind::end;
      return;
    }
    at_ += t.number.length;
  }

  void read_sign(token& t, std::string_view rest) {
    constexpr std::array<std::string_view, 25> signs{"&&", "||", "==", "!=", "<=", ">=", "<", ">", "+",
                                                     "-",  "*",  "/",  "%",  "!",  "?",  ":", "(", ")",
                                                     "[",  "]",  "{",  "}",  ".",  ",",  "`"};
    for (const auto sign : signs) {
      if (rest.starts_with(sign)) {
        t.kind = token_kind::sign;
        at_ += sign.size();
        return;
      }
    }
    const std::string hint = rest[0] == '=' ? "==" : rest[0] == '&' ? "&&" : rest[0] == '|' ? "||" : "";
    fail("syntax", "a character that CEL knows is required", at_, hint);
  }

  void skip_blank() noexcept {
    while (at_ < text_.size()) {
      if (std::string_view(" \t\n\r\f").find(text_[at_]) != std::string_view::npos) {
        ++at_;
      } else if (text_.substr(at_).starts_with("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else {
        return;
      }
    }
  }

  void fail(std::string code, std::string message, std::size_t at, std::string hint = {}) {
    out_->fault(std::move(code), std::move(message), at, std::move(hint));
    at_ = text_.size();
  }

  std::string_view text_;
  report* out_;
  std::size_t at_ = 0;
};

} // namespace plaint::detail
