// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/event.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/policy/policy.hpp>
#include <plaint/policy/value_document.hpp>
#include <plaint/time/iso8601.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// An event's data by event field; what does not fit its declaration is a refusal, all of them at once.
inline void read_data(const policy& by, const node& data, std::vector<value>& read, std::vector<refusal>& reasons) {
  const auto& fields = by.schema().event_fields;
  read.assign(fields.size(), {});
  if (!data.is_mapping() && !data.is_null()) {
    reasons.push_back({.kind = "bad-data", .message = "the data of an event is a mapping"});
    return;
  }
  for (std::size_t i = 0; i < data.keys.size(); ++i) {
    const auto field = by.schema().event_field(data.keys[i]);
    if (!field) {
      std::vector<std::string> known;
      for (const auto& f : fields) {
        known.push_back(f.name);
      }
      const auto near = nearest(data.keys[i], known);
      reasons.push_back({.kind = "unknown-field",
                         .subject = data.keys[i],
                         .message = "\"" + data.keys[i] + "\" is neither an attribute nor a field of events" +
                                    (near.empty() ? "" : "; did you mean \"" + near + "\"?")});
      continue;
    }
    findings faults;
    const value_reader item(data.items[i], "", faults);
    auto value = read_value(item, fields[*field].type);
    const bool is_text = data.items[i].kind == node_kind::text || data.items[i].is_null();
    if (value && !is_text && fields[*field].type.is(type_kind::string)) { // documents are read more kindly
      item.fault("wrong-type", "text required, " + item.described() + " found");
    }
    for (const auto& f : faults) {
      reasons.push_back(
          {.kind = "bad-data", .subject = data.keys[i], .message = "\"" + data.keys[i] + "\": " + to_string(f)});
    }
    if (value) {
      if (const auto why = misfit(fields[*field], *value)) {
        reasons.push_back({.kind = "out-of-range", .subject = data.keys[i], .message = *why});
      }
      read[*field] = std::move(*value);
    }
  }
}

[[nodiscard]] inline std::vector<value> read_data(const policy& by, const node& data, std::vector<refusal>& reasons) {
  std::vector<value> read;
  read_data(by, data, read, reasons);
  return read;
}

/// Why an event can't have happened when it says so: the ends of the time line stand for "never", and arithmetic from
/// there would leave it.
[[nodiscard]] inline std::optional<refusal> beyond_time(const event& what) {
  constexpr instant first(std::chrono::seconds{-62'135'596'800}); // 0001-01-01
  constexpr instant end(std::chrono::seconds{253'402'300'800});   // 10000-01-01
  if (first <= what.effective_at && what.effective_at < end) {
    return std::nullopt;
  }
  return refusal{.kind = "bad-instant",
                 .subject = what.name,
                 .message = "an event happens in the years from 1 to 9999, not at " + to_iso8601(what.effective_at)};
}

/// An event's data as a journal keeps it: by name, values in their canonical form, nothing that is absent. What does
/// not fit is left as it was written; an accepted event has no such thing.
[[nodiscard]] inline node normal_data(const policy& by, const node& data) {
  if (data.keys.empty()) {
    return node::mapping_of();
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < data.keys.size(); ++i) {
    if (!data.items[i].is_null()) {
      order.push_back(i);
    }
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return data.keys[a] < data.keys[b]; });
  node all = node::mapping_of();
  for (const auto i : order) {
    const auto field = by.schema().event_field(data.keys[i]);
    findings faults;
    const auto read =
        field ? read_value({data.items[i], "", faults}, by.schema().event_fields[*field].type) : std::nullopt;
    all.add(data.keys[i], read ? write_value(*read, by.schema().event_fields[*field].type) : data.items[i]);
  }
  return all;
}

/// Who acts, as expressions see it: the side follows from the role where there is one.
[[nodiscard]] inline actor_view view_of(const policy& by, const actor& who, std::vector<refusal>& reasons) {
  if (who.role.empty()) {
    return {who.id, {}, who.side};
  }
  const auto& roles = by.lifecycle().roles();
  const auto found =
      std::find_if(roles.begin(), roles.end(), [&](const role_definition& r) { return r.name == who.role; });
  if (found == roles.end()) {
    reasons.push_back(
        {.kind = "unknown-role", .subject = who.role, .message = "\"" + who.role + "\" is no role of the policy"});
    return {};
  }
  return {who.id, who.role, found->side};
}

} // namespace plaint::detail
