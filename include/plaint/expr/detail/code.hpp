// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/expr/detail/operand.hpp>
#include <plaint/expr/type.hpp>
#include <plaint/expr/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plaint::detail {

enum class relation : unsigned char { equal, unequal, less, at_most, greater, at_least, one_of, present, missing };

/// One test of an attribute against a constant.
struct comparison {
  std::uint16_t slot = 0;
  relation test = relation::equal;
  tag kind = tag::boolean; ///< what the attribute must hold; irrelevant to `present` and `missing`
  std::int64_t bits = 0;   ///< the constant: an int, a member, 0 or 1, microseconds, or the bits of a double;
                           ///< for `one_of` bit m is set if member m (below 64) belongs to the set
};

enum class opcode : unsigned char {
  constant,    // c: place in constants
  test,        // c: place in tests
  attribute,   // b: slot, a: tag it must have (values for lists)
  event_field, // b: field, a: tag
  actor,       // a: 0 id, 1 role, 2 class
  event_name,
  now,
  in_state, // b: state
  clock,    // b: clock, a: clock_field
  ladder,   // b: ladder, a: ladder_field
  is_set,
  logical_not,
  skip_if_no,  // c: target; the operand stays
  skip_if_yes, // c: target; the operand stays
  both,
  either,
  skip_if_unknown, // c: target; the operand stays, absent or error
  branch_if_no,    // c: target; the operand goes
  jump,            // c: target
  negate,
  add,
  subtract,
  multiply,
  divide,
  remainder,
  compare, // a: relation
  in_list,
  in_set,    // b: words, c: place in masks
  item,      // a: tag it must have
  make_list, // c: items
  size,
  starts_with,
  ends_with,
  contains,
  name_of, // c: place in enumerations
  to_integer,
  to_real,
  to_text,
  to_boolean,
  to_timestamp,
  to_duration
};

struct instruction {
  opcode op;
  std::uint8_t a = 0;
  std::uint16_t b = 0;
  std::uint32_t c = 0;
};

/// A stretch of the source text, in bytes.
struct stretch {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

/// Something that an atom reads from the scope: the instruction that loads it, and how it is written.
struct reading {
  opcode root = opcode::attribute;
  std::uint8_t a = 0;
  std::uint16_t b = 0;
  std::string name{};
  type of{};
};

/// The logical skeleton of a guard: inner nodes are && || ! ?:, leaves are atoms with the instructions that decide
/// them.
struct skeleton {
  enum class kind : unsigned char { atom, all_of, any_of, negated, choice } is = kind::atom;
  stretch source{};
  std::uint32_t begin = 0; ///< first instruction of an atom
  std::uint32_t end = 0;   ///< one past its last
  std::vector<skeleton> parts{};
  std::vector<reading> readings{};
};

/// A compiled expression. Built once, then shared and never changed or copied: `constants` point into `pool`.
struct code {
  code() = default;
  code(const code&) = delete;
  code& operator=(const code&) = delete;
  ~code() = default;

  std::string text{};
  type result = type::boolean();
  std::optional<value> constant{};
  std::vector<instruction> instructions{};
  std::vector<value> pool{};
  std::vector<operand> constants{};
  std::vector<comparison> tests{};
  std::vector<std::uint64_t> masks{};
  std::vector<type> enumerations{};
  std::size_t stack = 0;
  bool makes = false; ///< true if it makes lists or texts while it runs
  bool attributes_only = true;
  std::vector<std::uint16_t> reads{};
  std::vector<std::uint16_t> states{};
  std::vector<comparison> comparisons{};
  skeleton shape{};
  findings notes{};
};

} // namespace plaint::detail
