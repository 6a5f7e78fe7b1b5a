// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/building.hpp>
#include <plaint/lifecycle/detail/event_names.hpp>
#include <plaint/lifecycle/detail/interval.hpp>
#include <plaint/lifecycle/detail/reachable.hpp>
#include <plaint/pointer.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace plaint::detail {

/// What a lifecycle says that nobody can mean. Exact where its configurations could be enumerated.
class chart_lint {
public:
  chart_lint(building& b, const reachable& seen) : b_(b), chart_(b.chart), seen_(seen) {}

  void all() {
    for (std::size_t t = 0; t < chart_.transitions.size(); ++t) {
      check_crossing(static_cast<transition_id>(t));
    }
    for (std::size_t s = 0; s < chart_.states.size(); ++s) {
      check_fields(static_cast<state_id>(s));
      check_order(chart_.state_definitions[s]->transitions);
    }
    check_order(chart_.definition.transitions);
    check_endless();
    if (seen_.complete) {
      check_reach();
      check_dead_ends();
    }
  }

private:
  /// The region of a parallel state in which `s` lies.
  [[nodiscard]] state_id region_of(state_id s, state_id parallel) const {
    while (chart_.states[s].parent != parallel) {
      s = chart_.states[s].parent;
    }
    return s;
  }

  void check_crossing(transition_id id) {
    const auto& t = chart_.transitions[id];
    for (const auto target : chart::part(chart_.states_pool, t.targets)) {
      auto p = t.source == no_id ? no_id : chart_.states[t.source].parent;
      while (p != no_id && !(chart_.states[p].type == state_type::parallel && chart_.inside(target, p) &&
                             region_of(t.source, p) != region_of(target, p))) {
        p = chart_.states[p].parent;
      }
      if (p == no_id) {
        continue;
      }
      const auto& from = chart_.state_definitions[t.source]->name;
      const auto& to = chart_.state_definitions[target]->name;
      finding f{"cross-region-target",
                "\"" + from + "\" and \"" + to + "\" lie in different regions of \"" +
                    chart_.state_definitions[p]->name + "\": all its regions would start anew; raise an event that \"" +
                    to + "\"'s region listens to, or set cross_region",
                child(chart_.transition_definitions[id]->pointer, "target"),
                {},
                chart_.definition.cross_region ? severity::note : severity::error};
      b_.out.push_back(std::move(f));
    }
  }

  void check_fields(state_id s) {
    const auto kept = chart::part(chart_.slots_pool, chart_.states[s].kept);
    for (const auto slot : chart::part(chart_.slots_pool, chart_.states[s].required)) {
      if (std::find(kept.begin(), kept.end(), slot) != kept.end()) {
        const auto& name = chart_.names.attributes[slot].name;
        b_.warning("required-and-readonly", "\"" + name + "\" is required here and cannot be given here",
                   child(chart_.state_definitions[s]->pointer, "required"));
      }
    }
  }

  [[nodiscard]] static bool unconditional(const transition_definition& t) {
    return t.guard.empty() && t.by.empty() && t.require.empty() && t.reasons.empty() && t.within.empty();
  }
  [[nodiscard]] static bool covers(const transition_definition& a, const transition_definition& b) {
    if (a.after != b.after || a.events.empty() != b.events.empty()) {
      return false;
    }
    return std::all_of(b.events.begin(), b.events.end(), [&](const std::string& e) {
      return std::any_of(a.events.begin(), a.events.end(), [&](const std::string& d) {
        return tokens_of(d) == any_event || (tokens_of(e) != any_event && matches(d, tokens_of(e)));
      });
    });
  }

  [[nodiscard]] const program& guard_of(const transition_definition& d) const {
    return chart_.programs[b_.known_programs.at(to_string(type::boolean()) + '\n' + d.guard)];
  }

