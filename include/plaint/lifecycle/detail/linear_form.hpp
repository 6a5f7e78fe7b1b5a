// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/detail/interval.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

namespace plaint::detail {

/// An assignment as numbers: `slot` becomes (attribute `source` or 0, as `keep` says) + `add` where attribute `asked`
/// lies in `when`, else the same with the other two numbers; refused outside of `range`. One cache line.
struct alignas(64) linear_form {
  std::int64_t add = 0;
  std::int64_t else_add = 0;
  interval when{};
  interval range{};
  std::uint64_t needs = 0; ///< attributes that must be set
  std::uint8_t slot = 0;
  std::uint8_t source = 0;
  std::uint8_t asked = 0;
  std::int8_t keep = 0; ///< 0 or -1
  std::int8_t else_keep = 0;
  bool unset = false;
};
static_assert(sizeof(linear_form) == 64);

/// Slots of a table are below 64.
[[nodiscard]] constexpr std::uint8_t place_of_slot(std::uint16_t slot) noexcept {
  return static_cast<std::uint8_t>(slot & 63U);
}

/// One side of it: an attribute, a constant, or their sum.
struct linear_side {
  std::int8_t keep = 0;
  std::int64_t add = 0;
  std::uint16_t source = no_id;
};

[[nodiscard]] inline bool is_whole(tag kind) noexcept {
  return kind == tag::boolean || kind == tag::integer || kind == tag::member || kind == tag::timestamp ||
         kind == tag::duration;
}

[[nodiscard]] inline std::optional<linear_side> read_side(const code& in, std::span<const instruction> part) {
  const auto attribute = [&](const instruction& i) {
    return i.op == opcode::attribute && is_whole(static_cast<tag>(i.a));
  };
  const auto constant = [&](const instruction& i) {
    return i.op == opcode::constant && is_whole(in.constants[i.c].kind);
  };
  const auto value = [&](const instruction& i) { return in.constants[i.c].whole; };
  if (part.size() == 1 && attribute(part[0])) {
    return linear_side{-1, 0, part[0].b};
  }
  if (part.size() == 1 && constant(part[0])) {
    return linear_side{0, value(part[0]), no_id};
  }
  if (part.size() != 3) {
    return std::nullopt;
  }
  const bool whole = static_cast<tag>(attribute(part[0]) ? part[0].a : part[1].a) == tag::integer;
  if (attribute(part[0]) && constant(part[1]) && whole) {
    if (part[2].op == opcode::add) {
      return linear_side{-1, value(part[1]), part[0].b};
    }
    if (part[2].op == opcode::subtract && value(part[1]) != std::numeric_limits<std::int64_t>::min()) {
      return linear_side{-1, -value(part[1]), part[0].b};
    }
  }
  if (constant(part[0]) && attribute(part[1]) && whole && part[2].op == opcode::add) {
    return linear_side{-1, value(part[0]), part[1].b};
  }
  return std::nullopt;
}

/// `(a + c) % m` where a lies in [0, m): one turn of a wheel.
[[nodiscard]] inline bool read_wheel(const chart& in, const code& p, linear_form& into) {
  const std::span<const instruction> all(p.instructions);
  if (all.size() != 5 || all[4].op != opcode::remainder || all[3].op != opcode::constant) {
    return false;
  }
  const auto side = read_side(p, all.first(3));
  const auto& by = p.constants[all[3].c];
  if (!side || side->source == no_id || by.kind != tag::integer || by.whole <= 0 || side->add < 0 ||
      side->add > by.whole) {
    return false;
  }
  const auto& a = in.names.attributes[side->source];
  const auto* least = a.least ? a.least->get_if<std::int64_t>() : nullptr;
  const auto* most = a.most ? a.most->get_if<std::int64_t>() : nullptr;
  if (least == nullptr || most == nullptr || *least < 0 || *most >= by.whole) {
    return false;
  }
  into.keep = into.else_keep = -1;
  into.add = side->add;
  into.else_add = side->add - by.whole;
  into.source = into.asked = place_of_slot(side->source);
  into.when = {std::numeric_limits<std::int64_t>::min(), by.whole - 1 - side->add};
  return true;
}

/// `a < c ? x : y` with two sides.
[[nodiscard]] inline bool read_fork(const code& p, linear_form& into) {
  const std::span<const instruction> all(p.instructions);
  if (all.size() < 6 || all[0].op != opcode::test || all[1].op != opcode::skip_if_unknown ||
      all[2].op != opcode::branch_if_no) {
    return false;
  }
  const std::size_t other = all[2].c;
  if (other < 5 || other >= all.size() || all[other - 1].op != opcode::jump) {
    return false;
  }
  const auto yes = read_side(p, all.subspan(3, other - 4));
  const auto no = read_side(p, all.subspan(other));
  const auto& test = p.tests[all[0].c];
  const auto when = interval_of(test);
  const bool one_source = yes && no && (yes->source == no->source || yes->source == no_id || no->source == no_id);
  if (!one_source || !when) {
    return false;
  }
  into.keep = yes->keep;
  into.add = yes->add;
  into.else_keep = no->keep;
  into.else_add = no->add;
  into.asked = place_of_slot(test.slot);
  into.source = yes->source != no_id  ? place_of_slot(yes->source)
                : no->source != no_id ? place_of_slot(no->source)
                                      : into.asked;
  into.when = *when;
  return true;
}

/// The declared range of an attribute of whole numbers.
[[nodiscard]] inline interval range_of(const attribute& a) noexcept {
  interval all;
  if (a.type.is(type_kind::integer)) {
    all.least = a.least && a.least->get_if<std::int64_t>() ? *a.least->get_if<std::int64_t>() : all.least;
    all.most = a.most && a.most->get_if<std::int64_t>() ? *a.most->get_if<std::int64_t>() : all.most;
  }
  return all;
}

/// The assignment as numbers, where it has that form.
[[nodiscard]] inline std::optional<linear_form> linear_form_of(const chart& in, const deed& d) {
  linear_form f;
  f.slot = place_of_slot(d.subject);
  const auto& a = in.names.attributes[d.subject];
  const bool bounded_time = (a.type.is(type_kind::timestamp) || a.type.is(type_kind::duration)) && (a.least || a.most);
  if (d.argument == no_program) {
    f.unset = true;
    return f;
  }
  if (bounded_time) {
    return std::nullopt;
  }
  f.range = range_of(a);
  const auto& program = in.programs[d.argument];
  const auto& p = program.code();
  const auto bit = [](std::uint8_t slot) { return std::uint64_t{1} << slot; };
  if (const auto constant = program.constant()) {
    const auto v = view_of(*constant);
    if (!is_whole(v.kind)) {
      return std::nullopt;
    }
    f.add = f.else_add = v.whole;
    return f;
  }
  if (const auto side = read_side(p, p.instructions)) {
    f.keep = f.else_keep = side->keep;
    f.add = f.else_add = side->add;
    f.source = f.asked = place_of_slot(side->source);
    f.needs = bit(f.source);
    return f;
  }
  if (!read_wheel(in, p, f) && !read_fork(p, f)) {
    return std::nullopt;
  }
  f.needs = bit(f.source) | bit(f.asked);
  return f;
}

} // namespace plaint::detail
