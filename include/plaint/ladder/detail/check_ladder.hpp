// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_set.hpp>
#include <plaint/clock/detail/check_arming.hpp>
#include <plaint/clock/detail/check_triggers.hpp>
#include <plaint/ladder/compiled_ladder.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Checks one definition and compiles it; every fault is appended, each at its own pointer.
class ladder_checker : public trigger_checker {
public:
  ladder_checker(const plaint::lifecycle& in, const std::vector<clock_definition>& clocks, const clock_set& compiled,
                 const std::vector<named_calendar>& calendars, findings& out)
      : trigger_checker(in, clocks, out), compiled_(compiled), calendars_(calendars) {}

  [[nodiscard]] compiled_ladder check(ladder_definition d) {
    pointer_ = d.pointer.empty() ? child("/ladders", d.id) : d.pointer;
    end_with_clocks(d);
    const auto clock = clock_of(d);
    auto measured_in = calendar_of(d, clock);
    compiled_ladder made{.definition = std::move(d), .clock = clock, .calendar = std::move(measured_in)};
    const auto& def = made.definition;
    begins(def.begins, made);
    for (std::size_t i = 0; i < def.steps.size(); ++i) {
      made.steps.push_back(step(def, i));
    }
    require(!def.steps.empty(), "no-step", "a ladder needs a step", at("steps"));
    made.wait = length(def.repeat.wait, at("repeat"));
    require(def.repeat.at_most == 0 || def.repeat.from_step <= static_cast<std::int64_t>(def.steps.size()),
            "bad-repeat", "there is no step " + std::to_string(def.repeat.from_step), at("repeat"));
    made.exhausted_raise = event_place(def.exhausted_raise, at("when_exhausted"));
    acknowledgement(def.acknowledgement, made);
    made.de_escalate = triggers(def.de_escalation.on, at("de_escalate"));
    made.cooldown = length(def.de_escalation.cooldown, at("de_escalate"));
    check_roles(def.de_escalation.by, child(at("de_escalate"), "by"));
    made.ends = triggers(def.ends_on, at("ends_on"));
    made.nobody = triggers(def.nobody, at("nobody"));
    reassignment(def, made);
    check_reach(def, made);
    return made;
  }

private:
  [[nodiscard]] std::string at(std::string_view name) const { return child(pointer_, name); }

  /// Whoever ends with a clock that is stopped also ends with one that is cancelled or superseded.
  static void end_with_clocks(ladder_definition& d) {
    const auto given = d.ends_on;
    for (auto t : given) {
      if (t.kind == trigger_kind::stop) {
        t.kind = trigger_kind::cancel;
        if (std::find(d.ends_on.begin(), d.ends_on.end(), t) == d.ends_on.end()) {
          d.ends_on.push_back(std::move(t));
        }
      }
    }
  }

  /// The clock whose cycles it runs for: the first that its triggers speak of.
  [[nodiscard]] std::uint16_t clock_of(const ladder_definition& d) const {
    for (const auto& t : d.begins.on) {
      for (std::size_t c = 0; is_of_clock(t.kind) && c < clocks_.size(); ++c) {
        if (clocks_[c].id == t.name) {
          return static_cast<std::uint16_t>(c);
        }
      }
    }
    return no_id;
  }

  [[nodiscard]] std::optional<calendar> find_calendar(const std::string& name, const std::string& pointer) {
    std::vector<std::string> names;
    for (const auto& c : calendars_) {
      if (c.name == name) {
        return c.calendar;
      }
      names.push_back(c.name);
    }
    fault("unknown-calendar", "\"" + name + "\" is no calendar of the policy", pointer, nearest(name, names));
    return std::nullopt;
  }

