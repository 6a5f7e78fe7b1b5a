// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/agreement.hpp>
#include <plaint/expr/detail/moment_text.hpp>
#include <plaint/expr/detail/report.hpp>
#include <plaint/expr/detail/syntax.hpp>
#include <plaint/expr/detail/term.hpp>
#include <plaint/suggestion.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// A conversion of CEL: int(x), string(x) and the like, with the kinds that it takes.
struct conversion_rule {
  std::string_view name;
  opcode op;
  type_kind result;
  std::array<type_kind, 6> takes; ///< filled up with `any`
};

inline constexpr std::array<conversion_rule, 6> conversions{{
    {"int",
     opcode::to_integer,
     type_kind::integer,
     {type_kind::integer, type_kind::real, type_kind::string, type_kind::timestamp}},
    {"double", opcode::to_real, type_kind::real, {type_kind::real, type_kind::integer, type_kind::string}},
    {"string",
     opcode::to_text,
     type_kind::string,
     {type_kind::string, type_kind::boolean, type_kind::integer, type_kind::real, type_kind::timestamp,
      type_kind::duration}},
    {"bool", opcode::to_boolean, type_kind::boolean, {type_kind::boolean, type_kind::string}},
    {"timestamp",
     opcode::to_timestamp,
     type_kind::timestamp,
     {type_kind::timestamp, type_kind::string, type_kind::integer}},
    {"duration", opcode::to_duration, type_kind::duration, {type_kind::duration, type_kind::string}},
}};

[[nodiscard]] inline type scalar(type_kind kind) {
  switch (kind) {
  case type_kind::boolean:
    return type::boolean();
  case type_kind::integer:
    return type::integer();
  case type_kind::real:
    return type::real();
  case type_kind::timestamp:
    return type::timestamp();
  case type_kind::duration:
    return type::duration();
  default:
    return type::string();
  }
}

/// Checks calls of functions, with arguments that are checked already; the target of a method comes first.
class function_checker {
public:
  explicit function_checker(report& out) noexcept : out_(&out) {}

  /// True for the functions of the subset, however they are called.
  [[nodiscard]] static bool knows(std::string_view name) {
    return name == "size" || search(name) || converts(name) != nullptr;
  }

  [[nodiscard]] term check(const syntax& call, std::vector<term> arguments) {
    const auto search_op = search(call.text);
    const auto* conversion = converts(call.text);
    const std::size_t wanted = search_op ? 2 : 1;
    const bool is_method_only = search_op.has_value();
    if (arguments.size() != wanted || (is_method_only && !call.has_target) ||
        (conversion != nullptr && call.has_target)) {
      return refuse(call, "`" + call.text + "` is written " + form_of(call.text, is_method_only));
    }
    if (std::any_of(arguments.begin(), arguments.end(), is_poisoned)) {
      return poisoned(call.at);
    }
    for (auto& argument : arguments) {
      decay(argument);
    }
    return search_op               ? searching(call, *search_op, std::move(arguments))
           : conversion != nullptr ? converting(call, *conversion, std::move(arguments[0]))
                                   : sizing(call, std::move(arguments[0]));
  }

  /// Names what the subset does not have: macros, functions, namespaced functions.
  [[nodiscard]] term outside(const syntax& call) {
    constexpr std::array<std::string_view, 9> macros{"all",           "exists",       "exists_one",
                                                     "existsOne",     "map",          "filter",
                                                     "transformList", "transformMap", "transformMapEntry"};
    constexpr std::array<std::string_view, 14> known{"size",       "has",      "in_state",  "clock",   "ladder",
                                                     "startsWith", "endsWith", "contains",  "int",     "double",
                                                     "string",     "bool",     "timestamp", "duration"};
    const bool macro = call.has_target && std::find(macros.begin(), macros.end(), call.text) != macros.end();
    std::string name = call.text;
    if (call.has_target && call.parts[0].is == form::name) {
      constexpr std::array<std::string_view, 8> spaces{"cel",    "optional", "math",  "strings",
                                                       "base64", "sets",     "lists", "proto"};
      const auto& space = call.parts[0].text;
      name = std::find(spaces.begin(), spaces.end(), space) != spaces.end() ? space + "." + name : name;
    }
    out_->outside((macro ? "macro `" : "function `") + name + "`", call.mark, nearest(name, known));
    return poisoned(call.at);
  }

private:
  static std::optional<opcode> search(std::string_view name) noexcept {
    return name == "startsWith" ? std::optional(opcode::starts_with)
           : name == "endsWith" ? std::optional(opcode::ends_with)
           : name == "contains" ? std::optional(opcode::contains)
                                : std::nullopt;
  }

  static const conversion_rule* converts(std::string_view name) noexcept {
    const auto* found =
        std::find_if(conversions.begin(), conversions.end(), [&](const conversion_rule& r) { return r.name == name; });
    return found == conversions.end() ? nullptr : found;
  }

  static std::string form_of(const std::string& name, bool is_method) {
    return is_method ? "text." + name + "(text)" : name + "(one value)";
  }

  term refuse(const syntax& call, std::string message) {
    out_->fault("type-mismatch", std::move(message), call.mark);
    return poisoned(call.at);
  }

  term searching(const syntax& call, opcode op, std::vector<term> arguments) {
    for (const auto& argument : arguments) {
      if (!argument.of.is(type_kind::string)) {
        return refuse(call, "`" + call.text + "` takes texts, not " + to_string(argument.of));
      }
    }
    return make_term(op, type::boolean(), call.at, std::move(arguments[0]), std::move(arguments[1]));
  }

  term sizing(const syntax& call, term of) {
    if (!of.of.is(type_kind::string) && !of.of.is(type_kind::list)) {
      return refuse(call, "`size` takes a string or a list, not " + to_string(of.of));
    }
    return make_term(opcode::size, type::integer(), call.at, std::move(of));
  }

  term converting(const syntax& call, const conversion_rule& rule, term of) {
    if (std::find(rule.takes.begin(), rule.takes.end(), of.of.kind()) == rule.takes.end()) {
      return refuse(call, "`" + call.text + "` does not take " + to_string(of.of));
    }
    const bool moment = rule.result == type_kind::timestamp || rule.result == type_kind::duration;
    const auto* text = moment && of.op == opcode::constant ? of.content.get_if<std::string>() : nullptr;
    if (text != nullptr && !reads(rule.result, *text)) {
      out_->fault("bad-literal",
                  rule.result == type_kind::timestamp
                      ? "timestamp of RFC 3339 to the microsecond required, such as \"2026-03-29T01:30:00Z\""
                      : "duration to the microsecond below 292 years required, such as \"1h30m\"",
                  of.at.from);
      return poisoned(call.at);
    }
    return make_term(rule.op, scalar(rule.result), call.at, std::move(of));
  }

  static bool reads(type_kind kind, std::string_view text) noexcept {
    return kind == type_kind::timestamp ? read_timestamp(text).has_value() : read_duration(text).has_value();
  }

  report* out_;
};

} // namespace plaint::detail
