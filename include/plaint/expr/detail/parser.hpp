// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/lexer.hpp>
#include <plaint/expr/detail/syntax.hpp>
#include <plaint/expr/limits.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace plaint::detail {

/// Reads an expression by operator precedence (V. Pratt, 1973). All of CEL's grammar is read, so that what plaint does
/// not have can be named; the first fault of form ends the reading.
class parser {
public:
  explicit parser(report& out) : out_(&out), tokens_(out) { step(); }

  [[nodiscard]] syntax read() {
    syntax whole = expression();
    if (now_.kind != token_kind::end) {
      fail("syntax", "operator or end required before \"" + std::string(now_.spelled) + "\"");
    }
    return whole;
  }

private:
  /// Counts how deep the recursion is; every way down passes through one.
  struct descent {
    explicit descent(parser& p) : of(p) {
      if (++of.depth_ > expression_limits::depth) {
        of.fail("limit", "at most " + std::to_string(expression_limits::depth) + " levels of nesting are allowed");
      }
    }
    ~descent() { --of.depth_; }
    descent(const descent&) = delete;
    descent& operator=(const descent&) = delete;
    parser& of;
  };

  syntax expression() {
    const descent deeper(*this);
    syntax condition = binary(1);
    if (!now_.is("?")) {
      return condition;
    }
    const auto mark = now_.at.from;
    step();
    syntax all = make(form::choice, condition.at.from, mark);
    adopt(all, std::move(condition));
    adopt(all, binary(1));
    expect(":");
    adopt(all, expression());
    return finish(std::move(all));
  }

  static int precedence(const token& t) noexcept {
    if (t.kind == token_kind::name) {
      return t.spelled == "in" ? 3 : 0;
    }
    if (t.kind != token_kind::sign) {
      return 0;
    }
    const auto one_of = [&](std::initializer_list<std::string_view> all) {
      return std::find(all.begin(), all.end(), t.spelled) != all.end();
    };
    return one_of({"||"})                               ? 1
           : one_of({"&&"})                             ? 2
           : one_of({"==", "!=", "<", "<=", ">", ">="}) ? 3
           : one_of({"+", "-"})                         ? 4
           : one_of({"*", "/", "%"})                    ? 5
                                                        : 0;
  }

  syntax binary(int least) {
    syntax left = unary();
    for (int level = precedence(now_); level >= least; level = precedence(now_)) {
      const token op = now_;
      step();
      syntax right = binary(level + 1);
      if (level <= 2) {
        left = chain(level == 1 ? form::any_of : form::all_of, op, std::move(left), std::move(right));
      } else {
        syntax both = make(form::binary, left.at.from, op.at.from);
        both.text = op.spelled;
        adopt(both, std::move(left));
        adopt(both, std::move(right));
        left = finish(std::move(both));
      }
    }
    return left;
  }

  /// `a && b && c` is one node: long rows of conditions stay flat.
  syntax chain(form is, const token& op, syntax left, syntax right) {
    if (left.is == is) {
      adopt(left, std::move(right));
      return finish(std::move(left));
    }
    syntax both = make(is, left.at.from, op.at.from);
    both.text = op.spelled;
    adopt(both, std::move(left));
    adopt(both, std::move(right));
    return finish(std::move(both));
  }

  syntax unary() {
    if (!now_.is("!") && !now_.is("-")) {
      return member();
    }
    const descent deeper(*this);
    const token op = now_;
    step();
    if (op.is("-") && now_.kind == token_kind::number) {
      return member(number(op.at.from, true));
    }
    syntax one = make(form::unary, op.at.from, op.at.from);
    one.text = op.spelled;
    adopt(one, unary());
    return finish(std::move(one));
  }

  syntax member() { return member(primary()); }

  syntax member(syntax left) {
    for (;;) {
      if (now_.is(".")) {
        left = selection(std::move(left));
      } else if (now_.is("[")) {
        syntax one = make(form::index, left.at.from, now_.at.from);
        step();
        const bool optional = skip("?");
        adopt(one, std::move(left));
        adopt(one, expression());
        expect("]");
        left = finish(std::move(one));
        left = optional ? outside("optional index `[?`", std::move(left)) : std::move(left);
      } else if (now_.is("{") && (left.is == form::name || left.is == form::select)) {
        braces();
        left = outside("message construction", std::move(left));
      } else {
        return left;
      }
    }
  }

  syntax selection(syntax left) {
    step();
    if (skip("?")) {
      step();
      return outside("optional selection `.?`", std::move(left));
    }
    if (now_.is("`")) {
      fail("outside-subset", "a field name in backquotes is outside of plaint's subset of CEL");
    }
    const token field = now_;
    if (field.kind != token_kind::name || is_keyword(field.spelled)) {
      fail("syntax", "name required after the point");
    }
    step();
    syntax one = make(now_.is("(") ? form::call : form::select, left.at.from, field.at.from);
    one.text = field.spelled;
    one.has_target = now_.is("(");
    adopt(one, std::move(left));
    if (one.has_target) {
      step();
      items(one, ")");
    }
    return finish(std::move(one));
  }

  syntax primary() {
    const token first = now_;
    switch (first.kind) {
    case token_kind::number:
      return number(first.at.from, false);
    case token_kind::text:
      return literal(first.content);
    case token_kind::bytes:
      step();
      return outside("bytes literal", make(form::outside, first.at.from, first.at.from));
    case token_kind::name:
      return named();
    case token_kind::sign:
      return signed_primary();
    case token_kind::end:
      break;
    }
    fail("syntax", "expression required");
    return make(form::literal, first.at.from, first.at.from);
  }

