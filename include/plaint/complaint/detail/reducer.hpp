// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_engine.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/read_event.hpp>
#include <plaint/complaint/detail/refusals.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/lifecycle/step.hpp>
#include <plaint/policy/policy.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Runs one complaint by its policy: first what fell due, then the event. Works on a complaint that the caller can throw away.
class reducer {
public:
  reducer(const policy& by, complaint& of, progress& did) : by_(by), of_(of), did_(did) {}

  [[nodiscard]] bool open(const occurrence& what) {
    for (std::size_t i = 0; i < what.data.size(); ++i) { // the initial states, their guards and clocks see what was given
      const auto slot = by_.schema().slot(by_.schema().event_fields[i].name);
      if (slot && !what.data[i].is_absent()) {
        of_.attributes[*slot] = what.data[i];
      }
    }
    start(by_.lifecycle(), of_.attributes, what, memory_, result_);
    return take(what, true);
  }

  /// The lifecycle's answer to an event at its instant; false if it refuses, the complaint is then as it was.
  [[nodiscard]] bool handle(occurrence what) {
    const auto lapsed = lapsed_timers(*what.at);
    what.lapsed = lapsed;
    what.clocks = readings(*what.at);
    plaint::step(by_.lifecycle(), of_.where, of_.attributes, what, memory_, result_);
    return take(what, false);
  }

  /// Everything scheduled strictly before an instant, each at its own; `noticed` is when the host looks.
  void fire_before(instant before, instant noticed) {
    while (const auto fired = fire_next(by_.clocks(), of_.clocks, before)) {
      of_.last_at = std::max(of_.last_at, fired->mark.at);
      if (fired->clock >= by_.named_clocks()) {
        run_timer(fired->clock - by_.named_clocks(), fired->mark.at);
      } else if (fired->mark.threshold != clock_mark::breach) {
        emit_threshold(*fired, noticed);
      }
    }
  }

private:
  [[nodiscard]] std::vector<std::uint64_t> lapsed_timers(instant at) const {
    const auto& timers = by_.lifecycle().timers();
    std::vector<std::uint64_t> bits((timers.size() + 63) / 64);
    for (std::size_t i = 0; i < timers.size(); ++i) {
      const auto* cycle = of_.clocks[by_.named_clocks() + i].latest();
      if (timers[i].kind == timer_kind::within && cycle != nullptr && cycle->breached(at)) {
        bits[i / 64] |= std::uint64_t{1} << (i % 64);
      }
    }
    return bits;
  }

  struct clocks_at {
    const policy* by;
    const complaint* of;
    instant at;
  };

  [[nodiscard]] reading_source<clock_reading> readings(instant at) {
    seen_at_ = {&by_, &of_, at};
    return {&seen_at_, [](const void* self, std::uint16_t place) noexcept {
              const auto& seen = *static_cast<const clocks_at*>(self);
              return read_clock(seen.by->clocks()[place], seen.of->clocks[place], seen.at);
            }};
  }

  void run_timer(std::size_t timer, instant at) {
    const auto& all = by_.lifecycle().timers();
    if (all[timer].kind == timer_kind::after) {
      occurrence what{.event = all[timer].event, .at = at};
      (void)handle(what); // a guard may have closed the way: then nothing happens, as the policy says
      did_.reasons.clear();
    }
  }

  [[nodiscard]] bool take(const occurrence& what, bool opened) {
    if (!result_.accepted) {
      for (const auto& r : result_.reasons) {
        did_.reasons.push_back(by_name(by_.lifecycle(), r));
      }
      return false;
    }
    of_.where = result_.after;
    for (auto& change : result_.changes) {
      of_.attributes[change.slot] = std::move(change.to);
    }
    of_.last_at = *what.at;
    did_.transitions.insert(did_.transitions.end(), result_.taken.begin(), result_.taken.end());
    note_states(did_.left, result_.left);
    note_states(did_.entered, result_.entered);
    const auto active = active_bits();
    const scope seen{.attributes = of_.attributes, .states = active, .actor = what.actor, .event_name = what.name,
                     .event = what.data, .at = what.at, .clocks = readings(*what.at)};
    if (what.event == no_id || !by_.lifecycle().is_timer_event(what.event)) {
      ++of_.sequence;
    }
    emit_effects(what);
    apply_step(by_.clocks(), of_.clocks,
               {.opened = opened, .event = what.event, .entered = result_.entered, .left = result_.left, .effects = result_.effects,
                .at = *what.at, .seen = seen});
    return true;
  }

  void note_states(std::vector<std::string>& into, const std::vector<state_id>& ids) {
    for (const auto id : ids) {
      into.push_back(by_.lifecycle().name(id));
    }
  }

  [[nodiscard]] std::vector<std::uint64_t> active_bits() const {
    std::vector<std::uint64_t> bits((by_.lifecycle().state_count() + 63) / 64);
    for (const auto id : by_.lifecycle().active(of_.where)) {
      bits[id / 64] |= std::uint64_t{1} << (id % 64);
    }
    return bits;
  }

  void emit_effects(const occurrence& what) {
    const auto& in = by_.lifecycle();
    const bool timed = what.event != no_id && in.is_timer_event(what.event);
    const std::string cause(what.name.empty() ? in.event_name(what.event) : what.name);
    for (std::size_t i = 0; i < result_.effects.size(); ++i) {
      const auto& emitted = result_.effects[i];
      const auto& definition = in.effect_at(emitted.effect);
      effect made{.kind = definition.kind, .cause = cause, .at = *what.at};
      const auto step = timed ? cause + "/" + to_iso8601(*what.at) : std::to_string(of_.sequence);
      made.key = of_.id + "/" + step + "/" + std::to_string(i);
      std::size_t computed = 0;
      for (const auto& p : definition.parameters) {
        made.parameters.add(p.name, p.expression.empty() ? p.value : plain_node(emitted.values[computed++]));
      }
      did_.effects.push_back(std::move(made));
    }
  }

  void emit_threshold(const clock_firing& fired, instant noticed) {
    const auto& clock = by_.clocks()[fired.clock];
    const auto& threshold = clock.definition.thresholds[fired.mark.threshold];
    const auto active = active_bits();
    const scope seen{.attributes = of_.attributes, .states = active, .at = fired.mark.at, .clocks = readings(fired.mark.at)};
    const auto& effects = clock.effects[fired.mark.threshold];
    for (std::size_t i = 0; i < effects.size(); ++i) {
      effect made{.kind = effects[i].definition.kind, .cause = clock.definition.id + " " + to_string(threshold.at),
                  .at = fired.mark.at, .late_by = noticed - fired.mark.at};
      made.key = of_.id + "/" + clock.definition.id + "/" + std::to_string(fired.cycle + 1) + "/" + threshold.id + "/" +
                 std::to_string(fired.mark.repetition) + "/" + std::to_string(i);
      for (std::size_t p = 0; p < effects[i].definition.parameters.size(); ++p) {
        const auto& parameter = effects[i].definition.parameters[p];
        const auto& program = effects[i].computed[p];
        made.parameters.add(parameter.name, program ? plain_node(compute(*program, seen).value) : parameter.value);
      }
      did_.effects.push_back(std::move(made));
    }
  }

  /// A computed value as data; members of enumerations come out of expressions as text.
  [[nodiscard]] static node plain_node(const value& v) { return write_value(v, type::any()); }

  const policy& by_;
  complaint& of_;
  progress& did_;
  step_memory memory_{};
  step_result result_{};
  clocks_at seen_at_{};
};

} // namespace plaint::detail
