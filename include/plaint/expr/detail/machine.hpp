// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/arithmetic.hpp>
#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/detail/conversion.hpp>
#include <plaint/expr/detail/fitting.hpp>
#include <plaint/expr/detail/loading.hpp>
#include <plaint/expr/detail/operand.hpp>
#include <plaint/expr/detail/test_run.hpp>
#include <plaint/expr/detail/workspace.hpp>
#include <plaint/expr/scope.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

namespace plaint::detail {

/// The answer of && (`dominant` no) or || (`dominant` yes) from both sides: the dominant side absorbs everything, then
/// unknown comes before error, and the first error before the second.
[[nodiscard]] inline operand absorbed(const operand& a, const operand& b, bool dominant) noexcept {
  const auto dominates = [&](const operand& o) { return o.kind == tag::boolean && (o.whole != 0) == dominant; };
  if (dominates(a) || dominates(b)) {
    return boolean_operand(dominant);
  }
  if (a.kind == tag::absent || b.kind == tag::absent) {
    return absent_operand();
  }
  return a.kind == tag::error ? a : b;
}

/// Runs a stretch of a program. No loops in the language: every instruction runs at most once.
class machine {
public:
  machine(const code& program, const scope& seen, workspace space) noexcept
      : code_(&program), scope_(&seen), space_(space) {}

  [[nodiscard]] operand run(std::size_t begin, std::size_t end) noexcept {
    top_ = space_.stack;
    for (std::size_t at = begin; at < end;) {
      const instruction i = code_->instructions[at++];
      switch (i.op) {
      case opcode::constant:
        push(code_->constants[i.c]);
        break;
      case opcode::test:
        push(tested(code_->tests[i.c]));
        break;
      case opcode::skip_if_no:
        at = is(false) ? i.c : at;
        break;
      case opcode::skip_if_yes:
        at = is(true) ? i.c : at;
        break;
      case opcode::skip_if_unknown:
        at = top_[-1].is_known() ? at : i.c;
        break;
      case opcode::branch_if_no:
        at = pop().whole == 0 ? i.c : at;
        break;
      case opcode::jump:
        at = i.c;
        break;
      case opcode::both:
        merge(false);
        break;
      case opcode::either:
        merge(true);
        break;
      default:
        other(i);
      }
    }
    return top_[-1];
  }

private:
  void push(const operand& o) noexcept { *top_++ = o; }
  operand pop() noexcept { return *--top_; }
  [[nodiscard]] bool is(bool b) const noexcept { return top_[-1].kind == tag::boolean && (top_[-1].whole != 0) == b; }

  void merge(bool dominant) noexcept {
    const operand b = pop();
    top_[-1] = absorbed(top_[-1], b, dominant);
  }

  [[nodiscard]] operand tested(const comparison& c) const noexcept {
    switch (run_test(c, scope_->attributes)) {
    case truth::no:
      return boolean_operand(false);
    case truth::yes:
      return boolean_operand(true);
    case truth::unknown:
      return absent_operand();
    case truth::error:
      break;
    }
    return error_operand(fault::wrong_type);
  }

  void other(const instruction& i) noexcept {
    if (i.op <= opcode::ladder) {
      push(load(i, *scope_));
    } else if (i.op == opcode::is_set) {
      if (top_[-1].kind != tag::error) {
        top_[-1] = boolean_operand(top_[-1].is_known());
      }
    } else if (i.op == opcode::make_list) {
      make_list(i.c);
    } else if (is_unary(i.op)) {
      if (top_[-1].is_known()) {
        top_[-1] = unary(i, top_[-1]);
      }
    } else {
      const operand b = pop();
      top_[-1] = strict(top_[-1], b) ? binary(i, top_[-1], b) : worse(top_[-1], b);
    }
  }

  [[nodiscard]] static bool strict(const operand& a, const operand& b) noexcept { return a.is_known() && b.is_known(); }

  /// What an operation gives that lacks an operand: unknown before error.
  [[nodiscard]] static operand worse(const operand& a, const operand& b) noexcept {
    return a.kind == tag::absent || b.kind == tag::absent ? absent_operand() : a.kind == tag::error ? a : b;
  }

  [[nodiscard]] static bool is_unary(opcode op) noexcept {
    switch (op) {
    case opcode::logical_not:
    case opcode::negate:
    case opcode::in_set:
    case opcode::size:
    case opcode::name_of:
    case opcode::to_integer:
    case opcode::to_real:
    case opcode::to_text:
    case opcode::to_boolean:
    case opcode::to_timestamp:
    case opcode::to_duration:
      return true;
    default:
      return false;
    }
  }

