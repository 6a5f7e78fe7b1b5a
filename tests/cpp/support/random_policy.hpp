// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/lifecycle_builder.hpp>
#include <plaint/policy/policy.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// Draws small policies in which guards, roles, counters, document order and timers decide what can happen: states s0
/// …, the last one closed, events a to d, attributes kind (enum), paid (bool), amount (int), tries (counted up to 2),
/// flag (set by the lifecycle), roles lead, clerk and customer.
class random_policy {
public:
  explicit random_policy(std::uint64_t seed) : dice_(seed) {}

  plaint::policy draw() {
    using namespace plaint;
    asked_.clear();
    timed_.clear();
    set_.clear();
    sets_kind_ = chance(4);
    policy_definition d;
    d.id = "random";
    d.version = "1";
    d.calendars.push_back(always());
    d.calendars.back().id = "all";
    d.attributes.push_back({.name = "kind", .type = type::enumeration({"x", "y"})});
    if (chance(2)) {
      d.attributes.back().initial = enum_member{0};
    }
    d.attributes.push_back({.name = "paid", .type = type::boolean(), .initial = false});
    d.attributes.push_back({.name = "amount", .type = type::integer(), .initial = 5, .least = 0, .most = 10});
    d.attributes.push_back({.name = "tries", .type = type::integer(), .initial = 0, .least = 0, .most = 2});
    d.attributes.push_back({.name = "flag", .type = type::boolean(), .initial = false});
    d.roles = {{.name = "lead"}, {.name = "clerk"}, {.name = "customer", .side = actor_class::customer}};
    states_ = 3 + pick(4);
    for (std::size_t s = 0; s < states_; ++s) {
      d.lifecycle.states.push_back(state(s));
    }
    if (chance(4)) { // some of them inside a common one with a clock of its own
      state_definition outer;
      outer.name = "outer";
      outer.type = state_type::compound;
      outer.children = {d.lifecycle.states[1], d.lifecycle.states[2]};
      d.lifecycle.states.erase(d.lifecycle.states.begin() + 1, d.lifecycle.states.begin() + 3);
      outer.transitions.push_back(plaint::lifecycle_builder::after("5 days").to(any_state()).definition());
      if (chance(2)) {
        outer.transitions.back().events.clear();
      }
      d.lifecycle.states.insert(d.lifecycle.states.begin() + 1, outer);
    }
    return policy::compile(std::move(d));
  }

  [[nodiscard]] std::size_t states() const noexcept { return states_; }
  std::size_t pick(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(dice_() % n); }
  bool chance(std::size_t one_in) { return pick(one_in) == 0; }
  std::string any_state() { return "s" + std::to_string(pick(states_)); }
  std::string any_event() { return std::string(1, static_cast<char>('a' + pick(4))); }

  /// By attribute of the policy drawn last, the values that event data may give: one for each answer that the guards
  /// can have; none where no guard asks. What the lifecycle sets, data does not, unless the lifecycle sets it nowhere.
  /// `also`: an attribute that a property asks for.
  [[nodiscard]] std::vector<std::vector<plaint::value>> domains(const std::string& also = {}) const {
    using plaint::enum_member;
    using plaint::value;
    std::vector<std::vector<value>> all{{value(enum_member{0}), value(enum_member{1})},
                                        {value(false), value(true)},
                                        {value(std::int64_t{3}), value(std::int64_t{5}), value(std::int64_t{8})},
                                        {value(std::int64_t{0}), value(std::int64_t{1}), value(std::int64_t{2})},
                                        {value(false), value(true)}};
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!mentions(asked_ + also, i) || mentions(set_, i)) {
        all[i].clear();
      }
    }
    return all;
  }

  /// By attribute of the policy drawn last: what of it tells two situations apart.
  enum class matters : unsigned char { nothing, whether_set, value };
  [[nodiscard]] std::vector<matters> what_matters() const {
    std::vector<matters> all;
    for (std::size_t i = 0; i < 5; ++i) {
      const bool lasting = mentions(set_, i) || mentions(timed_, i); // no event brings it with it
      all.push_back(!mentions(asked_, i) ? matters::nothing : lasting ? matters::value : matters::whether_set);
    }
    return all;
  }

