// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_definition.hpp>
#include <plaint/clock/detail/read_clock.hpp>
#include <plaint/clock/detail/write_clock.hpp>
#include <plaint/reader.hpp>

#include <string>
#include <utility>
#include <vector>

namespace plaint {

namespace detail {

inline void read_anchor(const value_reader& from, clock_definition& into) {
  if (!from.value().is_mapping()) {
    into.anchor = from.text().value_or("");
    return;
  }
  object_reader fields(from);
  into.anchor = read_words(fields.required("at"));
  into.anchor_offset = read_goal(fields.optional("offset"));
  fields.finish();
}

inline void read_catch_up(const value_reader& from, clock_definition& into) {
  if (!from.value().is_mapping()) {
    into.catch_up = read_choice_of<catch_up>(from, catch_up_words, "catch_up");
    return;
  }
  object_reader fields(from);
  into.catch_up = read_choice_of<catch_up>(fields.required("mode"), catch_up_words, "the mode of catch_up");
  if (const auto grace = fields.optional("grace")) {
    const auto written = grace->text().value_or("");
    words text(written);
    const auto length = take_length(text);
    if (!length || !text.done()) {
      grace->fault("bad-duration", "a length such as 10min is required");
    }
    into.grace = length.value_or(into.grace);
  }
  fields.finish();
}

inline void read_rules(object_reader& fields, clock_definition& read) {
  read.calendars = read_calendar_rows(fields.optional("calendar"));
  read.zone = read_words(fields.optional("zone"));
  read.goals = read_goals(fields.required("goals"));
  read.choose = read_choice_of<goal_choice>(fields.optional("choose"), goal_choice_words, "the choice of a goal");
  read.retarget = read_choice_of<retarget_mode>(fields.optional("retarget"), retarget_words, "the mode of a retarget");
  read.late = read_choice_of<late_attach>(fields.optional("late_attach"), late_attach_words, "late_attach");
  read.editions =
      read_choice_of<edition_mode>(fields.optional("calendar_edits"), edition_words, "the mode of calendar edits");
  read.extensions = read_extensions(fields.optional("extensions"));
  if (const auto outer = fields.optional("fits_in")) {
    read.fits_in = read_nesting(*outer);
  }
  read.thresholds = read_thresholds(fields.optional("thresholds"));
  read_warnings(fields.optional("warn"), read.id, read.thresholds);
  if (const auto breach = fields.optional("breach")) {
    object_reader parts(*breach);
    read_effects(parts.optional("do"), read.breach.effects);
    read.breach.raise = read_words(parts.optional("raise"));
    parts.finish();
  }
  if (const auto mode = fields.optional("catch_up")) {
    read_catch_up(*mode, read);
  }
}

inline clock_definition read_clock(std::string id, const value_reader& from) {
  clock_definition read{.id = std::move(id), .pointer = from.pointer()};
  object_reader fields(from);
  read.title = read_title(fields.optional("title"));
  read.source = read_words(fields.optional("source"));
  read.kind = read_choice_of<clock_kind>(fields.optional("kind"), clock_kind_words, "the kind of a clock");
  read.side = read_choice_of<clock_side>(fields.optional("side"), side_words, "the side of a clock");
  read.visible_to = read_names(fields.optional("visible_to"));
  read.applies = read_words(fields.optional("applies"));
  read.start = read_triggers(fields.required("start"));
  read.stop = read_triggers(fields.required("stop"));
  read.cancel = read_triggers(fields.optional("cancel"));
  read.cancel_when_not_applicable = read_flag(fields.optional("cancel_when_not_applicable"), false);
  read.waive = read_triggers(fields.optional("waive"));
  if (const auto reset = fields.optional("reset")) {
    read.reset = read_reset(*reset);
  }
  if (const auto pause = fields.optional("pause")) {
    read.pause = read_pause(*pause);
  }
  read.response = read_flag(fields.optional("response"), false);
  read.cycles = read_choice_of<clock_cycles>(fields.optional("cycles"), cycle_words, "the cycles of a clock");
  read.recurs = read_flag(fields.optional("recurs"), false);
  read.gap = read_choice_of<cycle_gap>(fields.optional("gap"), gap_words, "what counts of a gap");
  if (const auto anchor = fields.optional("anchor")) {
    read_anchor(*anchor, read);
  }
  read_rules(fields, read);
  fields.finish();
  return read;
}

} // namespace detail

/// The section `clocks` of a policy; faults become findings.
///
/// `answer: { start: enter(registered), stop: notice(final), goals: [{ if: severity == "minor", goal: 4h }, { goal: 3
/// business days }] }`
[[nodiscard]] inline std::vector<clock_definition> read_clocks(const value_reader& from) {
  std::vector<clock_definition> all;
  object_reader section(from);
  for (const auto& [id, member] : section.members()) {
    all.push_back(detail::read_clock(id, member));
  }
  return all;
}

/// The clocks as `read_clocks` reads them back, always in the same form.
[[nodiscard]] inline node write_clocks(const std::vector<clock_definition>& all) {
  node section = node::mapping_of();
  for (const auto& c : all) {
    section.add(c.id, detail::clock_writer::write(c));
  }
  return section;
}

} // namespace plaint
