// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/report.hpp>
#include <plaint/expr/detail/term.hpp>
#include <plaint/suggestion.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// True if what is written can be read as this type: the text of a member as an enumeration, an empty list as any list.
[[nodiscard]] inline bool can_adopt(const term& t, const type& want) {
  if (t.of == want || is_poisoned(t)) {
    return true;
  }
  if (t.op == opcode::branch_if_no) {
    return can_adopt(t.parts[1], want) && can_adopt(t.parts[2], want);
  }
  if (want.is(type_kind::enumeration)) {
    return t.op == opcode::constant && t.broken == fault::none && t.of.is(type_kind::string);
  }
  return want.is(type_kind::list) && t.op == opcode::make_list &&
         std::all_of(t.parts.begin(), t.parts.end(), [&](const term& part) { return can_adopt(part, want.item()); });
}

/// Reads it so; a text that is no member is a finding. Requires `can_adopt`.
inline void adopt(term& t, const type& want, report& out) {
  if (t.of == want || is_poisoned(t)) {
    return;
  }
  if (t.op == opcode::branch_if_no) {
    adopt(t.parts[1], want, out);
    adopt(t.parts[2], want, out);
  } else if (t.op == opcode::make_list) {
    for (auto& part : t.parts) {
      adopt(part, want.item(), out);
    }
  } else {
    const auto written = *t.content.get_if<std::string>();
    const auto place = want.member(written);
    if (!place) {
      out.fault("unknown-member", "\"" + written + "\" is not one of " + to_string(want), t.at.from,
                nearest(written, want.names()));
      t = poisoned(t.at);
      return;
    }
    t.content = enum_member{*place};
  }
  t.of = want;
}

/// An enumeration as the text of its member; everything else as it is.
inline void decay(term& t) {
  if (t.of.is(type_kind::enumeration)) {
    const auto at = t.at;
    term inner = std::move(t);
    if (inner.op == opcode::constant) {
      const auto* member = inner.content.get_if<enum_member>();
      t = constant_term(inner.of.names().at(member->index), type::string(), at);
    } else {
      t = make_term(opcode::name_of, type::string(), at, std::move(inner));
    }
  }
}

[[nodiscard]] inline bool is_textual(const type& t) noexcept {
  return t.is(type_kind::string) || t.is(type_kind::enumeration);
}

/// Brings two terms to one type: the type, `any` where one was refused already, or nothing.
[[nodiscard]] inline std::optional<type> agree(term& a, term& b, report& out) {
  if (is_poisoned(a) || is_poisoned(b)) {
    return type::any();
  }
  if (a.of == b.of) {
    return a.of;
  }
  if (!b.of.is(type_kind::string) && can_adopt(a, b.of)) {
    adopt(a, b.of, out);
    return b.of;
  }
  if (!a.of.is(type_kind::string) && can_adopt(b, a.of)) {
    adopt(b, a.of, out);
    return a.of;
  }
  if (is_textual(a.of) && is_textual(b.of)) {
    decay(a);
    decay(b);
    return type::string();
  }
  return std::nullopt;
}

/// Holds a text that is compared with something of known words against those words.
inline void check_words(const term& subject, const term& literal, report& out) {
  const auto* text = literal.op == opcode::constant ? literal.content.get_if<std::string>() : nullptr;
  if (subject.words != nullptr && text != nullptr &&
      std::find(subject.words->begin(), subject.words->end(), *text) == subject.words->end()) {
    out.fault("unknown-name", "\"" + *text + "\" is nothing that " + subject.name + " can be", literal.at.from,
              nearest(*text, *subject.words));
  }
}

} // namespace plaint::detail
