// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/check_arming.hpp>
#include <plaint/clock/detail/check_tables.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Checks when a clock pauses, and that it can: what ends a cycle comes before what pauses it.
class pause_checker : public table_checker {
public:
  using table_checker::table_checker;

protected:
  [[nodiscard]] compiled_pause pause(const clock_definition& of, compiled_clock& made) {
    const auto& def = *of.pause;
    compiled_pause p;
    const auto place = at("pause");
    require(!def.reasons.empty(), "pause-without-reasons", "a clock pauses for named reasons only", place);
    require(!def.conditions.empty() || !def.on.empty(), "pause-never-begins", "a pause needs \"while\" or \"on\"",
            place);
    for (const auto& c : def.conditions) {
      p.conditions.push_back(guard(c.guard, child(place, "while")));
      const auto named = std::find(def.reasons.begin(), def.reasons.end(), c.reason);
      p.reasons.push_back(!c.reason.empty()         ? static_cast<std::uint16_t>(named - def.reasons.begin())
                          : def.reasons.size() == 1 ? std::uint16_t{0}
                                                    : no_id);
    }
    p.on = triggers(def.on, child(place, "on"));
    p.resume = triggers(def.resume, child(place, "resume"));
    p.ends = triggers(def.ends, child(place, "ends"));
    p.until = date_slot(def.until, child(place, "until"));
    if (p.until != no_id) {
      made.waits_for.push_back(p.until);
    }
    p.at_most = length(def.at_most, child(place, "at_most"));
    p.at_most_each = length(def.at_most_each, child(place, "at_most_each"));
    p.review_every = length(def.review_every, child(place, "review"));
    p.close_by = event_place(def.close_by, child(place, "when_exceeded"));
    p.effects = effects(def.effects, child(place, "do"));
    p.review = effects(def.review, child(place, "review"));
    const bool bounded = p.at_most || p.at_most_each || p.until != no_id;
    if (!bounded) {
      warn("pause-without-budget", "nothing bounds this pause: say \"at_most\"", place);
    }
    if (!def.on.empty() && def.resume.empty() && def.ends.empty() && !bounded) {
      fault("pause-without-end", "nothing ends a pause that begins by \"on\": say \"resume\"", place);
    }
    for (std::size_t i = 0; i < p.conditions.size() && !bounded && def.ends.empty(); ++i) {
      const auto state = only_state(p.conditions[i]);
      if (state != no_id && is_noted(in_, "dead-end", state)) {
        fault("pause-without-end", "nothing leads out of \"" + in_.name(state) + "\", so this pause never ends",
              child(place, "while"));
      }
    }
    check_begin(of, made, p);
    return p;
  }

private:
  /// The state that a condition asks for, where it asks for nothing else.
  [[nodiscard]] static state_id only_state(const program& p) {
    const auto& steps = p.code().instructions;
    return steps.size() == 1 && steps.front().op == opcode::in_state ? static_cast<state_id>(steps.front().b) : no_id;
  }

  /// What ends a cycle whatever else is so, unless it begins the next one at once.
  [[nodiscard]] static std::vector<trigger> ends_of(const clock_definition& def) {
    std::vector<trigger> all;
    if (def.recurs) { // it begins by itself
      return all;
    }
    for (const auto* list : {&def.stop, &def.cancel, &def.waive, &def.reset.on}) {
      for (const auto& t : *list) {
        const auto begins = [&](const trigger& s) { return s.kind == t.kind && s.name == t.name; };
        if (!(def.response && list == &def.stop) && std::none_of(def.start.begin(), def.start.end(), begins)) {
          all.push_back(t);
        }
      }
    }
    return all;
  }

  void check_begin(const clock_definition& def, const compiled_clock& made, const compiled_pause& p) {
    const auto place = at("pause");
    const auto ends = ends_of(def);
    for (const auto& on : def.pause->on) {
      const auto covers = [&](const trigger& t) { return is_covered(on, t); };
      if (std::any_of(ends.begin(), ends.end(), covers)) {
        fault("ends-instead-of-pausing", to_string(on) + " ends this clock, so it does not pause it",
              on.pointer.empty() ? child(place, "on") : on.pointer);
      }
    }
    for (const auto& condition : p.conditions) {
      const auto can = [&](const auto& narrow) {
        guard_cases cases(in_);
        cases.add(condition);
        const bool lapses = narrow(cases);
        return !cases.can_try() || cases.any([&](const scope& seen) {
          return is_yes(condition, seen) && (!lapses || is_yes(made.applies, seen));
        });
      };
      if (!can([](guard_cases&) { return false; })) {
        fault("pause-never-begins", "what this clock pauses for never is", child(place, "while"));
      } else if (!can([&](guard_cases& cases) {
                   cases.add(made.applies);
                   return def.cancel_when_not_applicable;
                 })) {
        fault("ends-instead-of-pausing",
              "this clock applies no more where it would pause, so it is cancelled (in \"" +
                  std::string(condition.text()) + "\")",
              child(place, "while"));
      } else if (!can([&](guard_cases& cases) {
                   narrow_by_states(ends, made.start, cases);
                   return false;
                 })) {
        fault("ends-instead-of-pausing",
              "what would pause this clock has ended it (in \"" + std::string(condition.text()) + "\")",
              child(place, "while"), {}, is_plain(in_.chart()) ? severity::error : severity::warning);
      }
    }
  }

  /// While a cycle is open no state is active whose entry ends it, and each is whose exit does, if it begins like that.
  void narrow_by_states(const std::vector<trigger>& ends, const trigger_list& starts, guard_cases& cases) const {
    for (const auto& t : ends) {
      const auto state = t.guard.empty() ? in_.state(t.name) : std::nullopt;
      if (!state || (t.kind != trigger_kind::enter && t.kind != trigger_kind::exit)) {
        continue;
      }
      const bool active = t.kind == trigger_kind::exit;
      const auto begins_so = [&](const compiled_trigger& s) {
        if (s.kind == trigger_kind::opened) {
          return active ? begins_in(in_.chart(), *state) : begins_outside(in_.chart(), *state);
        }
        const bool within = s.id == *state || in_.chart().inside(s.id, *state);
        return s.kind == trigger_kind::enter && (active ? within : !can_be_together(in_.chart(), s.id, *state));
      };
      if (std::all_of(starts.all().begin(), starts.all().end(), begins_so)) {
        cases.fix(*state, active);
      }
    }
  }
};

} // namespace plaint::detail
