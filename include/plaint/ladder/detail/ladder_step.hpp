// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/passed_time.hpp>
#include <plaint/ladder/detail/ladder_run.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plaint::detail {

/// True if the clock of an active ladder stands and the ladder does not.
[[nodiscard]] inline bool is_held_by_clock(const compiled_ladder& l, const ladder_state& state,
                                           const std::vector<clock_state>& clocks) noexcept {
  const auto& clock = clocks[l.clock];
  return clock.is_open() && clock.cycles.back().paused && clock.cycles.size() == std::size_t{state.cycle} + 1;
}

/// True if a ladder must freeze or thaw with its clock.
[[nodiscard]] inline bool stands_otherwise(const compiled_ladder& l, const ladder_state& state,
                                           const std::vector<clock_state>& clocks) noexcept {
  return state.active && l.clock != no_id && l.definition.while_paused == paused_clock::freeze &&
         is_held_by_clock(l, state, clocks) != (state.frozen_since != instant::max());
}

/// What one step of the lifecycle and of the clocks does to one ladder: end, freeze, fall, note, begin.
class ladder_step_run : public ladder_run {
public:
  ladder_step_run(const compiled_ladder& ladder, ladder_state& state, std::uint16_t place, const clock_facts& facts,
                  ladder_work& work, const std::vector<clock_state>& clocks) noexcept
      : ladder_run(ladder, state, place, facts, work), clocks_(clocks) {}

  /// `acts`: what its triggers let it do, as bits of `ladder_deed`.
  void apply(std::uint16_t acts) {
    acts_ = acts;
    touched_ = false;
    hear();
    if (state_.active) {
      go_on();
    }
    if (!state_.active) {
      begin_if_triggered();
    }
    if (touched_) {
      schedule();
    }
  }

  /// The same where it must freeze or thaw and nothing else can have changed it.
  void apply_turn() {
    freeze();
    if (touched_) {
      schedule();
    }
  }

private:
  [[nodiscard]] bool does(std::uint16_t deed) const noexcept { return (acts_ & deed) != 0; }

  void touch() {
    if (!touched_) {
      work_.save(place_, state_);
      touched_ = true;
    }
  }

  [[nodiscard]] bool acts(const std::vector<std::string>& roles) const noexcept {
    return roles.empty() || std::find(roles.begin(), roles.end(), facts_.seen.actor.role) != roles.end();
  }

  /// Somebody has sent an event: the silence is over.
  void hear() {
    if (ladder_.silence && (facts_.sent || facts_.opened)) {
      touch();
      state_.last_sign = facts_.at;
      state_.silence_told = false;
    }
  }

  void go_on() {
    if (does(ladder_deed::end) || facts_.ended) {
      touch();
      end(facts_.at);
      return;
    }
    freeze();
    if (reassigned()) {
      return;
    }
    fall();
    if (state_.active) {
      take_note();
      report_nobody();
    }
  }

  /// Stands still while its clock is paused, and goes on when that is over or the cycle is.
  void freeze() {
    if (stands_otherwise(ladder_, state_, clocks_) && (touched_ || !turn_at_once())) {
      touch();
      turn();
    }
  }

  void turn() {
    ++state_.token;
    if (state_.frozen_since == instant::max()) {
      state_.frozen_since = facts_.at;
    } else {
      state_.freezes.push_back({state_.frozen_since, facts_.at});
      state_.frozen_since = instant::max();
    }
  }

  /// The same where nothing else has happened to it and what it waits for next is known without a search; false, with
  /// nothing changed, of any other.
  bool turn_at_once() {
    const bool freezes = state_.frozen_since == instant::max();
    if (freezes && (ladder_.gated || state_.cooldown_until > facts_.at || state_.next <= facts_.at)) {
      return false;
    }
    if (!freezes && state_.hint.rest <= 0) {
      return false;
    }
    const auto rest = freezes ? rest_at(facts_.at) : ladder_hint::none;
    const auto next = freezes ? instant::max() : after_rest(state_.hint.rest);
    work_.save_turn(place_, state_);
    turn();
    state_.hint.rest = rest;
    state_.next = next;
    return true;
  }

