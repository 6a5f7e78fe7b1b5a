// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/clock/clock_definition.hpp>
#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/reader.hpp>

#include <array>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace plaint {

namespace detail {

inline constexpr std::array<std::string_view, 2> cycle_words{"once", "independent"};

inline std::vector<trigger> read_triggers(const value_reader& from) {
  std::vector<trigger> all;
  for (const auto& item : from.items()) {
    const auto text = item.text();
    if (!text) {
      continue;
    }
    if (auto read = parse_trigger(*text)) {
      read->pointer = item.pointer();
      all.push_back(std::move(*read));
    } else {
      item.fault("bad-trigger", "a trigger is one of opened, enter(state), exit(state), event(name), notice(name); \"" + *text +
                                    "\" is not");
    }
  }
  return all;
}

inline std::vector<goal_row> read_goals(const value_reader& from) {
  std::vector<goal_row> all;
  for (const auto& item : from.items()) {
    goal_row row{.pointer = item.pointer()};
    std::optional<value_reader> text = item;
    if (item.value().is_mapping()) {
      object_reader fields(item);
      if (const auto guard = fields.optional("if")) {
        row.guard = guard->text().value_or("");
      }
      text = fields.required("goal");
      fields.finish();
    }
    const auto written = text ? text->text() : std::nullopt;
    if (!written) {
      continue;
    }
    if (auto read = parse_goal(*written, from.out(), text->pointer())) {
      row.goal = std::move(*read);
      all.push_back(std::move(row));
    }
  }
  return all;
}

inline void read_effects(const value_reader& from, std::vector<effect_definition>& into) {
  actions read;
  read_action_list(from, read);
  for (auto& each : read) {
    if (auto* effect = std::get_if<effect_definition>(&each.what)) {
      into.push_back(std::move(*effect));
    } else {
      from.fault("effects-only", "a threshold asks for effects; it sets, raises and chooses nothing");
      return;
    }
  }
}

inline std::vector<threshold_definition> read_thresholds(const value_reader& from) {
  std::vector<threshold_definition> all;
  object_reader section(from);
  for (const auto& [id, member] : section.members()) {
    threshold_definition read{.id = id, .pointer = member.pointer()};
    object_reader fields(member);
    const auto at = fields.required("at");
    if (const auto effects = fields.optional("do")) {
      read_effects(*effects, read.effects);
    }
    fields.finish();
    const auto text = at ? at->text() : std::nullopt;
    if (!text) {
      continue;
    }
    if (const auto parsed = parse_threshold(*text)) {
      read.at = *parsed;
      all.push_back(std::move(read));
    } else {
      at->fault("bad-threshold", "a threshold is written like 75%, 2h before, 1 business day before, at due, 1 day after, or "
                                 "every 4h after, at most 3; \"" + *text + "\" is not");
    }
  }
  return all;
}

inline clock_definition read_clock(std::string id, const value_reader& from) {
  clock_definition read{.id = std::move(id), .pointer = from.pointer()};
  object_reader fields(from);
  read.title = read_title(fields.optional("title"));
  read.source = read_words(fields.optional("source"));
  read.applies = read_words(fields.optional("applies"));
  read.calendar = read_words(fields.optional("calendar"));
  if (const auto start = fields.required("start")) {
    read.start = read_triggers(*start);
  }
  if (const auto stop = fields.required("stop")) {
    read.stop = read_triggers(*stop);
  }
  if (const auto cycles = fields.optional("cycles")) {
    read.cycles = static_cast<clock_cycles>(cycles->word(cycle_words, "the cycles of a clock").value_or(0));
  }
  if (const auto goals = fields.required("goals")) {
    read.goals = read_goals(*goals);
  }
  if (const auto thresholds = fields.optional("thresholds")) {
    read.thresholds = read_thresholds(*thresholds);
  }
  fields.finish();
  return read;
}

inline node write_triggers(const std::vector<trigger>& all) {
  node list = node::sequence_of();
  for (const auto& t : all) {
    list.push(node::text_of(to_string(t)));
  }
  return list;
}

inline node write_clock(const clock_definition& c) {
  node fields = node::mapping_of();
  lifecycle_writer::write_titles(fields, c.title);
  lifecycle_writer::write_text(fields, "source", c.source);
  lifecycle_writer::write_text(fields, "applies", c.applies);
  fields.add("start", write_triggers(c.start));
  fields.add("stop", write_triggers(c.stop));
  fields.add("cycles", node::text_of(cycle_words[static_cast<std::size_t>(c.cycles)]));
  lifecycle_writer::write_text(fields, "calendar", c.calendar);
  node& goals = fields.add("goals", node::sequence_of());
  for (const auto& row : c.goals) {
    node& written = goals.push(node::mapping_of());
    if (!row.guard.empty()) {
      written.add("if", node::text_of(row.guard));
    }
    written.add("goal", node::text_of(to_string(row.goal)));
  }
  node& thresholds = fields.add("thresholds", node::mapping_of());
  for (const auto& t : c.thresholds) {
    node& written = thresholds.add(t.id, node::mapping_of());
    written.add("at", node::text_of(to_string(t.at)));
    node& effects = written.add("do", node::sequence_of());
    for (const auto& e : t.effects) {
      effects.push(lifecycle_writer::write_action(e));
    }
  }
  return fields;
}

} // namespace detail

/// The section `clocks` of a policy; faults become findings.
///
/// `answer: { start: enter(registered), stop: notice(final), goals: [{ if: severity == "minor", goal: 4h }, { goal: 3 business days }] }`
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
    section.add(c.id, detail::write_clock(c));
  }
  return section;
}

} // namespace plaint
