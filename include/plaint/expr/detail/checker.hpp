// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/folding.hpp>
#include <plaint/expr/detail/functions.hpp>
#include <plaint/expr/detail/operators.hpp>
#include <plaint/expr/detail/report.hpp>
#include <plaint/expr/detail/resolver.hpp>
#include <plaint/expr/detail/syntax.hpp>
#include <plaint/expr/detail/term.hpp>
#include <plaint/expr/schema.hpp>

#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Gives every construct its type, from the leaves up, and folds what is constant on the way. One fault in a part does
/// not hide those in the others.
class checker {
public:
  checker(const schema& sees, report& out) : names_(sees, out), functions_(out), operators_(out), out_(&out) {}

  [[nodiscard]] term check(const syntax& s) {
    term t = understand(s);
    t.at = s.at;
    fold(t, *out_);
    return t;
  }

  /// Checks a whole expression whose value must be of this type, unless it is `any`.
  [[nodiscard]] term check(const syntax& s, const type& expected) {
    term t = check(s);
    if (expected.is(type_kind::any) || is_poisoned(t) || t.of == expected) {
      return t;
    }
    if (can_adopt(t, expected)) {
      adopt(t, expected, *out_);
    } else if (expected.is(type_kind::string) && t.of.is(type_kind::enumeration)) {
      decay(t);
    } else {
      out_->fault("type-mismatch",
                  "an expression of type " + to_string(expected) + " required, " + to_string(t.of) + " found",
                  s.at.from);
    }
    return t;
  }

private:
  term understand(const syntax& s) {
    switch (s.is) {
    case form::literal:
      return constant_term(s.content, type_of(s.content), s.at);
    case form::name:
      return names_.name(s);
    case form::select:
      return resolver::knows(s) ? names_.answer(s) : selection(s);
    case form::call:
      return asks_beyond(s) ? beyond(s) : resolver::knows(s) ? names_.answer(s) : call(s);
    case form::outside:
      return refused(s);
    case form::list:
      return operators_.list(s, parts(s));
    case form::all_of:
    case form::any_of:
      return chain(s);
    default:
      break;
    }
    auto all = parts(s);
    switch (s.is) {
    case form::index:
      return operators_.index(s, std::move(all[0]), std::move(all[1]));
    case form::unary:
      return operators_.check(s, std::move(all[0]));
    case form::choice:
      return operators_.choose(s, std::move(all[0]), std::move(all[1]), std::move(all[2]));
    default:
      return operators_.check(s, std::move(all[0]), std::move(all[1]));
    }
  }

  /// True of `has` of a field of something else than attributes and the like: what that is says why it is refused.
  static bool asks_beyond(const syntax& s) {
    return s.text == "has" && resolver::knows(s) && s.parts.size() == 1 &&
           (s.parts[0].is == form::outside || (s.parts[0].is == form::select && !resolver::knows(s.parts[0])));
  }

  term beyond(const syntax& s) {
    (void)check(s.parts[0]);
    return poisoned(s.at);
  }

  static type type_of(const value& v) {
    return v.is<bool>()           ? type::boolean()
           : v.is<std::int64_t>() ? type::integer()
           : v.is<double>()       ? type::real()
                                  : type::string();
  }

  std::vector<term> parts(const syntax& s) {
    std::vector<term> all;
    all.reserve(s.parts.size());
    for (const auto& part : s.parts) {
      all.push_back(check(part));
    }
    return all;
  }

  term refused(const syntax& s) {
    const auto* hint = s.content.get_if<std::string>();
    out_->outside(s.text, s.mark, hint == nullptr ? std::string() : *hint);
    return poisoned(s.at);
  }

  term selection(const syntax& s) {
    const term of = check(s.parts[0]);
    if (!is_poisoned(of)) {
      out_->fault("type-mismatch", "a value of type " + to_string(of.of) + " has no field \"" + s.text + "\"", s.mark);
    }
    return poisoned(s.at);
  }

  term call(const syntax& s) {
    return function_checker::knows(s.text) ? functions_.check(s, parts(s)) : functions_.outside(s);
  }

  term chain(const syntax& s) {
    term t = make_term(s.is == form::all_of ? opcode::both : opcode::either, type::boolean(), s.at);
    t.parts = parts(s);
    for (const auto& part : t.parts) {
      if (!is_poisoned(part) && !part.of.is(type_kind::boolean)) {
        out_->fault("type-mismatch", "`" + s.text + "` takes bool, not " + to_string(part.of), part.at.from);
      }
      if (!part.of.is(type_kind::boolean)) {
        t.of = type::any();
      }
    }
    return t;
  }

  resolver names_;
  function_checker functions_;
  operator_checker operators_;
  report* out_;
};

} // namespace plaint::detail
