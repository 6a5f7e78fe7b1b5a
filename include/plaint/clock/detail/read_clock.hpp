// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_definition.hpp>
#include <plaint/clock/detail/read_triggers.hpp>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

inline constexpr std::array<std::string_view, 2> exceeded_words{"resume", "escalate"};

/// Rows of a decision table; an item that is no mapping is a row without a guard.
template <class Row, class Take>
std::vector<Row> read_rows(const std::optional<value_reader>& from, std::string_view name, Take take) {
  std::vector<Row> all;
  for (const auto& item : from ? from->items() : std::vector<value_reader>{}) {
    Row row{.pointer = item.pointer()};
    std::optional<value_reader> text = item;
    if (item.value().is_mapping()) {
      object_reader fields(item);
      row.guard = read_words(fields.optional("if"));
      text = fields.required(name);
      fields.finish();
    }
    if (text && take(row, *text)) {
      all.push_back(std::move(row));
    }
  }
  return all;
}

inline std::vector<goal_row> read_goals(const std::optional<value_reader>& from) {
  return read_rows<goal_row>(from, "goal", [](goal_row& row, const value_reader& text) {
    auto read = read_goal(text);
    const bool whole = read.has_value();
    row.goal = whole ? std::move(*read) : goal{};
    return whole;
  });
}

inline std::vector<calendar_row> read_calendar_rows(const std::optional<value_reader>& from) {
  return read_rows<calendar_row>(from, "calendar", [](calendar_row& row, const value_reader& text) {
    row.calendar = text.text().value_or("");
    return !row.calendar.empty();
  });
}

inline std::optional<threshold> read_mark(const std::optional<value_reader>& from) {
  const auto text = from ? from->text() : std::nullopt;
  if (!text) {
    return std::nullopt;
  }
  auto read = parse_threshold(*text);
  if (!read) {
    from->fault(
        "bad-threshold",
        "a threshold is written like 75%, 2h before, 1 business day before, at due, at ATTRIBUTE, 1 day after, or "
        "every 4h after, at most 3; \"" +
            *text + "\" is not");
  }
  return read;
}

inline std::vector<threshold_definition> read_thresholds(const std::optional<value_reader>& from) {
  std::vector<threshold_definition> all;
  if (!from) {
    return all;
  }
  object_reader section(*from);
  for (const auto& [id, member] : section.members()) {
    threshold_definition read{.id = id, .pointer = member.pointer()};
    object_reader fields(member);
    const auto at = read_mark(fields.required("at"));
    read_effects(fields.optional("do"), read.effects);
    read.guard = read_words(fields.optional("if"));
    read.raise = read_words(fields.optional("raise"));
    read.calendar = read_words(fields.optional("calendar"));
    read.rearm = read_flag(fields.optional("rearm"), false);
    fields.finish();
    if (at) {
      read.at = *at;
      all.push_back(std::move(read));
    }
  }
  return all;
}

/// `warn: [50%, 2h before]`: each is a threshold of that name with an effect of kind "warn".
inline void read_warnings(const std::optional<value_reader>& from, const std::string& clock,
                          std::vector<threshold_definition>& into) {
  for (const auto& item : from ? from->items() : std::vector<value_reader>{}) {
    if (const auto at = read_mark(item)) {
      threshold_definition read{.id = to_string(*at), .at = *at, .pointer = item.pointer()};
      effect_definition warn{.kind = "warn", .pointer = item.pointer()};
      warn.parameters = {{"warn", node::text_of(clock), {}}, {"at", node::text_of(read.id), {}}};
      read.effects.push_back(std::move(warn));
      into.push_back(std::move(read));
    }
  }
}

inline void read_exceeded(const value_reader& from, pause_definition& into) {
  const auto text = from.text().value_or("");
  if (text.starts_with("close(") && text.ends_with(')') && text.size() > 7) {
    into.exceeded = pause_exceeded::close;
    into.close_by = text.substr(6, text.size() - 7);
  } else if (text == exceeded_words[0] || text == exceeded_words[1]) {
    into.exceeded = text == exceeded_words[0] ? pause_exceeded::resume : pause_exceeded::escalate;
  } else {
    from.fault("unknown-word", "when_exceeded must be resume, escalate or close(EVENT); \"" + text + "\" is not",
               nearest(text, exceeded_words));
  }
}

