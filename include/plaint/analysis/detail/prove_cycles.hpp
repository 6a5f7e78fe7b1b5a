// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/clock_moves.hpp>
#include <plaint/analysis/detail/judgement.hpp>
#include <plaint/analysis/detail/lasso.hpp>
#include <plaint/analysis/graph.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace plaint::detail {

/// What may bound a circle.
struct cycle_bounds {
  bool counter = true;
  bool clock = true;
  bool customer = true;
};

/// Is there a way to go in circles for ever? Strong components of the moves that nothing bounds.
///
/// A counter bounds a circle if it only grows within it and has a declared maximum (small ones are followed exactly, so
/// their circles do not close at all); a clock if it runs in all of its states, is not started anew within it and its
/// firing leaves it; the customer if some move of it is nobody else's to make.
class cycle_proof {
public:
  cycle_proof(const case_graph& in, const graph& shape, const policy& by, const subject_set& through, bool all,
              cycle_bounds bounds)
      : in_(in), shape_(shape), clocks_(in, by), through_(through), all_(all), bounds_(bounds), on_(in.moves().size()) {
  }

  [[nodiscard]] judgement judge() {
    const auto& moves = in_.moves();
    for (std::size_t e = 0; e < moves.size(); ++e) {
      on_[e] = moves[e].from != 0;
    }
    const bool any = has_circle();
    for (std::size_t e = 0; e < moves.size(); ++e) {
      on_[e] = on_[e] && !(bounds_.customer && moves[e].customer_only);
    }
    while (bounds_.counter && drop_counters()) {
    }
    find_components();
    if (bounds_.clock) {
      find_timers();
      find_clocks();
    }
    if (const auto found = shortest()) {
      auto j = fails("a complaint can go in circles for ever: " + told(found->circle), history_to(in_, found->entry));
      j.close_with(found->circle);
      return j;
    }
    if (!any && states_come_back()) {
      return holds("every cycle is bounded by a counter, which was followed to its end");
    }
    return any ? holds("every cycle is bounded by " + names()) : holds("there are no cycles", true);
  }

private:
  /// A clock that may bound circles: the nodes in which it runs and its firing leaves, the moves that end or restart
  /// it.
  struct clock_cover {
    std::vector<bool> bounds{};
    std::vector<bool> breaks{};
  };

  [[nodiscard]] std::string names() const {
    std::string text;
    for (const auto& [is, name] : {std::pair(bounds_.counter, "a counter"),
                                   {bounds_.clock, "a clock"},
                                   {bounds_.customer, "the customer's own will"}}) {
      text += !is ? "" : (text.empty() ? "" : " or ") + std::string(name);
    }
    return text;
  }

  [[nodiscard]] std::string told(const case_path& circle) const {
    std::string text;
    for (const auto number : circle) {
      text += (text.empty() ? "" : ", ") + std::string(in_.lifecycle().event_name(in_.moves()[number].event));
    }
    return text;
  }

  void find_components() {
    component_ = shape_.components([&](std::size_t e) { return static_cast<bool>(on_[e]); });
  }
  [[nodiscard]] bool inside(std::size_t e) const {
    return on_[e] && component_[in_.moves()[e].from] == component_[in_.moves()[e].to];
  }

  /// True if states come back though no situation does.
  [[nodiscard]] bool states_come_back() const {
    std::map<std::vector<bool>, std::uint32_t> numbers;
    const auto number = [&](std::uint32_t node) {
      return numbers.try_emplace(in_.active(node), static_cast<std::uint32_t>(numbers.size())).first->second;
    };
    std::vector<graph::edge> edges;
    for (const auto& m : in_.moves()) {
      if (m.from != 0 && m.moves) {
        edges.emplace_back(number(m.from), number(m.to));
      }
    }
    const auto component = graph(numbers.size(), edges).components();
    return std::any_of(edges.begin(), edges.end(),
                       [&](const graph::edge& e) { return component[e.first] == component[e.second]; });
  }

  [[nodiscard]] bool has_circle() {
    find_components();
    for (std::size_t e = 0; e < on_.size(); ++e) {
      if (inside(e) && in_.moves()[e].moves) {
        return true;
      }
    }
    return false;
  }

