// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_reading.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plaint {

/// What of a cycle's consumed time fell into one state, with one owner and one unit.
struct attributed_time {
  std::string state{};       ///< empty: brought along from an earlier cycle
  std::string owner{};       ///< the attribute `owner`, where the policy has one
  std::string unit{};        ///< the attribute `unit`, where the policy has one
  std::int64_t consumed = 0; ///< µs of the goal's measure, or days

  friend bool operator==(const attributed_time&, const attributed_time&) = default;
};

namespace detail {

inline void attribute_to(attributed_time share, std::vector<attributed_time>& all) {
  if (share.consumed == 0) {
    return;
  }
  for (auto& known : all) {
    if (known.state == share.state && known.owner == share.owner && known.unit == share.unit) {
      known.consumed += share.consumed;
      return;
    }
  }
  all.push_back(std::move(share));
}

} // namespace detail

/// Consumed time by state, owner and unit, in the order in which they came; the parts add up to `consumed_by` exactly.
[[nodiscard]] inline std::vector<attributed_time> attribute_time(const policy& by, const complaint& of,
                                                                 std::size_t clock, std::size_t cycle, instant at) {
  const auto& c = by.clocks()[clock];
  const auto& y = of.clocks[clock].cycles.at(cycle);
  std::vector<attributed_time> all;
  const auto party = [&](std::uint16_t place) { return place < of.parties.size() ? of.parties[place] : std::string{}; };
  std::int64_t sum = 0;
  for (const auto& s : y.segments) {
    const auto end = std::min({at, s.to, y.stopped});
    for (std::size_t i = 0; i < of.trail.size(); ++i) {
      const auto& stay = of.trail[i];
      const auto from =
          i == 0 ? instant::min() : stay.from; // what an anchor in the past consumed counts for the first state
      const auto to = i + 1 < of.trail.size() ? of.trail[i + 1].from : instant::max();
      if (to <= s.from || from >= end) {
        continue;
      }
      const auto n = consumed_in(c, y, s, from, std::min(to, end));
      sum += n;
      detail::attribute_to({stay.state == no_id ? std::string{} : by.lifecycle().name(stay.state), party(stay.owner),
                            party(stay.unit), n},
                           all);
    }
  }
  detail::attribute_to({.consumed = consumed_by(c, y, of.attributes, at) - sum}, all);
  return all;
}

} // namespace plaint
