// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_definition.hpp>
#include <plaint/clock/detail/read_triggers.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Writes clocks as documents, always in the same form: what is as it would be anyway is left out.
struct clock_writer {
  using lifecycle = lifecycle_writer;

  template <class Enum, class Words>
  static void write_word(node& to, std::string name, Enum is, const Words& all) {
    if (is != Enum{}) {
      to.add(std::move(name), node::text_of(all[static_cast<std::size_t>(is)]));
    }
  }
  static void write_flag(node& to, std::string name, bool is, bool otherwise = false) {
    if (is != otherwise) {
      to.add(std::move(name), node::boolean_of(is));
    }
  }

  static node write(const clock_definition& c) {
    node fields = node::mapping_of();
    lifecycle::write_titles(fields, c.title);
    lifecycle::write_text(fields, "source", c.source);
    write_word(fields, "kind", c.kind, clock_kind_words);
    write_word(fields, "side", c.side, side_words);
    lifecycle::write_names(fields, "visible_to", c.visible_to);
    lifecycle::write_text(fields, "applies", c.applies);
    write_triggers(fields, "start", c.start);
    write_triggers(fields, "stop", c.stop);
    write_triggers(fields, "cancel", c.cancel);
    write_flag(fields, "cancel_when_not_applicable", c.cancel_when_not_applicable);
    write_triggers(fields, "waive", c.waive);
    write_reset(fields, c.reset);
    if (c.pause) {
      fields.add("pause", write_pause(*c.pause));
    }
    write_flag(fields, "response", c.response);
    write_word(fields, "cycles", c.cycles, cycle_words);
    write_flag(fields, "recurs", c.recurs);
    write_word(fields, "gap", c.gap, gap_words);
    write_anchor(fields, c);
    write_calendars(fields, c.calendars);
    lifecycle::write_text(fields, "zone", c.zone);
    write_goals(fields, c.goals);
    write_word(fields, "choose", c.choose, goal_choice_words);
    write_word(fields, "retarget", c.retarget, retarget_words);
    write_word(fields, "late_attach", c.late, late_attach_words);
    write_word(fields, "calendar_edits", c.editions, edition_words);
    write_extensions(fields, c.extensions);
    write_nesting(fields, c.fits_in);
    write_thresholds(fields, c.thresholds);
    write_breach(fields, c.breach);
    write_catch_up(fields, c);
    return fields;
  }

private:
  static void write_reset(node& to, const reset_definition& r) {
    if (!r.on.empty()) {
      node& reset = to.add("reset", node::mapping_of());
      write_triggers(reset, "on", r.on);
      reset.add("as", node::text_of(r.cancels ? "cancelled" : "judged"));
    }
  }

  static void write_anchor(node& to, const clock_definition& c) {
    if (c.anchor.empty()) {
      return;
    }
    node& anchor = to.add("anchor", node::mapping_of());
    anchor.add("at", node::text_of(c.anchor));
    write_goal(anchor, "offset", c.anchor_offset);
  }

  static void write_calendars(node& to, const std::vector<calendar_row>& rows) {
    if (rows.empty()) {
      return;
    }
    if (rows.size() == 1 && rows.front().guard.empty()) {
      to.add("calendar", node::text_of(rows.front().calendar));
      return;
    }
    node& list = to.add("calendar", node::sequence_of());
    for (const auto& row : rows) {
      node& one = list.push(node::mapping_of());
      lifecycle::write_text(one, "if", row.guard);
      one.add("calendar", node::text_of(row.calendar));
    }
  }

  static void write_goals(node& to, const std::vector<goal_row>& rows) {
    node& goals = to.add("goals", node::sequence_of());
    for (const auto& row : rows) {
      node& one = goals.push(node::mapping_of());
      lifecycle::write_text(one, "if", row.guard);
      one.add("goal", node::text_of(to_string(row.goal)));
    }
  }

  static node write_pause(const pause_definition& p) {
    node all = node::mapping_of();
    if (p.conditions.size() == 1 && p.conditions.front().reason.empty()) {
      all.add("while", node::text_of(p.conditions.front().guard));
    } else if (!p.conditions.empty()) {
      node& conditions = all.add("while", node::mapping_of());
      for (const auto& c : p.conditions) {
        conditions.add(c.reason, node::text_of(c.guard));
      }
    }
    write_triggers(all, "on", p.on);
    write_triggers(all, "resume", p.resume);
    write_triggers(all, "ends", p.ends);
    lifecycle::write_text(all, "until", p.until);
    lifecycle::write_names(all, "reasons", p.reasons);
    write_goal(all, "at_most", p.at_most);
    write_goal(all, "at_most_each", p.at_most_each);
    if (p.exceeded != pause_exceeded::resume) {
      all.add("when_exceeded",
              node::text_of(p.exceeded == pause_exceeded::escalate ? "escalate" : "close(" + p.close_by + ")"));
    }
    write_effects(all, "do", p.effects);
    if (p.review_every) {
      node& review = all.add("review", node::mapping_of());
      write_goal(review, "every", p.review_every);
      write_effects(review, "do", p.review);
    }
    write_flag(all, "after_breach", p.after_breach, true);
    write_flag(all, "moves_dates", p.moves_dates);
    return all;
  }

  static void write_extensions(node& to, const std::vector<extension_definition>& extensions) {
    if (extensions.empty()) {
      return;
    }
    node& all = to.add("extensions", node::mapping_of());
    for (const auto& e : extensions) {
      node& one = all.add(e.id, node::mapping_of());
      write_triggers(one, "on", e.on);
      write_goal(one, "by", e.by);
      write_goal(one, "to", e.to);
      lifecycle::write_names(one, "reasons", e.reasons);
      lifecycle::write_names(one, "approved_by", e.roles);
      lifecycle::write_text(one, "consent", e.consent);
      write_triggers(one, "revoke", e.revoke);
      one.add("at_most", node::integer_of(e.at_most));
    }
  }

  static void write_nesting(node& to, const nesting_definition& n) {
    if (n.clock.empty()) {
      return;
    }
    node& one = to.add("fits_in", node::mapping_of());
    one.add("clock", node::text_of(n.clock));
    write_goal(one, "slack", n.slack);
    write_flag(one, "cap", n.cap);
  }

  static void write_thresholds(node& to, const std::vector<threshold_definition>& thresholds) {
    if (thresholds.empty()) {
      return;
    }
    node& all = to.add("thresholds", node::mapping_of());
    for (const auto& t : thresholds) {
      node& one = all.add(t.id, node::mapping_of());
      one.add("at", node::text_of(to_string(t.at)));
      write_effects(one, "do", t.effects);
      lifecycle::write_text(one, "if", t.guard);
      lifecycle::write_text(one, "raise", t.raise);
      lifecycle::write_text(one, "calendar", t.calendar);
      write_flag(one, "rearm", t.rearm);
    }
  }

  static void write_breach(node& to, const breach_definition& b) {
    if (b.effects.empty() && b.raise.empty()) {
      return;
    }
    node& one = to.add("breach", node::mapping_of());
    write_effects(one, "do", b.effects);
    lifecycle::write_text(one, "raise", b.raise);
  }

  static void write_catch_up(node& to, const clock_definition& c) {
    if (c.catch_up == catch_up::each_in_order) {
      return;
    }
    node& one = to.add("catch_up", node::mapping_of());
    one.add("mode", node::text_of(catch_up_words[static_cast<std::size_t>(c.catch_up)]));
    if (c.catch_up == catch_up::skip_with_record) {
      one.add("grace", node::text_of(length_text(c.grace)));
    }
  }
};

} // namespace plaint::detail