  void check_order(const std::vector<transition_definition>& list) {
    for (std::size_t later = 1; later < list.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        const auto& a = list[earlier];
        const auto& b = list[later];
        if (!covers(a, b)) {
          continue;
        }
        if (unconditional(a)) {
          shadowed_.insert(b.pointer);
          b_.warning("shadowed-transition", "never taken: an earlier transition on the same event is always possible",
                     b.pointer);
          break;
        }
        if (!a.guard.empty() && !b.guard.empty() && may_overlap(guard_of(a), guard_of(b))) {
          b_.note("overlapping-guards",
                  "`" + a.guard + "` and `" + b.guard + "` can both be true; the earlier one wins", b.pointer);
        }
      }
    }
  }

  void check_endless() {
    bool always = false;
    bool sometimes = false;
    const trace* example = nullptr;
    for (const auto& t : seen_.log.traces) {
      if (t.end == trace_end::overrun) {
        const auto items = seen_.log.items_of(t);
        const bool free =
            std::none_of(items.begin(), items.end(), [](const trace_item& i) { return i.kind != trace_kind::perform; });
        example = example == nullptr || (free && !always) ? &t : example;
        always = always || free;
        sometimes = true;
      }
    }
    if (!sometimes || example->taken.empty()) {
      return;
    }
    const auto& pointer = chart_.transition_definitions[seen_.log.taken_by(*example).back()]->pointer;
    const auto bound = std::to_string(chart_.definition.max_microsteps);
    if (always) {
      b_.error("eventless-cycle",
               "a step that comes here never ends: transitions without event follow each other in a circle", pointer);
    } else {
      b_.note("eventless-cycle",
              "a step that comes here may go in circles; it is refused after " + bound + " microsteps", pointer);
    }
  }

  void check_reach() {
    const auto& active = seen_.log.entered;
    std::vector<bool> taken(chart_.transitions.size());
    for (const auto id : seen_.log.taken) {
      taken[id] = true;
    }
    for (std::size_t s = 0; s < active.size(); ++s) {
      const auto parent = chart_.states[s].parent;
      if (!active[s] && !chart_.is_history(static_cast<state_id>(s)) && (parent == no_id || active[parent])) {
        b_.warning("unreachable-state", "no event leads to \"" + chart_.state_definitions[s]->name + "\"",
                   chart_.state_definitions[s]->pointer);
      }
    }
    std::set<std::string> possible;
    for (std::size_t t = 0; t < taken.size(); ++t) {
      const auto& d = *chart_.transition_definitions[t];
      const auto source = chart_.transitions[t].source;
      if (taken[t]) {
        possible.insert(d.events.begin(), d.events.end());
      } else if ((source == no_id || active[source]) && shadowed_.count(d.pointer) == 0) {
        b_.warning("never-taken", "this transition can never be taken", d.pointer);
      }
    }
    for (std::size_t t = 0; t < taken.size(); ++t) {
      for (const auto& e : chart_.transition_definitions[t]->events) {
        if (possible.insert(e).second) {
          b_.warning("impossible-event", "\"" + e + "\" is never possible for anybody",
                     chart_.transition_definitions[t]->pointer);
        }
      }
    }
  }

  [[nodiscard]] bool is_closed(state_id s) const {
    for (auto a = s; a != no_id; a = chart_.states[a].parent) {
      const auto& tags = chart_.state_definitions[a]->tags;
      if (chart_.states[a].type == state_type::final || std::find(tags.begin(), tags.end(), "closed") != tags.end()) {
        return true;
      }
    }
    return false;
  }

  /// Configurations that nothing leaves, in states that do not say that this is the end.
  void check_dead_ends() {
    std::vector<bool> leaves(seen_.rows.size());
    for (const auto& cell : seen_.cells) {
      for (const auto& t : chart::part(seen_.log.traces, cell.traces)) {
        leaves[cell.row] = leaves[cell.row] || (t.end == trace_end::moved && !(t.to == seen_.rows[cell.row]));
      }
    }
    std::set<state_id> reported;
    for (std::size_t row = 0; row < leaves.size(); ++row) {
      if (leaves[row] || seen_.rows[row].terminated) {
        continue;
      }
      with_words(chart_, [&](auto words) {
        const opened<decltype(words)::value> at(chart_, seen_.rows[row]);
        for (std::size_t s = 0; s < chart_.states.size(); ++s) {
          const auto id = static_cast<state_id>(s);
          if (at.active.test(s) && chart_.is_leaf(id) && !is_closed(id) && reported.insert(id).second) {
            b_.warning("dead-end",
                       "nothing leads out of \"" + chart_.state_definitions[s]->name +
                           "\", which is neither final nor tagged closed",
                       chart_.state_definitions[s]->pointer);
          }
        }
      });
    }
  }

  building& b_;
  const chart& chart_;
  const reachable& seen_;
  std::set<std::string> shadowed_{};
};

} // namespace plaint::detail
