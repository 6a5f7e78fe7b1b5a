// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/scope.hpp>
#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/detail/linear_form.hpp>
#include <plaint/lifecycle/detail/reachable.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace plaint {

/// What the table says to an event.
enum class fired : unsigned char {
  refused, ///< nothing changes; `step` says why
  moved,   ///< a transition was taken
  to_step  ///< this cell needs more than numbers: ask `step`
};

} // namespace plaint

namespace plaint::detail {

inline constexpr std::uint32_t refuse_node = 0;
inline constexpr std::uint32_t ask_node = 1;    ///< the cell needs `step`
inline constexpr std::size_t most_changes = 16; ///< on one way; what changes more needs `step`
inline constexpr unsigned first_side_bit = 58;
inline constexpr std::uint64_t anyone_bit = std::uint64_t{1} << 63U;

enum class question : unsigned char { within, outside, member };

/// A test and what follows if it is met: changes, then either the end or the next node.
struct alignas(64) table_node {
  std::int64_t least = 0;
  std::int64_t most = 0;   ///< of `member`: the set
  std::uint64_t needs = 0; ///< attributes that must be set
  std::uint64_t by = anyone_bit;
  std::uint64_t ends_with = 0; ///< attributes that must be set at the end
  std::uint32_t changes = 0;
  std::uint32_t next = 0; ///< at the end the first cell of the row, else a node
  std::uint32_t otherwise = refuse_node;
  std::uint16_t slot = 0;
  std::uint8_t change_count = 0;
  question asks = question::within;
  std::uint32_t leaf = 0;
  bool ends = false;
  bool simple = false; ///< ends, with at most two changes of which neither sees the other's
};
static_assert(sizeof(table_node) == 64);

/// What most nodes come to: one test and one sum, in one cache line. Where nothing is asked, the test is one that
/// everything meets; where nothing changes, the sum is what is there: so there is one way for all of them, and no
/// branch that says which it is, as that is what a predictor cannot foresee.
struct alignas(64) quick_node {
  interval within{};       ///< of `asked`
  std::uint64_t needs = 0; ///< attributes that must be set
  std::uint64_t by = anyone_bit;
  std::int64_t add = 0;
  interval range{}; ///< where a sum leaves it, it is refused as `refuses` says, else it stops at the end
  std::uint8_t asked = 0;
  std::uint8_t source = 0;
  std::uint8_t slot = 0;
  std::int8_t keep = -1;    ///< 0: `add` alone
  bool changes = false;     ///< else the sum is what is there
  std::uint8_t refuses = 3; ///< 1 below the range, 2 above it
};
static_assert(sizeof(quick_node) == 64);

/// What it takes to answer a cell.
enum class cell_kind : std::uint32_t {
  refuse,
  move,  ///< nothing is asked and nothing changes
  quick, ///< one quick node
  pair,  ///< two: the next one changes a second attribute
  other
};

/// Where an event leads from a row: its kind and its node, and but for `other` the row that it ends in, so that the
/// next cell can be looked for before the node has been read. A cell that refuses ends where it began.
struct table_cell {
  static constexpr unsigned kind_shift = 29;

  std::uint32_t kind_and_node = refuse_node;
  std::uint32_t next = 0;

