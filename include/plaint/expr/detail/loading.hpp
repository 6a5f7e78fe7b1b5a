// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/detail/operand.hpp>
#include <plaint/expr/scope.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace plaint::detail {

/// What follows `clock("x").`, in the order of their numbers in instructions, with their types.
struct member_field {
  std::string_view name;
  tag kind;
};
inline constexpr std::array<member_field, 7> clock_fields{{{"running", tag::boolean},
                                                           {"paused", tag::boolean},
                                                           {"breached", tag::boolean},
                                                           {"done", tag::boolean},
                                                           {"elapsed", tag::duration},
                                                           {"remaining", tag::duration},
                                                           {"due", tag::timestamp}}};
inline constexpr std::array<member_field, 4> ladder_fields{
    {{"active", tag::boolean}, {"acknowledged", tag::boolean}, {"level", tag::integer}, {"high_water", tag::integer}}};
inline constexpr std::array<std::string_view, 3> actor_fields{"id", "role", "class"};
inline constexpr std::array<std::string_view, 4> actor_classes{"customer", "agent", "supplier", "system"};

/// A declared value: absent if it is missing, an error if it is not what was declared.
[[nodiscard]] inline operand load_value(std::span<const value> values, const instruction& i) noexcept {
  if (i.b >= values.size()) {
    return absent_operand();
  }
  const operand found = view_of(values[i.b]);
  return found.kind == tag::absent || found.kind == static_cast<tag>(i.a) ? found : error_operand(fault::wrong_type);
}

[[nodiscard]] inline operand load_actor(const actor_view& actor, std::uint8_t field) noexcept {
  if (field == 2) {
    return actor.side == actor_class::none ? absent_operand()
                                           : whole_operand(tag::member, static_cast<std::int64_t>(actor.side));
  }
  const auto text = field == 0 ? actor.id : actor.role;
  return text.empty() ? absent_operand() : text_operand(text);
}

[[nodiscard]] inline operand load_clock(const clock_reading& clock, std::uint8_t field) noexcept {
  const auto span = [](const std::optional<duration>& d) {
    return d ? whole_operand(tag::duration, d->count()) : absent_operand();
  };
  switch (field) {
  case 0:
    return boolean_operand(clock.running);
  case 1:
    return boolean_operand(clock.paused);
  case 2:
    return boolean_operand(clock.breached);
  case 3:
    return boolean_operand(clock.done);
  case 4:
    return span(clock.elapsed);
  case 5:
    return span(clock.remaining);
  default:
    return clock.due ? whole_operand(tag::timestamp, clock.due->time_since_epoch().count()) : absent_operand();
  }
}

[[nodiscard]] inline operand load_ladder(const ladder_reading& ladder, std::uint8_t field) noexcept {
  switch (field) {
  case 0:
    return boolean_operand(ladder.active);
  case 1:
    return boolean_operand(ladder.acknowledged);
  case 2:
    return whole_operand(tag::integer, ladder.level);
  default:
    return whole_operand(tag::integer, ladder.high_water);
  }
}

/// What an instruction that reads the scope reads.
[[nodiscard]] inline operand load(const instruction& i, const scope& seen) noexcept {
  switch (i.op) {
  case opcode::attribute:
    return load_value(seen.attributes, i);
  case opcode::event_field:
    return load_value(seen.event, i);
  case opcode::actor:
    return load_actor(seen.actor, i.a);
  case opcode::event_name:
    return seen.event_name.empty() ? absent_operand() : text_operand(seen.event_name);
  case opcode::now:
    return seen.at ? whole_operand(tag::timestamp, seen.at->time_since_epoch().count()) : absent_operand();
  case opcode::in_state:
    return boolean_operand(seen.in_state(i.b));
  case opcode::clock:
    return load_clock(seen.clocks(i.b), i.a);
  default:
    return load_ladder(seen.ladders(i.b), i.a);
  }
}

} // namespace plaint::detail
