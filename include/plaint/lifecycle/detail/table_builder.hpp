// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/quick_form.hpp>
#include <plaint/lifecycle/detail/table_run.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Folds the traces of each cell into nodes.
class table_builder {
public:
  table_builder(const chart& in, reachable seen) : chart_(in), seen_(std::move(seen)) {}

  table all() {
    out_.columns = static_cast<std::uint32_t>(chart_.unknown_column() + 1);
    out_.shift = static_cast<unsigned>(std::bit_width(out_.columns - 1U));
    out_.nodes.resize(2); // what refuse_node and ask_node stand for
    out_.quick.resize(2);
    for (std::size_t row = 0; row < seen_.rows.size(); ++row) {
      out_.row_of.emplace(seen_.rows[row], static_cast<std::uint32_t>(row));
    }
    for (std::size_t row = 0; row < seen_.rows.size(); ++row) {
      out_.cells.insert(out_.cells.end(), std::size_t{1} << out_.shift,
                        {refuse_node, static_cast<std::uint32_t>(row << out_.shift)});
    }
    requires_ = std::any_of(chart_.states.begin(), chart_.states.end(),
                            [](const chart_state& s) { return !s.required.empty(); });
    for (const auto& cell : seen_.cells) {
      fill(cell);
    }
    out_.rows = std::move(seen_.rows);
    return std::move(out_);
  }

private:
  using traces = std::span<const trace>;

  void fill(const explored_cell& cell) {
    const auto nodes = out_.nodes.size();
    const auto changes = out_.changes.size();
    plain_ = true;
    auto first = fold(chart::part(seen_.log.traces, cell.traces), 0, 0);
    ++out_.live_cells;
    if (!plain_) {
      out_.nodes.resize(nodes);
      out_.changes.resize(changes);
      first = ask_node;
    } else {
      ++out_.own_cells;
    }
    auto& into = out_.cells[(std::size_t{cell.row} << out_.shift) | cell.column];
    out_.quick.resize(out_.nodes.size());
    if (first != refuse_node) {
      const auto kind = hasten(first);
      into = {static_cast<std::uint32_t>(kind) << table_cell::kind_shift | first, out_.nodes[first].next};
      out_.bare = out_.bare && kind == cell_kind::move;
    }
  }

  /// The node for traces that agree up to `from`; they come with the noes first.
  std::uint32_t fold(traces all, std::size_t from, std::size_t changed) {
    const auto& first = all.front();
    const auto items = seen_.log.items_of(first);
    if (first.end != trace_end::moved && from == items.size()) {
      return refuse_node;
    }
    table_node n;
    std::vector<table_node> tests;
    if (from < items.size() && items[from].kind != trace_kind::perform) {
      const auto split =
          std::find_if(all.begin(), all.end(), [&](const trace& t) { return seen_.log.items_of(t)[from].answer; });
      if (split == all.begin() || split == all.end()) {
        plain_ = false;
        return refuse_node;
      }
      const auto no = static_cast<std::size_t>(split - all.begin());
      n.otherwise = fold(all.first(no), from + 1, changed);
      tests = tests_of(items[from]);
      all = all.subspan(no);
      ++from;
    }
    return finish(n, std::move(tests), all, from, changed);
  }

  std::uint32_t finish(const table_node& begun, std::vector<table_node> tests, traces all, std::size_t from,
                       std::size_t changed) {
    auto n = begun;
    const auto& t = all.front();
    const auto items = seen_.log.items_of(t);
    n.changes = static_cast<std::uint32_t>(out_.changes.size());
    for (; from < items.size() && items[from].kind == trace_kind::perform; ++from) {
      const auto& d = chart_.code[items[from].argument];
      if (d.kind == deed_kind::emit) {
        plain_ = plain_ && chart_.effect_programs[d.subject].empty();
      } else if (const auto f = linear_form_of(chart_, d); f && changed < most_changes) {
        out_.changes.push_back(*f);
        ++n.change_count;
        ++changed;
      } else {
        plain_ = false;
      }
    }
    n.ends = from == items.size() && t.end == trace_end::moved;
    if (n.ends) {
      n.next = out_.row_of.at(t.to) << out_.shift;
      n.leaf = leaf_of(t);
      n.ends_with = required_by(t.to);
    } else {
      n.next = fold(all, from, changed);
    }
    // Tests that must all be met stand in a row; the last of them carries what follows.
    if (tests.empty()) {
      tests.push_back({});
      tests.back().least = std::numeric_limits<std::int64_t>::min();
      tests.back().most = std::numeric_limits<std::int64_t>::max();
    }
    copy_test(tests.back(), n);
    n.simple = is_simple(n);
    auto place = add(n);
    for (auto test = tests.rbegin() + 1; test != tests.rend(); ++test) {
      auto before = *test;
      before.otherwise = n.otherwise;
      before.next = place;
      place = add(before);
    }
    return place;
  }

  [[nodiscard]] bool is_simple(const table_node& n) const {
    if (!n.ends || n.ends_with != 0 || n.change_count > 2) {
      return false;
    }
    const auto* f = out_.changes.data() + n.changes;
    const bool sets = (n.change_count < 1 || !f[0].unset) && (n.change_count < 2 || !f[1].unset);
    return sets &&
           (n.change_count < 2 || (f[0].slot != f[1].slot && f[1].source != f[0].slot && f[1].asked != f[0].slot));
  }