  [[nodiscard]] constexpr cell_kind kind() const noexcept {
    return static_cast<cell_kind>(kind_and_node >> kind_shift);
  }
  [[nodiscard]] constexpr std::uint32_t node() const noexcept { return kind_and_node & ((1U << kind_shift) - 1); }
};

struct table_leaf {
  stretch32 effects{};
  stretch32 taken{};
};

struct table {
  std::vector<table_cell> cells{}; ///< by row and event
  unsigned shift = 0;              ///< a row has 2^shift cells, and goes by the place of the first
  std::uint32_t columns = 0;
  std::vector<table_node> nodes{};
  std::vector<quick_node> quick{}; ///< the same nodes, as far as cells are answered by them
  std::vector<linear_form> changes{};
  std::vector<table_leaf> leaves{};
  std::vector<effect_id> effects{};
  std::vector<transition_id> taken{};
  std::vector<configuration> rows{};
  std::unordered_map<configuration, std::uint32_t> row_of{};
  std::size_t own_cells = 0;
  std::size_t live_cells = 0;
  bool bare = true; ///< every cell refuses, or moves without asking and changing anything
};

[[nodiscard]] inline std::uint64_t rights_of(const chart& in, const actor_view& who) noexcept {
  std::uint64_t bits = anyone_bit;
  for (std::size_t r = 0; r < in.roles.size() && r < first_side_bit; ++r) {
    bits |= in.roles[r].name == who.role ? std::uint64_t{1} << r : 0U;
  }
  return who.side == actor_class::none ? bits
                                       : bits | std::uint64_t{1} << (first_side_bit + static_cast<unsigned>(who.side));
}

[[nodiscard]] inline bool passes(const table_node& n, const std::int64_t* slots, std::uint64_t set,
                                 std::uint64_t rights) noexcept {
  const std::int64_t v = slots[n.slot];
  const bool known = ((set & n.needs) == n.needs) & ((rights & n.by) != 0);
  const bool inside = (v >= n.least) & (v <= n.most);
  if (n.asks == question::within) {
    return known & inside;
  }
  if (n.asks == question::outside) {
    return known && !inside;
  }
  return known && v >= 0 && v < 64 && (static_cast<std::uint64_t>(n.most) >> static_cast<unsigned>(v) & 1U) != 0;
}

/// What was there before a change, to go back to.
struct undo_log {
  struct entry {
    std::int64_t bits;
    std::uint64_t set;
    std::uint16_t slot;
  };
  std::array<entry, most_changes> entries;
  std::size_t count = 0;

  void back(std::int64_t* slots, std::uint64_t& set) const noexcept {
    for (std::size_t i = count; i > 0; --i) {
      slots[entries[i - 1].slot] = entries[i - 1].bits;
      set = entries[i - 1].set;
    }
  }
};

/// The value that a change gives; false if it is refused.
[[nodiscard]] inline bool value_after(const linear_form& f, const std::int64_t* slots, std::uint64_t set,
                                      std::int64_t& to) noexcept {
  const std::int64_t asked = slots[f.asked];
  const bool when = (asked >= f.when.least) & (asked <= f.when.most);
  const std::int64_t base = slots[f.source] & (when ? f.keep : f.else_keep);
  const bool over = __builtin_add_overflow(base, when ? f.add : f.else_add, &to);
  return !(over | (to < f.range.least) | (to > f.range.most) | ((set & f.needs) != f.needs));
}

inline void store(const linear_form& f, std::int64_t to, std::int64_t* slots, std::uint64_t& set) noexcept {
  const auto bit = std::uint64_t{1} << f.slot;
  slots[f.slot] = to;
  set = f.unset ? set & ~bit : set | bit;
}

/// What the long way gives. Two words, which come back in registers: so the short way can keep its row in one, too.
struct long_way {
  std::uint64_t row_and_way = 0; ///< where it moved, else 0
  std::uint64_t set_or_result = 0;

