// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/prove.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// Breaks one property of a policy by one small change of its rules, so that it can only fail.
class mutants {
public:
  struct mutant {
    std::string what{};
    plaint::policy_definition rules{};
  };

  mutants(const plaint::policy& of, const plaint::property& p) : of_(of.definition()), p_(p), in_(of.lifecycle()) {
    using plaint::property_kind;
    switch (p.kind) {
    case property_kind::reachable:
      drop_edges();
      break;
    case property_kind::can_reach:
      add_trap();
      break;
    case property_kind::bounded_cycles:
      add_circle();
      break;
    case property_kind::before:
      drop_what_comes_first();
      break;
    case property_kind::carries:
      drop_words();
      break;
    case property_kind::only_roles:
      let_anyone();
      break;
    case property_kind::always_set:
      forget();
      break;
    case property_kind::possible:
      drop_event();
      break;
    case property_kind::unreachable:
    case property_kind::impossible:
      allow();
      break;
    case property_kind::disjoint:
      widen_guard();
      break;
    case property_kind::within:
      wait_longer();
      break;
    default:
      break;
    }
  }

  [[nodiscard]] const std::vector<mutant>& all() const { return all_; }

private:
  using transitions = std::vector<plaint::transition_definition>;

  template <class Visit>
  static void each_state(std::vector<plaint::state_definition>& states, const Visit& visit) {
    for (auto& s : states) {
      visit(s);
      each_state(s.children, visit);
    }
  }
  template <class Visit>
  static void each_list(plaint::policy_definition& d, const Visit& visit) {
    visit(d.lifecycle.transitions);
    each_state(d.lifecycle.states, [&](plaint::state_definition& s) { visit(s.transitions); });
  }
  template <class Visit>
  static void each_actions(plaint::policy_definition& d, const Visit& visit) {
    const std::function<void(plaint::actions&)> deeper = [&](plaint::actions& list) {
      visit(list);
      for (auto& a : list) {
        if (auto* c = std::get_if<plaint::choice>(&a.what)) {
          deeper(c->then);
          deeper(c->otherwise);
        }
      }
    };
    each_list(d, [&](transitions& list) {
      for (auto& t : list) {
        deeper(t.actions);
      }
    });
    each_state(d.lifecycle.states, [&](plaint::state_definition& s) {
      deeper(s.entry);
      deeper(s.exit);
    });
  }

  void add(std::string what, const std::function<bool(plaint::policy_definition&)>& change) {
    auto rules = of_;
    if (change(rules)) {
      all_.push_back({std::move(what), std::move(rules)});
    }
  }
  [[nodiscard]] bool speaks_of(const std::vector<plaint::property_subject>& all, const std::string& name) const {
    return std::any_of(all.begin(), all.end(), [&](const auto& s) { return s.name == name; });
  }
  [[nodiscard]] bool fires(const plaint::transition_definition& t, const std::string& event) const {
    return std::find(t.events.begin(), t.events.end(), event) != t.events.end();
  }
  /// Where a complaint begins: the first atomic state.
  [[nodiscard]] std::string first() const {
    const auto start = plaint::start(in_, plaint::initial_values(in_.schema()));
    return start.accepted ? in_.name(in_.leaves(start.after).front()) : std::string{};
  }
  [[nodiscard]] bool at_first(plaint::policy_definition& d, plaint::transition_definition way) const {
    bool found = false;
    each_state(d.lifecycle.states, [&](plaint::state_definition& s) {
      if (s.name == first()) {
        s.transitions.insert(s.transitions.begin(), std::move(way));
        found = true;
      }
    });
    return found;
  }

  void drop_edges() {
    std::vector<std::string> ends; // which nothing begins with, unlike the children of compound states
    for (const auto& s : of_.lifecycle.states) {
      if (s.type == plaint::state_type::final && s.name != first()) {
        ends.push_back(s.name);
      }
    }
    for (const auto& end : ends) {
      add("no way to " + end, [&](plaint::policy_definition& d) {
        each_list(d, [&](transitions& list) {
          std::erase_if(list, [&](const auto& t) { return t.targets == std::vector<std::string>{end}; });
        });
        return true;
      });
    }
  }

  void add_trap() {
    add("a state without a way out", [&](plaint::policy_definition& d) {
      plaint::state_definition trap;
      trap.name = "mutant_trap";
      d.lifecycle.states.push_back(trap);
      return at_first(d, {.events = {"mutant_fall"}, .targets = {trap.name}});
    });
  }

  void add_circle() {
    add("two states that send a complaint to each other", [&](plaint::policy_definition& d) {
      for (const auto& [name, other] : {std::pair("mutant_ping", "mutant_pong"), {"mutant_pong", "mutant_ping"}}) {
        plaint::state_definition s;
        s.name = name;
        s.transitions.push_back({.events = {"mutant_again"}, .targets = {other}});
        d.lifecycle.states.push_back(s);
      }
      return at_first(d, {.events = {"mutant_fall"}, .targets = {"mutant_ping"}});
    });
  }

