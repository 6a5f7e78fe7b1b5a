// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/dispatch_table.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace plaint {

/// Many complaints of one lifecycle as columns of equal length, one event for each.
struct complaint_columns {
  std::span<std::uint32_t> rows{}; ///< in the dispatch table; changed in place
  std::span<const event_id> events{};
  /// A row of numbers each: the attributes by `to_slot`, then one bit each that says whether it is set; changed in
  /// place. None: every complaint has the default values, and what an event would change of them is lost.
  std::span<std::int64_t> attributes{};
  std::span<fired> results{}; ///< what the table says to each event; none: nobody asks
};

namespace detail {

inline void check_columns(const dispatch_table& table, std::size_t width, const complaint_columns& all) {
  const auto n = all.rows.size();
  if (all.events.size() != n || (!all.results.empty() && all.results.size() != n)) {
    throw std::invalid_argument("columns must have the same length");
  }
  if (!all.attributes.empty() && all.attributes.size() != n * (width + 1)) {
    throw std::invalid_argument(
        "a row of attributes has one number for each attribute and one that says which are set");
  }
  bool known = true;
  for (const auto row : all.rows) {
    known &= table.is_row(row);
  }
  for (const auto e : all.events) {
    known &= table.is_column(e);
  }
  if (!known) {
    throw std::out_of_range("a number that is no row or no event of this lifecycle");
  }
}

} // namespace detail

/// Steps every complaint by its event, as `dispatch_table::step` would one after the other; gives how many moved.
///
/// Throws `std::invalid_argument` or `std::out_of_range` before anything has changed. Complaints for whose cell the
/// table says `to_step` stay as they are.
inline std::size_t step_many(const dispatch_table& table, const lifecycle& in, const complaint_columns& all,
                             std::uint64_t rights) {
  const auto width = in.schema().attributes.size();
  detail::check_columns(table, width, all);
  if (table.is_bare() && all.results.empty()) {
    return table.move_rows(all.rows, all.events);
  }
  std::vector<std::int64_t> defaults(width + 1);
  std::uint64_t set = 0;
  const auto initial = initial_values(in.schema());
  for (std::size_t i = 0; i < width; ++i) {
    (void)to_slot(initial[i], i, defaults, set);
  }
  auto scratch = defaults;
  std::size_t moved = 0;
  for (std::size_t i = 0; i < all.rows.size(); ++i) {
    const bool own = !all.attributes.empty();
    const auto values = own ? all.attributes.subspan(i * (width + 1), width) : std::span(scratch).first(width);
    auto known = own ? static_cast<std::uint64_t>(all.attributes[i * (width + 1) + width]) : set;
    std::uint32_t way = 0;
    const auto result = table.step(all.rows[i], values, known, all.events[i], rights, way);
    moved += result == fired::moved ? 1U : 0U;
    if (own) {
      all.attributes[i * (width + 1) + width] = static_cast<std::int64_t>(known);
    } else if (result == fired::moved) {
      std::copy(defaults.begin(), defaults.end(), scratch.begin());
    }
    if (!all.results.empty()) {
      all.results[i] = result;
    }
  }
  return moved;
}

} // namespace plaint