  [[nodiscard]] static long_way moved(std::uint32_t row, std::uint32_t way, std::uint64_t set) noexcept {
    return {std::uint64_t{row} << 32U | way, set};
  }
  [[nodiscard]] static long_way stayed(fired why) noexcept { return {0, static_cast<std::uint64_t>(why)}; }
};

/// Follows nodes of any kind, from `at` on.
[[gnu::noinline]] inline long_way run_nodes(const table& t, std::uint32_t at, std::int64_t* slots, std::uint64_t set,
                                            std::uint64_t rights) noexcept {
  undo_log undo;
  while (at > ask_node) {
    const table_node& n = t.nodes[at];
    if (!passes(n, slots, set, rights)) {
      at = n.otherwise;
      continue;
    }
    for (std::uint32_t c = n.changes, end = n.changes + n.change_count; c < end; ++c) {
      const auto& f = t.changes[c];
      std::int64_t to = 0;
      if (!f.unset && !value_after(f, slots, set, to)) {
        undo.back(slots, set);
        return long_way::stayed(fired::refused);
      }
      undo.entries[undo.count++] = {slots[f.slot], set, f.slot};
      store(f, f.unset ? slots[f.slot] : to, slots, set);
    }
    if (!n.ends) {
      at = n.next;
      continue;
    }
    if ((set & n.ends_with) != n.ends_with) {
      break;
    }
    return long_way::moved(n.next, at, set);
  }
  undo.back(slots, set);
  return long_way::stayed(at == ask_node ? fired::to_step : fired::refused);
}

/// A simple node with any question and up to two changes of any form.
[[nodiscard, gnu::noinline]] inline long_way run_other(const table& t, std::uint32_t at, std::uint32_t next,
                                                       std::int64_t* slots, std::uint64_t set,
                                                       std::uint64_t rights) noexcept {
  const table_node& n = t.nodes[at];
  if (!n.simple) {
    return run_nodes(t, at, slots, set, rights);
  }
  if (!passes(n, slots, set, rights)) {
    return n.otherwise == refuse_node ? long_way::stayed(fired::refused)
                                      : run_nodes(t, n.otherwise, slots, set, rights);
  }
  const linear_form* f = t.changes.data() + n.changes;
  std::int64_t to = 0;
  std::int64_t other = 0;
  if ((n.change_count > 0 && !value_after(f[0], slots, set, to)) ||
      (n.change_count > 1 && !value_after(f[1], slots, set, other))) {
    return long_way::stayed(fired::refused);
  }
  if (n.change_count > 1) {
    store(f[1], other, slots, set);
  }
  if (n.change_count > 0) {
    store(f[0], to, slots, set);
  }
  return long_way::moved(next, at, set);
}

/// What a quick node asks.
[[nodiscard, gnu::always_inline]] inline bool passes(const quick_node& n, const std::int64_t* slots, std::uint64_t set,
                                                     std::uint64_t rights) noexcept {
  const std::int64_t asked = slots[n.asked];
  return (n.needs & ~set) == 0 && ((rights | anyone_bit) & n.by) != 0 && asked >= n.within.least &&
         asked <= n.within.most;
}

/// What a quick node writes; false if it is refused. The sum has to fit into 64 bits.
[[nodiscard, gnu::always_inline]] inline bool stays(const quick_node& n, std::int64_t& sum) noexcept {
  if (sum < n.range.least) {
    sum = n.range.least;
    return (n.refuses & 1U) == 0;
  }
  if (sum > n.range.most) {
    sum = n.range.most;
    return (n.refuses & 2U) == 0;
  }
  return true;
}

[[gnu::always_inline]] inline void store(const quick_node& n, std::int64_t sum, std::int64_t* slots,
                                         std::uint64_t& set) noexcept {
  slots[n.slot] = sum;
  set |= std::uint64_t{n.changes} << n.slot;
}

/// Two quick nodes, or what is none.
[[nodiscard, gnu::noinline]] inline long_way run_long(const table& t, table_cell cell, std::int64_t* slots,
                                                      std::uint64_t set, std::uint64_t rights) noexcept {
  const quick_node* const n = t.quick.data() + cell.node();
  std::int64_t first = 0;
  std::int64_t second = 0;
  if (cell.kind() != cell_kind::pair ||
      __builtin_add_overflow(slots[n[0].source] & std::int64_t{n[0].keep}, n[0].add, &first) ||
      __builtin_add_overflow(slots[n[1].source] & std::int64_t{n[1].keep}, n[1].add, &second)) {
    return run_other(t, cell.node(), cell.next, slots, set, rights | anyone_bit);
  }
  if (!passes(n[0], slots, set, rights) || !stays(n[0], first) || !stays(n[1], second)) {
    return long_way::stayed(fired::refused);
  }
  store(n[0], first, slots, set);
  store(n[1], second, slots, set);
  return long_way::moved(cell.next, cell.node(), set);
}

/// One event. Most cells are answered here, on one way whatever they ask and change: its branches are those that fail.
[[gnu::always_inline]] inline fired run_table(const table& t, std::uint32_t& row, std::int64_t* slots,
                                              std::uint64_t& set, event_id event, std::uint64_t rights,
                                              std::uint32_t& way) noexcept {
  if (event >= t.columns) {
    return fired::refused;
  }
  const table_cell cell = t.cells[row | event];
  const auto kind = cell.kind();
  if (kind == cell_kind::refuse) {
    return fired::refused;
  }
  const quick_node& n = t.quick[cell.node()];
  std::int64_t sum = 0;
  if (kind >= cell_kind::pair || __builtin_add_overflow(slots[n.source] & std::int64_t{n.keep}, n.add, &sum)) {
    const auto far = run_long(t, cell, slots, set, rights);
    if (far.row_and_way == 0) {
      return static_cast<fired>(far.set_or_result);
    }
    row = static_cast<std::uint32_t>(far.row_and_way >> 32U);
    way = static_cast<std::uint32_t>(far.row_and_way);
    set = far.set_or_result;
    return fired::moved;
  }
  if (!passes(n, slots, set, rights) || !stays(n, sum)) {
    return fired::refused;
  }
  store(n, sum, slots, set);
  row = cell.next;
  way = cell.node();
  return fired::moved;
}

} // namespace plaint::detail
