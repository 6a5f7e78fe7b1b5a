// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/policy/policy_definition.hpp>
#include <plaint/reader.hpp>
#include <plaint/time/civil.hpp>
#include <plaint/time/iso8601.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

namespace detail {

inline std::optional<civil_day> read_day(const value_reader& from) {
  const auto text = from.text();
  if (!text) {
    return std::nullopt;
  }
  const auto read = parse_civil_day(*text);
  if (!read) {
    from.fault("bad-date", "a date such as 2026-01-31 is required: " + to_string(read.fault()));
    return std::nullopt;
  }
  return *read;
}

} // namespace detail

/// The section `sources`: `manual: { title: …, url: …, confidence: V1 }`, or `manual: the title`.
[[nodiscard]] inline std::vector<source_definition> read_sources(const value_reader& from) {
  std::vector<source_definition> all;
  object_reader section(from);
  for (const auto& [name, member] : section.members()) {
    source_definition read{.name = name};
    if (!member.value().is_mapping()) {
      read.title = member.text().value_or("");
    } else {
      object_reader fields(member);
      read.title = detail::read_words(fields.optional("title"));
      read.url = detail::read_words(fields.optional("url"));
      read.confidence = detail::read_words(fields.optional("confidence"));
      read.note = detail::read_words(fields.optional("note"));
      fields.finish();
    }
    all.push_back(std::move(read));
  }
  return all;
}

[[nodiscard]] inline node write_sources(const std::vector<source_definition>& all) {
  node section = node::mapping_of();
  for (const auto& source : all) {
    node& fields = section.add(source.name, node::mapping_of());
    detail::lifecycle_writer::write_text(fields, "title", source.title);
    detail::lifecycle_writer::write_text(fields, "url", source.url);
    detail::lifecycle_writer::write_text(fields, "confidence", source.confidence);
    detail::lifecycle_writer::write_text(fields, "note", source.note);
  }
  return section;
}

/// The section `effective`: `{ from: 2026-01-01, to: 2027-01-01, by: received_at }`.
[[nodiscard]] inline effective_dates read_effective(const value_reader& from) {
  effective_dates read;
  object_reader fields(from);
  if (const auto member = fields.optional("from")) {
    read.from = detail::read_day(*member);
  }
  const auto to = fields.optional("to");
  if (to) {
    read.to = detail::read_day(*to);
  }
  if (const auto member = fields.optional("by")) {
    read.by = member->text().value_or(read.by);
  }
  fields.finish();
  if (read.from && read.to && *read.to <= *read.from) {
    to->fault("reversed-dates", "the end must come after the beginning");
  }
  return read;
}

[[nodiscard]] inline node write_effective(const effective_dates& dates) {
  node written = node::mapping_of();
  if (dates.from) {
    written.add("from", node::text_of(to_iso8601(*dates.from)));
  }
  if (dates.to) {
    written.add("to", node::text_of(to_iso8601(*dates.to)));
  }
  written.add("by", node::text_of(dates.by));
  return written;
}

/// The key `max_backdate`: `7 days`, `48h`, or `{ within: 7 days, by: [lead] }`. A day is 24 hours here.
[[nodiscard]] inline late_fact_rule read_late_facts(const value_reader& from) {
  late_fact_rule read;
  const auto length = [&](const value_reader& member) {
    const auto text = member.text();
    if (!text) {
      return;
    }
    detail::words left(*text);
    if (const auto days = detail::words(left).take_number(); days && *days >= 0 && *days <= 36'500) {
      auto rest = left;
      (void)rest.take_number();
      if (rest.take_any({"day", "days", "d"}) && rest.done()) {
        read.within = std::chrono::days{*days};
        return;
      }
    }
    const auto time = detail::take_length(left);
    if (!time || !left.done()) {
      member.fault("bad-duration", "a length such as \"7 days\" or \"48h\" is required");
      return;
    }
    read.within = *time;
  };
  if (!from.value().is_mapping()) {
    length(from);
    return read;
  }
  object_reader fields(from);
  if (const auto within = fields.required("within")) {
    length(*within);
  }
  if (const auto by = fields.optional("by")) {
    for (const auto& role : by->items()) {
      read.by.push_back(role.text().value_or(""));
    }
  }
  fields.finish();
  return read;
}

[[nodiscard]] inline node write_late_facts(const late_fact_rule& rule) {
  node written = node::mapping_of();
  if (rule.within) {
    const bool days = rule.within->count() % duration(std::chrono::days{1}).count() == 0;
    written.add(
        "within",
        node::text_of(days ? std::to_string(std::chrono::floor<std::chrono::days>(*rule.within).count()) + " days"
                           : detail::length_text(*rule.within)));
  }
  if (!rule.by.empty()) {
    node& roles = written.add("by", node::sequence_of());
    for (const auto& role : rule.by) {
      roles.push(node::text_of(role));
    }
  }
  return written;
}

/// The section `roles`: `lead: { class: agent, title: … }`; agents where no class is given.
[[nodiscard]] inline std::vector<role_definition> read_roles(const value_reader& from) {
  std::vector<role_definition> all;
  object_reader section(from);
  for (const auto& [name, member] : section.members()) {
    role_definition read{.name = name, .pointer = member.pointer()};
    if (!member.value().is_null()) {
      object_reader fields(member);
      if (const auto side = fields.optional("class")) {
        read.side = static_cast<actor_class>(side->word(actor_class_words, "the class of a role").value_or(1));
      }
      read.title = detail::read_title(fields.optional("title"));
      fields.finish();
    }
    all.push_back(std::move(read));
  }
  return all;
}

[[nodiscard]] inline node write_roles(const std::vector<role_definition>& all) {
  node section = node::mapping_of();
  for (const auto& role : all) {
    node& fields = section.add(role.name, node::mapping_of());
    fields.add("class", node::text_of(actor_class_words[static_cast<std::size_t>(role.side)]));
    detail::lifecycle_writer::write_titles(fields, role.title);
  }
  return section;
}

} // namespace plaint