  /// The effects go that must come first, all of them.
  void drop_what_comes_first() {
    for (const auto& s : p_.subject) {
      if (s.kind != plaint::subject_kind::notice) {
        return;
      }
    }
    add("no such notice", [&](plaint::policy_definition& d) {
      bool dropped = false;
      each_actions(d, [&](plaint::actions& list) {
        dropped = std::erase_if(list,
                                [&](const plaint::action& a) {
                                  const auto* e = std::get_if<plaint::effect_definition>(&a.what);
                                  return e != nullptr && e->kind == "notice" &&
                                         speaks_of(p_.subject, plaint::detail::effect_subject(*e));
                                }) > 0 ||
                  dropped;
      });
      return dropped;
    });
  }

  void drop_words() {
    for (const auto& word : p_.words) {
      add("no " + word, [&](plaint::policy_definition& d) {
        bool dropped = false;
        each_actions(d, [&](plaint::actions& list) {
          for (auto& a : list) {
            auto* e = std::get_if<plaint::effect_definition>(&a.what);
            for (std::size_t i = 0; e != nullptr && i < e->parameters.size(); ++i) {
              auto& words = e->parameters[i];
              if (words.name == "carries" && !dropped && e->kind == "notice" &&
                  speaks_of(p_.subject, plaint::detail::effect_subject(*e))) {
                dropped = std::erase_if(words.value.items, [&](const plaint::node& n) { return n.text == word; }) > 0;
              }
            }
          }
        });
        return dropped;
      });
    }
  }

  void let_anyone() {
    for (const auto& s : p_.subject) {
      add("anyone may " + s.name, [&](plaint::policy_definition& d) {
        bool widened = false;
        each_list(d, [&](transitions& list) {
          for (auto& t : list) {
            if (!widened && (fires(t, s.name) || t.targets == std::vector<std::string>{s.name}) && !t.by.empty()) {
              t.by.clear();
              widened = true;
            }
          }
        });
        return widened;
      });
    }
  }

  void forget() {
    for (const auto& word : p_.words) {
      add("nothing sets " + word, [&](plaint::policy_definition& d) {
        bool had = false;
        for (const auto& a : d.attributes) {
          had = had || (a.name == word && a.initial.is_absent());
        }
        each_list(d, [&](transitions& list) {
          for (auto& t : list) {
            std::erase(t.require, word);
          }
        });
        each_state(d.lifecycle.states, [&](plaint::state_definition& s) { std::erase(s.required, word); });
        each_actions(d, [&](plaint::actions& list) {
          std::erase_if(list, [&](const plaint::action& a) {
            const auto* set = std::get_if<plaint::assignment>(&a.what);
            had = had && (set == nullptr || set->attribute == word || // a sum of it cannot be set without it
                          set->expression.find(word) == std::string::npos);
            return set != nullptr && set->attribute == word;
          });
        });
        return had;
      });
    }
  }

  void drop_event() {
    for (const auto& s : p_.subject) {
      if (p_.subject.size() > 1) {
        return;
      }
      add("nobody may " + s.name, [&](plaint::policy_definition& d) {
        bool dropped = false;
        each_list(d, [&](transitions& list) {
          for (auto& t : list) {
            dropped = std::erase(t.events, s.name) > 0 || dropped;
          }
          std::erase_if(list, [&](const auto& t) {
            return dropped && t.events.empty() && t.after.empty() && t.guard.empty() && t.targets.empty();
          });
        });
        return dropped;
      });
    }
  }

  void allow() {
    for (const auto& s : p_.subject) {
      const auto where = p_.target.empty() ? first() : p_.target.front().name;
      add(s.name + " happens", [&](plaint::policy_definition& d) {
        bool found = false;
        each_state(d.lifecycle.states, [&](plaint::state_definition& at) {
          if (at.name == where && at.type != plaint::state_type::final) {
            at.transitions.insert(at.transitions.begin(), {.events = {s.name}});
            found = true;
          }
        });
        return found;
      });
    }
  }

  void widen_guard() {
    add("a row without its guard", [&](plaint::policy_definition& d) {
      bool widened = false;
      each_list(d, [&](transitions& list) {
        for (std::size_t i = 0; i + 1 < list.size() && !widened; ++i) {
          auto& row = list[i];
          const auto& next = list[i + 1];
          if (!row.events.empty() && row.events == next.events && row.by == next.by && row.require == next.require &&
              !row.guard.empty() && !next.guard.empty()) {
            row.guard.clear();
            widened = true;
          }
        }
      });
      return widened;
    });
  }

  void wait_longer() {
    add("promises of ten years", [&](plaint::policy_definition& d) {
      for (auto& c : d.clocks) {
        for (auto& g : c.goals) {
          g.goal = plaint::goal(plaint::elapsed_goal{plaint::duration(std::chrono::hours{87'600})});
        }
      }
      return !d.clocks.empty();
    });
  }

  const plaint::policy_definition& of_;
  const plaint::property& p_;
  const plaint::lifecycle& in_;
  std::vector<mutant> all_{};
};
