// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// A list of actions written in C++.
class action_builder {
public:
  /// Sets an attribute to the value of an expression; "null" unsets it.
  action_builder set(std::string attribute, std::string expression) && {
    return std::move(*this).add({assignment{std::move(attribute), std::move(expression)}});
  }
  action_builder raise(std::string event) && { return std::move(*this).add({raised_event{std::move(event)}}); }

  /// Asks the host for an effect, such as `perform("notice", "ack")`.
  action_builder perform(std::string kind, std::string_view subject) && {
    effect_definition e{kind, {}};
    e.parameters.push_back({std::move(kind), node::text_of(subject)});
    return std::move(*this).add({std::move(e)});
  }
  action_builder add(action a) && {
    list_.push_back(std::move(a));
    return std::move(*this);
  }
  [[nodiscard]] const actions& list() const noexcept { return list_; }

private:
  actions list_{};
};

/// A transition written in C++: `on("reply").to("answered").by({"lead"}).when("amount < 100")`.
class transition_builder {
public:
  explicit transition_builder(transition_definition made) : made_(std::move(made)) {}

  transition_builder to(std::string target) && {
    made_.targets.push_back(std::move(target));
    return std::move(*this);
  }
  transition_builder by(std::vector<std::string> roles) && {
    made_.by = std::move(roles);
    return std::move(*this);
  }
  transition_builder when(std::string guard) && {
    made_.guard = std::move(guard);
    return std::move(*this);
  }
  transition_builder require(std::vector<std::string> attributes) && {
    made_.require = std::move(attributes);
    return std::move(*this);
  }
  transition_builder reasons(std::vector<std::string> codes) && {
    made_.reasons = std::move(codes);
    return std::move(*this);
  }
  transition_builder within(std::string length) && {
    made_.within = std::move(length);
    return std::move(*this);
  }
  /// Does not leave the source where the targets lie inside it.
  transition_builder internal() && {
    made_.internal = true;
    return std::move(*this);
  }
  transition_builder set(std::string attribute, std::string expression) && {
    made_.actions.push_back({assignment{std::move(attribute), std::move(expression)}});
    return std::move(*this);
  }
  transition_builder raise(std::string event) && {
    made_.actions.push_back({raised_event{std::move(event)}});
    return std::move(*this);
  }
  transition_builder perform(std::string kind, std::string_view subject) && {
    const auto added = action_builder{}.perform(std::move(kind), subject);
    made_.actions.push_back(added.list().front());
    return std::move(*this);
  }
  [[nodiscard]] const transition_definition& definition() const noexcept { return made_; }

private:
  transition_definition made_;
};

/// A lifecycle written in C++, as a table that reads like the document.
///
///     using t = plaint::lifecycle_builder;
///     const auto definition = t::lifecycle("open", {
///         t::state("open", {t::on("close").to("closed").by({"agent"})}),
///         t::state("closed", {t::on("reopen").to("open").when("reopened < 3").set("reopened", "reopened + 1")}),
///     });
struct lifecycle_builder {
  using rows = std::initializer_list<transition_builder>;
  using insides = std::initializer_list<state_definition>;

  static transition_builder on(std::string event) {
    transition_definition t;
    t.events.push_back(std::move(event));
    return transition_builder(std::move(t));
  }
  static transition_builder always() { return transition_builder({}); }
  static transition_builder after(std::string length) {
    transition_definition t;
    t.after = std::move(length);
    return transition_builder(std::move(t));
  }

  static state_definition state(std::string name, rows ways = {}) {
    return made(std::move(name), state_type::atomic, ways, {});
  }
  static state_definition compound(std::string name, std::string initial, insides children, rows ways = {}) {
    auto s = made(std::move(name), state_type::compound, ways, children);
    s.initial.targets.push_back(std::move(initial));
    return s;
  }
  static state_definition parallel(std::string name, insides regions, rows ways = {}) {
    return made(std::move(name), state_type::parallel, ways, regions);
  }
  static state_definition final_state(std::string name) { return made(std::move(name), state_type::final, {}, {}); }

  static state_definition shallow_history(std::string name, std::string otherwise) {
    auto s = made(std::move(name), state_type::shallow_history, {}, {});
    s.initial.targets.push_back(std::move(otherwise));
    return s;
  }
  static state_definition deep_history(std::string name, std::string otherwise) {
    auto s = shallow_history(std::move(name), std::move(otherwise));
    s.type = state_type::deep_history;
    return s;
  }

  static lifecycle_definition lifecycle(std::string initial, insides states, rows ways = {}) {
    lifecycle_definition d;
    d.initial.targets.push_back(std::move(initial));
    d.states = states;
    for (const auto& way : ways) {
      d.transitions.push_back(way.definition());
    }
    return d;
  }

private:
  static state_definition made(std::string name, state_type type, rows ways, insides children) {
    state_definition s;
    s.name = std::move(name);
    s.type = type;
    s.children = children;
    for (const auto& way : ways) {
      s.transitions.push_back(way.definition());
    }
    return s;
  }
};

} // namespace plaint