  [[nodiscard]] operand unary(const instruction& i, const operand& a) noexcept {
    switch (i.op) {
    case opcode::logical_not:
      return boolean_operand(a.whole == 0);
    case opcode::negate:
      return negated(a);
    case opcode::in_set:
      return in_set(i, a);
    case opcode::size:
      return whole_operand(tag::integer, static_cast<std::int64_t>(a.is_list() ? a.count : code_points(a.view())));
    case opcode::name_of: {
      const auto& names = code_->enumerations[i.c].names();
      const auto place = static_cast<std::size_t>(a.whole);
      return place < names.size() ? text_operand(names[place]) : error_operand(fault::wrong_type);
    }
    case opcode::to_integer:
      return to_integer(a);
    case opcode::to_real:
      return to_real(a);
    case opcode::to_text:
      return to_text(a, space_);
    case opcode::to_boolean:
      return to_boolean(a);
    case opcode::to_timestamp:
      return to_timestamp(a);
    default:
      return to_duration(a);
    }
  }

  [[nodiscard]] operand binary(const instruction& i, const operand& a, const operand& b) noexcept {
    switch (i.op) {
    case opcode::compare:
      return compare(static_cast<relation>(i.a), a, b);
    case opcode::in_list:
      return in_list(a, b);
    case opcode::item:
      return b.whole >= 0 && b.whole < std::int64_t{a.count} ? item(a, static_cast<std::size_t>(b.whole), i.a)
                                                             : error_operand(fault::no_such_item);
    case opcode::starts_with:
      return boolean_operand(a.view().starts_with(b.view()));
    case opcode::ends_with:
      return boolean_operand(a.view().ends_with(b.view()));
    case opcode::contains:
      return boolean_operand(a.view().find(b.view()) != std::string_view::npos);
    default:
      break;
    }
    if (a.kind == tag::integer) {
      return calculate_integers(i.op, a.whole, b.whole);
    }
    if (a.kind == tag::real) {
      return calculate_reals(i.op, a.real, b.real);
    }
    if (a.kind == tag::text) {
      return space_.joined(a.view(), b.view());
    }
    return a.is_list() ? joined(a, b) : calculate_moments(i.op, a, b);
  }

  [[nodiscard]] operand in_set(const instruction& i, const operand& a) const noexcept {
    const auto word = static_cast<std::size_t>(a.whole) / 64;
    return boolean_operand(word < i.b &&
                           ((code_->masks[i.c + word] >> (static_cast<std::size_t>(a.whole) % 64)) & 1U) != 0);
  }

  /// Lists come from outside: an item may be absent or of another type than declared.
  [[nodiscard]] static operand item(const operand& list, std::size_t place, std::uint8_t expected) noexcept {
    const operand found = item_of(list, place);
    const auto kind = static_cast<tag>(expected);
    const bool fits = found.kind == kind || found.kind == tag::absent || (found.is_list() && kind == tag::values);
    return fits ? found : error_operand(fault::wrong_type);
  }

  [[nodiscard]] static operand in_list(const operand& a, const operand& list) noexcept {
    for (std::size_t k = 0; k < list.count; ++k) {
      if (equal(a, item_of(list, k))) {
        return boolean_operand(true);
      }
    }
    return boolean_operand(false);
  }

  [[nodiscard]] operand joined(const operand& a, const operand& b) noexcept {
    operand* const items = space_.take_items(std::size_t{a.count} + b.count);
    if (items == nullptr) {
      return error_operand(fault::too_long);
    }
    for (std::size_t k = 0; k < a.count; ++k) {
      items[k] = item_of(a, k);
    }
    for (std::size_t k = 0; k < b.count; ++k) {
      items[a.count + k] = item_of(b, k);
    }
    return list_operand(items, std::size_t{a.count} + b.count);
  }

  void make_list(std::size_t count) noexcept {
    top_ -= count;
    operand result = list_operand(nullptr, 0);
    for (std::size_t k = 0; k < count; ++k) {
      result = strict(result, top_[k]) ? result : worse(result, top_[k]);
    }
    if (result.is_known()) {
      operand* const items = space_.take_items(count);
      result = items == nullptr ? error_operand(fault::too_long) : list_operand(items, count);
      if (items != nullptr) {
        std::copy(top_, top_ + count, items);
      }
    }
    push(result);
  }

  const code* code_;
  const scope* scope_;
  workspace space_;
  operand* top_ = nullptr;
};

/// Runs a whole program or a part of it and hands the result to `use` while what it points to is still there.
template <class Memory, class Use>
auto run_in(const code& program, const scope& seen, std::size_t begin, std::size_t end, Use use) {
  Memory memory; // deliberately uninitialised: it is written before it is read
  return use(machine(program, seen, memory.view()).run(begin, end));
}

template <class Use>
auto run(const code& program, const scope& seen, std::size_t begin, std::size_t end, Use use) {
  if (program.makes || program.stack > std::tuple_size_v<decltype(small_memory::stack)>) {
    return run_in<full_memory>(program, seen, begin, end, use);
  }
  return run_in<small_memory>(program, seen, begin, end, use);
}

} // namespace plaint::detail
