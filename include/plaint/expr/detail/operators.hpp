// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/agreement.hpp>
#include <plaint/expr/detail/report.hpp>
#include <plaint/expr/detail/syntax.hpp>
#include <plaint/expr/detail/term.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Checks operators whose sides are checked already, as strictly as CEL's checker without dyn.
class operator_checker {
public:
  explicit operator_checker(report& out) noexcept : out_(&out) {}

  [[nodiscard]] term check(const syntax& s, term a, term b) {
    if (is_poisoned(a) || is_poisoned(b)) {
      return poisoned(s.at);
    }
    if (s.text == "in") {
      return membership(s, std::move(a), std::move(b));
    }
    if (const auto r = relation_of(s.text)) {
      return *r <= relation::unequal ? equality(s, *r, std::move(a), std::move(b))
                                     : ordering(s, *r, std::move(a), std::move(b));
    }
    return arithmetic(s, std::move(a), std::move(b));
  }

  [[nodiscard]] term check(const syntax& s, term a) {
    const bool negates = s.text == "-";
    if (is_poisoned(a)) {
      return poisoned(s.at);
    }
    if (negates ? !a.of.is_number() : !a.of.is(type_kind::boolean)) {
      return refuse(s, "`" + s.text + "` takes " + (negates ? "int or double" : "bool") + ", not " + to_string(a.of));
    }
    const type of = a.of;
    return make_term(negates ? opcode::negate : opcode::logical_not, of, s.at, std::move(a));
  }

  /// c ? a : b
  [[nodiscard]] term choose(const syntax& s, term condition, term a, term b) {
    if (is_poisoned(condition) || is_poisoned(a) || is_poisoned(b)) {
      return poisoned(s.at);
    }
    if (!condition.of.is(type_kind::boolean)) {
      return refuse(s, "`?` takes a bool before it, not " + to_string(condition.of));
    }
    const auto of = agree(a, b, *out_);
    if (!of) {
      return refuse(s, "both sides of `:` must be of one type, not " + to_string(a.of) + " and " + to_string(b.of));
    }
    return make_term(opcode::branch_if_no, *of, s.at, std::move(condition), std::move(a), std::move(b));
  }

  /// list[place]
  [[nodiscard]] term index(const syntax& s, term list, term place) {
    if (is_poisoned(list) || is_poisoned(place)) {
      return poisoned(s.at);
    }
    if (!list.of.is(type_kind::list) || !place.of.is(type_kind::integer)) {
      return refuse(s, "`[]` takes a list and an int, not " + to_string(list.of) + " and " + to_string(place.of));
    }
    const type of = list.of.item();
    term t = make_term(opcode::item, of, s.at, std::move(list), std::move(place));
    t.a = static_cast<std::uint8_t>(tag_of(of));
    return is_poisoned(t) ? refuse(s, "an empty list has no items") : t;
  }

  /// [a, b, c]: all of one type
  [[nodiscard]] term list(const syntax& s, std::vector<term> items) {
    term t = make_term(opcode::make_list, type::any(), s.at);
    std::optional<type> of = type::any();
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (is_poisoned(items[i])) {
        return poisoned(s.at);
      }
      of = i == 0 ? std::optional(items[0].of) : agree(items[0], items[i], *out_);
      if (!of) {
        out_->fault("type-mismatch",
                    "items of one type required, " + to_string(items[0].of) + " and " + to_string(items[i].of) +
                        " found",
                    items[i].at.from);
        return poisoned(s.at);
      }
    }
    // The first item may have taken another type on the way; the others follow it.
    for (auto& item : items) {
      if (agree(items[0], item, *out_) == std::nullopt) {
        return poisoned(s.at);
      }
    }
    t.of = type::list(items.empty() ? type::any() : items[0].of);
    t.parts = std::move(items);
    return t;
  }

