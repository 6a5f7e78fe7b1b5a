// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/expr/detail/checker.hpp>
#include <plaint/expr/detail/generator.hpp>
#include <plaint/expr/detail/parser.hpp>
#include <plaint/expr/detail/report.hpp>
#include <plaint/expr/limits.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/expr/type.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

namespace detail {

inline void insert_sorted(std::vector<std::uint16_t>& into, std::uint16_t place) {
  const auto at = std::lower_bound(into.begin(), into.end(), place);
  if (at == into.end() || *at != place) {
    into.insert(at, place);
  }
}

/// What a program reads, for those who want to know when to ask again.
inline void note_reads(const term& t, code& out) {
  if (t.op == opcode::attribute) {
    insert_sorted(out.reads, t.b);
  } else if (is_load(t.op)) {
    out.attributes_only = false;
    if (t.op == opcode::in_state) {
      insert_sorted(out.states, t.b);
    }
  }
  for (const auto& part : t.parts) {
    note_reads(part, out);
  }
}

/// The tests that must all be yes, if the guard is nothing but them.
inline void note_comparisons(const term& t, code& out) {
  const auto add = [&](const term& part) {
    const auto test = as_test(part);
    if (test) {
      out.comparisons.push_back(*test);
    }
    return test.has_value();
  };
  const bool simple = t.op == opcode::both ? std::all_of(t.parts.begin(), t.parts.end(), add) : add(t);
  if (!simple) {
    out.comparisons.clear();
  }
}

[[nodiscard]] inline std::shared_ptr<code> generate(const term& t, std::string_view text) {
  auto out = std::make_shared<code>();
  out->text = std::string(text);
  out->result = t.of;
  if (is_constant(t)) {
    out->constant = constant_value(t);
  }
  generator into(*out);
  out->shape = into.emit_logic(t);
  into.finish();
  note_reads(t, *out);
  if (t.of.is(type_kind::boolean)) {
    note_comparisons(t, *out);
  }
  return out;
}

/// What can be said before anything is read.
[[nodiscard]] inline bool may_be_read(const schema& sees, report& out) {
  const auto text = out.text();
  if (text.size() > expression_limits::text) {
    out.fault("limit", "at most " + std::to_string(expression_limits::text) + " bytes of text are allowed", 0);
  } else if (const auto bad = first_bad_utf8(text); bad != std::string_view::npos) {
    out.fault("syntax", "text in UTF-8 required", bad);
  }
  for (const auto count : {sees.attributes.size(), sees.event_fields.size(), sees.states.size(), sees.clocks.size(),
                           sees.ladders.size()}) {
    if (count > 65536) {
      out.fault("limit", "at most 65536 declarations of a kind are allowed", 0);
    }
  }
  return !out.failed();
}

} // namespace detail

/// As `compile`, for loaders: appends the findings and gives nothing where one of them is an error.
[[nodiscard]] inline std::optional<program> try_compile(std::string_view text, const schema& sees, const type& expected,
                                                        findings& out) {
  findings mine;
  detail::report report(text, mine);
  std::shared_ptr<detail::code> code;
  if (detail::may_be_read(sees, report)) {
    const auto written = detail::parser(report).read();
    if (!report.failed()) {
      const auto meant = detail::checker(sees, report).check(written, expected);
      if (!report.failed() && meant.broken != fault::none) {
        report.fault("always-fails", "an expression that can succeed required: " + std::string(to_string(meant.broken)),
                     0);
      }
      if (!report.failed()) {
        code = detail::generate(meant, text);
      }
      if (code && code->stack > expression_limits::stack) {
        report.fault("limit",
                     "at most " + std::to_string(expression_limits::stack) + " values can be under way at once", 0);
      }
    }
  }
  out.insert(out.end(), mine.begin(), mine.end());
  if (has_error(mine)) {
    return std::nullopt;
  }
  code->notes = std::move(mine);
  return program(std::move(code));
}

/// Compiles an expression of plaint's subset of CEL (docs/expressions.md) whose value is of the type expected;
/// `type::any()` takes any. An enumeration is expected by its type and written as the text of a member.
///
/// Throws `policy_error` with every finding; line and column are places in the text, 1-based, in code points.
[[nodiscard]] inline program compile(std::string_view text, const schema& sees,
                                     const type& expected = type::boolean()) {
  findings all;
  auto done = try_compile(text, sees, expected, all);
  if (!done) {
    throw policy_error(std::move(all));
  }
  return std::move(*done);
}

} // namespace plaint
