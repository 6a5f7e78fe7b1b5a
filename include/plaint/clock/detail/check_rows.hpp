// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/guard_cases.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/lifecycle/lifecycle.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// What trying every case tells of a table whose first row that is yes counts.
struct row_cases {
  /// Two rows that answer one case, of which the earlier counts.
  struct overlap {
    std::size_t first = 0;
    std::size_t second = 0;
    std::string at{}; ///< that case, in words
  };

  std::vector<bool> chosen{}; ///< by row; empty where the cases could not be tried
  std::vector<overlap> overlaps{};
};

[[nodiscard]] inline bool is_yes(const program& p, const scope& seen) noexcept {
  return static_cast<bool>(evaluate(p, seen));
}

/// Which rows count, and which of them answer what an earlier one answers.
[[nodiscard]] inline row_cases try_rows(const std::vector<program>& rows, const lifecycle& in) {
  guard_cases cases(in);
  std::for_each(rows.begin(), rows.end(), [&](const program& p) { cases.add(p); });
  row_cases found;
  if (!cases.can_try()) {
    return found;
  }
  found.chosen.resize(rows.size());
  (void)cases.any([&](const scope& seen) {
    std::vector<std::size_t> yes;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (is_yes(rows[i], seen)) {
        yes.push_back(i);
      }
    }
    if (!yes.empty()) {
      found.chosen[yes.front()] = true;
    }
    for (std::size_t i = 1; i < yes.size(); ++i) {
      const auto same = [&](const auto& o) { return o.first == yes.front() && o.second == yes[i]; };
      if (!rows[yes[i]].is_default() && std::none_of(found.overlaps.begin(), found.overlaps.end(), same)) {
        found.overlaps.push_back({yes.front(), yes[i], cases.told(seen)});
      }
    }
    return false;
  });
  return found;
}

/// A case that no row answers though the table is asked, in words: rather one in which every attribute is set; empty if
/// there is none. The table is asked where `applies` and one of `starts` are yes. States are not tried, since not all
/// that could be active together ever are.
[[nodiscard]] inline std::string gap_of(const std::vector<program>& rows, const program& applies,
                                        const std::vector<program>& starts, const lifecycle& in) {
  guard_cases cases(in);
  for (const auto* all : {&rows, &starts}) {
    std::for_each(all->begin(), all->end(), [&](const program& p) { cases.add(p); });
  }
  cases.add(applies);
  std::string gap;
  if (!cases.can_try() || cases.asks_for_states()) {
    return gap;
  }
  (void)cases.any([&](const scope& seen) {
    const auto yes = [&](const program& p) { return is_yes(p, seen); };
    if (cases.lacks_value(seen) || !yes(applies) || std::none_of(starts.begin(), starts.end(), yes) ||
        std::any_of(rows.begin(), rows.end(), yes)) {
      return false;
    }
    const bool whole = cases.all_set(seen);
    gap = gap.empty() || whole ? cases.told(seen) : gap;
    return whole;
  });
  return gap;
}

} // namespace plaint::detail
