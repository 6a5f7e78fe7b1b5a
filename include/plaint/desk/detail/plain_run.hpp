// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/due.hpp>
#include <plaint/desk/case_log.hpp>
#include <plaint/desk/case_outcomes.hpp>
#include <plaint/desk/detail/bound_column.hpp>
#include <plaint/desk/detail/plain_ways.hpp>
#include <plaint/expr/decision_table.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Cases of a plain policy without complaints: a table for the lifecycle, and of each clock its latest cycle only.
///
/// The general path is its oracle, and is left what is out of the ordinary: a case that meets a horizon, a promise that
/// is late when it begins or ends without being judged.
class plain_run {
public:
  plain_run(const policy& by, plain_ways ways)
      : ways_(std::move(ways)), attributes_(initial_values(by.schema())), fresh_(attributes_) {
    for (std::size_t i = 0; i < by.named_clocks(); ++i) {
      const auto& c = by.clocks()[i];
      clocks_.push_back({.rules = &c, .hours = &c.calendars.front().calendar});
      known_from_ = std::max(known_from_, clocks_.back().hours->horizon().from);
      known_to_ = std::min(known_to_, clocks_.back().hours->horizon().to);
    }
    until_ = [this, &by](std::string_view name) -> std::optional<instant> {
      const auto slot = by.schema().slot(name);
      const auto* known = slot ? attributes_[*slot].get_if<instant>() : nullptr;
      return known == nullptr ? std::nullopt : std::optional(*known);
    };
    for (const auto& field : by.schema().event_fields) {
      slots_.push_back(by.schema().slot(field.name));
    }
  }

  plain_run(const plain_run&) = delete;
  plain_run& operator=(const plain_run&) = delete;

  /// Nothing where the policy is not plain enough, or an expression asks for more than attributes.
  [[nodiscard]] static bool suits(const policy& by) {
    for (std::size_t i = 0; i < by.named_clocks(); ++i) {
      const auto& c = by.clocks()[i];
      if (!c.applies.reads_attributes_only() || c.calendars.size() != 1) {
        return false;
      }
      for (const auto& row : c.rows.rows()) {
        if (!row.reads_attributes_only()) {
          return false;
        }
      }
    }
    return true;
  }

  /// Attributes as the opening gives them, by event field; `given` has the columns that the log has.
  void begin(const std::vector<value>& fields, const std::vector<bound_column>& given) {
    for (const auto& column : given) {
      if (const auto slot = slots_[column.place()]) {
        const auto& v = fields[column.place()];
        attributes_[*slot] = v.is_absent() ? fresh_[*slot] : v;
      }
    }
    for (auto& c : clocks_) {
      c.outcome = clock_outcome::none;
    }
    where_ = 0;
  }

  /// False where the case, whose time ends at `until`, must be left to the general path.
  [[nodiscard]] bool ordinary(instant until) const noexcept { return ordinary_ && until < known_to_; }

  /// False where it is refused. Throws `horizon_error`.
  [[nodiscard]] bool open(std::int32_t who, instant at) {
    ordinary_ = at >= known_from_;
    return follow(ways_.open(who), at);
  }
  [[nodiscard]] bool handle(std::int32_t event, std::int32_t who, instant at) {
    return follow(ways_.take(where_, event, who), at);
  }
  [[nodiscard]] const std::string& why() const noexcept { return *why_; }

  void note(std::size_t at, instant until, case_outcomes& into) const {
    into.state[at] = ways_.leaf(where_);
    for (std::size_t i = 0; i < clocks_.size(); ++i) {
      const auto& c = clocks_[i];
      if (c.outcome == clock_outcome::none) {
        continue;
      }
      auto& columns = into.clocks[i];
      columns.due[at] = c.due ? c.due->time_since_epoch().count() : no_instant;
      columns.started[at] = c.started.time_since_epoch().count();
      const bool runs = c.outcome == clock_outcome::running;
      columns.stopped[at] = runs ? no_instant : c.stopped.time_since_epoch().count();
      columns.breached[at] = c.due && *c.due < (runs ? until : c.stopped) ? columns.due[at] : no_instant;
      columns.outcome[at] = c.outcome;
    }
  }

private:
  struct plain_clock {
    const compiled_clock* rules = nullptr;
    const calendar* hours = nullptr;
    clock_outcome outcome = clock_outcome::none;
    instant started{};
    instant stopped{};
    std::optional<instant> due{};
  };

  [[nodiscard]] bool follow(const plain_way& way, instant at) {
    if (!way.accepted) {
      why_ = &way.why;
      return false;
    }
    where_ = way.next;
    for (auto touched = way.starts | way.stops | way.cancels; touched != 0; touched &= touched - 1) {
      const auto bit = touched & (~touched + 1);
      move(clocks_[static_cast<std::size_t>(std::countr_zero(touched))], (way.starts & bit) != 0,
           (way.stops & bit) != 0, (way.cancels & bit) != 0, at);
    }
    return true;
  }

  void move(plain_clock& c, bool starts, bool stops, bool cancels, instant at) {
    const bool again = c.rules->definition.cycles != clock_cycles::once;
    if (c.outcome == clock_outcome::running) {
      ordinary_ = ordinary_ && !(cancels && (!stops || starts));
      if (stops) {
        c.stopped = at;
        c.outcome = c.due && *c.due < at ? clock_outcome::missed : clock_outcome::met;
        if (again && starts) {
          start(c, at);
        }
      }
    } else if ((c.outcome == clock_outcome::none || again) && starts && !stops) {
      ordinary_ = ordinary_ && !cancels;
      start(c, at);
    }
  }

  void start(plain_clock& c, instant at) {
    const scope seen{.attributes = attributes_, .at = at};
    if (!c.rules->applies.is_default() && !evaluate(c.rules->applies, seen)) {
      return;
    }
    if (const auto row = c.rules->rows.first_match(seen)) {
      c.due = due(c.rules->definition.goals[*row].goal, at, *c.hours, until_);
      c.started = at;
      ordinary_ = ordinary_ && !(c.due && *c.due < at);
      c.outcome = clock_outcome::running;
    }
  }

  plain_ways ways_;
  std::vector<value> attributes_;
  std::vector<value> fresh_;
  std::vector<std::optional<std::uint16_t>> slots_{}; ///< by event field
  std::vector<plain_clock> clocks_{};
  until_lookup until_{};
  std::uint32_t where_ = 0;
  const std::string* why_ = nullptr;
  instant known_from_ = instant::min(); ///< what every calendar knows
  instant known_to_ = instant::max();
  bool ordinary_ = true;
};

} // namespace plaint::detail