  /// Takes out the moves that count something up which nothing in their component sets otherwise.
  [[nodiscard]] bool drop_counters() {
    find_components();
    std::unordered_map<std::uint32_t, std::pair<std::uint64_t, std::uint64_t>>
        sets; // by component: counted up, set otherwise
    for (std::size_t e = 0; e < on_.size(); ++e) {
      if (inside(e)) {
        auto& [up, other] = sets[component_[in_.moves()[e].from]];
        up |= in_.moves()[e].raised_counts;
        other |= in_.moves()[e].other_sets;
      }
    }
    std::uint64_t bounded = 0;
    const auto& model = in_.model();
    for (std::size_t i = 0; i < model.tracked.size() && i < 64; ++i) {
      bounded |= model.in.names.attributes[model.tracked[i]].most ? std::uint64_t{1} << i : 0;
    }
    bool dropped = false;
    for (std::size_t e = 0; e < on_.size(); ++e) {
      if (inside(e)) {
        const auto& [up, other] = sets[component_[in_.moves()[e].from]];
        if ((in_.moves()[e].raised_counts & up & ~other & bounded) != 0) {
          on_[e] = false;
          dropped = true;
        }
      }
    }
    return dropped;
  }

  void keep(clock_cover cover) {
    constexpr std::size_t most = 24;
    if (timers_.size() < most && std::find(cover.bounds.begin(), cover.bounds.end(), true) != cover.bounds.end()) {
      timers_.push_back(std::move(cover));
    }
  }

  /// The lifecycle's own timers that leave their state when they fire.
  void find_timers() {
    for (const auto& t : in_.lifecycle().timers()) {
      if (t.kind != timer_kind::after || t.state == no_id) {
        continue;
      }
      clock_cover cover{std::vector<bool>(in_.node_count()), {}};
      for (std::uint32_t n = 1; n < in_.node_count(); ++n) {
        const auto out = in_.from(n);
        cover.bounds[n] = in_.is_active(n, t.state) && std::any_of(out.begin(), out.end(), [&](const case_move& m) {
                            return m.event == t.event && leaves(m, t.state);
                          });
      }
      for (const auto& m : in_.moves()) {
        cover.breaks.push_back(leaves(m, t.state));
      }
      keep(std::move(cover));
    }
  }

  /// Clocks with names whose breach sends an event that leaves the circle.
  void find_clocks() {
    for (std::size_t c = 0; c < clocks_.named(); ++c) {
      const auto& raised = clocks_.definition(c).breach.raise;
      if (raised.empty()) {
        continue;
      }
      clock_cover cover{clocks_.certainly_running(c), {}};
      for (std::uint32_t n = 1; n < in_.node_count(); ++n) {
        const auto out = in_.from(n);
        cover.bounds[n] =
            cover.bounds[n] && std::any_of(out.begin(), out.end(), [&](const case_move& m) {
              return in_.lifecycle().event_name(m.event) == raised && component_[m.from] != component_[m.to];
            });
      }
      for (const auto& m : in_.moves()) {
        cover.breaks.push_back(clocks_.ends(c, m));
      }
      keep(std::move(cover));
    }
  }

  [[nodiscard]] bool leaves(const case_move& m, state_id s) const {
    const auto all = in_.happenings(m);
    return std::find(all.begin(), all.end(), happening{happening_kind::left, s}) != all.end();
  }

  /// What a walk over this move has shown: that it moves, where it passes, which clocks do not bound it.
  [[nodiscard]] std::uint32_t shown_by(const case_move& m) const {
    std::uint32_t shown = m.moves ? 1U : 0U;
    shown |= all_ || does(in_, m, through_) ? 2U : 0U;
    for (std::size_t i = 0; i < timers_.size(); ++i) {
      const auto number = static_cast<std::size_t>(&m - in_.moves().data());
      const bool bounded = timers_[i].bounds[m.from] && timers_[i].bounds[m.to] && !timers_[i].breaks[number];
      shown |= bounded ? 0U : 4U << i;
    }
    return shown;
  }

  /// The shortest circle that nothing bounds, and where it begins.
  [[nodiscard]] std::optional<lasso> shortest() const {
    const auto& moves = in_.moves();
    const std::uint32_t whole = (4U << timers_.size()) - 1;
    std::vector<bool> turns(in_.node_count());
    std::vector<std::uint32_t> shown_in(component_.size());
    for (std::size_t e = 0; e < moves.size(); ++e) {
      if (inside(e)) {
        turns[moves[e].from] = true;
        shown_in[component_[moves[e].from]] |= shown_by(moves[e]);
      }
    }
    return lasso_search(in_, shape_.distances(0))
        .shortest([&](std::size_t e) { return inside(e); }, [&](const case_move& m) { return shown_by(m); }, whole,
                  [&](std::uint32_t n) { return turns[n] && shown_in[component_[n]] == whole; });
  }

  const case_graph& in_;
  const graph& shape_;
  clock_moves clocks_;
  const subject_set& through_;
  bool all_;
  cycle_bounds bounds_;
  std::vector<char> on_;
  std::vector<std::uint32_t> component_{};
  std::vector<clock_cover> timers_{};
};

} // namespace plaint::detail
