// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/ladder/detail/read_ladder.hpp>
#include <plaint/ladder/detail/write_ladder.hpp>
#include <plaint/ladder/ladder_definition.hpp>
#include <plaint/reader.hpp>

#include <string>
#include <utility>
#include <vector>

namespace plaint {

namespace detail {

inline ladder_definition read_ladder(std::string id, const value_reader& from) {
  ladder_definition read{.id = std::move(id), .pointer = from.pointer()};
  object_reader fields(from);
  read.title = read_title(fields.optional("title"));
  read.source = read_words(fields.optional("source"));
  if (const auto trigger = fields.required("trigger")) {
    read.begins = read_beginning(*trigger);
  }
  read.calendar = read_words(fields.optional("calendar"));
  if (const auto steps = fields.required("steps")) {
    for (const auto& step : steps->items()) {
      read.steps.push_back(read_step(step, static_cast<std::int64_t>(read.steps.size()) + 1));
    }
  }
  if (const auto repeat = fields.optional("repeat")) {
    read.repeat = read_repeat(*repeat);
  }
  if (const auto exhausted = fields.optional("when_exhausted")) {
    read_exhausted(*exhausted, read);
  }
  if (const auto acknowledge = fields.optional("acknowledge")) {
    read.acknowledgement = read_acknowledgement(*acknowledge);
  }
  if (const auto roles = fields.optional("acknowledged_by")) { // the short form: any event by one of them
    read.acknowledgement.by = read_names(*roles);
  }
  if (const auto down = fields.optional("de_escalate")) {
    read.de_escalation = read_de_escalation(*down);
  }
  read.ends_on = read_triggers(fields.optional("ends_on"));
  read.while_paused =
      read_choice_of<paused_clock>(fields.optional("while_paused"), paused_words, "what a paused clock does");
  if (const auto reassigned = fields.optional("on_reassign")) {
    read_reassignment(*reassigned, read);
  }
  read.on_policy_edit =
      read_choice_of<edited_policy>(fields.optional("on_policy_edit"), edited_words, "what an edit of the policy does");
  read.nobody = read_triggers(fields.optional("nobody"));
  fields.finish();
  return read;
}

} // namespace detail

/// The section `ladders` of a policy; faults become findings.
///
/// `late: { trigger: breach(answer), steps: [{ notify: owner }, { after: 4h, notify: { role: manager } }], ends_on:
/// stop(answer) }`
[[nodiscard]] inline std::vector<ladder_definition> read_ladders(const value_reader& from) {
  std::vector<ladder_definition> all;
  object_reader section(from);
  for (const auto& [id, member] : section.members()) {
    all.push_back(detail::read_ladder(id, member));
  }
  return all;
}

/// The ladders as `read_ladders` reads them back, always in the same form.
[[nodiscard]] inline node write_ladders(const std::vector<ladder_definition>& all) {
  node section = node::mapping_of();
  for (const auto& l : all) {
    section.add(l.id, detail::ladder_writer::write(l));
  }
  return section;
}

} // namespace plaint
