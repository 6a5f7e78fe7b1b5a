// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_document.hpp>
#include <plaint/canonical.hpp>
#include <plaint/clock/clock_document.hpp>
#include <plaint/ladder/ladder_document.hpp>
#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/policy/about_document.hpp>
#include <plaint/policy/attribute_document.hpp>
#include <plaint/policy/detail/holiday_section.hpp>
#include <plaint/policy/header_document.hpp>
#include <plaint/policy/notice_document.hpp>
#include <plaint/policy/policy_definition.hpp>
#include <plaint/policy/word_titles.hpp>
#include <plaint/reader.hpp>

#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// The format version that policies are written in: the value of their key `plaint`.
inline constexpr std::int64_t policy_format = 1;

/// A whole policy document; every fault becomes a finding at its pointer, and what could be read is handed back.
///
/// What belongs together is put together: calendars get the sets of the section `holidays` that they name, states and
/// events the titles of the section `titles`, notices what the section `notices` says that they carry.
[[nodiscard]] inline policy_definition read_policy(const node& written, findings& out) {
  policy_definition d;
  const auto root = detail::with_holidays(written, out);
  object_reader all(root, "", out);
  const auto text = [&](std::string_view name) {
    const auto member = all.required(name);
    return member ? member->text().value_or("") : std::string{};
  };
  if (const auto format = all.required("plaint")) {
    (void)format->integer(policy_format, policy_format);
  }
  d.id = text("id");
  d.version = text("version");
  d.title = detail::read_title(all.optional("title"));
  d.about = read_about(all);
  if (const auto section = all.optional("sources")) {
    d.sources = read_sources(*section);
  }
  if (const auto section = all.optional("effective")) {
    d.effective = read_effective(*section);
  }
  (void)all.optional("holidays"); // is read, and where calendars name it by now
  if (const auto section = all.optional("calendars")) {
    for (const auto& [name, member] : object_reader(*section).members()) {
      d.calendars.push_back(read_calendar(member, name));
    }
  }
  if (const auto section = all.optional("attributes")) {
    d.attributes = read_attributes(*section);
  }
  if (const auto section = all.optional("event_data")) {
    d.event_data = read_attributes(*section);
  }
  if (const auto section = all.optional("roles")) {
    d.roles = read_roles(*section);
  }
  if (const auto section = all.required("lifecycle")) {
    d.lifecycle = read_lifecycle(*section);
  }
  if (const auto section = all.optional("clocks")) {
    d.clocks = read_clocks(*section);
  }
  if (const auto section = all.optional("calendar_edits")) {
    d.calendar_edits = read_calendar_edits(*section);
  }
  if (const auto section = all.optional("ladders")) {
    d.ladders = read_ladders(*section);
  }
  if (const auto rule = all.optional("max_backdate")) {
    d.late_facts = read_late_facts(*rule);
  }
  if (const auto section = all.optional("notices")) {
    d.notices = read_notices(*section);
    fit_notices(d.lifecycle, d.notices, out);
  }
  if (const auto section = all.optional("titles")) {
    d.words = read_word_titles(*section);
    give_titles(d.lifecycle, d.words);
  }
  if (const auto section = all.optional("properties")) {
    d.properties = read_properties(*section);
  }
  if (const auto section = all.optional("indicators")) {
    d.indicators = read_indicators(*section);
  }
  all.finish();
  return d;
}

/// The policy as `read_policy` reads it back, always in the same form; its digest identifies the policy.
[[nodiscard]] inline node write_policy(const policy_definition& d) {
  node all = node::mapping_of();
  all.add("plaint", node::integer_of(policy_format));
  all.add("id", node::text_of(d.id));
  all.add("version", node::text_of(d.version));
  detail::lifecycle_writer::write_titles(all, d.title);
  write_about(all, d.about);
  all.add("sources", write_sources(d.sources));
  all.add("effective", write_effective(d.effective));
  node& calendars = all.add("calendars", node::mapping_of());
  for (const auto& c : d.calendars) {
    calendars.add(c.id, write_calendar(c));
  }
  all.add("attributes", write_attributes(d.attributes));
  all.add("event_data", write_attributes(d.event_data));
  all.add("roles", write_roles(d.roles));
  all.add("lifecycle", write_lifecycle(d.lifecycle));
  all.add("clocks", write_clocks(d.clocks));
  if (!d.properties.empty()) {
    all.add("properties", write_properties(d.properties));
  }
  if (!d.indicators.empty()) {
    all.add("indicators", write_indicators(d.indicators));
  }
  all.add("calendar_edits", write_calendar_edits(d.calendar_edits));
  all.add("ladders", write_ladders(d.ladders));
  if (d.late_facts != late_fact_rule{}) {
    all.add("max_backdate", write_late_facts(d.late_facts));
  }
  all.add("notices", write_notices(d.notices));
  all.add("titles", write_word_titles(d.words));
  return all;
}

} // namespace plaint
