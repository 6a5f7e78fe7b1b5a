// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/generator.hpp>
#include <plaint/expr/detail/machine.hpp>
#include <plaint/expr/detail/report.hpp>
#include <plaint/expr/detail/term.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace plaint::detail {

/// Runs an operation whose parts are all constant, on the machine itself, so that folding cannot mean anything else
/// than evaluating does.
inline void run_constant(term& t) {
  code once;
  generator into(once);
  into.emit(t);
  into.finish();
  if (once.stack > expression_limits::stack) {
    return; // a list literal beyond the stack stays as it is
  }
  t = run(once, scope{}, 0, once.instructions.size(), [&](const operand& result) {
    term folded = constant_term(to_value(result), t.of, t.at);
    folded.broken = result.kind == tag::error ? result.why : fault::none;
    return folded;
  });
}

/// && and || of which some parts are constant: a dominant part decides, a neutral one drops out.
inline void fold_chain(term& t) {
  const bool dominant = t.op == opcode::either;
  const auto is = [](const term& part, bool b) {
    return part.op == opcode::constant && part.broken == fault::none && part.content == value(b);
  };
  if (std::any_of(t.parts.begin(), t.parts.end(), [&](const term& part) { return is(part, dominant); })) {
    t = constant_term(dominant, type::boolean(), t.at);
    return;
  }
  t.parts.erase(std::remove_if(t.parts.begin(), t.parts.end(), [&](const term& part) { return is(part, !dominant); }),
                t.parts.end());
  if (t.parts.empty()) {
    t = constant_term(!dominant, type::boolean(), t.at);
  } else if (t.parts.size() == 1) {
    term only = std::move(t.parts[0]);
    t = std::move(only);
  }
}

/// Replaces what does not depend on the scope by its value. An operation that can only fail is noted, not refused: it
/// may stand where it is never needed.
inline void fold(term& t, report& out) {
  if (is_load(t.op) || t.op == opcode::constant || t.op == opcode::make_list || t.parts.empty() || is_poisoned(t)) {
    return;
  }
  const auto poison = [](const term& part) { return is_poisoned(part); };
  if (std::any_of(t.parts.begin(), t.parts.end(), poison)) {
    return;
  }
  if (std::all_of(t.parts.begin(), t.parts.end(), is_constant)) {
    const auto broken = [](const term& part) { return part.broken != fault::none; };
    const bool inherited = std::any_of(t.parts.begin(), t.parts.end(), broken);
    run_constant(t);
    if (t.broken != fault::none && !inherited) {
      out.fault("always-fails", "this part can only fail: " + std::string(to_string(t.broken)), t.at.from, {},
                severity::warning);
    }
  } else if (t.op == opcode::both || t.op == opcode::either) {
    fold_chain(t);
  } else if (t.op == opcode::branch_if_no && t.parts[0].op == opcode::constant) {
    const bool broken = t.parts[0].broken != fault::none;
    term chosen = std::move(t.parts[broken || t.parts[0].content == value(true) ? (broken ? 0 : 1) : 2]);
    chosen.of = broken ? t.of : chosen.of;
    t = std::move(chosen);
  }
}

} // namespace plaint::detail
