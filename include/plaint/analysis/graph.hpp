// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dag_shortest_paths.hpp>
#include <boost/graph/dominator_tree.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/property_map/function_property_map.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace plaint {

/// A directed graph of numbered nodes and edges, and the questions that proofs put to it; a thin cover over
/// Boost.Graph.
///
/// Edges keep the numbers in which they were given. A question takes a filter, the edges that count; all of them by
/// default.
class graph {
public:
  using edge = std::pair<std::uint32_t, std::uint32_t>;
  using edge_filter = std::function<bool(std::size_t edge)>;

  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  graph(std::size_t nodes, const std::vector<edge>& edges) : edges_(edges), nodes_(nodes) {
    std::vector<std::uint32_t> numbers(edges.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      numbers[i] = static_cast<std::uint32_t>(i);
    }
    made_ = made(boost::edges_are_unsorted_multi_pass, edges_.begin(), edges_.end(), numbers.begin(),
                 static_cast<std::uint32_t>(nodes));
  }

  [[nodiscard]] std::size_t node_count() const noexcept { return nodes_; }
  [[nodiscard]] std::size_t edge_count() const noexcept { return edges_.size(); }
  [[nodiscard]] const edge& at(std::size_t e) const noexcept { return edges_[e]; }

  /// By node: how many edges the shortest way from `from` has, or `none`. Breadth first.
  [[nodiscard]] std::vector<std::uint32_t> distances(std::uint32_t from, const edge_filter& counts = {}) const {
    std::vector<std::uint32_t> steps(nodes_, none);
    steps[from] = 0;
    const auto visitor = boost::make_bfs_visitor(boost::record_distances(steps.data(), boost::on_tree_edge()));
    with(counts, [&](const auto& g) {
      boost::breadth_first_search(g, from,
                                  boost::visitor(visitor).vertex_index_map(boost::get(boost::vertex_index, g)));
    });
    return steps;
  }

  /// By node: whether one of the targets can be reached from it.
  [[nodiscard]] std::vector<bool> can_reach(const std::vector<bool>& targets, const edge_filter& counts = {}) const {
    std::vector<edge> back;
    back.reserve(edges_.size() + nodes_);
    for (std::size_t e = 0; e < edges_.size(); ++e) {
      if (!counts || counts(e)) {
        back.emplace_back(edges_[e].second, edges_[e].first);
      }
    }
    const auto root = static_cast<std::uint32_t>(nodes_);
    for (std::size_t n = 0; n < nodes_; ++n) {
      if (targets[n]) {
        back.emplace_back(root, static_cast<std::uint32_t>(n));
      }
    }
    const auto steps = graph(nodes_ + 1, back).distances(root);
    std::vector<bool> found(nodes_);
    for (std::size_t n = 0; n < nodes_; ++n) {
      found[n] = steps[n] != none;
    }
    return found;
  }

  /// By node: the number of its strongly connected component.
  [[nodiscard]] std::vector<std::uint32_t> components(const edge_filter& counts = {}) const {
    std::vector<std::uint32_t> of(nodes_);
    with(counts, [&](const auto& g) {
      const auto index = boost::get(boost::vertex_index, g);
      boost::strong_components(g, boost::make_iterator_property_map(of.begin(), index), boost::vertex_index_map(index));
    });
    return of;
  }

  /// By node: its immediate dominator, the last node that every way from `root` to it passes; `none` for the root and
  /// for what it does not reach. Lengauer and Tarjan.
  [[nodiscard]] std::vector<std::uint32_t> dominators(std::uint32_t root) const {
    using two_way = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;
    const auto reached = distances(root);
    std::vector<edge> seen;
    for (const auto& e : edges_) {
      if (reached[e.first] != none) {
        seen.push_back(e);
      }
    }
    const two_way g(seen.begin(), seen.end(), nodes_);
    std::vector<two_way::vertex_descriptor> above(nodes_, two_way::null_vertex());
    boost::lengauer_tarjan_dominator_tree(
        g, root, boost::make_iterator_property_map(above.begin(), boost::get(boost::vertex_index, g)));
    std::vector<std::uint32_t> of(nodes_, none);
    for (std::size_t n = 0; n < nodes_; ++n) {
      of[n] = above[n] == two_way::null_vertex() ? none : static_cast<std::uint32_t>(above[n]);
    }
    return of;
  }

  /// By node: the length of the longest way from `from` by these lengths of edges; nothing where it is not reached.
  /// Nothing at all if a circle can be reached. Topological order, then shortest paths of what is negated.
  [[nodiscard]] std::optional<std::vector<std::optional<std::int64_t>>>
  longest(std::uint32_t from, const std::vector<std::int64_t>& lengths, const edge_filter& counts = {}) const {
    const auto reached = distances(from, counts);
    const auto inside = [&](std::size_t e) { return (!counts || counts(e)) && reached[edges_[e].first] != none; };
    constexpr auto far = std::numeric_limits<std::int64_t>::max();
    std::vector<std::int64_t> least(nodes_, far);
    std::vector<std::int64_t> negated(lengths.size());
    for (std::size_t e = 0; e < lengths.size(); ++e) {
      negated[e] = -lengths[e];
    }
    bool circle = false;
    with(inside, [&](const auto& g) {
      try {
        std::vector<std::uint32_t> order;
        boost::topological_sort(g, std::back_inserter(order),
                                boost::vertex_index_map(boost::get(boost::vertex_index, g)));
      } catch (const boost::not_a_dag&) {
        circle = true;
        return;
      }
      const auto index = boost::get(boost::vertex_index, g);
      const auto weight = boost::make_function_property_map<typename made::edge_descriptor>(
          [&](const typename made::edge_descriptor& e) { return negated[made_[e]]; });
      boost::dag_shortest_paths(g, from,
                                boost::distance_map(boost::make_iterator_property_map(least.begin(), index))
                                    .weight_map(weight)
                                    .vertex_index_map(index));
    });
    if (circle) {
      return std::nullopt;
    }
    std::vector<std::optional<std::int64_t>> most(nodes_);
    for (std::size_t n = 0; n < nodes_; ++n) {
      if (reached[n] != none) {
        most[n] = -least[n];
      }
    }
    return most;
  }

private:
  using made = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, std::uint32_t,
                                                  boost::no_property, std::uint32_t, std::uint32_t>;

  struct kept {
    const graph* of = nullptr;
    const edge_filter* counts = nullptr;
    bool operator()(const typename made::edge_descriptor& e) const { return (*counts)(of->made_[e]); }
  };

  template <class Ask>
  void with(const edge_filter& counts, const Ask& ask) const {
    if (counts) {
      ask(boost::filtered_graph<made, kept>(made_, kept{this, &counts}));
    } else {
      ask(made_);
    }
  }

  std::vector<edge> edges_;
  std::size_t nodes_;
  made made_{};
};

} // namespace plaint
