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

/// What a cell takes to be answered: one branch, which predictors learn, instead of one for each thing that it may ask.
enum class cell_kind : std::uint32_t {
  refuse,
  move,        ///< nothing is asked and nothing changes
  change,      ///< nothing is asked, one attribute changes by a sum
  test,        ///< one question, no change
  test_change, ///< both
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

[[nodiscard]] inline bool passes_within(const table_node& n, const std::int64_t* slots, std::uint64_t set,
                                        std::uint64_t rights) noexcept {
  const std::int64_t v = slots[n.slot];
  return ((set & n.needs) == n.needs) & ((rights & n.by) != 0) & (v >= n.least) & (v <= n.most);
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

/// What the long way gives; by value, so that the short way can keep its row in a register.
struct long_way {
  fired result = fired::refused;
  std::uint32_t row = 0;
  std::uint32_t way = 0;
  std::uint64_t set = 0;
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
        return {fired::refused, 0, 0, set};
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
    return {fired::moved, n.next, at, set};
  }
  undo.back(slots, set);
  return {at == ask_node ? fired::to_step : fired::refused, 0, 0, set};
}

/// The sum that a change of one side comes to; false if it is refused.
[[nodiscard]] inline bool sum_after(const linear_form& f, const std::int64_t* slots, std::uint64_t set,
                                    std::int64_t& to) noexcept {
  const bool over = __builtin_add_overflow(slots[f.source] & std::int64_t{f.keep}, f.add, &to);
  return !(over | (to < f.range.least) | (to > f.range.most) | ((set & f.needs) != f.needs));
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
    return n.otherwise == refuse_node ? long_way{} : run_nodes(t, n.otherwise, slots, set, rights);
  }
  const linear_form* f = t.changes.data() + n.changes;
  std::int64_t to = 0;
  std::int64_t other = 0;
  if ((n.change_count > 0 && !value_after(f[0], slots, set, to)) ||
      (n.change_count > 1 && !value_after(f[1], slots, set, other))) {
    return {};
  }
  if (n.change_count > 1) {
    store(f[1], other, slots, set);
  }
  if (n.change_count > 0) {
    store(f[0], to, slots, set);
  }
  return {fired::moved, next, at, set};
}

/// One event. What most cells take is done here, the rest in `run_other`.
[[gnu::always_inline]] inline fired run_table(const table& t, std::uint32_t& row, std::int64_t* slots,
                                              std::uint64_t& set, event_id event, std::uint64_t rights,
                                              std::uint32_t& way) noexcept {
  if (event >= t.columns) {
    return fired::refused;
  }
  const table_cell cell = t.cells[row | event];
  const auto kind = cell.kind();
  const table_node& n = t.nodes[cell.node()];
  if (kind == cell_kind::refuse) {
    return fired::refused;
  }
  if (kind == cell_kind::other) {
    const auto far = run_other(t, cell.node(), cell.next, slots, set, rights);
    if (far.result == fired::moved) {
      row = far.row;
      way = far.way;
      set = far.set;
    }
    return far.result;
  }
  if (kind >= cell_kind::test && !passes_within(n, slots, set, rights)) {
    return fired::refused;
  }
  if (kind == cell_kind::change || kind == cell_kind::test_change) {
    const linear_form& f = t.changes[n.changes];
    std::int64_t to = 0;
    if (!sum_after(f, slots, set, to)) {
      return fired::refused;
    }
    slots[f.slot] = to;
    set |= std::uint64_t{1} << f.slot;
  }
  row = cell.next;
  way = cell.node();
  return fired::moved;
}

} // namespace plaint::detail