  [[nodiscard]] instant after_rest(std::int64_t rest) {
    const auto in = delay_of_next();
    return passed_time::when(in, ladder_.calendar, work_.passed.until(in, ladder_.calendar, facts_.at) + rest);
  }

  [[nodiscard]] measure delay_of_next() const noexcept { return ladder_.steps[state_.step].after->leaves.front().in; }

  /// What the delay of the next step lacks at an instant before its end; none where anything else may come first, or
  /// the delay is none in hours after what has happened.
  [[nodiscard]] std::int64_t rest_at(instant at) {
    const bool waits_for_step = state_.reminders.empty() && !(state_.acknowledged && ladder_.timeout) &&
                                state_.forced == instant::max() && (state_.pass == 0 || state_.pass_begun) &&
                                state_.step < ladder_.steps.size() && state_.next != instant::max();
    if (!waits_for_step || !ladder_.steps[state_.step].after || !ladder_.steps[state_.step].after->in_hours) {
      return ladder_hint::none;
    }
    const auto in = delay_of_next();
    return passed_time{}.until(in, ladder_.calendar, state_.next) - work_.passed.until(in, ladder_.calendar, at);
  }

  /// True if the complaint has another owner and the ladder ends by it or begins anew.
  bool reassigned() {
    const auto is = [&](const attribute_change& c) { return c.slot == ladder_.reassigned; };
    const auto then = ladder_.definition.on_reassign;
    if (ladder_.reassigned == no_id || then == reassigned_ladder::keep ||
        std::none_of(facts_.changes.begin(), facts_.changes.end(), is)) {
      return false;
    }
    touch();
    if (then == reassigned_ladder::cancel) {
      end(facts_.at);
      return true;
    }
    ++state_.token;
    state_.acknowledged = false;
    state_.acknowledged_at = instant::max();
    from_the_start(facts_.at);
    if (state_.frozen_since != instant::max()) {
      state_.frozen_since = facts_.at;
    }
    record(ladder_act::restarted, facts_.at);
    return true;
  }

  void fall() {
    const auto& down = ladder_.definition.de_escalation;
    if (!does(ladder_deed::fall) || !acts(down.by)) {
      return;
    }
    touch();
    ++state_.token;
    state_.level = std::min(state_.level, down.to);
    record(ladder_act::de_escalated, facts_.at);
    state_.cooldown_until = ladder_.cooldown
                                ? detail::reach(*ladder_.cooldown, facts_.at, 1, ladder_.calendar, {}, instant::max())
                                : facts_.at;
    if (down.to == 0) {
      end(facts_.at);
      return;
    }
    const auto& steps = ladder_.definition.steps;
    std::erase_if(state_.reminders, [&](const ladder_reminder& r) { return steps[r.step].level > down.to; });
    const auto above =
        std::find_if(steps.begin(), steps.end(), [&](const ladder_step& s) { return s.level > down.to; });
    state_.step = std::min(state_.step, static_cast<std::uint16_t>(above - steps.begin()));
    state_.began = state_.previous = state_.pass_base = facts_.at; // what is above counts from here
    state_.pass_begun = true;
    state_.forced = instant::max();
  }

  void take_note() {
    const auto& def = ladder_.definition.acknowledgement;
    const bool act = ladder_.any_act_acknowledges ? facts_.sent : does(ladder_deed::acknowledge);
    if (!act || state_.acknowledged || !acts(def.by)) {
      return;
    }
    touch();
    ++state_.token;
    state_.acknowledged = true;
    state_.acknowledged_at = facts_.at;
    state_.reminders.clear();
    record(ladder_act::acknowledged, facts_.at);
    if (state_.pass > 0 && !state_.pass_begun && !ladder_.definition.repeat.resets_acknowledgement) {
      raised_ = exhaust(facts_.at);
    }
  }

  void report_nobody() {
    if (!does(ladder_deed::nobody)) {
      return;
    }
    touch();
    const auto step = state_.last_step;
    const auto before = times(ladder_act::nobody, step);
    record(ladder_act::nobody, facts_.at, step);
    if (step == no_id) {
      return;
    }
    switch (ladder_.definition.steps[step].on_empty) {
    case empty_audience::record:
      break;
    case empty_audience::fallback:
      fire(rung_kind::fallback, facts_.at, step, before);
      break;
    case empty_audience::error:
      fire(rung_kind::error, facts_.at, step, before);
      break;
    case empty_audience::next_step:
      if (state_.step < ladder_.steps.size()) {
        ++state_.token;
        state_.forced = facts_.at;
      }
      break;
    }
  }