  [[nodiscard]] calendar calendar_of(const ladder_definition& d, std::uint16_t clock) {
    if (!d.calendar.empty()) {
      return find_calendar(d.calendar, at("calendar")).value_or(calendar::compile(always()));
    }
    if (clock != no_id && clock < compiled_.size()) {
      return compiled_[clock].calendars.front().calendar;
    }
    if (calendars_.size() == 1) {
      return calendars_.front().calendar;
    }
    const auto needs = [](const std::optional<goal>& g) { return g && !std::holds_alternative<elapsed_goal>(g->form); };
    if (std::any_of(d.steps.begin(), d.steps.end(),
                    [&](const ladder_step& s) { return needs(s.after) || needs(s.reminders.every); }) ||
        needs(d.begins.silence)) {
      fault("no-calendar", "this ladder must say in which calendar its delays are measured", pointer_);
    }
    return calendar::compile(always());
  }

  void begins(const ladder_trigger& def, compiled_ladder& made) {
    const auto place = at("trigger");
    made.on = triggers(def.on, place);
    made.has_condition = !def.when.empty();
    made.when = guard(def.when, child(place, "when"));
    made.silence = length(def.silence, child(place, "silence"));
    made.request = triggers(def.request, child(place, "request"));
    made.approve = triggers(def.approve, child(place, "approve"));
    check_roles(def.by, child(place, "by"));
    check_roles(def.approved_by, child(place, "approved_by"));
    require(def.request.empty() == def.approve.empty(), "bad-trigger", "\"request\" and \"approve\" belong together",
            place);
    require(!def.on.empty() || made.has_condition || def.silence || !def.request.empty(), "no-trigger",
            "a ladder needs something that begins it", place);
    const bool only_triggers = !made.has_condition && !def.silence && def.request.empty();
    require(!only_triggers || !never_happen(made.on, in_), "ladder-never-climbs",
            "nothing that begins this ladder ever happens", place);
  }

  [[nodiscard]] compiled_step step(const ladder_definition& def, std::size_t i) {
    const auto& s = def.steps[i];
    const auto place = s.pointer.empty() ? child(at("steps"), i) : s.pointer;
    compiled_step made{.after = length(s.after, child(place, "after")),
                       .guard = guard(s.guard, child(place, "if")),
                       .effects = effects(s.effects, place),
                       .fallback = effects(s.fallback, place),
                       .every = length(s.reminders.every, child(place, "reminders"))};
    if (!s.gate.calendar.empty()) {
      made.gate = find_calendar(s.gate.calendar, child(place, "gate"));
    }
    made.raise = event_place(s.raise, child(place, "raise"));
    const auto constant = made.guard.is_default() ? std::optional<value>{} : made.guard.constant();
    const bool* is = constant ? constant->get_if<bool>() : nullptr;
    require(is == nullptr || *is, "step-never-reached", "the guard of this step is never yes", child(place, "if"));
    if (s.from == step_origin::acknowledgement) {
      require(def.acknowledgement != acknowledgement_definition{}, "step-never-reached",
              "nobody can acknowledge this ladder, so the step is never reached", place);
      require(!s.unless_acknowledged, "step-never-reached",
              "this step waits for an acknowledgement and is left out after one", place);
    }
    require(s.on_empty != empty_audience::fallback || !s.fallback.empty(), "no-fallback",
            "this step needs \"fallback\"", place);
    return made;
  }

  void acknowledgement(const acknowledgement_definition& def, compiled_ladder& made) {
    const auto place = at("acknowledge");
    made.acknowledge = triggers(def.on, child(place, "on"));
    made.any_act_acknowledges = def.on.empty() && !def.by.empty();
    made.timeout = length(def.timeout, child(place, "timeout"));
    check_roles(def.by, child(place, "by"));
  }

  void reassignment(const ladder_definition& def, compiled_ladder& made) {
    if (def.on_reassign == reassigned_ladder::keep && def.reassigned.empty()) {
      return;
    }
    const auto name = def.reassigned.empty() ? std::string("owner") : def.reassigned;
    const auto slot = sees_.slot(name);
    std::vector<std::string> known;
    for (const auto& a : sees_.attributes) {
      known.push_back(a.name);
    }
    if (!slot) {
      fault("unknown-attribute", "\"" + name + "\" is no attribute of the policy", at("on_reassign"),
            nearest(name, known));
    }
    made.reassigned = slot.value_or(no_id);
  }

