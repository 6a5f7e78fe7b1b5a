// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/detail/term.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace plaint::detail {

[[nodiscard]] inline value constant_value(const term& t) {
  if (t.op == opcode::constant) {
    return t.content;
  }
  value::list items;
  for (const auto& part : t.parts) {
    items.push_back(constant_value(part));
  }
  return items;
}

[[nodiscard]] constexpr relation mirrored(relation r) noexcept {
  switch (r) {
  case relation::less:
    return relation::greater;
  case relation::at_most:
    return relation::at_least;
  case relation::greater:
    return relation::less;
  case relation::at_least:
    return relation::at_most;
  default:
    return r;
  }
}

/// The term as one test of an attribute against a constant, where it is no more than that.
[[nodiscard]] inline std::optional<comparison> as_test(const term& t) {
  const auto attribute = [](const term& part) { return part.op == opcode::attribute; };
  if (t.op == opcode::attribute && t.of.is(type_kind::boolean)) {
    return comparison{t.b, relation::equal, tag::boolean, 1};
  }
  if (t.op == opcode::is_set && attribute(t.parts[0])) {
    return comparison{t.parts[0].b, relation::present, static_cast<tag>(t.parts[0].a), 0};
  }
  if (t.op == opcode::logical_not) {
    auto inner = as_test(t.parts[0]);
    const bool simple = inner && (t.parts[0].op == opcode::attribute || t.parts[0].op == opcode::is_set);
    if (simple && inner->test == relation::equal) {
      inner->bits = 0;
    } else if (simple) {
      inner->test = relation::missing;
    }
    return simple ? inner : std::nullopt;
  }
  if (t.op == opcode::in_set && attribute(t.parts[0]) && t.mask.size() == 1) {
    return comparison{t.parts[0].b, relation::one_of, tag::member, static_cast<std::int64_t>(t.mask[0])};
  }
  if (t.op != opcode::compare) {
    return std::nullopt;
  }
  const bool turned = attribute(t.parts[1]);
  const term& subject = t.parts[turned ? 1 : 0];
  const term& other = t.parts[turned ? 0 : 1];
  if (!attribute(subject) || other.op != opcode::constant || other.broken != fault::none || subject.of != other.of ||
      subject.of.is(type_kind::string) || subject.of.is(type_kind::list)) {
    return std::nullopt;
  }
  const auto test = static_cast<relation>(t.a);
  const operand bits = view_of(other.content);
  return comparison{subject.b, turned ? mirrored(test) : test, tag_of(subject.of),
                    bits.kind == tag::real ? std::bit_cast<std::int64_t>(bits.real) : bits.whole};
}

/// Lays a tree of terms out as a flat program, and counts the operands that are under way at once.
class generator {
public:
  explicit generator(code& out) noexcept : out_(&out) {}

  void emit(const term& t) {
    if (is_constant(t)) {
      emit_constant(t);
    } else if (const auto test = as_test(t)) {
      out_->tests.push_back(*test);
      put({opcode::test, 0, 0, index(out_->tests.size() - 1)}, 1);
    } else if (t.op == opcode::both || t.op == opcode::either) {
      emit_chain(t, [this](const term& part) { emit(part); });
    } else if (t.op == opcode::branch_if_no) {
      emit_choice(t, [this](const term& part) { emit(part); });
    } else {
      for (const auto& part : t.parts) {
        emit(part);
      }
      emit_operation(t);
    }
  }

  /// As `emit`, and keeps the logical skeleton: where each atom's instructions begin and end.
  [[nodiscard]] skeleton emit_logic(const term& t) {
    skeleton node;
    node.source = t.at;
    node.begin = index(out_->instructions.size());
    const auto inner = [&](const term& part) { node.parts.push_back(emit_logic(part)); };
    if (t.of.is(type_kind::boolean) && (t.op == opcode::both || t.op == opcode::either)) {
      node.is = t.op == opcode::both ? skeleton::kind::all_of : skeleton::kind::any_of;
      emit_chain(t, inner);
    } else if (t.of.is(type_kind::boolean) && t.op == opcode::branch_if_no) {
      node.is = skeleton::kind::choice;
      emit_choice(t, inner);
    } else if (t.op == opcode::logical_not) {
      node.is = skeleton::kind::negated;
      inner(t.parts[0]);
      emit_operation(t);
    } else {
      emit(t);
      collect(t, node.readings);
    }
    node.end = index(out_->instructions.size());
    return node;
  }

