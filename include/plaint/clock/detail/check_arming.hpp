// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/expr/value.hpp>
#include <plaint/lifecycle/lifecycle.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace plaint::detail {

/// True of a guard that is no whatever it sees.
[[nodiscard]] inline bool is_never(const program& guard) {
  const auto constant = guard.is_default() ? std::optional<value>{} : guard.constant();
  const bool* is = constant ? constant->get_if<bool>() : nullptr;
  return is != nullptr && !*is;
}

/// True if all of some triggers are such that they never happen: no guard can be yes, or the state is never reached.
[[nodiscard]] inline bool never_happen(const trigger_list& list, const lifecycle& in) {
  const auto unreached = [&](std::uint16_t state) {
    return std::any_of(in.notes().begin(), in.notes().end(), [&](const finding& f) {
      return f.code == "unreachable-state" && f.pointer == in.chart().state_definitions[state]->pointer;
    });
  };
  return !list.empty() && std::all_of(list.all().begin(), list.all().end(), [&](const compiled_trigger& t) {
    const bool of_state = t.kind == trigger_kind::enter || t.kind == trigger_kind::exit;
    return is_never(t.guard) || (of_state && t.id != no_id && unreached(t.id));
  });
}

/// Which rows of a table are ever the first that is yes, by trying every value of the attributes that they read. Empty
/// where those are too many to try, or a row asks for more than attributes.
[[nodiscard]] inline std::vector<bool> rows_chosen(const std::vector<program>& rows, const schema& sees) {
  constexpr std::size_t most = 4'096;
  std::vector<std::uint16_t> slots;
  for (const auto& row : rows) {
    if (!row.reads_attributes_only()) {
      return {};
    }
    slots.insert(slots.end(), row.reads().begin(), row.reads().end());
  }
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  std::vector<std::vector<value>> choices;
  std::size_t all = 1;
  for (const auto slot : slots) {
    const auto& is = sees.attributes[slot].type;
    std::vector<value> each{value{}};
    if (is.is(type_kind::boolean)) {
      each.insert(each.end(), {value(true), value(false)});
    }
    for (std::size_t i = 0; is.is(type_kind::enumeration) && i < is.names().size(); ++i) {
      each.emplace_back(enum_member{static_cast<std::uint16_t>(i)});
    }
    all *= each.size();
    if (each.size() == 1 || all > most) {
      return {};
    }
    choices.push_back(std::move(each));
  }
  std::vector<bool> chosen(rows.size());
  std::vector<value> attributes(sees.attributes.size());
  for (std::size_t n = 0; n < all; ++n) {
    std::size_t rest = n;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      attributes[slots[i]] = choices[i][rest % choices[i].size()];
      rest /= choices[i].size();
    }
    const scope seen{.attributes = attributes};
    const auto first = std::find_if(rows.begin(), rows.end(),
                                    [&](const program& row) { return static_cast<bool>(evaluate(row, seen)); });
    if (first != rows.end()) {
      chosen[static_cast<std::size_t>(first - rows.begin())] = true;
    }
  }
  return chosen;
}

} // namespace plaint::detail
