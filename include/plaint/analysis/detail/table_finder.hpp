// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/case_graph.hpp>
#include <plaint/analysis/detail/subject_set.hpp>
#include <plaint/analysis/property.hpp>
#include <plaint/expr/compile.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Rows that decide among each other.
struct rule_table {
  std::string name{};
  state_id state = no_id;
  bool whole_state = false; ///< all events of the state together
  event_id event = no_id;
  std::vector<transition_id> rows{};
  std::vector<transition_id> behind{}; ///< of the states around it: looked at where no row matches
  const clock_definition* clock = nullptr;
  std::vector<program> goals{};
};

/// Finds the tables of which a property speaks.
class table_finder {
public:
  table_finder(const case_graph& in, const policy& by) : in_(in), by_(by), chart_(in.lifecycle().chart()) {}

  [[nodiscard]] std::vector<rule_table> tables_of(const property& p, const subject_set& what, const subject_set& where,
                                                  bool complete) const {
    std::vector<rule_table> all;
    const bool every = p.subject.empty();
    const auto& l = in_.lifecycle();
    for (std::size_t column = 0; column < chart_.events.size(); ++column) {
      for (std::size_t s = 0; s <= chart_.states.size(); ++s) {
        const bool root = s == chart_.states.size();
        rule_table t{.name = in_quotes(l.event_name(static_cast<event_id>(column))) +
                             (root ? "" : " in " + in_quotes(l.name(static_cast<state_id>(s)))),
                     .state = root ? no_id : static_cast<state_id>(s),
                     .event = static_cast<event_id>(column),
                     .rows = root ? of_root(column) : list(column, s)};
        const bool right_place = p.target.empty() || (!root && where.states[s]);
        const bool decides = guarded(t.rows) || (!complete && t.rows.size() > 1);
        if (!right_place || !decides || (every ? t.rows.size() < 2 : !what.events[column])) {
          continue;
        }
        for (auto around = root ? no_id : chart_.states[s].parent; !root;) {
          const auto more = around == no_id ? of_root(column) : list(column, around);
          t.behind.insert(t.behind.end(), more.begin(), more.end());
          if (around == no_id) {
            break;
          }
          around = chart_.states[around].parent;
        }
        all.push_back(std::move(t));
      }
    }
    for (std::size_t s = 0; s < what.states.size(); ++s) {
      if (what.states[s]) {
        rule_table t{.name = in_quotes(l.name(static_cast<state_id>(s))),
                     .state = static_cast<state_id>(s),
                     .whole_state = true};
        for (std::size_t i = 0; i < chart_.transitions.size(); ++i) {
          if (chart_.transitions[i].source == s) {
            t.rows.push_back(static_cast<transition_id>(i));
          }
        }
        if (guarded(t.rows)) {
          all.push_back(std::move(t));
        }
      }
    }
    for (const auto& clock : by_.definition().clocks) {
      const bool named = std::find(what.clocks.begin(), what.clocks.end(), clock.id) != what.clocks.end();
      const bool decides =
          std::any_of(clock.goals.begin(), clock.goals.end(), [](const goal_row& r) { return !r.guard.empty(); });
      const bool all_count = !complete && clock.choose == goal_choice::tightest; // rows are meant to overlap
      if (decides && !all_count && p.target.empty() && (every || named)) {
        rule_table t{.name = "the goals of clock " + in_quotes(clock.id), .clock = &clock};
        for (const auto& goal : clock.goals) {
          findings ignored;
          t.goals.push_back(goal.guard.empty()
                                ? program()
                                : try_compile(goal.guard, l.schema(), type::boolean(), ignored).value_or(program()));
        }
        all.push_back(std::move(t));
      }
    }
    return all;
  }

private:
  [[nodiscard]] std::vector<transition_id> list(std::size_t column, std::size_t state) const {
    std::size_t rank = chart_.first_list[column];
    const auto* bits = chart_.listening.data() + column * chart_.words;
    if ((bits[state / 64] >> (state % 64) & 1U) == 0) {
      return {};
    }
    for (std::size_t s = 0; s < state; ++s) {
      rank += bits[s / 64] >> (s % 64) & 1U;
    }
    const auto part = chart::part(chart_.candidates, chart_.lists[rank]);
    return {part.begin(), part.end()};
  }
  [[nodiscard]] std::vector<transition_id> of_root(std::size_t column) const {
    const auto part = chart::part(chart_.candidates, chart_.root_lists[column]);
    return {part.begin(), part.end()};
  }

  [[nodiscard]] bool guarded(const std::vector<transition_id>& rows) const {
    return std::any_of(rows.begin(), rows.end(),
                       [&](transition_id t) { return chart_.transitions[t].guard != no_program; });
  }

  const case_graph& in_;
  const policy& by_;
  const chart& chart_;
};

} // namespace plaint::detail
