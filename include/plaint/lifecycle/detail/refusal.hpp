// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/explain.hpp>
#include <plaint/expr/scope.hpp>
#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/step_result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace plaint::detail {

[[nodiscard]] inline std::string joined(const std::vector<std::string>& names, std::string_view between = ", ") {
  std::string text;
  for (const auto& name : names) {
    text += (text.empty() ? "" : std::string(between)) + name;
  }
  return text;
}

[[nodiscard]] inline std::string in_quotes(std::string_view name) {
  return "\"" + std::string(name) + "\"";
}

/// The reason code in the event's data, or nothing.
[[nodiscard]] inline std::string_view reason_given(const chart& in, const scope& seen) noexcept {
  if (in.reason_field >= seen.event.size()) {
    return {};
  }
  const auto& given = seen.event[in.reason_field];
  if (const auto* text = given.get_if<std::string>()) {
    return *text;
  }
  if (const auto* member = given.get_if<enum_member>()) {
    const auto& names = in.names.event_fields[in.reason_field].type.names();
    return member->index < names.size() ? std::string_view(names[member->index]) : std::string_view{};
  }
  return {};
}

inline void refuse_role(const chart& in, transition_id id, const actor_view& who, std::vector<reason>& why) {
  const auto allowed = joined(in.transition_definitions[id]->by);
  const auto sender = who.role.empty() ? std::string("nobody in particular") : in_quotes(who.role);
  why.push_back(
      {reason_kind::role, in.transitions[id].source, id, allowed, "only " + allowed + " may do this, not " + sender});
}

inline void refuse_late(const chart& in, transition_id id, std::vector<reason>& why) {
  const auto& within = in.transition_definitions[id]->within;
  why.push_back({reason_kind::too_late, in.transitions[id].source, id, within, "possible within " + within + " only"});
}

inline void refuse_missing(const chart& in, transition_id id, std::uint16_t slot, std::vector<reason>& why) {
  const auto& name = in.names.attributes[slot].name;
  why.push_back({reason_kind::missing_field, in.transitions[id].source, id, name, in_quotes(name) + " must be set"});
}

inline void refuse_reason(const chart& in, transition_id id, std::vector<reason>& why) {
  const auto allowed = joined(in.transition_definitions[id]->reasons);
  why.push_back({reason_kind::missing_reason, in.transitions[id].source, id, allowed,
                 "the event must give a reason, one of " + allowed});
}

/// One reason for each atom that stands in the way.
inline void refuse_guard(const chart& in, transition_id id, const scope& seen, std::vector<reason>& why) {
  const auto source = in.transitions[id].source;
  const auto& guard = in.programs[in.transitions[id].guard];
  const auto before = why.size();
  for (const auto& a : explain(guard, seen).atoms) {
    if (a.decisive && a.result.is != truth::yes) {
      const auto kind = a.result.is == truth::no ? reason_kind::guard_false : reason_kind::guard_unknown;
      why.push_back({kind, source, id, a.text, to_string(a)});
    }
  }
  if (why.size() == before) {
    const std::string text(guard.text());
    why.push_back({reason_kind::guard_false, source, id, text, "`" + text + "` is not true"});
  }
}

} // namespace plaint::detail
