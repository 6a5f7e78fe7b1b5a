// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/complaint.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace plaint::detail {

/// The place of whom an attribute names among the complaint's parties, which grow; no_id where it names nobody.
[[nodiscard]] inline std::uint16_t party_in(const policy& by, std::uint16_t slot, complaint& of) {
  if (slot == no_id) {
    return no_id;
  }
  const auto& held = of.attributes[slot];
  const auto* text = held.get_if<std::string>();
  const auto* member = held.get_if<enum_member>();
  if (text == nullptr && member == nullptr) {
    return no_id;
  }
  const std::string_view name = text != nullptr
                                    ? std::string_view(*text)
                                    : std::string_view(by.schema().attributes[slot].type.names()[member->index]);
  const auto found = std::find(of.parties.begin(), of.parties.end(), name);
  if (found != of.parties.end()) {
    return static_cast<std::uint16_t>(found - of.parties.begin());
  }
  of.parties.emplace_back(name);
  return static_cast<std::uint16_t>(of.parties.size() - 1);
}

/// Writes down where the complaint is from an instant on, and whose it is, unless that is as it was. `active`: its
/// states as bits; `owner`, `unit`: the attributes that name them.
inline void note_stay(const policy& by, std::span<const std::uint64_t> active, std::uint16_t owner, std::uint16_t unit,
                      instant at, complaint& of) {
  stay now{.from = at, .owner = party_in(by, owner, of), .unit = party_in(by, unit, of)};
  const auto& chart = by.lifecycle().chart();
  for (std::size_t s = 0; s < chart.states.size() && now.state == no_id; ++s) {
    const bool is_active = (active[s / 64] >> (s % 64) & 1U) != 0;
    now.state = is_active && chart.is_leaf(static_cast<state_id>(s)) ? static_cast<state_id>(s) : no_id;
  }
  const bool same = !of.trail.empty() && of.trail.back().state == now.state && of.trail.back().owner == now.owner &&
                    of.trail.back().unit == now.unit;
  if (!same) {
    of.trail.push_back(now);
  }
}

} // namespace plaint::detail