  /// Makes the quick form of a node, where it has one.
  cell_kind hasten(std::uint32_t place) {
    const auto& n = out_.nodes[place];
    if (!n.simple || n.otherwise != refuse_node || n.asks != question::within) {
      return cell_kind::other;
    }
    const auto* f = out_.changes.data() + n.changes;
    std::array<std::optional<quick_node>, 2> quick{quick_node{}, quick_node{}};
    for (std::size_t c = 0; c < n.change_count; ++c) {
      quick[c] = quick_form_of(f[c]);
    }
    if (!quick[0] || !quick[1]) {
      return cell_kind::other;
    }
    quick[0]->within = {n.least, n.most};
    quick[0]->asked = place_of_slot(n.slot);
    quick[0]->by = n.by;
    quick[0]->needs |= n.needs | quick[1]->needs;
    const bool asks = n.needs != 0 || n.by != table_node{}.by || quick[0]->within != interval{};
    out_.quick[place] = *quick[0];
    if (n.change_count == 2) {
      out_.quick[place + 1] = *quick[1];
      return cell_kind::pair;
    }
    return asks || n.change_count == 1 ? cell_kind::quick : cell_kind::move;
  }

  static void copy_test(const table_node& from, table_node& to) {
    to.least = from.least;
    to.most = from.most;
    to.needs = from.needs;
    to.by = from.by;
    to.slot = from.slot;
    to.asks = from.asks;
  }

  std::uint32_t add(const table_node& n) {
    const auto place = static_cast<std::uint32_t>(out_.nodes.size());
    out_.nodes.push_back(n);
    if (n.change_count == 2) {
      out_.nodes.emplace_back(); // where the quick form has its second change
    }
    return place;
  }

  std::uint32_t leaf_of(const trace& t) {
    table_leaf leaf;
    leaf.effects.begin = static_cast<std::uint32_t>(out_.effects.size());
    for (const auto& i : seen_.log.items_of(t)) {
      if (i.kind == trace_kind::perform && chart_.code[i.argument].kind == deed_kind::emit) {
        out_.effects.push_back(chart_.code[i.argument].subject);
      }
    }
    leaf.effects.end = static_cast<std::uint32_t>(out_.effects.size());
    leaf.taken.begin = static_cast<std::uint32_t>(out_.taken.size());
    const auto taken = seen_.log.taken_by(t);
    out_.taken.insert(out_.taken.end(), taken.begin(), taken.end());
    leaf.taken.end = static_cast<std::uint32_t>(out_.taken.size());
    out_.leaves.push_back(leaf);
    return static_cast<std::uint32_t>(out_.leaves.size() - 1);
  }

  [[nodiscard]] std::uint64_t required_by(const configuration& c) const {
    if (!requires_) {
      return 0;
    }
    return with_words(chart_, [&](auto words) {
      const opened<decltype(words)::value> at(chart_, c);
      std::uint64_t bits = 0;
      for (std::size_t s = 0; s < chart_.states.size(); ++s) {
        for (const auto slot : chart::part(chart_.slots_pool, chart_.states[s].required)) {
          bits |= at.active.test(s) ? std::uint64_t{1} << slot : 0U;
        }
      }
      return bits;
    });
  }

  /// The conditions of a transition or a choice as tests that must all be met; empty where there is nothing to test.
  std::vector<table_node> tests_of(const trace_item& item) {
    std::vector<table_node> all(1);
    all[0].least = std::numeric_limits<std::int64_t>::min();
    all[0].most = std::numeric_limits<std::int64_t>::max();
    auto guard = no_program;
    if (item.kind == trace_kind::choose) {
      guard = chart_.code[item.argument].argument;
    } else {
      const auto& t = chart_.transitions[item.argument];
      guard = t.guard;
      plain_ = plain_ && t.within == no_id;
      plain_ = plain_ && !(item.sent && !chart_.transition_definitions[item.argument]->reasons.empty());
      if (item.sent && !t.anyone) {
        all[0].by = t.roles | std::uint64_t{t.sides} << first_side_bit;
        plain_ = plain_ && chart_.roles.size() < first_side_bit;
      }
      for (const auto slot : chart::part(chart_.slots_pool, t.require)) {
        all[0].needs |= std::uint64_t{1} << slot;
      }
    }
    const bool decided = item.kind == trace_kind::test && guard != no_program &&
                         (chart_.programs[guard].constant() || hangs_on_states_only(chart_.programs[guard]));
    if (guard != no_program && !decided) { // else the exploration has seen that it is true here
      add_guard(chart_.programs[guard], all);
    }
    return all;
  }

  void add_guard(const program& guard, std::vector<table_node>& all) {
    plain_ = plain_ && !guard.comparisons().empty();
    bool first = true;
    for (const auto& c : guard.comparisons()) {
      const auto bit = std::uint64_t{1} << c.slot;
      if (c.test == relation::present) {
        all[0].needs |= bit;
        continue;
      }
      if (!first) {
        all.emplace_back();
      }
      auto& test = first ? all.front() : all.back();
      first = false;
      test.slot = c.slot;
      test.needs |= bit;
      if (const auto within = interval_of(c)) {
        test.least = within->least;
        test.most = within->most;
      } else if (c.test == relation::unequal && is_whole(c.kind)) {
        test.asks = question::outside;
        test.least = test.most = c.bits;
      } else if (c.test == relation::one_of) {
        test.asks = question::member;
        test.most = c.bits;
      } else {
        plain_ = false;
      }
    }
  }

  const chart& chart_;
  reachable seen_;
  table out_{};
  bool plain_ = true;
  bool requires_ = false; ///< some state has required fields
};

[[nodiscard]] inline std::optional<table> build_table(const chart& in, const exploration_limits& limits) {
  if (in.names.attributes.size() > 64) {
    return std::nullopt;
  }
  auto seen = explore(in, limits);
  if (!seen.complete || seen.rows.empty()) {
    return std::nullopt;
  }
  return table_builder(in, std::move(seen)).all();
}

} // namespace plaint::detail
