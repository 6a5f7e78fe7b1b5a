// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/random_policy.hpp"

#include <plaint/policy/policy.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// Gives random policies clocks with names, in hours of elapsed time: when they start, stop, apply and for how long,
/// triggers and values decide.
class random_clocks {
public:
  explicit random_clocks(std::uint64_t seed) : dice_(seed) {}

  /// Nothing where what was drawn is no policy.
  std::optional<plaint::policy> draw() {
    using namespace plaint;
    auto d = random_policy(dice_.pick(1'000'000)).draw().definition();
    forget_time(d.lifecycle.states);
    forget_numbers(d);
    names_.clear();
    collect(d.lifecycle.states);
    for (std::size_t c = 1 + dice_.pick(3); c-- > 0;) {
      d.clocks.push_back(clock("c" + std::to_string(c)));
    }
    try {
      return policy::compile(std::move(d));
    } catch (const policy_error&) {
      return std::nullopt;
    }
  }

  random_policy& dice() { return dice_; }

private:
  /// What asks for numbers or for time makes the histories too many to try them all.
  void forget_time(std::vector<plaint::state_definition>& states) {
    for (auto& s : states) {
      std::erase_if(s.transitions, [](const plaint::transition_definition& t) { return !t.after.empty(); });
      forget_time(s.children);
    }
  }
  void forget_numbers(plaint::policy_definition& d) {
    const std::function<void(std::vector<plaint::state_definition>&)> go = [&](auto& states) {
      for (auto& s : states) {
        for (auto& t : s.transitions) {
          if (t.guard.find("amount") != std::string::npos) {
            t.guard = "flag";
          }
        }
        go(s.children);
      }
    };
    go(d.lifecycle.states);
    plaint::transition_definition never{.events = {"d"}, .guard = "1 > 2"}; // data sets none of these
    never.actions.push_back({plaint::assignment{"tries", "0"}});
    never.actions.push_back({plaint::assignment{"flag", "false"}});
    d.lifecycle.states.front().transitions.push_back(std::move(never));
  }

  void collect(const std::vector<plaint::state_definition>& states) {
    for (const auto& s : states) {
      names_.push_back({plaint::trigger_kind::enter, s.name});
      names_.push_back({plaint::trigger_kind::exit, s.name});
      for (const auto& t : s.transitions) {
        for (const auto& e : t.events) {
          names_.push_back({plaint::trigger_kind::event, e});
        }
        for (const auto& a : t.actions) {
          if (const auto* e = std::get_if<plaint::effect_definition>(&a.what)) {
            names_.push_back({plaint::trigger_kind::notice, e->parameters.front().value.text});
          }
        }
      }
      collect(s.children);
    }
  }

  std::vector<plaint::trigger> triggers(std::size_t most) {
    std::vector<plaint::trigger> all;
    for (std::size_t i = 1 + dice_.pick(most); i-- > 0;) {
      auto t = names_[dice_.pick(names_.size())];
      if (dice_.chance(5)) {
        t.guard = condition();
      }
      all.push_back(std::move(t));
    }
    return all;
  }

  std::string condition() {
    static const std::vector<std::string> all{"paid", "!paid", "kind == \"x\"", "kind != \"x\"", "flag", "tries < 1"};
    return all[dice_.pick(all.size())];
  }

  plaint::goal hours() { return plaint::elapsed(std::chrono::hours{1 + dice_.pick(8)}); }

  plaint::clock_definition clock(std::string id) {
    using namespace plaint;
    clock_definition c{.id = std::move(id)};
    c.start = dice_.chance(2) ? std::vector<trigger>{{trigger_kind::opened, {}}} : triggers(2);
    c.stop = triggers(2);
    c.cancel = dice_.chance(5) ? triggers(1) : std::vector<trigger>{};
    c.reset.on = dice_.chance(6) ? triggers(1) : std::vector<trigger>{};
    c.applies = dice_.chance(3) ? condition() : "";
    c.cancel_when_not_applicable = !c.applies.empty() && dice_.chance(3);
    c.cycles = dice_.chance(2) ? clock_cycles::once : clock_cycles::independent;
    c.side = dice_.chance(8) ? clock_side::customer : clock_side::ours;
    c.kind = dice_.chance(8) ? clock_kind::internal : clock_kind::promise;
    static const std::vector<retarget_mode> modes{retarget_mode::carry, retarget_mode::pin, retarget_mode::restart,
                                                  retarget_mode::ratchet, retarget_mode::loosen};
    c.retarget = modes[dice_.pick(modes.size())];
    if (dice_.chance(3)) {
      c.goals.push_back({condition(), hours()});
    }
    if (c.goals.empty() || !dice_.chance(4)) {
      c.goals.push_back({{}, hours()});
    }
    return c;
  }

  random_policy dice_;
  std::vector<plaint::trigger> names_{};
};
