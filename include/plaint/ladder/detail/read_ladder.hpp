// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/read_triggers.hpp>
#include <plaint/ladder/ladder_definition.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// A trigger, a list of such, or a mapping with `when`, `silence`, or `request` and `approve`.
inline ladder_trigger read_beginning(const value_reader& from) {
  ladder_trigger read{.pointer = from.pointer()};
  if (!from.value().is_mapping() || (from.value().find("if") != nullptr)) {
    read.on = read_triggers(from);
    return read;
  }
  object_reader fields(from);
  read.on = read_triggers(fields.optional("on"));
  read.when = read_words(fields.optional("when"));
  read.silence = read_goal(fields.optional("silence"));
  read.request = read_triggers(fields.optional("request"));
  read.approve = read_triggers(fields.optional("approve"));
  read.by = read_names(fields.optional("by"));
  read.approved_by = read_names(fields.optional("approved_by"));
  fields.finish();
  return read;
}

/// `notify: owner` is the effect { notify: owner }, before those of `do`.
inline void read_audience(const std::optional<value_reader>& from, std::vector<effect_definition>& into) {
  if (from) {
    effect_definition notify{.kind = "notify", .pointer = from->pointer()};
    notify.parameters.push_back(read_parameter("notify", *from));
    into.push_back(std::move(notify));
  }
}

inline gate_definition read_gate(const value_reader& from) {
  if (!from.value().is_mapping()) {
    return {.calendar = from.text().value_or("")};
  }
  object_reader fields(from);
  gate_definition read{.calendar = read_words(fields.required("calendar"))};
  read.outside = read_choice_of<gate_rule>(fields.optional("outside"), gate_words, "what happens outside of the gate");
  fields.finish();
  return read;
}

inline ladder_step read_step(const value_reader& from, std::int64_t ordinal) {
  ladder_step read{.level = ordinal, .pointer = from.pointer()};
  object_reader fields(from);
  if (const auto level = fields.optional("level")) {
    read.level = level->integer(1, 1'000).value_or(ordinal);
  }
  read.after = read_goal(fields.optional("after"));
  read.from = read_choice_of<step_origin>(fields.optional("from"), origin_words, "the origin of a delay");
  read.guard = read_words(fields.optional("if"));
  read.unless_acknowledged = read_flag(fields.optional("unless_acknowledged"), false);
  read_audience(fields.optional("notify"), read.effects);
  read_effects(fields.optional("do"), read.effects);
  read.fan = read_choice_of<fan_out>(fields.optional("fan_out"), fan_out_words, "the fan-out");
  if (const auto reminders = fields.optional("reminders")) {
    object_reader parts(*reminders);
    read.reminders.every = read_goal(parts.required("every"));
    const auto most = parts.required("at_most");
    read.reminders.at_most = most ? most->integer(1, 1'000).value_or(1) : 1;
    parts.finish();
  }
  if (const auto gate = fields.optional("gate")) {
    read.gate = read_gate(*gate);
  }
  read.kind = read_choice_of<step_kind>(fields.optional("kind"), step_kind_words, "the kind of a step");
  read.on_empty =
      read_choice_of<empty_audience>(fields.optional("on_empty"), empty_words, "what an empty audience does");
  read_audience(fields.optional("fallback"), read.fallback);
  read.raise = read_words(fields.optional("raise"));
  fields.finish();
  return read;
}

inline acknowledgement_definition read_acknowledgement(const value_reader& from) {
  acknowledgement_definition read;
  object_reader fields(from);
  read.on = read_triggers(fields.optional("on"));
  read.by = read_names(fields.optional("by"));
  read.timeout = read_goal(fields.optional("timeout"));
  read.then = read_choice_of<ack_timeout>(fields.optional("then"), ack_timeout_words, "the step after a timeout");
  fields.finish();
  return read;
}

inline repeat_definition read_repeat(const value_reader& from) {
  repeat_definition read;
  object_reader fields(from);
  if (const auto step = fields.optional("from_step")) {
    read.from_step = step->integer(1, 1'000).value_or(1);
  }
  const auto most = fields.required("at_most");
  read.at_most = most ? most->integer(1, 1'000).value_or(1) : 1;
  read.wait = read_goal(fields.optional("wait"));
  read.resets_acknowledgement = read_flag(fields.optional("resets_acknowledgement"), false);
  fields.finish();
  return read;
}

inline de_escalation_definition read_de_escalation(const value_reader& from) {
  de_escalation_definition read;
  object_reader fields(from);
  read.on = read_triggers(fields.required("on"));
  if (const auto level = fields.optional("to")) {
    read.to = level->value().text == "none" ? 0 : level->integer(0, 1'000).value_or(0);
  }
  read.cooldown = read_goal(fields.optional("cooldown"));
  read.by = read_names(fields.optional("by"));
  fields.finish();
  return read;
}

inline void read_exhausted(const value_reader& from, ladder_definition& into) {
  const auto text = from.text().value_or("");
  if (text.starts_with("raise(") && text.ends_with(')') && text.size() > 7) {
    into.exhausted = when_exhausted::raise;
    into.exhausted_raise = text.substr(6, text.size() - 7);
  } else if (const auto word = std::find(exhausted_words.begin(), exhausted_words.end(), text);
             word != exhausted_words.end()) {
    into.exhausted = static_cast<when_exhausted>(word - exhausted_words.begin());
  } else {
    from.fault("unknown-word", "when_exhausted must be hold, stop, incident or raise(EVENT); \"" + text + "\" is not",
               nearest(text, exhausted_words));
  }
}

inline void read_reassignment(const value_reader& from, ladder_definition& into) {
  if (!from.value().is_mapping()) {
    into.on_reassign = read_choice_of<reassigned_ladder>(from, reassigned_words, "what a reassignment does");
    return;
  }
  object_reader fields(from);
  into.reassigned = read_words(fields.required("attribute"));
  into.on_reassign =
      read_choice_of<reassigned_ladder>(fields.required("then"), reassigned_words, "what a reassignment does");
  fields.finish();
}

} // namespace plaint::detail
