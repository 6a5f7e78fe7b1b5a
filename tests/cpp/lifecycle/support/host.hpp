// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/io/json.hpp>
#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/lifecycle/step.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A host for tests: one complaint with its attributes, told events by name.
class host {
public:
  explicit host(plaint::lifecycle rules) : rules_(std::move(rules)) { restart(); }
  explicit host(std::string_view json, plaint::schema sees = {}, std::vector<plaint::role_definition> roles = {})
      : host(compile_json(json, std::move(sees), std::move(roles))) {}

  static plaint::lifecycle compile_json(std::string_view json, plaint::schema sees = {},
                                        std::vector<plaint::role_definition> roles = {}) {
    plaint::findings found;
    const auto document = plaint::read_json(json);
    auto definition = plaint::read_lifecycle({document.root, "", found});
    plaint::throw_if_error(found);
    return plaint::compile(std::move(definition), std::move(sees), std::move(roles));
  }

  void restart() {
    values = plaint::initial_values(rules_.schema());
    take(plaint::start(rules_, values));
  }

  /// One value of the event's data by name.
  using datum = std::pair<std::string, plaint::value>;

  const plaint::step_result& tell(std::string_view event, std::string_view role = {},
                                  const std::vector<datum>& data = {}) {
    std::vector<plaint::value> fields(rules_.schema().event_fields.size());
    for (const auto& [name, v] : data) {
      fields.at(*rules_.schema().event_field(name)) = v;
    }
    plaint::occurrence what;
    what.event = rules_.event(event);
    what.name = event;
    what.data = fields;
    what.actor.role = role;
    take(plaint::step(rules_, last.after, values, what));
    return last;
  }

  const plaint::step_result& fire(std::size_t timer) {
    plaint::occurrence what;
    what.event = rules_.timers().at(timer).event;
    take(plaint::step(rules_, last.after, values, what));
    return last;
  }

  /// The active atomic and final states, "a b".
  [[nodiscard]] std::string here() const { return names(rules_.leaves(last.after)); }
  [[nodiscard]] std::string names(const std::vector<plaint::state_id>& states) const {
    std::string text;
    for (const auto s : states) {
      text += (text.empty() ? "" : " ") + rules_.name(s);
    }
    return text;
  }
  /// The kinds of the effects of the last step, "ack send".
  [[nodiscard]] std::string effects() const {
    std::string text;
    for (const auto& e : last.effects) {
      text += (text.empty() ? "" : " ") + rules_.effect_at(e.effect).kind;
    }
    return text;
  }
  [[nodiscard]] std::string why() const {
    std::string text;
    for (const auto& r : last.reasons) {
      text += (text.empty() ? "" : "; ") + std::string(plaint::to_string(r.kind)) + " " + r.subject;
    }
    return text;
  }
  [[nodiscard]] const plaint::value& value(std::string_view name) const {
    return values.at(*rules_.schema().slot(name));
  }
  [[nodiscard]] const plaint::lifecycle& rules() const { return rules_; }

  std::vector<plaint::value> values{};
  plaint::step_result last{};

private:
  void take(plaint::step_result result) {
    last = std::move(result);
    for (const auto& c : last.changes) {
      values[c.slot] = c.to;
    }
  }

  plaint::lifecycle rules_;
};

/// The codes of the findings that a lifecycle in JSON gives, sorted: "unknown-state unreachable-state".
inline std::string codes_of(std::string_view json, plaint::schema sees = {},
                            std::vector<plaint::role_definition> roles = {}) {
  plaint::findings found;
  const auto document = plaint::read_json(json);
  auto definition = plaint::read_lifecycle({document.root, "", found});
  (void)plaint::lifecycle::try_compile(std::move(definition), std::move(sees), std::move(roles), found);
  std::vector<std::string> codes;
  for (const auto& f : found) {
    codes.push_back(f.code);
  }
  std::sort(codes.begin(), codes.end());
  std::string text;
  for (const auto& c : codes) {
    text += (text.empty() ? "" : " ") + c;
  }
  return text;
}
