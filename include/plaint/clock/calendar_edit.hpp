// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/reader.hpp>
#include <plaint/time/instant.hpp>
#include <plaint/time/iso8601.hpp>

#include <string>
#include <vector>

namespace plaint {

/// From an instant on, what a calendar says is said by another one: a holiday was announced, the hours were changed.
///
/// The first edition stays in the policy, so that what was measured by it can be told from what is measured now.
struct calendar_edit {
  std::string calendar{}; ///< the name that clocks use
  instant from{};         ///< what happens then already goes by the new edition
  std::string becomes{};  ///< the calendar that takes its place
  std::string pointer{};

  friend bool operator==(const calendar_edit& a, const calendar_edit& b) {
    return a.calendar == b.calendar && a.from == b.from && a.becomes == b.becomes;
  }
};

/// The section `calendar_edits` of a policy: `office: [{ from: "2026-07-01T00:00:00Z", calendar: office_2027 }]`.
[[nodiscard]] inline std::vector<calendar_edit> read_calendar_edits(const value_reader& from) {
  std::vector<calendar_edit> all;
  object_reader section(from);
  for (const auto& [name, member] : section.members()) {
    for (const auto& item : member.items()) {
      object_reader fields(item);
      const auto at = fields.required("from");
      const auto becomes = fields.required("calendar");
      fields.finish();
      const auto text = at ? at->text() : std::nullopt;
      const auto when = text ? parse_instant(*text) : parsed<instant>(parse_fault{"an instant is required", 0});
      if (text && !when) {
        at->fault("bad-value", "an instant required: " + to_string(when.fault()));
      }
      if (when && becomes) {
        all.push_back({name, *when, becomes->text().value_or(""), item.pointer()});
      }
    }
  }
  return all;
}

/// The edits as `read_calendar_edits` reads them back.
[[nodiscard]] inline node write_calendar_edits(const std::vector<calendar_edit>& all) {
  node section = node::mapping_of();
  for (const auto& edit : all) {
    const auto* known = section.find(edit.calendar);
    node& list = known != nullptr ? section.items[static_cast<std::size_t>(known - section.items.data())]
                                  : section.add(edit.calendar, node::sequence_of());
    node& one = list.push(node::mapping_of());
    one.add("from", node::text_of(to_iso8601(edit.from)));
    one.add("calendar", node::text_of(edit.becomes));
  }
  return section;
}

} // namespace plaint