  syntax signed_primary() {
    const descent deeper(*this);
    const token first = now_;
    syntax one = make(form::list, first.at.from, first.at.from);
    if (skip("(")) {
      syntax inner = expression();
      expect(")");
      inner.at = {first.at.from, last_end_};
      return inner;
    }
    if (skip("[")) {
      items(one, "]");
      return finish(std::move(one));
    }
    if (now_.is("{")) {
      braces();
      return outside("map literal", std::move(one));
    }
    if (skip(".")) {
      return outside("name with a leading point", primary());
    }
    fail("syntax", "expression required before \"" + std::string(first.spelled) + "\"");
    return one;
  }

  syntax named() {
    const token first = now_;
    const auto word = first.spelled;
    if (word == "true" || word == "false") {
      return literal(word == "true");
    }
    if (word == "in" || is_reserved_word(word)) {
      fail("syntax", "\"" + std::string(word) + "\" is a reserved word of CEL; a name required");
    }
    step();
    if (word == "null") {
      return outside("`null`", make(form::outside, first.at.from, first.at.from), "has");
    }
    const bool is_call = now_.is("(");
    syntax one = make(is_call ? form::call : form::name, first.at.from, first.at.from);
    one.text = word;
    if (is_call) {
      const descent deeper(*this);
      step();
      items(one, ")");
    }
    return finish(std::move(one));
  }

  /// Items with commas between them up to a closing sign, which is taken; a last comma is allowed in lists.
  void items(syntax& of, std::string_view close) {
    while (!now_.is(close) && now_.kind != token_kind::end) {
      if (of.is == form::list && skip("?")) {
        fail("outside-subset", "an optional item `?` is outside of plaint's subset of CEL");
      }
      adopt(of, expression());
      if (of.parts.size() > expression_limits::list) {
        fail("limit", "at most " + std::to_string(expression_limits::list) + " items are allowed");
      }
      if (!now_.is(close)) {
        expect(",");
        if (close == ")" && now_.is(close)) {
          fail("syntax", "argument required after the comma");
        }
      }
    }
    expect(close);
  }

  /// A map or the fields of a message: only read to find its end.
  void braces() {
    const descent deeper(*this);
    expect("{");
    while (!now_.is("}") && now_.kind != token_kind::end) {
      skip("?");
      if (now_.is("`")) {
        fail("outside-subset", "a field name in backquotes is outside of plaint's subset of CEL");
      } else if (now_.kind == token_kind::name && is_reserved_word(now_.spelled)) { // which a field may be called
        step();
      } else {
        count(expression());
      }
      expect(":");
      count(expression());
      if (!now_.is("}")) {
        expect(",");
      }
    }
    expect("}");
  }

  template <class Content>
  syntax literal(Content content) {
    syntax one = make(form::literal, now_.at.from, now_.at.from);
    one.content = value(std::move(content));
    step();
    return finish(std::move(one));
  }

  syntax number(std::uint32_t from, bool negative) {
    const auto n = now_.number;
    syntax one = make(form::literal, from, now_.at.from);
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (n.is == number_literal::kind::unsigned_integer) {
      step();
      return outside("uint literal", std::move(one));
    }
    if (!n.fits || (n.is == number_literal::kind::integer && n.magnitude > most + (negative ? 1U : 0U))) {
      out_->fault("bad-literal", "number in the range of its type required", now_.at.from);
    } else if (n.is == number_literal::kind::real) {
      one.content = negative ? -n.real : n.real;
    } else {
      one.content = static_cast<std::int64_t>(negative ? ~n.magnitude + 1U : n.magnitude);
    }
    step();
    return finish(std::move(one));
  }

  syntax make(form is, std::uint32_t from, std::uint32_t mark) {
    syntax one;
    one.is = is;
    one.at = {from, from};
    one.mark = mark;
    return one;
  }

  void adopt(syntax& parent, syntax part) {
    count(part);
    parent.height = std::max(parent.height, part.height + 1);
    parent.parts.push_back(std::move(part));
    if (parent.height > expression_limits::depth) {
      fail("limit", "at most " + std::to_string(expression_limits::depth) + " chained operators are allowed");
    }
  }

  void count(const syntax&) {
    if (++nodes_ > expression_limits::nodes) {
      fail("limit",
           "at most " + std::to_string(expression_limits::nodes) + " names, literals and operations are allowed");
    }
  }

  /// The construct ends with the token read last.
  syntax finish(syntax one) const {
    one.at.to = std::max(last_end_, one.at.from);
    return one;
  }

  syntax outside(std::string what, syntax around, std::string suggestion = {}) {
    around.is = form::outside;
    around.text = std::move(what);
    around.content = value(std::move(suggestion));
    around.parts.clear();
    around.height = 1;
    return finish(std::move(around));
  }

  bool skip(std::string_view sign) {
    if (!now_.is(sign)) {
      return false;
    }
    step();
    return true;
  }

  void expect(std::string_view sign) {
    if (!skip(sign)) {
      const auto found =
          now_.kind == token_kind::end ? std::string("the end") : "\"" + std::string(now_.spelled) + "\"";
      fail("syntax", "\"" + std::string(sign) + "\" required before " + found);
    }
  }

  void step() {
    last_end_ = now_.at.to;
    if (!failed_) {
      now_ = tokens_.next();
      failed_ = out_->failed() && now_.kind == token_kind::end;
    }
  }

  void fail(std::string code, std::string message) {
    if (!failed_) {
      out_->fault(std::move(code), std::move(message), now_.at.from);
    }
    failed_ = true;
    now_ = token{};
    now_.at = {last_end_, last_end_};
  }

  report* out_;
  lexer tokens_;
  token now_{};
  std::uint32_t last_end_ = 0;
  std::size_t depth_ = 0;
  std::size_t nodes_ = 0;
  bool failed_ = false;
};

} // namespace plaint::detail
