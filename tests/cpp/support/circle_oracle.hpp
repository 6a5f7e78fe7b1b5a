// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/case_oracle.hpp"
#include "support/random_policy.hpp"

#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

/// Situations that are one for who goes in circles: they differ in nothing but what the next event may bring anew.
class places {
public:
  places(const case_oracle& all, const std::vector<random_policy::matters>& what) {
    std::map<std::string, std::size_t> known;
    for (const auto& s : all.situations) {
      std::string key(reinterpret_cast<const char*>(s.where.choices.data()), sizeof s.where.choices);
      for (std::size_t slot = 0; slot < s.values.size(); ++slot) {
        const auto& v = s.values[slot];
        if (what[slot] != random_policy::matters::nothing) {
          key += v.is_absent() ? "-|" : what[slot] == random_policy::matters::value ? written(v) + "|" : "+|";
        }
      }
      of_.push_back(known.emplace(std::move(key), known.size()).first->second);
    }
    count_ = known.size();
  }

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t of(std::size_t situation) const { return of_[situation]; }

private:
  static std::string written(const plaint::value& v) {
    if (const auto* b = v.get_if<bool>()) {
      return *b ? "yes" : "no";
    }
    if (const auto* m = v.get_if<plaint::enum_member>()) {
      return std::to_string(m->index);
    }
    const auto* i = v.get_if<std::int64_t>();
    return i == nullptr ? "?" : std::to_string(*i);
  }

  std::vector<std::size_t> of_{};
  std::size_t count_ = 0;
};

/// The shortest history that ends in a circle which nothing bounds, by walking every simple circle.
inline std::optional<std::size_t> unbounded_circle(const plaint::policy& by, const case_oracle& all, const places& at,
                                                   bool& exhausted) {
  using namespace plaint;
  const auto& l = by.lifecycle();
  std::vector<std::size_t> depth(at.count(), 1000);
  for (bool more = true; more;) {
    more = false;
    for (const auto& e : all.edges) {
      const auto d = e.from == case_oracle::none ? 0 : depth[at.of(e.from)] + 1;
      if (d < depth[at.of(e.to)]) {
        depth[at.of(e.to)] = d;
        more = true;
      }
    }
  }
  const auto leaves = [&](const case_oracle::edge& e, state_id s) {
    return std::find(e.did.left.begin(), e.did.left.end(), s) != e.did.left.end();
  };
  const auto bounded_by_a_clock = [&](const std::vector<std::size_t>& circle) {
    return std::any_of(l.timers().begin(), l.timers().end(), [&](const lifecycle_timer& t) {
      return t.kind == timer_kind::after && std::all_of(circle.begin(), circle.end(), [&](std::size_t e) {
               const auto& out = all.out[all.edges[e].from];
               return all.in(all.edges[e].from, l.name(t.state)) && !leaves(all.edges[e], t.state) &&
                      std::any_of(out.begin(), out.end(), [&](std::size_t o) {
                        return all.edges[o].event == l.event_name(t.event) && leaves(all.edges[o], t.state);
                      });
             });
    });
  };
  // Of the moves between two situations that leave the same states, one that is not the customer's is enough.
  std::vector<std::vector<std::size_t>> ways(at.count());
  std::set<std::tuple<std::size_t, std::size_t, std::vector<state_id>>> known;
  for (std::size_t e = 0; e < all.edges.size(); ++e) {
    const auto& edge = all.edges[e];
    if (edge.from != case_oracle::none && !edge.customer &&
        known.emplace(at.of(edge.from), at.of(edge.to), edge.did.left).second) {
      ways[at.of(edge.from)].push_back(e);
    }
  }
  std::size_t best = 1000;
  std::vector<std::size_t> way;
  std::vector<bool> on(at.count());
  std::size_t budget = 2'000'000;
  const std::function<void(std::size_t, std::size_t)> go = [&](std::size_t start, std::size_t n) {
    for (const auto e : ways[n]) {
      const auto to = at.of(all.edges[e].to);
      if (budget == 0 || to < start || depth[start] + way.size() + 1 >= best + 2) {
        continue;
      }
      --budget;
      way.push_back(e);
      if (to == start) {
        const bool moves =
            std::any_of(way.begin(), way.end(), [&](std::size_t w) { return !all.edges[w].did.left.empty(); });
        if (moves && !bounded_by_a_clock(way)) {
          for (const auto w : way) {
            best = std::min(best, depth[at.of(all.edges[w].from)] + way.size());
          }
        }
      } else if (!on[to] && way.size() < 6) {
        on[to] = true;
        go(start, to);
        on[to] = false;
      }
      way.pop_back();
    }
  };
  for (std::size_t n = 0; n < at.count(); ++n) {
    go(n, n);
  }
  exhausted = budget == 0;
  return best == 1000 ? std::nullopt : std::optional(best);
}

/// The shortest history on which a complaint that has come to `from` never comes to `target`: it stays for ever where
/// nothing leaves a state, or goes in a circle of moves that do.
inline std::optional<std::size_t> shortest_evasion(const plaint::policy& by, const case_oracle& all, const places& at,
                                                   const std::string& from, const std::string& target) {
  constexpr auto far = std::numeric_limits<std::size_t>::max() / 4;
  const auto enters = [&](const case_oracle::edge& e, const std::string& state) {
    const auto& entered = e.did.entered;
    return all.in(e.to, state) ||
           std::find(entered.begin(), entered.end(), by.lifecycle().state(state)) != entered.end();
  };
  // depth[0]: not owed, depth[1]: owed since `from`
  std::vector<std::vector<std::size_t>> depth(2, std::vector<std::size_t>(all.situations.size(), far));
  for (bool more = true; more;) {
    more = false;
    for (const auto& e : all.edges) {
      for (std::size_t owed = 0; owed < 2; ++owed) {
        const bool opening = e.from == case_oracle::none;
        if (opening ? owed == 1 : depth[owed][e.from] == far) {
          continue;
        }
        const std::size_t after = enters(e, target) ? 0 : enters(e, from) ? 1 : owed;
        const auto d = opening ? 0 : depth[owed][e.from] + 1;
        more = more || d < depth[after][e.to];
        depth[after][e.to] = std::min(depth[after][e.to], d);
      }
    }
  }
  const auto moves = [&](std::size_t e) { return !all.edges[e].did.left.empty(); };
  auto best = far;
  for (std::size_t n = 0; n < all.situations.size(); ++n) {
    if (all.in(n, target) || depth[1][n] == far) {
      continue;
    }
    if (std::none_of(all.out[n].begin(), all.out[n].end(),
                     [&](std::size_t e) { return moves(e) || enters(all.edges[e], target); })) {
      best = std::min(best, depth[1][n]);
    }
    std::vector<std::size_t> away(at.count(), far);
    std::vector<std::size_t> queue{n};
    away[at.of(n)] = 0;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      for (const auto e : all.out[queue[head]]) {
        const auto to = all.edges[e].to;
        if (!moves(e) || enters(all.edges[e], target)) {
          continue;
        }
        const auto steps = away[at.of(queue[head])] + 1;
        if (at.of(to) == at.of(n)) {
          best = std::min(best, depth[1][n] + steps);
        } else if (away[at.of(to)] == far) {
          away[at.of(to)] = steps;
          queue.push_back(to);
        }
      }
    }
  }
  return best == far ? std::nullopt : std::optional(best);
}
