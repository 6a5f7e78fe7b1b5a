// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_definition.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/clock/detail/cycle_meter.hpp>
#include <plaint/expr/evaluate.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace plaint::detail {

/// What a clock chooses by the complaint as a step leaves it: goal, calendar, anchor, the reason of a pause.
class clock_choice {
public:
  clock_choice(const compiled_clock& clock, const clock_facts& facts) noexcept : clock_(clock), facts_(facts) {}

  /// The reason that the event's data give, as a place among those of the clock; the only or first one where they give
  /// none.
  [[nodiscard]] std::uint16_t reason_given() const {
    const auto place = reason_in(clock_.definition.pause->reasons);
    return place == no_id ? std::uint16_t{0} : place;
  }

  [[nodiscard]] std::uint16_t reason_in(const std::vector<std::string>& known) const {
    const auto field = facts_.reason_field;
    const auto* given = field < facts_.seen.event.size() ? facts_.seen.event[field].get_if<std::string>() : nullptr;
    const auto found = given == nullptr ? known.end() : std::find(known.begin(), known.end(), *given);
    return found == known.end() ? no_id : static_cast<std::uint16_t>(found - known.begin());
  }

protected:
  [[nodiscard]] std::span<const value> attributes() const noexcept { return facts_.seen.attributes; }

  /// The reason of the first condition that holds.
  [[nodiscard]] std::optional<std::uint16_t> standing_reason() const {
    for (std::size_t i = 0; i < clock_.pause->conditions.size(); ++i) {
      if (evaluate(clock_.pause->conditions[i], facts_.seen)) {
        return clock_.pause->reasons[i] == no_id ? reason_given() : clock_.pause->reasons[i];
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::uint16_t> chosen_row() const {
    if (clock_.definition.choose == goal_choice::first) {
      const auto row = clock_.rows.first_match(facts_.seen);
      return row ? std::optional(static_cast<std::uint16_t>(*row)) : std::nullopt;
    }
    std::optional<std::uint16_t> best;
    instant earliest = instant::max();
    for (std::size_t row = 0; row < clock_.goals.size(); ++row) {
      if (evaluate(clock_.rows.rows()[row], facts_.seen)) {
        const auto due = first_due(clock_.goals[row], clock_.calendar_at(chosen_calendar().value_or(0)));
        if (!best || due < earliest) {
          best = static_cast<std::uint16_t>(row);
          earliest = due;
        }
      }
    }
    return best;
  }

  /// When a goal that begins now is due.
  [[nodiscard]] instant first_due(const compiled_goal& g, const plaint::calendar& c) const {
    return g.choose([&](std::size_t leaf) {
      const auto& l = g.leaves[leaf];
      if (l.in == measure::date) {
        const auto* set = attributes()[l.slot].template get_if<instant>();
        return set == nullptr ? instant::max() : *set;
      }
      const day_meter days(l.days, facts_.at, c);
      return l.in == measure::days ? days.due(days.amount(l.days)) : advance_in(l.in, c, facts_.at, l.length.count());
    });
  }

  /// The edition in force of the calendar that the rule chooses; nothing where no row of the rule is yes.
  [[nodiscard]] std::optional<std::uint16_t> chosen_calendar() const {
    if (clock_.first_edition.size() == 1) {
      return edition_at(clock_.first_edition.front());
    }
    const auto row = clock_.calendar_rows.rows().empty() ? std::optional<std::size_t>(0)
                                                         : clock_.calendar_rows.first_match(facts_.seen);
    if (!row) {
      return std::nullopt;
    }
    std::size_t zone = 0;
    if (clock_.zone_slot != no_id) {
      const auto* member = attributes()[clock_.zone_slot].get_if<enum_member>();
      zone = member == nullptr ? 0 : std::size_t{1} + member->index; // the first is the calendar's own
    }
    return edition_at(clock_.first_edition[*row * clock_.zones + zone]);
  }

  [[nodiscard]] std::uint16_t edition_at(std::uint16_t first) const noexcept {
    while (clock_.calendars[first].until <= facts_.at) {
      first = clock_.calendars[first].next;
    }
    return first;
  }

  [[nodiscard]] instant anchor_of(const plaint::calendar& c) const {
    auto anchor = clock_.anchored_at_opening ? facts_.opened_at : facts_.at;
    if (clock_.anchor_slot != no_id) {
      const auto* set = attributes()[clock_.anchor_slot].get_if<instant>();
      anchor = set == nullptr ? instant::max() : *set;
    }
    if (anchor != instant::max() && clock_.anchor_offset) {
      anchor = plaint::due(clock_.anchor_offset->source, anchor, c).value_or(anchor);
    }
    return anchor;
  }

  const compiled_clock& clock_;
  const clock_facts& facts_;
};

} // namespace plaint::detail
