// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/clock_extend.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace plaint::detail {

/// Takes one clock over from another policy at one instant, as a retarget would: what was consumed stays as it was
/// measured there. Nobody is told anything.
class clock_move : public clock_extend {
public:
  using clock_extend::clock_extend;

  /// Why it can't be taken over; nothing if it was. Throws `horizon_error`.
  [[nodiscard]] std::optional<std::string> take_over(const compiled_clock& from, const clock_state& old,
                                                     std::span<const value> attributes, retarget_mode mode) {
    for (const auto& y : old.cycles) { // only the last one may be open
      if (y.is_open()) {
        return mode == retarget_mode::restart ? begin_anew(from, y, attributes) : go_on(from, y, attributes, mode);
      }
      add_closed(from, y, attributes);
    }
    return std::nullopt;
  }

private:
  /// A cycle that is over: what was judged stays, under the row that would now be chosen.
  void add_closed(const compiled_clock& from, const clock_cycle& y, std::span<const value> attributes) {
    const auto calendar = chosen_calendar().value_or(0);
    const cycle_meter before(from, y, attributes);
    const auto row = chosen_row().value_or(0);
    const bool alike = is_alike(before.goal(), clock_.goals[row]) && y.anchor != instant::max();
    state_.cycles.emplace_back();
    auto& made = cycle();
    static_cast<cycle_head&>(made) = y;
    made.edition = calendar;
    made.generations.push_back({.since = y.started,
                                .due = y.due,
                                .crossed = y.crossed,
                                .amount = alike ? before.amount(0) : -1,
                                .row = row,
                                .calendar = calendar,
                                .late = y.late});
    made.segments.push_back({.from = std::min(y.anchor, y.started), .to = y.stopped, .calendar = calendar});
    made.parts.resize(clock_.goals[row].leaves.size() - 1);
    take_fired(from, y);
  }

  [[nodiscard]] std::optional<std::string> begin_anew(const compiled_clock& from, const clock_cycle& y,
                                                      std::span<const value> attributes) {
    auto ended = y;
    ended.stopped = facts_.at;
    ended.result = verdict::superseded;
    ended.paused = ended.held = false;
    ended.next = instant::max();
    add_closed(from, ended, attributes);
    begin(instant::min(), facts_.at);
    return std::nullopt;
  }

  [[nodiscard]] std::optional<std::string> go_on(const compiled_clock& from, const clock_cycle& y,
                                                 std::span<const value> attributes, retarget_mode mode) {
    const auto row = chosen_row();
    const auto calendar = chosen_calendar();
    if (!row || !calendar) {
      return "no goal of the new policy is meant for it";
    }
    const cycle_meter before(from, y, attributes);
    const auto& goal = clock_.goals[*row];
    if (!is_alike(before.goal(), goal)) {
      return "what it has consumed is not counted as the new goal is; it can begin anew or be measured anew";
    }
    state_.cycles.emplace_back();
    auto& made = cycle();
    static_cast<cycle_head&>(made) = y;
    made.crossed = made.due = instant::max();
    made.late = false;
    made.since = y.paused ? y.since : std::max(facts_.at, y.since);
    const bool dated = goal.leaves.front().in == measure::date;
    const bool extended = !dated || !clock_.definition.extensions.empty();
    made.generations.push_back(
        {.since = facts_.at, .added = extended ? y.generations.back().added : 0, .row = *row, .calendar = *calendar});
    made.segments.push_back({.from = y.paused ? y.segments.back().from : made.since,
                             .calendar = *calendar,
                             .cause = y.paused ? segment_cause::pause : segment_cause::retarget,
                             .paused = y.paused});
    take_fired(from, y);
    if (y.paused && !take_reason(from, y)) {
      return "it is paused for a reason that the new policy does not know";
    }
    if (!dated && y.anchor != instant::max()) {
      const auto consumed = before.consumed(0, facts_.at);
      carry(consumed);
      choose_amount(mode, before.amount(0), consumed, y.due);
    }
    return land_on(y, mode);
  }

  [[nodiscard]] static bool is_alike(const compiled_goal& a, const compiled_goal& b) noexcept {
    return a.is_simple() && b.is_simple() && kind_of(a.leaves.front()) == kind_of(b.leaves.front());
  }

  void carry(std::int64_t consumed) {
    auto& y = cycle();
    const auto m = meter();
    const auto& leaf = m.goal().leaves.front();
    y.closed = y.carried =
        leaf.in == measure::days ? consumed - m.days(leaf).ended(y.paused ? y.since : facts_.at) : consumed;
  }

  void choose_amount(retarget_mode mode, std::int64_t old_amount, std::int64_t consumed, instant old_due) {
    auto& y = cycle();
    auto& g = y.generations.back();
    const auto now = meter().amount(0);
    switch (mode) {
    case retarget_mode::proportional: {
      const auto share =
          static_cast<long double>(now) / static_cast<long double>(std::max<std::int64_t>(1, old_amount));
      const auto more = static_cast<std::int64_t>(static_cast<long double>(consumed) * share) - consumed;
      y.closed += more;
      y.carried += more;
      break;
    }
    case retarget_mode::ratchet:
      g.amount = std::min(old_amount, now) - g.added;
      break;
    case retarget_mode::loosen:
      g.amount = std::max(old_amount, now) - g.added;
      break;
    case retarget_mode::pin: {
      const auto in = meter().goal().leaves.front().in;
      const bool projected = in != measure::days && old_due != instant::max() && old_due >= y.since;
      g.amount = (projected ? y.closed + measure_in(in, meter().calendar(), y.since, old_due) : old_amount) - g.added;
      break;
    }
    default:
      break;
    }
  }

  /// The due instant as it now is; crossed at this instant where more than all of the goal is used up.
  [[nodiscard]] std::optional<std::string> land_on(const clock_cycle& old, retarget_mode mode) {
    auto& y = cycle();
    if (mode == retarget_mode::pin && old.crossed != instant::max()) {
      y.due = old.due;
      y.crossed = y.generations.back().crossed = old.crossed;
      y.late = y.generations.back().late = old.late;
      wait();
      return std::nullopt;
    }
    y.due = meter().due();
    if (mode == retarget_mode::pin && y.due != old.due) {
      return "its due instant can't be kept by the new calendar";
    }
    if (y.anchor != instant::max() && y.due < facts_.at) {
      y.due = y.crossed = y.generations.back().crossed = facts_.at;
      y.late = y.generations.back().late = true;
      leave_out(facts_.at, false);
    }
    schedule();
    return std::nullopt;
  }

  void take_fired(const compiled_clock& from, const clock_cycle& y) {
    const auto& known = clock_.definition.thresholds;
    for (const auto& f : y.fired) {
      const auto& id = from.definition.thresholds[f.threshold].id;
      const auto found = std::find_if(known.begin(), known.end(), [&](const auto& t) { return t.id == id; });
      if (found != known.end()) {
        cycle().fired.push_back({f.at, static_cast<std::uint16_t>(found - known.begin()), f.repetition, 0, f.skipped});
      }
    }
  }

  [[nodiscard]] bool take_reason(const compiled_clock& from, const clock_cycle& y) {
    if (!clock_.pause || !from.definition.pause) {
      return false;
    }
    const auto place = y.segments.back().reason;
    if (place >= from.definition.pause->reasons.size()) {
      return true;
    }
    const auto& named = clock_.definition.pause->reasons;
    const auto found = std::find(named.begin(), named.end(), from.definition.pause->reasons[place]);
    cycle().segments.back().reason = static_cast<std::uint16_t>(found - named.begin());
    return found != named.end();
  }
};

} // namespace plaint::detail
