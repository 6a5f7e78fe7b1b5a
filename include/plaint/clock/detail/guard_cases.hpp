// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/expr/scope.hpp>
#include <plaint/expr/value.hpp>
#include <plaint/expr/value_text.hpp>
#include <plaint/lifecycle/detail/chart_facts.hpp>
#include <plaint/lifecycle/lifecycle.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Every case that some guards can tell apart, tried one by one: each value of the booleans and enumerations that they
/// read, both sides of each bound of an integer, all states that can be active together.
class guard_cases {
public:
  explicit guard_cases(const lifecycle& in) : in_(in), sees_(in.schema()) {}

  /// One more guard that the cases must decide.
  void add(const program& guard) {
    const auto& code = guard.code();
    for (const auto& i : code.instructions) {
      triable_ = triable_ && !asks_elsewhere(i.op);
      if (i.op == opcode::attribute && sees_.attributes[i.b].type.is(type_kind::integer)) {
        triable_ = false; // it is computed with, so its bounds are not known
      }
    }
    for (const auto slot : guard.reads()) {
      add_once(slots_, slot);
    }
    for (const auto state : guard.states()) {
      add_once(states_, state);
    }
    for (const auto* tests : {&code.tests, &code.comparisons}) {
      for (const auto& t : *tests) {
        triable_ = triable_ && (t.kind == tag::integer || !sees_.attributes[t.slot].type.is(type_kind::integer) ||
                                t.test == relation::present || t.test == relation::missing);
        if (sees_.attributes[t.slot].type.is(type_kind::integer) && t.test != relation::present &&
            t.test != relation::missing) {
          bounds_.emplace_back(t.slot, t.bits);
        }
      }
    }
  }

  /// A state that is active, or not, in all cases.
  void fix(state_id state, bool active) {
    add_once(states_, state);
    fixed_.emplace_back(state, active);
  }

  /// False where a guard asks for more than attributes and states, or there are too many cases.
  [[nodiscard]] bool can_try() {
    choices_.clear();
    std::size_t all = 1;
    for (const auto slot : slots_) {
      choices_.push_back(values_of(slot));
      all *= choices_.back().size();
      if (choices_.back().size() == 1 || all > most) {
        return false;
      }
    }
    return triable_ && states_.size() < 12 && all << states_.size() <= most;
  }

  /// True if a case is as asked; once `can_try` has said yes. What is tried is a `scope`.
  template <class Test>
  [[nodiscard]] bool any(const Test& test) const {
    std::vector<value> attributes(sees_.attributes.size());
    std::vector<std::uint64_t> words(in_.state_count() / 64 + 1);
    std::size_t all = 1;
    for (const auto& each : choices_) {
      all *= each.size();
    }
    for (std::uint32_t bits = 0; bits < std::uint32_t{1} << states_.size(); ++bits) {
      if (!can_be(bits)) {
        continue;
      }
      std::fill(words.begin(), words.end(), 0);
      for (std::size_t i = 0; i < states_.size(); ++i) {
        words[states_[i] / 64U] |= std::uint64_t{(bits >> i) & 1U} << (states_[i] % 64U);
      }
      for (std::size_t n = 0; n < all; ++n) {
        std::size_t rest = n;
        for (std::size_t i = 0; i < slots_.size(); ++i) {
          attributes[slots_[i]] = choices_[i][rest % choices_[i].size()];
          rest /= choices_[i].size();
        }
        if (test(scope{.attributes = attributes, .states = words})) {
          return true;
        }
      }
    }
    return false;
  }

  /// True if a case leaves an attribute unset that starts with a value, or that something makes sure of.
  [[nodiscard]] bool lacks_value(const scope& seen) const {
    return std::any_of(slots_.begin(), slots_.end(), [&](std::uint16_t slot) {
      const auto& a = sees_.attributes[slot];
      return seen.attributes[slot].is_absent() &&
             (a.required || !a.initial.is_absent() || is_asked_for(in_.chart(), slot));
    });
  }

  [[nodiscard]] bool all_set(const scope& seen) const {
    return std::none_of(slots_.begin(), slots_.end(),
                        [&](std::uint16_t slot) { return seen.attributes[slot].is_absent(); });
  }
  [[nodiscard]] bool asks_for_states() const noexcept { return !states_.empty(); }

  /// The values of a case in words: `severity is "minor", tier is not set`.
  [[nodiscard]] std::string told(const scope& seen) const {
    std::string text;
    for (const auto slot : slots_) {
      const auto& a = sees_.attributes[slot];
      const auto& v = seen.attributes[slot];
      text += (text.empty() ? "" : ", ") + a.name + (v.is_absent() ? " is not set" : " is " + to_text(v, a.type));
    }
    return text;
  }

private:
  static constexpr std::size_t most = 8'192;

  [[nodiscard]] static bool asks_elsewhere(opcode op) noexcept {
    return op == opcode::event_field || op == opcode::actor || op == opcode::event_name || op == opcode::now ||
           op == opcode::clock || op == opcode::ladder;
  }

  template <class T>
  static void add_once(std::vector<T>& all, T one) {
    const auto place = std::lower_bound(all.begin(), all.end(), one);
    if (place == all.end() || *place != one) {
      all.insert(place, one);
    }
  }

  /// The absent value, then all that are to be told apart; the absent value alone where they are too many.
  [[nodiscard]] std::vector<value> values_of(std::uint16_t slot) const {
    const auto& a = sees_.attributes[slot];
    std::vector<value> each{value{}};
    if (a.type.is(type_kind::boolean)) {
      each.insert(each.end(), {value(true), value(false)});
    }
    for (std::size_t i = 0; a.type.is(type_kind::enumeration) && i < a.type.names().size(); ++i) {
      each.emplace_back(enum_member{static_cast<std::uint16_t>(i)});
    }
    if (a.type.is(type_kind::integer)) {
      std::vector<std::int64_t> sides;
      for (const auto& [of, bound] : bounds_) {
        for (std::int64_t step = -1; of == slot && step <= 1; ++step) {
          const bool outside = step < 0 ? bound == std::numeric_limits<std::int64_t>::min()
                                        : step > 0 && bound == std::numeric_limits<std::int64_t>::max();
          if (!outside && !sees_.check(slot, value(bound + step))) {
            add_once(sides, bound + step);
          }
        }
      }
      each.insert(each.end(), sides.begin(), sides.end());
    }
    return each;
  }

  [[nodiscard]] bool can_be(std::uint32_t bits) const {
    const auto on = [&](std::size_t i) { return ((bits >> i) & 1U) != 0; };
    for (std::size_t i = 0; i < states_.size(); ++i) {
      for (std::size_t k = 0; k < states_.size(); ++k) {
        const bool without_parent = on(i) && !on(k) && in_.chart().inside(states_[i], states_[k]);
        if (without_parent || (on(i) && on(k) && !can_be_together(in_.chart(), states_[i], states_[k]))) {
          return false;
        }
      }
    }
    return std::all_of(fixed_.begin(), fixed_.end(), [&](const auto& f) {
      const auto place = std::lower_bound(states_.begin(), states_.end(), f.first) - states_.begin();
      return on(static_cast<std::size_t>(place)) == f.second;
    });
  }

  const lifecycle& in_;
  const schema& sees_;
  bool triable_ = true;
  std::vector<std::uint16_t> slots_{};
  std::vector<state_id> states_{};
  std::vector<std::pair<state_id, bool>> fixed_{};
  std::vector<std::pair<std::uint16_t, std::int64_t>> bounds_{};
  std::vector<std::vector<value>> choices_{};
};

} // namespace plaint::detail
