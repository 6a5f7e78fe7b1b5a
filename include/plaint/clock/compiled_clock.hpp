// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/goal/due.hpp>
#include <plaint/clock/clock_definition.hpp>
#include <plaint/clock/clock_state.hpp>
#include <plaint/expr/decision_table.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/scope.hpp>
#include <plaint/lifecycle/configuration.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace plaint {

/// An effect of a threshold with its expressions compiled: one program for each parameter that is one.
struct clock_effect {
  effect_definition definition{};
  std::vector<std::optional<program>> computed{};
};

/// One scheduled instant of a cycle: a threshold, or the breach, which has none.
struct clock_mark {
  static constexpr std::uint16_t breach = 0xffff;

  instant at{};
  std::uint16_t threshold = breach;
  std::uint16_t repetition = 0; ///< of `every … after`, from 0

  friend bool operator==(const clock_mark&, const clock_mark&) = default;
};

/// Triggers by their places in the lifecycle.
struct clock_triggers {
  bool opened = false;
  std::vector<state_id> enter{};
  std::vector<state_id> exit{};
  std::vector<event_id> events{};
  std::vector<effect_id> notices{}; ///< every effect that gives one of the notices
};

/// A checked clock: what `clock_set::compile` makes of a definition.
struct compiled_clock {
  clock_definition definition{};
  plaint::calendar calendar;
  program applies{};
  decision_table rows{};
  clock_triggers start{};
  clock_triggers stop{};
  std::vector<std::vector<clock_effect>> effects{};        ///< by threshold
  std::vector<std::pair<std::string, std::uint16_t>> slots{}; ///< attributes that goals wait for

  /// When a cycle that started then is due by a row of the table; nothing while an attribute that it waits for is unset.
  /// Throws `horizon_error`.
  [[nodiscard]] std::optional<instant> due(std::uint16_t row, instant started, std::span<const value> attributes) const {
    return plaint::due(definition.goals[row].goal, started, calendar, [&](std::string_view name) -> std::optional<instant> {
      for (const auto& [attribute, slot] : slots) {
        const auto* known = attribute == name ? attributes[slot].get_if<instant>() : nullptr;
        if (known != nullptr) {
          return *known;
        }
      }
      return std::nullopt;
    });
  }

  /// All instants of a cycle, in order; none while its due instant is not known. Those before its start are left out.
  [[nodiscard]] std::vector<clock_mark> marks(const clock_cycle& cycle) const {
    std::vector<clock_mark> all;
    if (cycle.due == instant::max()) {
      return all;
    }
    all.push_back({cycle.due, clock_mark::breach, 0});
    for (std::size_t t = 0; t < definition.thresholds.size(); ++t) {
      const auto& at = definition.thresholds[t].at;
      for (std::int64_t i = 0; i < at.at_most; ++i) {
        const auto when = instant_of(at, cycle, i + 1);
        if (when >= cycle.started) {
          all.push_back({when, static_cast<std::uint16_t>(t), static_cast<std::uint16_t>(i)});
        }
      }
    }
    std::stable_sort(all.begin(), all.end(), [](const clock_mark& a, const clock_mark& b) { return a.at < b.at; });
    return all;
  }

private:
  [[nodiscard]] instant instant_of(const threshold& t, const clock_cycle& cycle, std::int64_t times) const {
    switch (t.kind) {
      case threshold_kind::percent: return part_of_goal(t.percent, cycle);
      case threshold_kind::before: return moved(t, cycle, -1);
      case threshold_kind::at_due:
      case threshold_kind::at_date: return cycle.due;
      case threshold_kind::after:
      case threshold_kind::every_after: break;
    }
    return moved(t, cycle, times);
  }

  /// A share of the goal's own time, rounded half up to a microsecond.
  [[nodiscard]] instant part_of_goal(int percent, const clock_cycle& cycle) const {
    const auto share = [percent](duration whole) {
      const auto us = whole.count();
      return duration{us / 100 * percent + (us % 100 * percent + 50) / 100};
    };
    const auto& form = definition.goals[cycle.row].goal.form;
    if (const auto* open = std::get_if<business_goal>(&form)) {
      return calendar.add(cycle.started, share(open->length));
    }
    return cycle.started + share(cycle.due - cycle.started);
  }

  [[nodiscard]] instant moved(const threshold& t, const clock_cycle& cycle, std::int64_t times) const {
    const instant from = cycle.due;
    switch (t.unit) {
      case distance_unit::elapsed: return from + t.time * times;
      case distance_unit::business_days: return calendar.add_business_days(from, t.days * times);
      case distance_unit::calendar_days:
        return calendar.at_wall(calendar.wall_of(from) + std::chrono::days{t.days * times});
      case distance_unit::own: break;
    }
    return std::holds_alternative<business_goal>(definition.goals[cycle.row].goal.form) ? calendar.add(from, t.time * times) : from + t.time * times;
  }
};

} // namespace plaint
