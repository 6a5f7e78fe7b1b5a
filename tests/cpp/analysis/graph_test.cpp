// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/analysis/graph.hpp>

#include <random>

using namespace plaint;

namespace {

struct drawn {
  std::size_t nodes;
  std::vector<graph::edge> edges;
};

drawn draw(std::mt19937& dice, bool circles) {
  drawn d{2 + dice() % 8, {}};
  for (std::size_t i = dice() % 18; i-- > 0;) {
    auto a = static_cast<std::uint32_t>(dice() % d.nodes);
    auto b = static_cast<std::uint32_t>(dice() % d.nodes);
    if (!circles && a >= b) {
      std::swap(a, b);
    }
    if (circles || a != b) {
      d.edges.emplace_back(a, b);
    }
  }
  return d;
}

/// What can be reached from a node without passing another one.
std::vector<bool> reached(const drawn& d, std::uint32_t from, std::uint32_t without = graph::none) {
  std::vector<bool> seen(d.nodes);
  seen[from] = from != without;
  for (bool more = true; more;) {
    more = false;
    for (const auto& [a, b] : d.edges) {
      if (seen[a] && !seen[b] && b != without) {
        seen[b] = more = true;
      }
    }
  }
  return seen;
}

} // namespace

TEST_CASE("components and what can be reached are those of trying every way", "[analysis][graph]") {
  std::mt19937 dice(1);
  for (int i = 0; i < 300; ++i) {
    const auto d = draw(dice, true);
    const graph g(d.nodes, d.edges);
    const auto of = g.components();
    for (std::uint32_t a = 0; a < d.nodes; ++a) {
      const auto from = reached(d, a);
      const auto steps = g.distances(a);
      for (std::uint32_t b = 0; b < d.nodes; ++b) {
        CHECK((steps[b] != graph::none) == from[b]);
        CHECK((of[a] == of[b]) == (from[b] && reached(d, b)[a]));
        std::vector<bool> target(d.nodes);
        target[b] = true;
        CHECK(g.can_reach(target)[a] == from[b]);
      }
    }
  }
}

TEST_CASE("a node dominates another if nothing reaches the other without it", "[analysis][graph]") {
  std::mt19937 dice(2);
  for (int i = 0; i < 300; ++i) {
    const auto d = draw(dice, true);
    const auto above = graph(d.nodes, d.edges).dominators(0);
    const auto all = reached(d, 0);
    for (std::uint32_t n = 1; n < d.nodes; ++n) {
      if (!all[n]) {
        CHECK(above[n] == graph::none);
        continue;
      }
      std::vector<bool> told(d.nodes);
      for (auto a = above[n]; a != graph::none; a = above[a]) {
        told[a] = true;
      }
      for (std::uint32_t a = 0; a < d.nodes; ++a) {
        CHECK(told[a] == (a != n && !reached(d, 0, a)[n]));
      }
    }
  }
}

TEST_CASE("the longest way is that of trying all, and a circle has none", "[analysis][graph]") {
  std::mt19937 dice(3);
  for (int i = 0; i < 300; ++i) {
    const auto d = draw(dice, false);
    std::vector<std::int64_t> lengths;
    for (std::size_t e = 0; e < d.edges.size(); ++e) {
      lengths.push_back(static_cast<std::int64_t>(dice() % 10));
    }
    std::vector<std::optional<std::int64_t>> most(d.nodes);
    most[0] = 0;
    for (std::size_t round = 0; round < d.nodes; ++round) {
      for (std::size_t e = 0; e < d.edges.size(); ++e) {
        const auto& [a, b] = d.edges[e];
        if (most[a]) {
          most[b] = std::max(most[b].value_or(0), *most[a] + lengths[e]);
        }
      }
    }
    const auto found = graph(d.nodes, d.edges).longest(0, lengths);
    REQUIRE(found);
    CHECK(*found == most);
  }
  const graph circle(2, {{0, 1}, {1, 0}});
  CHECK_FALSE(circle.longest(0, {1, 1}));
  CHECK(circle.longest(0, {1, 1}, [](std::size_t e) { return e == 0; }));
}
