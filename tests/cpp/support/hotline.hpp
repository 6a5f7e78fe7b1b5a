// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>
#include <plaint/io/yaml.hpp>

#include <string>
#include <string_view>

/// The policy of tests/data/policies/hotline.yaml and a shorthand for its events.
namespace hotline {

inline plaint::policy rules() {
  return plaint::load_policy(plaint::read_document("tests/data/policies/hotline.yaml"));
}

inline plaint::instant at(std::string_view text) {
  return *plaint::parse_instant(text);
}

inline plaint::event event(std::string name, std::string_view when, std::string role, std::string_view data = "{}") {
  return {.name = std::move(name),
          .effective_at = at(when),
          .recorded_at = at(when),
          .actor = {.id = "someone", .role = std::move(role)},
          .data = plaint::read_yaml(data).root};
}

/// Opened on Friday 20 November 2026 at 15:00 in London.
inline plaint::complaint opened(const plaint::policy& by, std::string_view data = "{}") {
  return plaint::open(by, "C-1", event("", "2026-11-20T15:00:00Z", "customer", data)).complaint;
}

} // namespace hotline
