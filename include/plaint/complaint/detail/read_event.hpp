// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/event.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/policy/policy.hpp>
#include <plaint/policy/value_document.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// An event's data by event field; what does not fit its declaration is a refusal, all of them at once.
[[nodiscard]] inline std::vector<value> read_data(const policy& by, const node& data, std::vector<refusal>& refusals) {
  const auto& fields = by.schema().event_fields;
  std::vector<value> read(fields.size());
  if (!data.is_mapping() && !data.is_null()) {
    refusals.push_back({"bad-data", "", "the data of an event is a mapping"});
    return read;
  }
  for (std::size_t i = 0; i < data.keys.size(); ++i) {
    const auto field = by.schema().event_field(data.keys[i]);
    if (!field) {
      std::vector<std::string> known;
      for (const auto& f : fields) {
        known.push_back(f.name);
      }
      const auto near = nearest(data.keys[i], known);
      refusals.push_back({"unknown-field", data.keys[i], "\"" + data.keys[i] + "\" is neither an attribute nor a field of events" +
                                                             (near.empty() ? "" : "; did you mean \"" + near + "\"?")});
      continue;
    }
    findings faults;
    auto value = read_value({data.items[i], "", faults}, fields[*field].type);
    for (const auto& f : faults) {
      refusals.push_back({"bad-data", data.keys[i], "\"" + data.keys[i] + "\": " + to_string(f)});
    }
    if (value) {
      if (const auto why = misfit(fields[*field], *value)) {
        refusals.push_back({"out-of-range", data.keys[i], *why});
      }
      read[*field] = std::move(*value);
    }
  }
  return read;
}

/// Who acts, as expressions see it: the side follows from the role where there is one.
[[nodiscard]] inline actor_view view_of(const policy& by, const actor& who, std::vector<refusal>& refusals) {
  if (who.role.empty()) {
    return {who.id, {}, who.side};
  }
  const auto& roles = by.lifecycle().roles();
  const auto found = std::find_if(roles.begin(), roles.end(), [&](const role_definition& r) { return r.name == who.role; });
  if (found == roles.end()) {
    refusals.push_back({"unknown-role", who.role, "\"" + who.role + "\" is no role of the policy"});
    return {};
  }
  return {who.id, who.role, found->side};
}

} // namespace plaint::detail
