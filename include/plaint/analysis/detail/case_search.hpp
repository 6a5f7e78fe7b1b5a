// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/case_graph.hpp>
#include <plaint/analysis/detail/subject_set.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The numbers of moves from the opening on.
using case_path = std::vector<std::uint32_t>;

/// What a monitor says to a move: go on in a state, look no further, or here it is.
struct monitor_answer {
  std::uint64_t state = 0;
  bool stop = false;
  bool hit = false;
};

/// The shortest history on which a monitor, a small automaton that looks at moves, hits. Breadth first.
template <class Monitor>
[[nodiscard]] std::optional<case_path> shortest_history(const case_graph& in, const Monitor& monitor,
                                                        std::uint64_t initial = 0) {
  struct visit {
    std::uint64_t state;
    std::uint32_t node;
    std::uint32_t before; ///< in the queue
    std::uint32_t move;
  };
  struct visit_hash {
    std::size_t operator()(const std::pair<std::uint64_t, std::uint32_t>& v) const noexcept {
      return std::hash<std::uint64_t>{}((v.first * 0x9e3779b97f4a7c15ULL) ^ v.second);
    }
  };
  constexpr std::uint32_t none = 0xffffffff;
  std::vector<visit> queue{{initial, 0, none, none}};
  std::unordered_set<std::pair<std::uint64_t, std::uint32_t>, visit_hash> seen;
  seen.reserve(in.node_count());
  for (std::uint32_t head = 0; head < queue.size(); ++head) {
    const auto at = queue[head];
    const auto out = in.from(at.node);
    for (const auto& m : out) {
      const auto number = static_cast<std::uint32_t>(&m - in.moves().data());
      const auto answer = monitor(at.state, m);
      if (answer.hit) {
        case_path path{number};
        for (auto i = head; queue[i].move != none; i = queue[i].before) {
          path.push_back(queue[i].move);
        }
        std::reverse(path.begin(), path.end());
        return path;
      }
      if (!answer.stop && seen.emplace(answer.state, m.to).second) {
        queue.push_back({answer.state, m.to, head, number});
      }
    }
  }
  return std::nullopt;
}

/// By node: the moves of the shortest history that comes to it in a state of a monitor, or `graph::none`; `next` says
/// the monitor's state after a move.
template <class Next>
[[nodiscard]] std::vector<std::uint32_t> depths(const case_graph& in, const Next& next, std::uint32_t wanted) {
  constexpr std::uint32_t none = 0xffffffff;
  std::vector<std::uint32_t> found(in.node_count(), none);
  struct visit {
    std::uint32_t node, state, steps;
  };
  std::vector<visit> queue{{0, 0, 0}};
  std::unordered_map<std::uint64_t, bool> seen;
  for (std::size_t head = 0; head < queue.size(); ++head) {
    const auto at = queue[head];
    for (const auto& m : in.from(at.node)) {
      const auto state = static_cast<std::uint32_t>(next(at.state, m));
      if (seen.emplace((std::uint64_t{state} << 32U) | m.to, true).second) {
        queue.push_back({m.to, state, at.steps + 1});
        found[m.to] = state == wanted ? std::min(found[m.to], at.steps + 1) : found[m.to];
      }
    }
  }
  return found;
}

/// The shortest history to a node.
[[nodiscard]] inline case_path history_to(const case_graph& in, std::uint32_t node) {
  return shortest_history(in,
                          [&](std::uint64_t, const case_move& m) {
                            return monitor_answer{0, false, m.to == node};
                          })
      .value_or(case_path{});
}

/// Calls `see(what, id)` for what a move does, in order, until it answers true: 0 the event, then 1 states entered and
/// 2 effects as the step goes.
template <class See>
bool in_order(const case_graph& in, const case_move& m, const See& see) {
  if (see(0, m.event == no_id ? no_id : m.event)) {
    return true;
  }
  for (const auto& h : in.happenings(m)) {
    if (h.kind != happening_kind::left && see(h.kind == happening_kind::entered ? 1 : 2, h.id)) {
      return true;
    }
  }
  return false;
}

/// True if the thing that happens (0: event, 1: state entered, 2: effect) is in the set.
[[nodiscard]] inline bool is_in(const subject_set& set, int what, std::uint16_t id) {
  switch (what) {
  case 0:
    return id == no_id ? set.opening : set.events[id];
  case 1:
    return set.states[id];
  default:
    return set.effects[id];
  }
}

/// True if the move leaves an end for something open.
[[nodiscard]] inline bool reopens(const case_graph& in, const case_move& m) {
  const auto& l = in.lifecycle();
  for (const auto& h : in.happenings(m)) {
    if (h.kind == happening_kind::left && is_end(l, h.id)) {
      const auto& after = in.active(m.to);
      for (std::size_t s = 0; s < after.size(); ++s) {
        if (after[s] && is_end(l, static_cast<state_id>(s))) {
          return false;
        }
      }
      return true;
    }
  }
  return false;
}

/// True if a move does something of the set.
[[nodiscard]] inline bool does(const case_graph& in, const case_move& m, const subject_set& set) {
  return in_order(in, m, [&](int what, std::uint16_t id) { return is_in(set, what, id); }) ||
         (set.reopening && m.from != 0 && reopens(in, m));
}

[[nodiscard]] inline bool stands_in(const case_graph& in, std::uint32_t node, const subject_set& set) {
  if (node == 0) {
    return false;
  }
  const auto& active = in.active(node);
  for (std::size_t s = 0; s < active.size(); ++s) {
    if (active[s] && set.states[s]) {
      return true;
    }
  }
  return false;
}

} // namespace plaint::detail