  /// A step that a later one overtakes, or a ladder that ends by what begins it, is never climbed.
  void check_reach(const ladder_definition& def, const compiled_ladder& made) {
    const auto ends = [&](const trigger& t) {
      return std::find(def.ends_on.begin(), def.ends_on.end(), t) != def.ends_on.end();
    };
    if (!def.begins.on.empty() && std::all_of(def.begins.on.begin(), def.begins.on.end(), ends)) {
      fault("ladder-never-climbs", "what begins this ladder also ends it", at("ends_on"));
    }
    if (outlives(def, made)) {
      warn("ladder-outlives",
           "this ladder can still be on when \"" + clocks_[made.clock].id +
               "\" begins anew, whose next cycle it then keeps silent about: end it on stop(" + clocks_[made.clock].id +
               ")",
           at("ends_on"));
    } else if (made.clock != no_id && def.ends_on.empty() && def.exhausted != when_exhausted::stop) {
      warn("ladder-without-end", "nothing ends this ladder: say \"ends_on\"", pointer_);
    }
    std::optional<duration> before = duration{};
    std::int64_t level = 0;
    for (std::size_t i = 0; i < made.steps.size(); ++i) {
      const auto& s = def.steps[i];
      const auto place = s.pointer.empty() ? child(at("steps"), i) : s.pointer;
      std::optional<duration> own = duration{};
      if (made.steps[i].after) {
        const auto& l = made.steps[i].after->leaves.front();
        own = l.in == measure::open || l.in == measure::elapsed ? std::optional(l.length) : std::nullopt;
      }
      const bool comparable =
          i > 0 && s.from == step_origin::trigger && own && before && same_measure(made.steps[i - 1], made.steps[i]);
      if (comparable && *own < *before) {
        fault("step-never-reached", "the step after it is reached earlier, so this one is never let out in time",
              def.steps[i - 1].pointer.empty() ? place : def.steps[i - 1].pointer);
      }
      before = s.from == step_origin::trigger                     ? own
               : own && before && s.from == step_origin::previous ? std::optional(*own + *before)
                                                                  : std::nullopt;
      if (s.level < level) {
        warn("levels-descend", "this level is below that of the step before", place);
      }
      level = s.level;
    }
    require(def.de_escalation.on.empty() || def.de_escalation.to < level || level == 0, "bad-level",
            "the ladder falls to a level below its top", at("de_escalate"));
  }

  /// True if a run can go on into the next cycle of its clock: a trigger while a run is on is ignored.
  [[nodiscard]] bool outlives(const ladder_definition& def, const compiled_ladder& made) const {
    if (made.clock >= clocks_.size()) {
      return false;
    }
    const auto& clock = clocks_[made.clock];
    const auto ended_by = [&](const trigger& t) {
      return std::any_of(def.ends_on.begin(), def.ends_on.end(),
                         [&](const trigger& end) { return is_covered(t, end); });
    };
    const auto all_end = [&](const std::vector<trigger>& all) { return std::all_of(all.begin(), all.end(), ended_by); };
    const bool repeats = clock.recurs || clock.cycles != clock_cycles::once;
    const bool with_cycle = ended_by({.kind = trigger_kind::stop, .name = clock.id}) ||
                            ended_by({.kind = trigger_kind::start, .name = clock.id}) ||
                            (all_end(clock.stop) && all_end(clock.cancel) && all_end(clock.reset.on));
    return repeats && !with_cycle && def.exhausted != when_exhausted::stop;
  }

  [[nodiscard]] static bool same_measure(const compiled_step& a, const compiled_step& b) noexcept {
    return !a.after || !b.after || a.after->leaves.front().in == b.after->leaves.front().in;
  }

  const clock_set& compiled_;
  const std::vector<named_calendar>& calendars_;
  std::string pointer_{};
};

} // namespace plaint::detail
