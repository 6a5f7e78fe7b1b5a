// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/table_builder.hpp>
#include <plaint/lifecycle/lifecycle.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace plaint {

/// A lifecycle determinised: every configuration that can be reached is a row, every event a column, and a whole
/// macrostep is folded into one cell with the tests that are left to decide.
///
/// It works on attributes of 64 bits: bools, ints, enumerations, instants and durations, by slot, with one bit each
/// that says whether it is set. Cells that need more (texts, lists, reason codes, time limits) say `to_step`. On every
/// cell it does answer it agrees with `step`, which stays the oracle.
class dispatch_table {
public:
  /// The bounds up to which configurations are enumerated.
  using limits = detail::exploration_limits;

  /// Nothing where there are more configurations than the limits allow or more than 64 attributes.
  [[nodiscard]] static std::optional<dispatch_table> build(const lifecycle& in, const limits& most = {}) {
    auto tables = detail::build_table(in.chart(), most);
    return tables ? std::optional<dispatch_table>(dispatch_table(std::move(*tables))) : std::nullopt;
  }

  [[nodiscard]] std::size_t row_count() const noexcept { return t_.rows.size(); }

  /// The n-th row. Rows go by numbers that have gaps: the place of their first cell.
  [[nodiscard]] std::uint32_t row(std::size_t n) const noexcept { return static_cast<std::uint32_t>(n << t_.shift); }
  [[nodiscard]] bool is_row(std::uint32_t row) const noexcept {
    return (row & ((1U << t_.shift) - 1)) == 0 && (row >> t_.shift) < t_.rows.size();
  }
  [[nodiscard]] bool is_column(event_id event) const noexcept { return event < t_.columns; }
  [[nodiscard]] const configuration& configuration_of(std::uint32_t row) const noexcept {
    return t_.rows[row >> t_.shift];
  }
  [[nodiscard]] std::optional<std::uint32_t> row_of(const configuration& c) const {
    const auto found = t_.row_of.find(c);
    return found == t_.row_of.end() ? std::nullopt : std::optional(row(found->second));
  }

  /// What an actor may do, as bits: its role and its side.
  [[nodiscard]] static std::uint64_t rights_of(const lifecycle& in, const actor_view& who) noexcept {
    return detail::rights_of(in.chart(), who);
  }

  /// One event without data. On `moved`, `row`, `slots` and `set` are the new ones and `way` is the place of what
  /// happened, for `effects`, `taken`; otherwise nothing has changed.
  [[nodiscard, gnu::always_inline]] fired step(std::uint32_t& row, std::span<std::int64_t> slots, std::uint64_t& set,
                                               event_id event, std::uint64_t rights,
                                               std::uint32_t& way) const noexcept {
    std::int64_t nothing = 0; // where there are no attributes
    return detail::run_table(t_, row, slots.empty() ? &nothing : slots.data(), set, event, rights, way);
  }

  /// True if the table decides this event in this row by itself, whatever the attributes are.
  [[nodiscard]] bool answers(std::uint32_t row, event_id event) const noexcept {
    return event >= t_.columns || t_.cells[row | event].node() != detail::ask_node;
  }

  /// True if that is so of every event in every row.
  [[nodiscard]] bool is_whole() const noexcept { return t_.own_cells == t_.live_cells; }

  /// True if no cell asks about attributes, people or time: then `move_rows` answers everything.
  [[nodiscard]] bool is_bare() const noexcept { return t_.bare; }

  /// One event for each row, in place, on a bare table; gives how many moved. Requires rows and columns of this table.
  std::size_t move_rows(std::span<std::uint32_t> rows, std::span<const event_id> events) const noexcept {
    const auto* const cells = t_.cells.data();
    std::size_t moved = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto cell = cells[rows[i] | events[i]];
      rows[i] = cell.next;
      moved += cell.kind() != detail::cell_kind::refuse ? 1U : 0U;
    }
    return moved;
  }

  /// The effects of a way, in order.
  [[nodiscard]] std::span<const effect_id> effects(std::uint32_t way) const noexcept {
    return detail::chart::part(t_.effects, t_.leaves[t_.nodes[way].leaf].effects);
  }
  /// The transitions of a way, in the order in which they are taken.
  [[nodiscard]] std::span<const transition_id> taken(std::uint32_t way) const noexcept {
    return detail::chart::part(t_.taken, t_.leaves[t_.nodes[way].leaf].taken);
  }
  /// How many cells answer by themselves, of how many in which something listens.
  [[nodiscard]] std::pair<std::size_t, std::size_t> coverage() const noexcept { return {t_.own_cells, t_.live_cells}; }

private:
  explicit dispatch_table(detail::table t) noexcept : t_(std::move(t)) {}

  detail::table t_;
};

/// Writes a value as 64 bits and its bit in `set`; false for kinds that have no such form.
[[nodiscard]] inline bool to_slot(const value& v, std::size_t place, std::span<std::int64_t> slots,
                                  std::uint64_t& set) {
  const auto bits = detail::view_of(v);
  const auto bit = std::uint64_t{1} << place;
  slots[place] = detail::is_whole(bits.kind) ? bits.whole : 0;
  set = v.is_absent() ? set & ~bit : set | bit;
  return v.is_absent() || detail::is_whole(bits.kind);
}

} // namespace plaint