private:
  static std::optional<relation> relation_of(std::string_view sign) noexcept {
    constexpr std::array<std::string_view, 6> signs{"==", "!=", "<", "<=", ">", ">="};
    const auto found = std::find(signs.begin(), signs.end(), sign);
    return found == signs.end() ? std::nullopt : std::optional(static_cast<relation>(found - signs.begin()));
  }

  static opcode operation_of(std::string_view sign) noexcept {
    return sign == "+"   ? opcode::add
           : sign == "-" ? opcode::subtract
           : sign == "*" ? opcode::multiply
           : sign == "/" ? opcode::divide
                         : opcode::remainder;
  }

  term refuse(const syntax& s, std::string message) {
    out_->fault("type-mismatch", std::move(message), s.mark);
    return poisoned(s.at);
  }

  term mismatch(const syntax& s, const term& a, const term& b) {
    const bool numbers = a.of.is_number() && b.of.is_number();
    return refuse(s, "`" + s.text + "` does not take " + to_string(a.of) + " and " + to_string(b.of) +
                         (numbers ? "; convert one side with int(...) or double(...)" : ""));
  }

  term compared(const syntax& s, relation r, term a, term b) {
    term t = make_term(opcode::compare, type::boolean(), s.at, std::move(a), std::move(b));
    t.a = static_cast<std::uint8_t>(r);
    return t;
  }

  term equality(const syntax& s, relation r, term a, term b) {
    check_words(a, b, *out_);
    check_words(b, a, *out_);
    return agree(a, b, *out_) ? compared(s, r, std::move(a), std::move(b)) : mismatch(s, a, b);
  }

  term ordering(const syntax& s, relation r, term a, term b) {
    if (a.of.is(type_kind::enumeration) || b.of.is(type_kind::enumeration)) {
      return refuse(s, "an enumeration has no order; compare it with ==, != or in");
    }
    const bool ordered = a.of == b.of && !a.of.is(type_kind::list);
    return ordered || (a.of.is_number() && b.of.is_number()) ? compared(s, r, std::move(a), std::move(b))
                                                             : mismatch(s, a, b);
  }

  term membership(const syntax& s, term a, term list) {
    if (!list.of.is(type_kind::list)) {
      return refuse(s, "`in` takes a list on its right, not " + to_string(list.of));
    }
    for (const auto& item : list.parts) {
      check_words(a, item, *out_);
    }
    const type wanted = type::list(a.of);
    const type item = list.of.item();
    if (list.of != wanted) {
      if (can_adopt(list, wanted)) {
        adopt(list, wanted, *out_);
      } else if (!item.is(type_kind::string) && can_adopt(a, item)) {
        adopt(a, item, *out_);
      } else if (item.is(type_kind::string) && a.of.is(type_kind::enumeration)) {
        decay(a);
      } else {
        return mismatch(s, a, list);
      }
    }
    const auto refused = [](const term& t) { return is_poisoned(t); };
    if (is_poisoned(a) || is_poisoned(list) || std::any_of(list.parts.begin(), list.parts.end(), refused)) {
      return poisoned(s.at);
    }
    if (a.of.is(type_kind::enumeration) && list.op == opcode::make_list && is_constant(list)) {
      return in_set(s, std::move(a), list);
    }
    return make_term(opcode::in_list, type::boolean(), s.at, std::move(a), std::move(list));
  }

  /// Members of an enumeration as a bitset.
  static term in_set(const syntax& s, term a, const term& list) {
    std::vector<std::uint64_t> mask((a.of.names().size() + 63) / 64);
    for (const auto& item : list.parts) {
      const auto* member = item.content.get_if<enum_member>();
      if (member == nullptr) {
        return poisoned(s.at);
      }
      mask[member->index / 64U] |= std::uint64_t{1} << (member->index % 64U);
    }
    term t = make_term(opcode::in_set, type::boolean(), s.at, std::move(a));
    t.mask = std::move(mask);
    return t;
  }

  term arithmetic(const syntax& s, term a, term b) {
    const opcode op = operation_of(s.text);
    const bool sum = op == opcode::add;
    std::optional<type> of;
    if (a.of.is_number() && a.of == b.of && (op != opcode::remainder || a.of.is(type_kind::integer))) {
      of = a.of;
    } else if (sum && is_textual(a.of) && is_textual(b.of)) {
      decay(a);
      decay(b);
      of = type::string();
    } else if (sum && a.of.is(type_kind::list) && b.of.is(type_kind::list)) {
      of = agree(a, b, *out_);
    } else if (sum || op == opcode::subtract) {
      of = moments(sum, a.of.kind(), b.of.kind());
    }
    return of ? make_term(op, *of, s.at, std::move(a), std::move(b)) : mismatch(s, a, b);
  }

  static std::optional<type> moments(bool sum, type_kind a, type_kind b) {
    const bool a_instant = a == type_kind::timestamp;
    const bool b_instant = b == type_kind::timestamp;
    const bool a_span = a == type_kind::duration;
    const bool b_span = b == type_kind::duration;
    if ((a_instant && b_span) || (sum && a_span && b_instant)) {
      return type::timestamp();
    }
    return (a_span && b_span) || (!sum && a_instant && b_instant) ? std::optional(type::duration()) : std::nullopt;
  }

  report* out_;
};

} // namespace plaint::detail
