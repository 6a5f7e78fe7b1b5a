// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/lifecycle/configuration.hpp>
#include <plaint/lifecycle/detail/build_chart.hpp>
#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/detail/with_words.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

using detail::timer_kind;
/// A clock that a lifecycle wants: `after` fires `event` when it is due, `within` closes a way once it has run out.
///
/// It starts when `state` is entered and is cancelled when the state is left; the text of its duration is read by those
/// who keep clocks.
using lifecycle_timer = detail::chart_timer;

/// A checked, immutable lifecycle. Copies share it; it is safe to use from many threads.
class lifecycle {
public:
  [[nodiscard]] const lifecycle_definition& definition() const noexcept { return chart_->definition; }

  /// What expressions may name: the attributes it was compiled with, its states by `state_id`, its events, roles, and
  /// the event fields: those declared, then one for each attribute of another name.
  [[nodiscard]] const plaint::schema& schema() const noexcept { return chart_->names; }
  [[nodiscard]] const std::vector<role_definition>& roles() const noexcept { return chart_->roles; }

  /// Warnings and notes of the check.
  [[nodiscard]] const findings& notes() const noexcept { return chart_->notes; }

  [[nodiscard]] std::size_t state_count() const noexcept { return chart_->states.size(); }
  [[nodiscard]] std::size_t transition_count() const noexcept { return chart_->transitions.size(); }

  [[nodiscard]] const std::string& name(state_id s) const noexcept { return chart_->state_definitions[s]->name; }
  [[nodiscard]] std::optional<state_id> state(std::string_view name) const noexcept {
    for (std::size_t s = 0; s < chart_->states.size(); ++s) {
      if (chart_->state_definitions[s]->name == name) {
        return static_cast<state_id>(s);
      }
    }
    return std::nullopt;
  }
  [[nodiscard]] const state_definition& state_at(state_id s) const noexcept { return *chart_->state_definitions[s]; }
  [[nodiscard]] state_type type_of(state_id s) const noexcept { return chart_->states[s].type; }
  [[nodiscard]] state_id parent_of(state_id s) const noexcept { return chart_->states[s].parent; }

  [[nodiscard]] const transition_definition& transition_at(transition_id t) const noexcept {
    return *chart_->transition_definitions[t];
  }
  /// The state that a transition belongs to; `no_id` for those of the whole.
  [[nodiscard]] state_id source_of(transition_id t) const noexcept { return chart_->transitions[t].source; }
  [[nodiscard]] std::span<const state_id> targets_of(transition_id t) const noexcept {
    return detail::chart::part(chart_->states_pool, chart_->transitions[t].targets);
  }
  [[nodiscard]] const effect_definition& effect_at(effect_id e) const noexcept { return *chart_->effects[e]; }
  [[nodiscard]] std::size_t effect_count() const noexcept { return chart_->effects.size(); }

  /// The event that a name means: itself, its longest beginning by tokens that is known, or `unknown_event`.
  [[nodiscard]] event_id event(std::string_view name) const noexcept {
    const auto& in = *chart_;
    while (true) {
      const auto found =
          std::lower_bound(in.by_name.begin(), in.by_name.end(), name,
                           [&](event_id e, std::string_view n) { return std::string_view(in.events[e]) < n; });
      if (found != in.by_name.end() && in.events[*found] == name) {
        return *found;
      }
      const auto dot = name.rfind('.');
      if (dot == std::string_view::npos) {
        return unknown_event();
      }
      name = name.substr(0, dot);
    }
  }

  /// Stands for every name outside of the alphabet; only "*" listens to it.
  [[nodiscard]] event_id unknown_event() const noexcept { return static_cast<event_id>(chart_->events.size()); }
  [[nodiscard]] std::size_t event_count() const noexcept { return chart_->events.size(); }

  /// The name of an event; those of timers look like "after(15 days)@answered".
  [[nodiscard]] std::string_view event_name(event_id e) const noexcept {
    return e < chart_->events.size() ? std::string_view(chart_->events[e]) : std::string_view{};
  }
  [[nodiscard]] bool is_timer_event(event_id e) const noexcept {
    return e >= chart_->first_timer && e < chart_->events.size();
  }

  /// True if a transition listens to the event under its own name and it is no report of the lifecycle itself.
  [[nodiscard]] bool is_sent(event_id e) const noexcept {
    const auto& in = *chart_;
    return e < in.first_timer && in.heard_by_name[e] && !in.events[e].starts_with("done.state.");
  }

  [[nodiscard]] const std::vector<lifecycle_timer>& timers() const noexcept { return chart_->timers; }

  /// All active states in document order, those that hold others included.
  [[nodiscard]] std::vector<state_id> active(const configuration& c) const {
    return detail::with_words(*chart_, [&](auto words) {
      std::vector<state_id> all;
      const detail::opened<decltype(words)::value> open(*chart_, c);
      for (std::size_t s = 0; s < state_count(); ++s) {
        if (open.active.test(s)) {
          all.push_back(static_cast<state_id>(s));
        }
      }
      return all;
    });
  }
  [[nodiscard]] bool is_active(const configuration& c, state_id s) const {
    const auto all = active(c);
    return std::binary_search(all.begin(), all.end(), s);
  }
  /// The active atomic and final states in document order.
  [[nodiscard]] std::vector<state_id> leaves(const configuration& c) const {
    auto all = active(c);
    std::erase_if(all, [&](state_id s) { return !chart_->is_leaf(s); });
    return all;
  }

  /// The tables, for those who run them.
  [[nodiscard]] const detail::chart& chart() const noexcept { return *chart_; }

  /// Checks and compiles. `sees` gives attributes, event fields, clocks and ladders; states, roles and events are
  /// filled in here. Appends all findings; nothing where one is an error. Pointers are relative to the lifecycle.
  [[nodiscard]] static std::optional<lifecycle> try_compile(lifecycle_definition definition, plaint::schema sees,
                                                            std::vector<role_definition> roles, findings& out) {
    findings own;
    auto made = detail::build_chart(std::move(definition), std::move(sees), std::move(roles), own);
    out.insert(out.end(), own.begin(), own.end());
    if (has_error(own)) {
      return std::nullopt;
    }
    made->notes = std::move(own);
    return lifecycle(std::move(made));
  }

private:
  explicit lifecycle(std::shared_ptr<const detail::chart> chart) noexcept : chart_(std::move(chart)) {}

  std::shared_ptr<const detail::chart> chart_;
};

/// As `lifecycle::try_compile`; throws `policy_error` with all findings.
[[nodiscard]] inline lifecycle compile(lifecycle_definition definition, schema sees = {},
                                       std::vector<role_definition> roles = {}) {
  findings found;
  auto made = lifecycle::try_compile(std::move(definition), std::move(sees), std::move(roles), found);
  throw_if_error(found);
  return *std::move(made);
}

} // namespace plaint
