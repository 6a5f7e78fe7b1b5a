// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/schema.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

/// What the drawn guards read: n of few values, so that a table can know them all, and m of any.
inline plaint::schema counters() {
  plaint::schema s;
  s.add({.name = "n", .type = plaint::type::integer(), .initial = plaint::value(0), .most = plaint::value(3)});
  s.add({.name = "m", .type = plaint::type::integer()});
  return s;
}

/// Draws lifecycles of every shape: regions, histories, several targets, eventless and internal ways, guards, roles.
class random_chart {
public:
  explicit random_chart(std::uint64_t seed) : dice_(seed) {}

  plaint::lifecycle_definition draw(std::size_t most_states = 14) {
    left_ = 2 + pick(most_states);
    plaint::lifecycle_definition d;
    d.cross_region = true;
    d.states = siblings(1, 1 + pick(4));
    d.states.push_back(named(plaint::state_type::atomic)); // something to be in, whatever else was drawn
    plan(d.states, {});
    if (chance(3)) {
      d.initial.targets.push_back(d.states[pick(d.states.size())].name);
    }
    connect(d.states);
    if (chance(4)) {
      d.transitions.push_back(way());
    }
    return d;
  }

  static constexpr int events = 4;
  std::size_t pick(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(dice_() % n); }
  bool chance(std::size_t one_in) { return pick(one_in) == 0; }

private:
  plaint::state_definition named(plaint::state_type type) {
    plaint::state_definition s;
    s.name = "s" + std::to_string(next_++);
    s.type = type;
    return s;
  }

  std::vector<plaint::state_definition> siblings(int depth, std::size_t count) {
    std::vector<plaint::state_definition> all;
    for (std::size_t i = 0; i < count && left_ > 0; ++i) {
      --left_;
      const auto kind = depth < 4 ? pick(8) : 0;
      if (kind >= 6) {
        auto s = named(plaint::state_type::parallel);
        s.children = siblings(depth + 1, 2 + pick(2));
        if (s.children.empty()) {
          s.children.push_back(named(plaint::state_type::atomic));
        }
        add_history(s);
        all.push_back(std::move(s));
      } else if (kind >= 4) {
        auto s = named(plaint::state_type::compound);
        s.children = siblings(depth + 1, 1 + pick(3));
        s.children.push_back(named(plaint::state_type::atomic));
        if (chance(3)) {
          s.children.push_back(named(plaint::state_type::final));
        }
        add_history(s);
        all.push_back(std::move(s));
      } else {
        all.push_back(named(plaint::state_type::atomic));
      }
    }
    return all;
  }

  void add_history(plaint::state_definition& s) {
    if (chance(3)) {
      s.children.insert(s.children.begin() + static_cast<std::ptrdiff_t>(pick(s.children.size() + 1)),
                        named(chance(2) ? plaint::state_type::deep_history : plaint::state_type::shallow_history));
    }
  }

  void plan(const std::vector<plaint::state_definition>& states, const std::string& region) {
    for (const auto& s : states) {
      targets_.push_back(s.name);
      if (s.type == plaint::state_type::parallel) {
        std::vector<std::vector<std::string>> regions;
        for (const auto& c : s.children) {
          const bool history =
              c.type == plaint::state_type::deep_history || c.type == plaint::state_type::shallow_history;
          if (!history) {
            regions.emplace_back();
            collect(c, regions.back());
          }
        }
        if (regions.size() > 1) {
          pairs_.push_back(std::move(regions));
        }
      }
      plan(s.children, region);
    }
  }

  static void collect(const plaint::state_definition& s, std::vector<std::string>& into) {
    into.push_back(s.name);
    for (const auto& c : s.children) {
      collect(c, into);
    }
  }

  plaint::actions some_actions() {
    plaint::actions list;
    if (chance(3)) {
      list.push_back({plaint::effect_definition{"e" + std::to_string(pick(6)), {}, {}}});
    }
    if (chance(4)) {
      list.push_back({plaint::raised_event{"r" + std::to_string(pick(3)), {}}});
    }
    if (chance(5)) {
      list.push_back({plaint::assignment{"n", pick(2) == 0 ? "n + 1" : "0", {}}});
    }
    return list;
  }

  plaint::transition_definition way() {
    plaint::transition_definition t;
    const auto kind = pick(10);
    if (kind == 0) {
      t.guard = chance(2) ? "n < 2" : "in_state(\"" + targets_[pick(targets_.size())] + "\")"; // eventless
    } else {
      t.events.push_back(kind == 1   ? "r" + std::to_string(pick(3))
                         : kind == 2 ? "*"
                         : kind == 3 ? "done.state." + targets_[pick(targets_.size())]
                                     : "x" + std::to_string(pick(events)));
      if (kind == 4) {
        t.events.push_back("x" + std::to_string(pick(events)));
      }
      if (chance(6)) {
        t.by.push_back(chance(2) ? "lead" : "unit");
      }
      if (chance(5)) {
        t.guard = chance(2)   ? "n == 1"
                  : chance(2) ? "n < 3 && m > 0"
                              : "!in_state(\"" + targets_[pick(targets_.size())] + "\")";
      }
      if (chance(9)) {
        t.require.push_back("m");
      }
    }
    if (!chance(7)) {
      t.targets.push_back(targets_[pick(targets_.size())]);
    }
    if (!pairs_.empty() && chance(6)) {
      const auto& regions = pairs_[pick(pairs_.size())];
      t.targets = {regions[0][pick(regions[0].size())], regions[1][pick(regions[1].size())]};
    }
    t.internal = chance(4);
    t.actions = some_actions();
    return t;
  }

  void connect(std::vector<plaint::state_definition>& states) {
    for (auto& s : states) {
      using plaint::state_type;
      if (s.type == state_type::final || s.type == state_type::deep_history || s.type == state_type::shallow_history) {
        continue;
      }
      for (auto n = pick(4); n > 0; --n) {
        s.transitions.push_back(way());
      }
      s.entry = some_actions();
      s.exit = some_actions();
      connect(s.children);
    }
  }

  std::mt19937_64 dice_;
  std::size_t left_ = 0;
  int next_ = 0;
  std::vector<std::string> targets_{};
  std::vector<std::vector<std::vector<std::string>>> pairs_{};
};
