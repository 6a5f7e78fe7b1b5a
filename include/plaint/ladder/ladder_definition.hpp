// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal.hpp>
#include <plaint/clock/trigger.hpp>
#include <plaint/ladder/ladder_words.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>
#include <plaint/lifecycle/role.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plaint {

/// What makes a ladder begin.
struct ladder_trigger {
  std::vector<trigger> on{};      ///< something that happens: a breach, a threshold, an event, a state
  std::string when{};             ///< CEL that becomes true by an event
  std::optional<goal> silence{};  ///< nobody has sent an event for so long
  std::vector<trigger> request{}; ///< somebody asks for it …
  std::vector<trigger> approve{}; ///< … and another act grants it
  std::vector<std::string> by{};  ///< roles that may request; none: all
  std::vector<std::string> approved_by{};
  std::string pointer{};

  friend bool operator==(const ladder_trigger& a, const ladder_trigger& b) {
    return a.on == b.on && a.when == b.when && a.silence == b.silence && a.request == b.request &&
           a.approve == b.approve && a.by == b.by && a.approved_by == b.approved_by;
  }
};

/// Repeated notices of a step that has been let out.
struct reminder_definition {
  std::optional<goal> every{};
  std::int64_t at_most = 0;

  friend bool operator==(const reminder_definition&, const reminder_definition&) = default;
};

/// When a step may be delivered: the hours of a calendar, which need not be those of the promise.
struct gate_definition {
  std::string calendar{}; ///< empty: no gate
  gate_rule outside = gate_rule::wait;

  friend bool operator==(const gate_definition&, const gate_definition&) = default;
};

/// One rung: who is told, when, and what else is asked for.
struct ladder_step {
  std::int64_t level = 0;
  std::optional<goal> after{}; ///< none: at once
  step_origin from = step_origin::previous;
  std::string guard{}; ///< CEL, looked at when the step is let out; empty: always
  bool unless_acknowledged = false;
  std::vector<effect_definition> effects{}; ///< `notify` comes first
  fan_out fan = fan_out::all;
  reminder_definition reminders{};
  gate_definition gate{};
  step_kind kind = step_kind::hierarchical;
  empty_audience on_empty = empty_audience::record;
  std::vector<effect_definition> fallback{}; ///< what is asked for where nobody could be told
  std::string raise{};                       ///< an event that is then sent into the lifecycle, by nobody
  std::string pointer{};

  friend bool operator==(const ladder_step& a, const ladder_step& b) {
    return a.level == b.level && a.after == b.after && a.from == b.from && a.guard == b.guard &&
           a.unless_acknowledged == b.unless_acknowledged && a.effects == b.effects && a.fan == b.fan &&
           a.reminders == b.reminders && a.gate == b.gate && a.kind == b.kind && a.on_empty == b.on_empty &&
           a.fallback == b.fallback && a.raise == b.raise;
  }
};

/// Further passes over the steps after the first one.
struct repeat_definition {
  std::int64_t from_step = 1; ///< from 1
  std::int64_t at_most = 0;
  std::optional<goal> wait{}; ///< after the last step; none: at once
  bool resets_acknowledgement = false;

  friend bool operator==(const repeat_definition&, const repeat_definition&) = default;
};

/// Who takes note, and for how long that holds.
struct acknowledgement_definition {
  std::vector<trigger> on{};     ///< none: every event by one of the roles
  std::vector<std::string> by{}; ///< none: everybody
  std::optional<goal> timeout{}; ///< after which it counts no more
  ack_timeout then = ack_timeout::same;

  friend bool operator==(const acknowledgement_definition&, const acknowledgement_definition&) = default;
};

/// How a ladder is climbed down again.
struct de_escalation_definition {
  std::vector<trigger> on{};
  std::int64_t to = 0;            ///< the level that it falls to; 0 ends the run
  std::optional<goal> cooldown{}; ///< for so long it neither begins again nor climbs
  std::vector<std::string> by{};  ///< roles that may; none: everybody

  friend bool operator==(const de_escalation_definition&, const de_escalation_definition&) = default;
};

/// An escalation policy as it was written: plain data; `ladder_set::compile` checks it.
struct ladder_definition {
  std::string id{};
  titles title{};
  std::string source{};
  ladder_trigger begins{};
  std::string calendar{}; ///< in which delays are measured; empty: that of its clock, or the only one
  std::vector<ladder_step> steps{};
  repeat_definition repeat{};
  when_exhausted exhausted = when_exhausted::hold;
  std::string exhausted_raise{}; ///< the event of `raise`
  acknowledgement_definition acknowledgement{};
  de_escalation_definition de_escalation{};
  std::vector<trigger> ends_on{};
  paused_clock while_paused = paused_clock::freeze;
  std::string reassigned{}; ///< attribute whose change is a reassignment; empty: `owner` where there is one
  reassigned_ladder on_reassign = reassigned_ladder::keep;
  edited_policy on_policy_edit = edited_policy::follow;
  std::vector<trigger> nobody{}; ///< the host reports that an audience was empty
  std::string pointer{};

  friend bool operator==(const ladder_definition& a, const ladder_definition& b) {
    return a.id == b.id && a.title == b.title && a.source == b.source && a.begins == b.begins &&
           a.calendar == b.calendar && a.steps == b.steps && a.repeat == b.repeat && a.exhausted == b.exhausted &&
           a.exhausted_raise == b.exhausted_raise && a.acknowledgement == b.acknowledgement &&
           a.de_escalation == b.de_escalation && a.ends_on == b.ends_on && a.while_paused == b.while_paused &&
           a.reassigned == b.reassigned && a.on_reassign == b.on_reassign && a.on_policy_edit == b.on_policy_edit &&
           a.nobody == b.nobody;
  }
};

} // namespace plaint