/// `while: CEL` or `while: { reason: CEL }`.
inline void read_conditions(const value_reader& from, pause_definition& into) {
  if (!from.value().is_mapping()) {
    into.conditions.push_back({"", from.text().value_or("")});
    return;
  }
  object_reader reasons(from);
  for (const auto& [reason, member] : reasons.members()) {
    into.conditions.push_back({reason, member.text().value_or("")});
    into.reasons.push_back(reason);
  }
}

inline pause_definition read_pause(const value_reader& from) {
  pause_definition read{.pointer = from.pointer()};
  object_reader fields(from);
  if (const auto condition = fields.optional("while")) {
    read_conditions(*condition, read);
  }
  read.on = read_triggers(fields.optional("on"));
  read.resume = read_triggers(fields.optional("resume"));
  read.ends = read_triggers(fields.optional("ends"));
  read.until = read_words(fields.optional("until"));
  for (auto& reason : read_names(fields.optional("reasons"))) {
    if (std::find(read.reasons.begin(), read.reasons.end(), reason) == read.reasons.end()) {
      read.reasons.push_back(std::move(reason));
    }
  }
  read.at_most = read_goal(fields.optional("at_most"));
  read.at_most_each = read_goal(fields.optional("at_most_each"));
  if (const auto exceeded = fields.optional("when_exceeded")) {
    read_exceeded(*exceeded, read);
  }
  read_effects(fields.optional("do"), read.effects);
  if (const auto review = fields.optional("review")) {
    object_reader parts(*review);
    read.review_every = read_goal(parts.required("every"));
    read_effects(parts.optional("do"), read.review);
    parts.finish();
  }
  read.after_breach = read_flag(fields.optional("after_breach"), true);
  read.moves_dates = read_flag(fields.optional("moves_dates"), false);
  fields.finish();
  return read;
}

inline std::vector<extension_definition> read_extensions(const std::optional<value_reader>& from) {
  std::vector<extension_definition> all;
  if (!from) {
    return all;
  }
  object_reader section(*from);
  for (const auto& [id, member] : section.members()) {
    extension_definition read{.id = id, .pointer = member.pointer()};
    object_reader fields(member);
    read.on = read_triggers(fields.required("on"));
    read.by = read_goal(fields.optional("by"));
    read.to = read_goal(fields.optional("to"));
    read.reasons = read_names(fields.optional("reasons"));
    read.roles = read_names(fields.optional("approved_by"));
    read.consent = read_words(fields.optional("consent"));
    read.revoke = read_triggers(fields.optional("revoke"));
    if (const auto most = fields.optional("at_most")) {
      read.at_most = most->integer(1, 1'000).value_or(1);
    }
    fields.finish();
    if (read.by.has_value() == read.to.has_value()) {
      member.fault("bad-extension",
                   "an extension is either \"by\" so much more or \"to\" a goal that replaces the first one");
    }
    all.push_back(std::move(read));
  }
  return all;
}

inline reset_definition read_reset(const value_reader& from) {
  if (!from.value().is_mapping() || from.value().find("as") == nullptr) {
    return {read_triggers(from), false};
  }
  constexpr std::array<std::string_view, 2> ends{"judged", "cancelled"};
  object_reader fields(from);
  reset_definition read{.on = read_triggers(fields.required("on"))};
  read.cancels = fields.required("as")->word(ends, "how a reset closes a cycle").value_or(0) == 1;
  fields.finish();
  return read;
}

inline nesting_definition read_nesting(const value_reader& from) {
  if (!from.value().is_mapping()) {
    return {.clock = from.text().value_or("")};
  }
  object_reader fields(from);
  nesting_definition read{.clock = read_words(fields.required("clock"))};
  read.slack = read_goal(fields.optional("slack"));
  read.cap = read_flag(fields.optional("cap"), false);
  fields.finish();
  return read;
}

} // namespace plaint::detail
