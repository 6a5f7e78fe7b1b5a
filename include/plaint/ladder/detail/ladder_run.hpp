// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/ladder/compiled_ladder.hpp>
#include <plaint/ladder/detail/ladder_reach.hpp>
#include <plaint/ladder/ladder_work.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace plaint::detail {

/// Changes to one ladder of one complaint. Throws `horizon_error` half way; `ladder_work` takes it back.
class ladder_run {
public:
  ladder_run(const compiled_ladder& ladder, ladder_state& state, std::uint16_t place, const clock_facts& facts,
             ladder_work& work) noexcept
      : ladder_(ladder), state_(state), facts_(facts), work_(work), place_(place) {}

  enum class next_kind : unsigned char { none, step, reminder, timeout, silence };

  struct next_thing {
    instant at = instant::max();
    next_kind kind = next_kind::none;
    std::size_t reminder = 0;
  };

  /// What time alone will do next.
  [[nodiscard]] next_thing next() const {
    next_thing best;
    const auto offer = [&](instant at, next_kind kind, std::size_t reminder = 0) {
      if (at < best.at) {
        best = {at, kind, reminder};
      }
    };
    if (!state_.active) {
      if (ladder_.silence && !state_.silence_told && state_.last_sign != instant::max()) {
        const auto at = detail::reach(*ladder_.silence, state_.last_sign, 1, ladder_.calendar, {}, instant::max());
        offer(std::max(at, state_.cooldown_until), next_kind::silence);
      }
      return best;
    }
    if (state_.acknowledged && ladder_.timeout) {
      offer(reach(*ladder_.timeout, state_.acknowledged_at), next_kind::timeout);
    }
    offer(let_out_at(), next_kind::step);
    for (std::size_t i = 0; i < state_.reminders.size(); ++i) {
      const auto& r = state_.reminders[i];
      offer(gated(r.step, reach(*ladder_.steps[r.step].every, r.let_out, r.sent + 1)), next_kind::reminder, i);
    }
    return best;
  }

  void schedule() {
    if (!state_.freezes.empty()) {
      count_frozen(ladder_.calendar, state_.freezes);
    }
    state_.next = next().at;
    state_.hint = {};
  }

protected:
  [[nodiscard]] instant reach(const compiled_goal& delay, instant from, std::int64_t times = 1) const {
    return detail::reach(delay, from, times, ladder_.calendar, state_.freezes, state_.frozen_since);
  }

  [[nodiscard]] std::uint16_t run() const noexcept {
    return static_cast<std::uint16_t>(state_.runs - (state_.runs > 0 ? 1 : 0));
  }

  void record(ladder_act act, instant at, std::uint16_t step = no_id, std::uint16_t repetition = 0) {
    record_in(state_.pass, act, at, step, repetition);
  }
  void record_in(std::uint16_t pass, ladder_act act, instant at, std::uint16_t step, std::uint16_t repetition) {
    state_.history.push_back({at, act, step, pass, run(), repetition, state_.level});
  }

  void fire(rung_kind kind, instant at, std::uint16_t step, std::uint16_t repetition = 0, std::uint16_t again = 0) {
    fire_in(state_.pass, kind, at, step, repetition, again);
  }
  void fire_in(std::uint16_t pass, rung_kind kind, instant at, std::uint16_t step, std::uint16_t repetition,
               std::uint16_t again) {
    work_.firings.push_back({kind, place_, step, pass, run(), repetition, state_.level, state_.token, again, at});
  }

  /// How often something happened to a step in the present run and pass.
  [[nodiscard]] std::uint16_t times(ladder_act act, std::uint16_t step) const noexcept {
    return static_cast<std::uint16_t>(
        std::count_if(state_.history.begin(), state_.history.end(), [&](const ladder_record& r) {
          return r.act == act && r.step == step && r.pass == state_.pass && r.run == run();
        }));
  }

  /// When the next step is reached, before its gate.
  [[nodiscard]] instant scheduled() const {
    if (state_.step >= ladder_.steps.size()) {
      return instant::max();
    }
    if (state_.forced != instant::max()) {
      return state_.forced;
    }
    const auto& s = ladder_.steps[state_.step];
    const auto origin = ladder_.definition.steps[state_.step].from;
    auto base = state_.previous;
    if (state_.pass > 0 && !state_.pass_begun) {
      base = pass_beginning();
    } else if (state_.pass > 0 && origin == step_origin::trigger) {
      base = state_.pass_base;
    } else if (origin == step_origin::trigger) {
      base = state_.began;
    } else if (origin == step_origin::acknowledgement) {
      base = state_.acknowledged ? state_.acknowledged_at : instant::max();
    }
    if (base == instant::max()) {
      return base;
    }
    auto at = s.after ? reach(*s.after, base) : base;
    at = state_.pass > 0 && !state_.pass_begun ? at : std::max(at, state_.previous); // no step overtakes the one before
    return std::max(at, state_.cooldown_until);
  }

