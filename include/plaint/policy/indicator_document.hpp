// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/reader.hpp>

#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// A share of complaints that the organisation is measured by, as it was written; whoever measures reads the
/// expression.
struct indicator_definition {
  std::string id;
  std::string of{};     ///< complaints that count: "closed", "opened", a state that was entered
  std::string share{};  ///< CEL: those of them that are good, or bad
  std::string target{}; ///< such as ">= 85%"
  std::string source{};
  std::string pointer{};

  friend bool operator==(const indicator_definition& a, const indicator_definition& b) {
    return a.id == b.id && a.of == b.of && a.share == b.share && a.target == b.target && a.source == b.source;
  }
};

/// The section `indicators`: `one_time_resolution: { of: closed, share: redispatches == 0, target: ">= 85%" }`.
[[nodiscard]] inline std::vector<indicator_definition> read_indicators(const value_reader& from) {
  std::vector<indicator_definition> all;
  object_reader section(from);
  for (const auto& [id, member] : section.members()) {
    indicator_definition read{.id = id, .pointer = member.pointer()};
    object_reader fields(member);
    const auto text = [&](std::string_view name, std::string& into, bool required) {
      if (const auto field = required ? fields.required(name) : fields.optional(name)) {
        into = field->text().value_or("");
      }
    };
    text("of", read.of, false);
    text("share", read.share, true);
    text("target", read.target, false);
    text("source", read.source, false);
    fields.finish();
    read.of = read.of.empty() ? "opened" : read.of;
    all.push_back(std::move(read));
  }
  return all;
}

[[nodiscard]] inline node write_indicators(const std::vector<indicator_definition>& all) {
  node section = node::mapping_of();
  for (const auto& i : all) {
    node& fields = section.add(i.id, node::mapping_of());
    fields.add("of", node::text_of(i.of));
    fields.add("share", node::text_of(i.share));
    if (!i.target.empty()) {
      fields.add("target", node::text_of(i.target));
    }
    if (!i.source.empty()) {
      fields.add("source", node::text_of(i.source));
    }
  }
  return section;
}

} // namespace plaint
