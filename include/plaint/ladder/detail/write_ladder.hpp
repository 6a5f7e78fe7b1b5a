// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/write_clock.hpp>
#include <plaint/ladder/ladder_definition.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Writes ladders as documents, always in the same form: what is as it would be anyway is left out.
struct ladder_writer {
  using lifecycle = lifecycle_writer;
  using words = clock_writer;

  static node write(const ladder_definition& l) {
    node all = node::mapping_of();
    lifecycle::write_titles(all, l.title);
    lifecycle::write_text(all, "source", l.source);
    all.add("trigger", write_beginning(l.begins));
    lifecycle::write_text(all, "calendar", l.calendar);
    node& steps = all.add("steps", node::sequence_of());
    for (const auto& s : l.steps) {
      steps.push(write_step(s));
    }
    write_repeat(all, l.repeat);
    if (l.exhausted != when_exhausted::hold) {
      all.add("when_exhausted",
              node::text_of(l.exhausted == when_exhausted::raise
                                ? "raise(" + l.exhausted_raise + ")"
                                : std::string(exhausted_words[static_cast<std::size_t>(l.exhausted)])));
    }
    write_acknowledgement(all, l.acknowledgement);
    write_de_escalation(all, l.de_escalation);
    write_triggers(all, "ends_on", l.ends_on);
    words::write_word(all, "while_paused", l.while_paused, paused_words);
    write_reassignment(all, l);
    words::write_word(all, "on_policy_edit", l.on_policy_edit, edited_words);
    write_triggers(all, "nobody", l.nobody);
    return all;
  }

private:
  static node write_beginning(const ladder_trigger& t) {
    node all = node::mapping_of();
    write_triggers(all, "on", t.on);
    lifecycle::write_text(all, "when", t.when);
    write_goal(all, "silence", t.silence);
    write_triggers(all, "request", t.request);
    write_triggers(all, "approve", t.approve);
    lifecycle::write_names(all, "by", t.by);
    lifecycle::write_names(all, "approved_by", t.approved_by);
    return all;
  }

  static node write_step(const ladder_step& s) {
    node all = node::mapping_of();
    all.add("level", node::integer_of(s.level));
    write_goal(all, "after", s.after);
    words::write_word(all, "from", s.from, origin_words);
    lifecycle::write_text(all, "if", s.guard);
    words::write_flag(all, "unless_acknowledged", s.unless_acknowledged);
    write_effects(all, "do", s.effects);
    words::write_word(all, "fan_out", s.fan, fan_out_words);
    if (s.reminders.every) {
      node& reminders = all.add("reminders", node::mapping_of());
      write_goal(reminders, "every", s.reminders.every);
      reminders.add("at_most", node::integer_of(s.reminders.at_most));
    }
    if (!s.gate.calendar.empty()) {
      node& gate = all.add("gate", node::mapping_of());
      gate.add("calendar", node::text_of(s.gate.calendar));
      words::write_word(gate, "outside", s.gate.outside, gate_words);
    }
    words::write_word(all, "kind", s.kind, step_kind_words);
    words::write_word(all, "on_empty", s.on_empty, empty_words);
    if (!s.fallback.empty()) {
      const auto& told = s.fallback.front().parameters.front();
      node value = told.value;
      if (!told.expression.empty()) {
        value = node::mapping_of();
        value.add("expr", node::text_of(told.expression));
      }
      all.add("fallback", std::move(value));
    }
    lifecycle::write_text(all, "raise", s.raise);
    return all;
  }

  static void write_repeat(node& to, const repeat_definition& r) {
    if (r.at_most == 0) {
      return;
    }
    node& repeat = to.add("repeat", node::mapping_of());
    repeat.add("from_step", node::integer_of(r.from_step));
    repeat.add("at_most", node::integer_of(r.at_most));
    write_goal(repeat, "wait", r.wait);
    words::write_flag(repeat, "resets_acknowledgement", r.resets_acknowledgement);
  }

  static void write_acknowledgement(node& to, const acknowledgement_definition& a) {
    if (a == acknowledgement_definition{}) {
      return;
    }
    node& one = to.add("acknowledge", node::mapping_of());
    write_triggers(one, "on", a.on);
    lifecycle::write_names(one, "by", a.by);
    write_goal(one, "timeout", a.timeout);
    words::write_word(one, "then", a.then, ack_timeout_words);
  }

  static void write_de_escalation(node& to, const de_escalation_definition& d) {
    if (d.on.empty()) {
      return;
    }
    node& one = to.add("de_escalate", node::mapping_of());
    write_triggers(one, "on", d.on);
    one.add("to", node::integer_of(d.to));
    write_goal(one, "cooldown", d.cooldown);
    lifecycle::write_names(one, "by", d.by);
  }

  static void write_reassignment(node& to, const ladder_definition& l) {
    if (l.reassigned.empty()) {
      words::write_word(to, "on_reassign", l.on_reassign, reassigned_words);
      return;
    }
    node& one = to.add("on_reassign", node::mapping_of());
    one.add("attribute", node::text_of(l.reassigned));
    one.add("then", node::text_of(reassigned_words[static_cast<std::size_t>(l.on_reassign)]));
  }
};

} // namespace plaint::detail