private:
  [[nodiscard]] static bool mentions(const std::string& text, std::size_t attribute) {
    static const std::vector<std::string> names{"kind", "paid", "amount", "tries", "flag"};
    return text.find(names[attribute]) != std::string::npos;
  }

  plaint::state_definition state(std::size_t s) {
    plaint::state_definition d;
    d.name = "s" + std::to_string(s);
    if (s + 1 == states_) {
      d.tags = {"closed"};
      if (chance(2)) {
        d.type = plaint::state_type::final;
        return d;
      }
    }
    for (std::size_t i = pick(4); i-- > 0;) {
      d.transitions.push_back(way(s));
      while (!d.transitions.back().events.empty() && d.transitions.size() < 6 && chance(4)) { // a row beside it
        auto row = way(s);
        row.events = d.transitions.back().events;
        row.after.clear();
        d.transitions.push_back(std::move(row));
      }
    }
    return d;
  }

  std::string guard() {
    static const std::vector<std::string> all{
        "kind == \"x\"",         "kind == \"y\"",      "paid",       "!paid",    "amount > 3",
        "amount <= 7",           "tries < 2",          "tries >= 1", "flag",     "!flag",
        "paid && kind == \"y\"", "amount > 7 || flag", "!has(kind)", "has(kind)"};
    return all[pick(all.size())];
  }

  plaint::transition_definition way(std::size_t s) {
    plaint::transition_definition t;
    if (chance(6)) {
      t.after = chance(2) ? "2 days" : "9 days";
    } else {
      t.events = {any_event()};
      if (chance(3)) {
        t.by = {chance(2) ? "lead" : "customer"};
        if (chance(4)) {
          t.by.push_back("clerk");
        }
      }
      if (!sets_kind_ && chance(6)) { // an event that must bring it may, whoever sets it
        t.require = {"kind"};
        asked_ += "kind ";
        timed_ += t.after.empty() ? "" : "kind ";
      }
    }
    if (!chance(12)) {
      t.targets = {s + 2 < states_ && chance(2) ? "s" + std::to_string(s + 1) : any_state()};
    }
    if (chance(2)) {
      t.guard = guard();
      asked_ += t.guard + " ";
      timed_ += t.after.empty() ? "" : t.guard + " ";
    }
    if (chance(5)) {
      const std::string to = chance(5) ? "0" : "tries + 1";
      set_ += "tries ";
      asked_ += to + " ";
      t.actions.push_back({plaint::assignment{"tries", to}});
    }
    if (chance(6)) {
      set_ += "flag ";
      t.actions.push_back({plaint::assignment{"flag", chance(3) ? "false" : "true"}});
    }
    if (sets_kind_ && chance(4)) {
      set_ += "kind ";
      t.actions.push_back({plaint::assignment{"kind", chance(2) ? "\"x\"" : "\"y\""}});
    }
    if (chance(4)) {
      plaint::effect_definition e{"notice", {}};
      e.parameters.push_back({"notice", plaint::node::text_of(chance(2) ? "ack" : "final"), {}});
      e.parameters.push_back({"carries", plaint::node::sequence_of(), {}});
      e.parameters.back().value.push(plaint::node::text_of("received"));
      if (chance(2)) {
        e.parameters.back().value.push(plaint::node::text_of("reasons"));
      }
      t.actions.push_back({e});
    }
    return t;
  }

  std::mt19937_64 dice_;
  std::size_t states_ = 0;
  bool sets_kind_ = false;
  std::string asked_{}; ///< what conditions read, one after the other
  std::string timed_{}; ///< what those of timers read
  std::string set_{};   ///< what the lifecycle sets
};
