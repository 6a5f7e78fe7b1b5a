// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/clock_run.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace plaint::detail {

/// More time for the open cycle of one clock, granted or taken back.
class clock_extend : public clock_run {
public:
  using clock_run::clock_run;

  /// The latest extension of that name that was not taken back; null if there is none.
  [[nodiscard]] static const clock_extension* standing_extension(const clock_cycle& y, std::size_t place) noexcept {
    std::size_t taken_back = 0;
    for (auto e = y.extensions.rbegin(); e != y.extensions.rend(); ++e) {
      if (e->extension != place) {
        continue;
      }
      if (e->revokes) {
        ++taken_back;
      } else if (taken_back == 0) {
        return &*e;
      } else {
        --taken_back;
      }
    }
    return nullptr;
  }

protected:
  [[nodiscard]] static int kind_of(const goal_leaf& l) noexcept {
    return l.in == measure::days ? 1 : l.in == measure::date ? 2 : 0;
  }

  void extend(std::size_t place) {
    auto& y = cycle();
    auto& g = y.generations.back();
    const auto& granted = clock_.definition.extensions[place];
    clock_extension record{.at = facts_.at,
                           .due_before = y.due,
                           .sequence = facts_.sequence,
                           .amount_before = g.amount,
                           .added_before = g.added,
                           .replaced_before = g.replaced,
                           .extension = static_cast<std::uint16_t>(place),
                           .reason = reason_in(granted.reasons)};
    close_stretch(facts_.at);
    const auto old = meter().goal().leaves;
    if (granted.by) {
      g.added += clock_.extensions[place].by;
    } else {
      g.replaced = static_cast<std::uint16_t>(place);
      g.amount = -1;
      g.added = 0;
      replaced_goal(old);
    }
    record.due_after = meter().due();
    y.extensions.push_back(record);
  }

  /// Takes the latest one that still stands back.
  void revoke(std::size_t place) {
    auto& y = cycle();
    auto& g = y.generations.back();
    const auto* last = standing_extension(y, place);
    if (last == nullptr) {
      return;
    }
    clock_extension record = *last;
    record.at = facts_.at;
    record.sequence = facts_.sequence;
    record.due_before = y.due;
    record.revokes = true;
    close_stretch(facts_.at);
    const auto old = meter().goal().leaves;
    g.added -= clock_.definition.extensions[place].by ? clock_.extensions[place].by : 0;
    if (g.replaced == place) {
      g.replaced = last->replaced_before;
      g.amount = last->amount_before;
      g.added = last->added_before;
      replaced_goal(old);
    }
    record.due_after = meter().due();
    y.extensions.push_back(record);
  }

  /// Another goal counts from the same anchor: where it is of another kind the ledger is measured by it.
  void replaced_goal(const std::vector<goal_leaf>& old) {
    const auto m = meter();
    const auto& now = m.goal().leaves;
    const bool alike =
        now.size() == old.size() && now.size() == 1 && kind_of(now.front()) == kind_of(old.front()) &&
        now.front().in == old.front().in && now.front().days.rules == old.front().days.rules &&
        (now.front().days.unit == day_unit::business_days) == (old.front().days.unit == day_unit::business_days);
    if (alike) {
      return;
    }
    auto& y = cycle();
    y.parts.resize(now.size() - 1);
    for (std::size_t leaf = 0; leaf < now.size(); ++leaf) {
      (leaf == 0 ? y.closed : y.parts[leaf - 1]) = m.measured_until(leaf, facts_.at);
    }
  }
};

} // namespace plaint::detail
