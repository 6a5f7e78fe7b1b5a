// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/lifecycle/configuration.hpp>
#include <plaint/lifecycle/detail/entry_set.hpp>
#include <plaint/lifecycle/detail/microstep.hpp>
#include <plaint/lifecycle/detail/with_words.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/suggestion.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// What a history state remembers, by names: the children, or for a deep one the leaves.
struct remembered_names {
  std::string history;
  std::vector<std::string> states{};

  friend bool operator==(const remembered_names&, const remembered_names&) = default;
};

/// A configuration by names, to be stored: it survives recompilation, reordering and new states.
struct configuration_names {
  std::vector<std::string> active{}; ///< the atomic and final states, in document order
  std::vector<remembered_names> remembered{};

  friend bool operator==(const configuration_names&, const configuration_names&) = default;
};

[[nodiscard]] inline configuration_names names_of(const lifecycle& in, const configuration& c) {
  configuration_names names;
  for (const auto s : in.leaves(c)) {
    names.active.push_back(in.name(s));
  }
  const auto& chart = in.chart();
  for (std::size_t h = 0; h < chart.states.size(); ++h) {
    const auto id = static_cast<state_id>(h);
    if (chart.is_history(id) && chart.states[h].recorded.get(c) != 0) {
      remembered_names r{in.name(id), {}};
      detail::entry_set<1>::effective(chart, c, id, [&](state_id s) { r.states.push_back(in.name(s)); });
      names.remembered.push_back(std::move(r));
    }
  }
  return names;
}

namespace detail {

/// Builds a configuration from names; every name that does not fit is a finding.
template <std::size_t Words>
class configuration_reader {
public:
  configuration_reader(const lifecycle& in, findings& out)
      : in_(in), chart_(in.chart()), out_(out), open_(in.chart(), {}) {}

  configuration read(const configuration_names& names) {
    open_.now.started = true;
    for (std::size_t i = 0; i < names.active.size(); ++i) {
      activate(names.active[i], "/active/" + std::to_string(i));
    }
    check_whole(no_id);
    for (std::size_t i = 0; i < names.remembered.size(); ++i) {
      remember(names.remembered[i], "/remembered/" + std::to_string(i));
    }
    return open_.closed(chart_);
  }

private:
  void fault(std::string code, std::string message, std::string pointer, std::string suggestion = {}) {
    out_.push_back({std::move(code), std::move(message), std::move(pointer), std::move(suggestion)});
  }

  state_id find(const std::string& name, const std::string& pointer) {
    const auto found = in_.state(name);
    if (!found) {
      fault("unknown-state", "there is no state \"" + name + "\"", pointer, nearest(name, in_.schema().states));
    }
    return found.value_or(no_id);
  }

  void activate(const std::string& name, const std::string& pointer) {
    const auto s = find(name, pointer);
    if (s == no_id) {
      return;
    }
    if (!chart_.is_leaf(s)) {
      return fault("not-a-leaf", "a state without states inside is required", pointer);
    }
    for (auto a = s; a != no_id; a = chart_.states[a].parent) {
      open_.active.set(a);
    }
    open_.now.terminated |= chart_.states[s].type == state_type::final && chart_.states[s].parent == no_id;
  }

  /// One child of the whole and of each active compound state, all of each parallel one.
  void check_whole(state_id s) {
    const auto children = chart_.children_of(s);
    const auto count =
        std::count_if(children.begin(), children.end(), [&](state_id c) { return open_.active.test(c); });
    const bool all = s != no_id && chart_.states[s].type == state_type::parallel;
    if (!children.empty() && count != (all ? static_cast<std::ptrdiff_t>(children.size()) : 1)) {
      const auto whose = s == no_id ? std::string("the lifecycle") : "\"" + in_.name(s) + "\"";
      fault("not-a-configuration", (all ? "all regions of " : "exactly one state of ") + whose + " must be active",
            "/active");
    }
    for (const auto c : children) {
      if (open_.active.test(c)) {
        check_whole(c);
      }
    }
  }

  void remember(const remembered_names& r, const std::string& pointer) {
    const auto h = find(r.history, pointer);
    if (h == no_id) {
      return;
    }
    if (!chart_.is_history(h)) {
      return fault("not-a-history", "\"" + r.history + "\" is no history state", pointer);
    }
    state_bits<Words> was{};
    const auto parent = chart_.states[h].parent;
    for (const auto& name : r.states) {
      const auto s = find(name, pointer);
      if (s != no_id && !chart_.inside(s, parent)) {
        fault("not-inside", "\"" + name + "\" does not lie inside \"" + in_.name(parent) + "\"", pointer);
      } else if (s != no_id) {
        for (auto a = s; a != parent; a = chart_.states[a].parent) {
          was.set(a);
        }
      }
    }
    chart_.states[h].recorded.put(open_.now, 1);
    for (const auto& m : chart::part(chart_.memories, chart_.states[h].memory)) {
      const auto child = was.next(chart_.begin_of(m.of), chart_.end_of(m.of));
      m.child.put(open_.now, child < chart_.end_of(m.of) ? chart_.states[child].ordinal : 0U);
    }
  }

  const lifecycle& in_;
  const chart& chart_;
  findings& out_;
  opened<Words> open_;
};

} // namespace detail

/// The configuration that the names mean; throws `policy_error` with every name that does not fit.
[[nodiscard]] inline configuration configuration_of(const lifecycle& in, const configuration_names& names) {
  findings found;
  const auto made = detail::with_words(in.chart(), [&](auto words) {
    return detail::configuration_reader<decltype(words)::value>(in, found).read(names);
  });
  throw_if_error(found);
  return made;
}

} // namespace plaint