  /// Call last: constants become views into the finished pool.
  void finish() {
    for (std::size_t i = 0; i < out_->pool.size(); ++i) {
      out_->constants.push_back(faults_[i] == fault::none ? view_of(out_->pool[i]) : error_operand(faults_[i]));
    }
  }

private:
  static std::uint32_t index(std::size_t place) noexcept { return static_cast<std::uint32_t>(place); }

  void put(instruction i, int change) {
    out_->instructions.push_back(i);
    depth_ += change;
    out_->stack = std::max(out_->stack, static_cast<std::size_t>(std::max(depth_, 0)));
  }

  std::size_t put_jump(opcode op, int change = 0) {
    put({op, 0, 0, 0}, change);
    return out_->instructions.size() - 1;
  }

  void land(std::size_t jump) { out_->instructions[jump].c = index(out_->instructions.size()); }

  void emit_constant(const term& t) {
    out_->pool.push_back(constant_value(t));
    faults_.push_back(t.broken);
    put({opcode::constant, 0, 0, index(out_->pool.size() - 1)}, 1);
  }

  template <class Emit>
  void emit_chain(const term& t, Emit part) {
    std::vector<std::size_t> jumps;
    part(t.parts[0]);
    for (std::size_t i = 1; i < t.parts.size(); ++i) {
      jumps.push_back(put_jump(t.op == opcode::both ? opcode::skip_if_no : opcode::skip_if_yes));
      part(t.parts[i]);
      put({t.op, 0, 0, 0}, -1);
    }
    for (const auto jump : jumps) {
      land(jump);
    }
  }

  template <class Emit>
  void emit_choice(const term& t, Emit part) {
    part(t.parts[0]);
    const auto unknown = put_jump(opcode::skip_if_unknown);
    const auto otherwise = put_jump(opcode::branch_if_no, -1);
    part(t.parts[1]);
    const auto done = put_jump(opcode::jump, -1);
    land(otherwise);
    part(t.parts[2]);
    land(unknown);
    land(done);
  }

  void emit_operation(const term& t) {
    const int parts = static_cast<int>(t.parts.size());
    instruction i{t.op, t.a, t.b, 0};
    switch (t.op) {
    case opcode::in_set:
      i.b = static_cast<std::uint16_t>(t.mask.size());
      i.c = index(out_->masks.size());
      out_->masks.insert(out_->masks.end(), t.mask.begin(), t.mask.end());
      break;
    case opcode::name_of:
      i.c = index(out_->enumerations.size());
      out_->enumerations.push_back(t.parts[0].of);
      break;
    case opcode::make_list:
      i.c = index(t.parts.size());
      break;
    default:
      break;
    }
    const bool joins = t.op == opcode::add && (t.of.is(type_kind::string) || t.of.is(type_kind::list));
    out_->makes = out_->makes || joins || t.op == opcode::make_list || t.op == opcode::to_text;
    put(i, 1 - parts);
  }

  static void collect(const term& t, std::vector<reading>& out) {
    if (is_load(t.op)) {
      const bool known = std::any_of(out.begin(), out.end(), [&](const reading& r) { return r.name == t.name; });
      if (!known) {
        out.push_back({t.op, t.a, t.b, t.name, t.of});
      }
    }
    for (const auto& part : t.parts) {
      collect(part, out);
    }
  }

  code* out_;
  std::vector<fault> faults_{};
  int depth_ = 0;
};

} // namespace plaint::detail
