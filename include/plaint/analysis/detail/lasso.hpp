// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/case_search.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace plaint::detail {

/// A history that ends where it has been: the node at which its circle begins, as the stem comes to it, and the circle.
struct lasso {
  std::uint32_t entry = 0;
  case_path circle{};
};

/// The shortest lasso, over moves that count.
///
/// A node stands for all values that its codes allow, so a circle can begin at a node that is as wide as the one at
/// which it closes, or wider: a complaint that is opened with all that the circle leaves behind is in the circle at
/// once.
class lasso_search {
public:
  static constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

  /// `depth`: by node, the moves of the shortest stem that ends there, or `graph::none`.
  lasso_search(const case_graph& in, std::vector<std::uint32_t> depth) : in_(in), depth_(std::move(depth)) {
    for (std::uint32_t n = 1; n < in.node_count(); ++n) {
      if (depth_[n] != none) {
        alike_[fixed_part(n)].push_back(n);
      }
    }
    for (auto& [key, nodes] : alike_) {
      std::stable_sort(nodes.begin(), nodes.end(), [&](auto a, auto b) { return depth_[a] < depth_[b]; });
    }
  }

  /// `counts(move)`: whether a circle may go over it; `shown_by(move)`: bits, of which a circle must show all of
  /// `whole`; `starts(node)`: whether it is worth looking for a circle at a node.
  template <class Counts, class Shown, class Starts>
  [[nodiscard]] std::optional<lasso> shortest(const Counts& counts, const Shown& shown_by, std::uint32_t whole,
                                              const Starts& starts, std::size_t limit = no_limit) const {
    std::optional<lasso> best;
    for (std::uint32_t at = 1; at < in_.node_count(); ++at) {
      const auto entry = starts(at) ? entry_to(at, false, limit) : none;
      if (entry == none) {
        continue;
      }
      auto circle = around(at, counts, shown_by, whole, limit - depth_[entry]);
      if (!circle) {
        continue;
      }
      const auto found = is_timer(circle->front()) ? entry_to(at, true, limit) : entry;
      if (found != none && depth_[found] + circle->size() < limit) {
        limit = depth_[found] + circle->size();
        best = lasso{found, std::move(*circle)};
      }
    }
    return best;
  }

private:
  static constexpr std::uint32_t none = 0xffffffff;

  [[nodiscard]] bool is_timer(std::uint32_t move) const {
    return in_.lifecycle().is_timer_event(in_.moves()[move].event);
  }

  /// What is the same at both ends of a circle whatever events bring: the states, and what the lifecycle sets.
  [[nodiscard]] std::vector<std::uint32_t> fixed_part(std::uint32_t n) const {
    const auto& model = in_.model();
    std::vector<std::uint32_t> key{in_.row(n)};
    const auto codes = in_.codes(n);
    for (std::size_t i = 0; i < codes.size(); ++i) {
      if (model.use[model.tracked[i]] == slot_use::own) {
        key.push_back(codes[i]);
      }
    }
    return key;
  }

  /// The first node by depth at which a circle can begin that closes at `at`, less than `limit` moves deep.
  [[nodiscard]] std::uint32_t entry_to(std::uint32_t at, bool by_timer, std::size_t limit) const {
    const auto group = alike_.find(fixed_part(at));
    if (group == alike_.end()) {
      return none;
    }
    for (const auto n : group->second) {
      if (std::size_t{depth_[n]} + 1 >= limit) {
        return none;
      }
      if (n == at || can_begin(n, at, by_timer)) {
        return n;
      }
    }
    return none;
  }

  /// True if something that stands in `n` is what the circle closes with in `at`. Where `n` has settled a value that is
  /// open in `at`, an event of the circle brings it anew, unless a timer comes first.
  [[nodiscard]] bool can_begin(std::uint32_t n, std::uint32_t at, bool by_timer) const {
    const auto first = in_.codes(n);
    const auto last = in_.codes(at);
    for (std::size_t i = 0; i < first.size(); ++i) {
      const auto a = first[i];
      const auto b = last[i];
      const bool wider = a == b || a == may_be_anything || (a == may_be_any_value && b >= first_value);
      const bool anew =
          (a == is_unset && b == may_be_anything) || (a >= first_value && b == may_be_any_value && !by_timer);
      if (!wider && !anew) {
        return false;
      }
    }
    return true;
  }

  /// The shortest walk from a node back to it that shows everything, if it is shorter than `limit`.
  template <class Counts, class Shown>
  [[nodiscard]] std::optional<case_path> around(std::uint32_t start, const Counts& counts, const Shown& shown_by,
                                                std::uint32_t whole, std::size_t limit) const {
    struct visit {
      std::uint32_t node, shown, before, move, steps;
    };
    std::vector<visit> queue{{start, 0, none, none, 0}};
    std::unordered_map<std::uint64_t, bool> seen;
    for (std::uint32_t head = 0; head < queue.size(); ++head) {
      const auto at = queue[head];
      if (at.steps + 1 >= limit) {
        return std::nullopt;
      }
      for (const auto& m : in_.from(at.node)) {
        const auto number = static_cast<std::uint32_t>(&m - in_.moves().data());
        if (!counts(number)) {
          continue;
        }
        const auto shown = at.shown | shown_by(m);
        if (m.to == start && shown == whole) {
          case_path path{number};
          for (auto i = head; queue[i].move != none; i = queue[i].before) {
            path.push_back(queue[i].move);
          }
          std::reverse(path.begin(), path.end());
          return path;
        }
        if (seen.emplace((std::uint64_t{shown} << 32U) | m.to, true).second) {
          queue.push_back({m.to, shown, head, number, at.steps + 1});
        }
      }
    }
    return std::nullopt;
  }

  const case_graph& in_;
  std::vector<std::uint32_t> depth_;
  std::map<std::vector<std::uint32_t>, std::vector<std::uint32_t>> alike_{};
};

} // namespace plaint::detail
