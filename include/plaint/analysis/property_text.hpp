// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/property_reader.hpp>
#include <plaint/analysis/property.hpp>
#include <plaint/error.hpp>
#include <plaint/suggestion.hpp>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// The forms that properties are written in, with made-up names; for messages and editors.
inline constexpr std::array<std::string_view, 24> property_forms{
    "every state is reachable",
    "decided is reachable",
    "lapsed is never reached",
    "every state can reach closed",
    "registered always reaches closed",
    "every path from registered reaches closed",
    "every path to closed passes notice(final)",
    "registered comes before everything but lodged",
    "investigating before event(decide)",
    "every path to closed passes notice(final) anew after each reopening",
    "dispatched never after withdrawn",
    "every cycle is bounded",
    "every cycle is bounded by a counter or the customer",
    "notice(final) within 8 weeks of registered",
    "dispatch is complete",
    "every table is complete and disjoint",
    "notice final carries decision, reasons and remedy",
    "external route is told before closed",
    "only lead may answer",
    "customer may not close",
    "each waiting state has a clock",
    "every open state allows escalate or reassign",
    "reopen is possible in closed",
    "P-05"};

/// The property that a sentence means, or several where it says "complete and disjoint"; nothing where it is not
/// understood.
[[nodiscard]] inline std::vector<property> parse_property(std::string_view text) {
  return text.size() > 2000 ? std::vector<property>{} : detail::property_reader(text).read();
}

/// As `parse_property`; what is not understood becomes a finding at the pointer.
[[nodiscard]] inline std::vector<property> parse_property(std::string_view text, findings& out,
                                                          const std::string& pointer) {
  auto all = parse_property(text);
  if (all.empty()) {
    std::string forms;
    for (const auto& f : property_forms) {
      forms += (forms.empty() ? "\"" : ", \"") + std::string(f) + "\"";
    }
    out.push_back({"bad-property",
                   "\"" + std::string(text.substr(0, 200)) + "\" is no property; properties read like " + forms,
                   pointer, nearest(text, property_forms)});
  }
  for (auto& p : all) {
    p.pointer = pointer;
  }
  return all;
}

} // namespace plaint
