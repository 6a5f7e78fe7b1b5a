// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/reader.hpp>

#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// A property that a policy claims of itself, as it was written; whoever proves it reads the sentence.
struct property_claim {
  std::string claim;    ///< "every path to closed passes notice(final)"
  std::string id{};     ///< the name under which it is reported, such as "P-05"
  std::string source{}; ///< name of the policy's source that demands it
  std::string pointer{};

  friend bool operator==(const property_claim& a, const property_claim& b) {
    return a.claim == b.claim && a.id == b.id && a.source == b.source;
  }
};

/// The section `properties`: a list of sentences, of `P-05: sentence`, and of `{ claim: sentence, id: …, source: … }`.
[[nodiscard]] inline std::vector<property_claim> read_properties(const value_reader& from) {
  std::vector<property_claim> all;
  const auto add = [&](property_claim read) {
    if (!read.claim.empty()) {
      all.push_back(std::move(read));
    }
  };
  const auto read_mapping = [&](const value_reader& item) {
    object_reader fields(item);
    if (item.value().find("claim") == nullptr) { // names with sentences
      for (const auto& [id, member] : fields.members()) {
        add({.claim = member.text().value_or(""), .id = id, .pointer = member.pointer()});
      }
      return;
    }
    property_claim read{.claim = {}, .pointer = item.pointer()};
    read.claim = fields.required("claim")->text().value_or("");
    if (const auto id = fields.optional("id")) {
      read.id = id->text().value_or("");
    }
    if (const auto source = fields.optional("source")) {
      read.source = source->text().value_or("");
    }
    fields.finish();
    add(std::move(read));
  };
  for (const auto& item : from.items()) {
    if (item.value().is_mapping()) {
      read_mapping(item);
    } else {
      add({.claim = item.text().value_or(""), .pointer = item.pointer()});
    }
  }
  return all;
}

[[nodiscard]] inline node write_properties(const std::vector<property_claim>& all) {
  node list = node::sequence_of();
  for (const auto& p : all) {
    if (p.id.empty() && p.source.empty()) {
      list.push(node::text_of(p.claim));
      continue;
    }
    node& fields = list.push(node::mapping_of());
    fields.add("claim", node::text_of(p.claim));
    if (!p.id.empty()) {
      fields.add("id", node::text_of(p.id));
    }
    if (!p.source.empty()) {
      fields.add("source", node::text_of(p.source));
    }
  }
  return list;
}

} // namespace plaint
