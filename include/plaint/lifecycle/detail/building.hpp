// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/pointer.hpp>
#include <plaint/suggestion.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// The bounds of a lifecycle; what lies beyond is a finding.
struct lifecycle_limits {
  static constexpr std::size_t states = 1024;
  static constexpr std::size_t depth = 24; ///< of states in states, of choices in choices; a document has 64 levels
  static constexpr std::size_t transitions = 8192;
  static constexpr std::size_t events = 4096; ///< names that transitions listen to, and timers
  static constexpr std::size_t roles = 64;
  static constexpr std::size_t actions = 32768;    ///< assignments, effects, raised events and choices
  static constexpr std::size_t microsteps = 10000; ///< that a lifecycle may ask for
  static constexpr std::size_t configuration_bits = 64 * configuration::words;
};

} // namespace plaint

namespace plaint::detail {

/// A chart in the making, with what is known by name and the findings so far.
struct building {
  plaint::detail::chart& chart;
  findings& out;
  std::map<std::string, state_id, std::less<>> states{};
  std::vector<std::string> state_names{}; ///< for suggestions
  std::map<std::string, std::uint32_t> known_programs{};

  void error(std::string code, std::string message, std::string pointer, std::string suggestion = {}) {
    out.push_back({std::move(code), std::move(message), std::move(pointer), std::move(suggestion)});
  }
  void warning(std::string code, std::string message, std::string pointer) {
    out.push_back({std::move(code), std::move(message), std::move(pointer), {}, severity::warning});
  }
  void note(std::string code, std::string message, std::string pointer) {
    out.push_back({std::move(code), std::move(message), std::move(pointer), {}, severity::note});
  }

  /// A pool entry: appends what `fill` pushes and gives its stretch.
  template <class Pool, class Fill>
  static stretch32 append(Pool& pool, Fill&& fill) {
    stretch32 s;
    s.begin = static_cast<std::uint32_t>(pool.size());
    fill();
    s.end = static_cast<std::uint32_t>(pool.size());
    return s;
  }

  [[nodiscard]] state_id find_state(std::string_view name, const std::string& pointer) {
    const auto found = states.find(name);
    if (found != states.end()) {
      return found->second;
    }
    error("unknown-state", "there is no state \"" + std::string(name) + "\"", pointer, nearest(name, state_names));
    return no_id;
  }

  [[nodiscard]] std::uint16_t find_slot(std::string_view name, const std::string& pointer) {
    if (const auto slot = chart.names.slot(name)) {
      return *slot;
    }
    std::vector<std::string> known;
    for (const auto& a : chart.names.attributes) {
      known.push_back(a.name);
    }
    error("unknown-attribute", "there is no attribute \"" + std::string(name) + "\"", pointer, nearest(name, known));
    return no_id;
  }

  stretch32 slots(const std::vector<std::string>& names, const std::string& pointer) {
    return append(chart.slots_pool, [&] {
      for (std::size_t i = 0; i < names.size(); ++i) {
        if (const auto slot = find_slot(names[i], child(pointer, i)); slot != no_id) {
          chart.slots_pool.push_back(slot);
        }
      }
    });
  }
};

} // namespace plaint::detail
