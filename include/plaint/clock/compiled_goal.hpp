// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal.hpp>
#include <plaint/lifecycle/configuration.hpp> // for no_id

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace plaint {

/// In what a goal is counted.
enum class measure : unsigned char { open, elapsed, days, date };

/// One goal of a choice, or the only one.
struct goal_leaf {
  plaint::measure in = measure::open;
  bool from_next_hour = false;
  duration length{};          ///< `open` and `elapsed`
  days_goal days{};           ///< `days`
  std::uint16_t slot = no_id; ///< `date`: the attribute

  friend bool operator==(const goal_leaf&, const goal_leaf&) = default;
};

/// A goal with its choices laid out: the leaves from left to right.
struct compiled_goal {
  goal source{};
  std::vector<goal_leaf> leaves{};
  bool in_hours = false; ///< one goal alone, in open or elapsed time

  [[nodiscard]] bool is_simple() const noexcept { return leaves.size() == 1; }
  [[nodiscard]] bool is_timed() const noexcept {
    return std::all_of(leaves.begin(), leaves.end(),
                       [](const goal_leaf& l) { return l.in == measure::open || l.in == measure::elapsed; });
  }

  /// `slot` gives the place of an attribute.
  template <class Slot>
  [[nodiscard]] static compiled_goal of(goal g, const Slot& slot) {
    compiled_goal made{.source = std::move(g)};
    lay_out(made.source, slot, made.leaves);
    made.in_hours = made.is_simple() && made.is_timed();
    return made;
  }

  /// The earliest or latest of what each leaf gives, as the goal says; `each` takes the place of a leaf.
  template <class Each>
  [[nodiscard]] auto choose(const Each& each) const {
    if (leaves.size() == 1) {
      return each(std::size_t{0});
    }
    std::size_t next = 0;
    return choose_in(source, each, next);
  }

private:
  template <class Slot>
  static void lay_out(const goal& g, const Slot& slot, std::vector<goal_leaf>& into) {
    if (const auto* open = std::get_if<business_goal>(&g.form)) {
      into.push_back({.in = measure::open, .length = open->length});
    } else if (const auto* elapsed = std::get_if<elapsed_goal>(&g.form)) {
      into.push_back({.in = measure::elapsed, .from_next_hour = elapsed->from_next_hour, .length = elapsed->length});
    } else if (const auto* days = std::get_if<days_goal>(&g.form)) {
      into.push_back({.in = measure::days, .days = *days});
    } else if (const auto* until = std::get_if<until_goal>(&g.form)) {
      into.push_back({.in = measure::date, .slot = slot(until->attribute)});
    } else {
      for (const auto& each : std::get<choice_goal>(g.form).of) {
        lay_out(each, slot, into);
      }
    }
  }

  template <class Each>
  static auto choose_in(const goal& g, const Each& each, std::size_t& next) -> decltype(each(std::size_t{0})) {
    const auto* all = std::get_if<choice_goal>(&g.form);
    if (all == nullptr) {
      return each(next++);
    }
    auto chosen = choose_in(all->of.front(), each, next);
    for (std::size_t i = 1; i < all->of.size(); ++i) {
      const auto one = choose_in(all->of[i], each, next);
      chosen = all->which == which_goal::earliest ? std::min(chosen, one) : std::max(chosen, one);
    }
    return chosen;
  }
};

} // namespace plaint
