// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/loading.hpp>
#include <plaint/expr/detail/report.hpp>
#include <plaint/expr/detail/syntax.hpp>
#include <plaint/expr/detail/term.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/suggestion.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Finds what a name stands for: attributes, `now`, `event.x`, `actor.x`, `in_state("x")`, `clock("x").y`, `has(...)`.
class resolver {
public:
  resolver(const schema& sees, report& out) noexcept : sees_(&sees), out_(&out) {}

  [[nodiscard]] term name(const syntax& s) {
    if (const auto slot = sees_->slot(s.text)) {
      const auto& of = sees_->attributes[*slot].type;
      return load(opcode::attribute, static_cast<std::uint8_t>(tag_of(of)), *slot, of, s);
    }
    if (s.text == "now") {
      return load(opcode::now, 0, 0, type::timestamp(), s);
    }
    if (s.text == "event" || s.text == "actor") {
      return refuse("type-mismatch",
                    "\"" + s.text + "\" is no value; a field of it required, such as " +
                        (s.text == "event" ? "event.name" : "actor.role"),
                    s);
    }
    if (is_type_name(s.text)) {
      out_->outside("type name `" + s.text + "`", s.mark);
      return poisoned(s.at);
    }
    std::vector<std::string_view> known{"now", "actor", "event"};
    for (const auto& a : sees_->attributes) {
      known.push_back(a.name);
    }
    return refuse("unknown-name", "\"" + s.text + "\" is not declared", s, nearest(s.text, known));
  }

  /// True if a selection or call is answered here and not by the checker.
  [[nodiscard]] static bool knows(const syntax& s) {
    if (s.is == form::select) {
      const syntax& of = s.parts[0];
      return (of.is == form::name && (of.text == "event" || of.text == "actor")) || is_reading(of);
    }
    return s.is == form::call && !s.has_target && (s.text == "in_state" || s.text == "has" || is_reading(s));
  }

  /// Requires `knows`.
  [[nodiscard]] term answer(const syntax& s) {
    if (s.is == form::call) {
      return s.text == "in_state" ? in_state(s) : s.text == "has" ? has(s) : bare_reading(s);
    }
    const syntax& of = s.parts[0];
    return of.is == form::call ? reading_field(s) : of.text == "event" ? event_field(s) : actor_field(s);
  }

private:
  static bool is_reading(const syntax& s) {
    return s.is == form::call && !s.has_target && (s.text == "clock" || s.text == "ladder");
  }

  static bool is_type_name(std::string_view word) noexcept {
    constexpr std::array<std::string_view, 11> names{"bool", "int", "uint", "double",    "string", "bytes",
                                                     "list", "map", "type", "null_type", "dyn"};
    return std::find(names.begin(), names.end(), word) != names.end();
  }

  term refuse(std::string code, std::string message, const syntax& s, std::string suggestion = {}) {
    out_->fault(std::move(code), std::move(message), s.mark, std::move(suggestion));
    return poisoned(s.at);
  }

  term load(opcode op, std::uint8_t a, std::uint16_t b, type of, const syntax& s) {
    term t = make_term(op, std::move(of), s.at);
    t.a = a;
    t.b = b;
    t.name = std::string(out_->text(s.at));
    return t;
  }

  term event_field(const syntax& s) {
    if (const auto place = sees_->event_field(s.text)) {
      const auto& of = sees_->event_fields[*place].type;
      return load(opcode::event_field, static_cast<std::uint8_t>(tag_of(of)), *place, of, s);
    }
    if (s.text == "name") {
      return with_words(load(opcode::event_name, 0, 0, type::string(), s), sees_->events);
    }
    std::vector<std::string_view> known{"name"};
    for (const auto& f : sees_->event_fields) {
      known.push_back(f.name);
    }
    return refuse("unknown-name", "the event has no declared field \"" + s.text + "\"", s, nearest(s.text, known));
  }