  /// When a further pass begins: the wait after the last step.
  [[nodiscard]] instant pass_beginning() const {
    return ladder_.wait ? reach(*ladder_.wait, state_.previous) : state_.previous;
  }

  [[nodiscard]] instant gated(std::uint16_t step, instant at) const {
    const auto& gate = ladder_.steps[step].gate;
    const bool waits = gate && at != instant::max() && ladder_.definition.steps[step].gate.outside == gate_rule::wait;
    return waits ? gate->next_open_or_self(at) : at;
  }

  [[nodiscard]] instant let_out_at() const {
    return state_.step < ladder_.steps.size() ? gated(state_.step, scheduled()) : instant::max();
  }

  [[nodiscard]] bool shut(std::uint16_t step, instant at) const {
    const auto& gate = ladder_.steps[step].gate;
    return gate && ladder_.definition.steps[step].gate.outside == gate_rule::skip && !gate->is_open(at);
  }

  void begin(instant at, std::uint16_t cycle) {
    ++state_.runs;
    ++state_.token;
    state_.active = true;
    state_.acknowledged = false;
    state_.acknowledged_at = instant::max();
    state_.cycle = cycle;
    from_the_start(at);
    record(ladder_act::began, at);
  }

  void from_the_start(instant at) {
    state_.step = 0;
    state_.pass = 0;
    state_.pass_begun = false;
    state_.last_step = no_id;
    state_.began = state_.previous = at;
    state_.pass_base = state_.forced = instant::max();
    drop_freezes();
    state_.reminders.clear();
  }

  void drop_freezes() {
    if (!state_.freezes.empty()) {
      work_.save_freezes(place_, state_);
      state_.freezes.clear();
    }
  }

  void end(instant at) {
    state_.active = false;
    ++state_.token;
    state_.reminders.clear();
    drop_freezes();
    state_.frozen_since = instant::max();
    state_.forced = instant::max();
    record(ladder_act::ended, at);
  }

  /// Lets out the next step, or leaves it out.
  event_id let_out(instant at) {
    const auto step = state_.step;
    const auto reached = scheduled();
    const bool first = !state_.pass_begun;
    if (state_.pass > 0 && first) {
      if (state_.acknowledged && !ladder_.definition.repeat.resets_acknowledgement) {
        return exhaust(at);
      }
      state_.acknowledged = false;
      state_.pass_base = pass_beginning();
      record(ladder_act::repeated, state_.pass_base);
    }
    state_.pass_begun = true;
    state_.forced = instant::max();
    event_id raised = no_id;
    if (wanted(step, at)) {
      raised = tell_step(step, at);
      state_.previous = at;
    } else {
      record(ladder_act::skipped, reached, step);
      state_.previous = reached;
    }
    ++state_.step;
    const auto after = state_.step < ladder_.steps.size() ? event_id{no_id} : end_of_pass(at);
    return raised == no_id ? after : raised;
  }

  [[nodiscard]] bool wanted(std::uint16_t step, instant at) const {
    const auto& def = ladder_.definition.steps[step];
    const auto& s = ladder_.steps[step];
    return !(def.unless_acknowledged && state_.acknowledged) && !shut(step, at) &&
           (s.guard.is_default() || evaluate(s.guard, facts_.seen));
  }

  event_id tell_step(std::uint16_t step, instant at) {
    state_.level = ladder_.definition.steps[step].level;
    state_.high_water = std::max(state_.high_water, state_.level);
    state_.last_step = step;
    const auto again = times(ladder_act::step, step);
    record(ladder_act::step, at, step);
    fire(rung_kind::step, at, step, 0, again);
    if (ladder_.steps[step].every && !state_.acknowledged) {
      state_.reminders.push_back({at, step, state_.pass, 0, again});
    }
    return ladder_.steps[step].raise;
  }

  event_id end_of_pass(instant at) {
    const auto& repeat = ladder_.definition.repeat;
    if (state_.pass >= repeat.at_most || (state_.acknowledged && !repeat.resets_acknowledgement)) {
      return exhaust(at);
    }
    ++state_.pass;
    state_.step = static_cast<std::uint16_t>(repeat.from_step - 1);
    state_.pass_begun = false;
    return no_id;
  }

  event_id exhaust(instant at) {
    state_.step = static_cast<std::uint16_t>(ladder_.steps.size());
    state_.forced = instant::max();
    const auto again = times(ladder_act::exhausted, no_id);
    record(ladder_act::exhausted, at);
    switch (ladder_.definition.exhausted) {
    case when_exhausted::hold:
      break;
    case when_exhausted::stop:
      end(at);
      break;
    case when_exhausted::incident:
      fire(rung_kind::incident, at, no_id, 0, again);
      break;
    case when_exhausted::raise:
      return ladder_.exhausted_raise;
    }
    return no_id;
  }

  const compiled_ladder& ladder_;
  ladder_state& state_;
  const clock_facts& facts_;
  ladder_work& work_;
  std::uint16_t place_;
};

} // namespace plaint::detail