  void begin_if_triggered() {
    if (facts_.ended) {
      return;
    }
    bool triggered = does(ladder_deed::begin);
    if (ladder_.has_condition) {
      const bool holds = static_cast<bool>(evaluate(ladder_.when, facts_.seen));
      triggered = triggered || (holds && !state_.holds);
      if (holds != state_.holds) {
        touch();
        state_.holds = holds;
      }
    }
    triggered = asked_for() || triggered;
    if (!triggered || facts_.at < state_.cooldown_until || does(ladder_deed::end)) {
      return;
    }
    std::uint16_t cycle = no_id;
    if (ladder_.clock != no_id && !clocks_[ladder_.clock].cycles.empty()) {
      cycle = static_cast<std::uint16_t>(clocks_[ladder_.clock].cycles.size() - 1);
      if (state_.runs > 0 && state_.cycle == cycle && by_clock()) {
        return; // one run for each cycle
      }
    }
    touch();
    begin(facts_.at, cycle);
    freeze();
  }

  [[nodiscard]] bool by_clock() const noexcept {
    const auto& all = ladder_.on.all();
    return std::none_of(all.begin(), all.end(),
                        [&](const compiled_trigger& t) { return !is_of_clock(t.kind) && t.happened(facts_); });
  }

  bool asked_for() {
    if (ladder_.request.empty()) {
      return false;
    }
    const auto& def = ladder_.definition.begins;
    if (does(ladder_deed::request) && acts(def.by) && !state_.requested) {
      touch();
      state_.requested = true;
    } else if (state_.requested && does(ladder_deed::approve) && acts(def.approved_by)) {
      touch();
      state_.requested = false;
      return true;
    }
    return false;
  }

public:
  /// The event that the step has it send, such as after an acknowledgement that ends the last pass.
  [[nodiscard]] event_id raised() const noexcept { return raised_; }

private:
  const std::vector<clock_state>& clocks_;
  std::uint16_t acts_ = 0;
  bool touched_ = false;
  event_id raised_ = no_id;
};

/// What time alone does to one ladder at an instant that it has waited for.
class ladder_time_run : public ladder_run {
public:
  using ladder_run::ladder_run;

  /// The event that it sends into the lifecycle; no_id if it sends none.
  event_id pass(const next_thing& what) {
    event_id raised = no_id;
    switch (what.kind) {
    case next_kind::step:
      raised = let_out(what.at);
      break;
    case next_kind::reminder:
      remind(what);
      break;
    case next_kind::timeout:
      raised = time_out(what.at);
      break;
    case next_kind::silence:
      state_.silence_told = true;
      begin(what.at, no_id);
      break;
    case next_kind::none:
      break;
    }
    schedule();
    return raised;
  }

private:
  void remind(const next_thing& what) {
    auto& r = state_.reminders[what.reminder];
    if (!shut(r.step, what.at)) {
      record_in(r.pass, ladder_act::reminder, what.at, r.step, r.sent);
      fire_in(r.pass, rung_kind::reminder, what.at, r.step, r.sent, r.again);
    } else {
      record_in(r.pass, ladder_act::skipped, what.at, r.step, r.sent);
    }
    if (++r.sent >= ladder_.definition.steps[r.step].reminders.at_most) {
      state_.reminders.erase(state_.reminders.begin() + static_cast<std::ptrdiff_t>(what.reminder));
    }
  }

  event_id time_out(instant at) {
    state_.acknowledged = false;
    state_.acknowledged_at = instant::max();
    ++state_.token;
    record(ladder_act::timed_out, at);
    if (ladder_.definition.acknowledgement.then == ack_timeout::next && state_.step < ladder_.steps.size()) {
      state_.forced = at;
      return no_id;
    }
    return state_.last_step != no_id && wanted(state_.last_step, at) ? tell_step(state_.last_step, at)
                                                                     : event_id{no_id};
  }
};

} // namespace plaint::detail