  term actor_field(const syntax& s) {
    const auto found = std::find(actor_fields.begin(), actor_fields.end(), s.text);
    if (found == actor_fields.end()) {
      return refuse("unknown-name", "an actor has id, role and class, no \"" + s.text + "\"", s,
                    nearest(s.text, actor_fields));
    }
    const auto field = static_cast<std::uint8_t>(found - actor_fields.begin());
    if (field == 2) {
      return load(opcode::actor, field, 0, type::enumeration({actor_classes.begin(), actor_classes.end()}), s);
    }
    term t = load(opcode::actor, field, 0, type::string(), s);
    return field == 1 ? with_words(std::move(t), sees_->roles) : t;
  }

  static term with_words(term t, const std::vector<std::string>& words) {
    t.words = words.empty() ? nullptr : &words;
    return t;
  }

  /// The place of the name that a call such as in_state("x") has as its only argument.
  std::optional<std::uint16_t> argument(const syntax& call, const std::vector<std::string>& known,
                                        std::string_view what) {
    const auto* name = call.parts.size() == 1 && call.parts[0].is == form::literal
                           ? call.parts[0].content.get_if<std::string>()
                           : nullptr;
    if (name == nullptr) {
      refuse("type-mismatch", call.text + " takes the name of a " + std::string(what) + " as one text in quotes", call);
      return std::nullopt;
    }
    const auto found = std::find(known.begin(), known.end(), *name);
    if (found == known.end()) {
      refuse("unknown-name", "there is no " + std::string(what) + " \"" + *name + "\"", call.parts[0],
             nearest(*name, known));
      return std::nullopt;
    }
    return static_cast<std::uint16_t>(found - known.begin());
  }

  term in_state(const syntax& s) {
    const auto place = argument(s, sees_->states, "state");
    return place ? load(opcode::in_state, 0, *place, type::boolean(), s) : poisoned(s.at);
  }

  term bare_reading(const syntax& s) {
    return refuse("type-mismatch",
                  s.text + "(...) is no value; a field of it required, such as " +
                      (s.text == "clock" ? "clock(\"...\").breached" : "ladder(\"...\").level"),
                  s);
  }

  term reading_field(const syntax& s) {
    const syntax& call = s.parts[0];
    const bool is_clock = call.text == "clock";
    const auto place = argument(call, is_clock ? sees_->clocks : sees_->ladders, call.text);
    return is_clock ? field_of(s, clock_fields, opcode::clock, place)
                    : field_of(s, ladder_fields, opcode::ladder, place);
  }

  template <std::size_t N>
  term field_of(const syntax& s, const std::array<member_field, N>& fields, opcode op,
                std::optional<std::uint16_t> place) {
    std::array<std::string_view, N> names{};
    std::transform(fields.begin(), fields.end(), names.begin(), [](const member_field& f) { return f.name; });
    const auto found = std::find(names.begin(), names.end(), s.text);
    if (found == names.end()) {
      return refuse("unknown-name", "a " + s.parts[0].text + " has no field \"" + s.text + "\"", s,
                    nearest(s.text, names));
    }
    if (!place) {
      return poisoned(s.at);
    }
    const auto field = static_cast<std::uint8_t>(found - names.begin());
    const tag kind = fields[field].kind;
    return load(op, field, *place,
                kind == tag::boolean     ? type::boolean()
                : kind == tag::integer   ? type::integer()
                : kind == tag::timestamp ? type::timestamp()
                                         : type::duration(),
                s);
  }

  term has(const syntax& s) {
    const bool one = s.parts.size() == 1;
    if (!one || (s.parts[0].is != form::name && !(s.parts[0].is == form::select && knows(s.parts[0])))) {
      return refuse("type-mismatch", "has takes one attribute, or one field of event, actor, clock or ladder", s);
    }
    term of = s.parts[0].is == form::name ? name(s.parts[0]) : answer(s.parts[0]);
    return is_poisoned(of) ? poisoned(s.at) : make_term(opcode::is_set, type::boolean(), s.at, std::move(of));
  }

  const schema* sees_;
  report* out_;
};

} // namespace plaint::detail
