// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/building.hpp>
#include <plaint/lifecycle/detail/event_names.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plaint::detail {

/// Numbers the states in document order and checks the shape of each.
class state_numbering {
public:
  explicit state_numbering(building& b) : b_(b) {}

  void all() {
    number(b_.chart.definition.states, no_id, 1);
    if (b_.chart.states.size() > lifecycle_limits::states) {
      b_.error("too-many-states", "a lifecycle has at most " + std::to_string(lifecycle_limits::states) + " states",
               "/states");
      return;
    }
    b_.chart.top = children_of(no_id);
    for (std::size_t s = 0; s < b_.chart.states.size(); ++s) {
      b_.chart.states[s].children = children_of(static_cast<state_id>(s));
    }
    if (b_.chart.top.empty()) {
      b_.error("no-states", "a lifecycle needs a state", "/states");
    }
  }

private:
  void number(const std::vector<state_definition>& siblings, state_id parent, std::size_t depth) {
    if (depth > lifecycle_limits::depth) {
      b_.error("too-deep", "states lie at most " + std::to_string(lifecycle_limits::depth) + " deep",
               siblings.front().pointer);
      return;
    }
    std::uint16_t ordinal = 0;
    for (const auto& d : siblings) {
      if (b_.chart.states.size() > lifecycle_limits::states) {
        return;
      }
      const auto id = static_cast<state_id>(b_.chart.states.size());
      auto& s = b_.chart.states.emplace_back();
      b_.chart.state_definitions.push_back(&d);
      s.type = d.type == state_type::atomic && !d.children.empty() ? state_type::compound : d.type;
      s.parent = parent;
      s.depth = static_cast<std::uint16_t>(depth);
      const bool history = b_.chart.is_history(id);
      s.ordinal = history ? std::uint16_t{0} : ordinal;
      ordinal = static_cast<std::uint16_t>(ordinal + (history ? 0 : 1));
      check_name(d, id);
      check_shape(d, id);
      if (!d.children.empty()) {
        number(d.children, id, depth + 1);
      }
      b_.chart.states[id].end = static_cast<std::uint16_t>(b_.chart.states.size());
    }
  }

  void check_name(const state_definition& d, state_id id) {
    b_.state_names.push_back(d.name);
    const bool odd = d.name.empty() || d.name.find_first_of("\n\t\"") != std::string::npos || d.name.size() > 200;
    if (odd) {
      b_.error("bad-name", "a state needs a name of at most 200 characters on one line, without quotes", d.pointer);
    } else if (!b_.states.emplace(d.name, id).second) {
      b_.error("duplicate-state", "state names are unique in a lifecycle; \"" + d.name + "\" is there twice",
               d.pointer);
    }
  }

  void check_shape(const state_definition& d, state_id id) {
    const auto type = b_.chart.states[id].type;
    const bool childless = std::none_of(d.children.begin(), d.children.end(), [](const state_definition& c) {
      return c.type != state_type::shallow_history && c.type != state_type::deep_history;
    });
    const bool leaf = type == state_type::final || b_.chart.is_history(id);
    if ((type == state_type::compound || type == state_type::parallel) && childless) {
      b_.error("no-children", "a compound or parallel state needs a state inside", d.pointer);
    }
    if (leaf && (!d.children.empty() || !d.transitions.empty())) {
      b_.error("not-a-leaf", "a final or history state has no states inside and no transitions", d.pointer);
    }
    if (b_.chart.is_history(id) && b_.chart.states[id].parent == no_id) {
      b_.error("misplaced-history", "a history state lies inside the state whose history it keeps", d.pointer);
    }
    if (b_.chart.is_history(id) && (!d.entry.empty() || !d.exit.empty() || !d.required.empty())) {
      b_.error("inactive-history", "a history state is never active: it has no entry, exit or fields", d.pointer);
    }
    if (type == state_type::parallel && !d.initial.targets.empty()) {
      b_.error("initial-of-parallel", "a parallel state enters all its regions; it has no initial state",
               d.initial.pointer);
    }
  }

  stretch32 children_of(state_id parent) {
    auto& in = b_.chart;
    const auto collect = [&](bool histories) {
      return building::append(in.states_pool, [&] {
        for (std::size_t c = in.begin_of(parent); c < in.end_of(parent); c = in.states[c].end) {
          if (in.is_history(static_cast<state_id>(c)) == histories) {
            in.states_pool.push_back(static_cast<state_id>(c));
          }
        }
      });
    };
    if (parent != no_id) {
      in.states[parent].histories = collect(true);
    }
    return collect(false);
  }

  building& b_;
};

/// Gives every choice and every memory its bits in `configuration::choices`.
class configuration_layout {
public:
  explicit configuration_layout(building& b) : b_(b) {}

  void all() {
    auto& in = b_.chart;
    in.chosen = take(in.top.size());
    for (auto& s : in.states) {
      if (s.type == state_type::compound) {
        s.chosen = take(s.children.size());
      }
    }
    const auto choices_end = next_;
    for (std::size_t h = 0; h < in.states.size(); ++h) {
      if (in.is_history(static_cast<state_id>(h)) && in.states[h].parent != no_id) {
        in.states[h].recorded = take(2);
        in.states[h].memory = building::append(in.memories, [&] { remember(in.states[h].type, in.states[h].parent); });
      }
    }
    if (next_ > lifecycle_limits::configuration_bits) {
      b_.error("too-many-choices",
               "what is active and remembered must fit into " + std::to_string(lifecycle_limits::configuration_bits) +
                   " bits; this takes " + std::to_string(next_),
               "/states");
      return;
    }
    for (std::size_t bit = choices_end; bit < next_; ++bit) {
      in.memory_mask[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
  }

private:
  /// A field for one of `count` things; it never straddles two words.
  field take(std::size_t count) {
    const auto width = static_cast<unsigned>(count > 1 ? std::bit_width(count - 1) : 0);
    if (next_ / 64 != (next_ + width - (width > 0 ? 1 : 0)) / 64) {
      next_ = (next_ / 64 + 1) * 64;
    }
    const field f{static_cast<std::uint16_t>(std::min<std::size_t>(next_, 0xffff)), static_cast<std::uint8_t>(width)};
    next_ += width;
    return f;
  }

  void remember(state_type history, state_id from) {
    const auto& s = b_.chart.states[from];
    if (s.type == state_type::compound) {
      b_.chart.memories.push_back({from, take(s.children.size())});
    }
    if (history == state_type::deep_history) {
      for (const auto c : b_.chart.children_of(from)) {
        remember(history, c);
      }
    }
  }

  building& b_;
  std::size_t next_ = 0;
};

} // namespace plaint::detail
