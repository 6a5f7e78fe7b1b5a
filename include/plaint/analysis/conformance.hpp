// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/case_graph.hpp>
#include <plaint/analysis/detail/subject_set.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// How a recorded history first departs from a lifecycle.
enum class departure_kind : unsigned char {
  none,          ///< it does not
  unknown_event, ///< the lifecycle knows no such event
  wrong_state,   ///< nothing listens to it where the complaint can stand
  role,          ///< somebody else could have done it
  condition,     ///< something listens, but no values of the attributes let it happen
  unfinished,    ///< all is as it may be, and the complaint is not at an end
};

inline constexpr std::array<std::string_view, 6> departure_words{"none", "unknown-event", "wrong-state",
                                                                 "role", "condition",     "unfinished"};

/// One event of a recorded history, by places in the names that a `conformance` was made with.
struct recorded_event {
  std::uint32_t name = 0;
  std::uint32_t role = 0xffffffff; ///< not recorded

  friend bool operator==(const recorded_event&, const recorded_event&) = default;
  friend bool operator<(const recorded_event& a, const recorded_event& b) noexcept {
    return a.name != b.name ? a.name < b.name : a.role < b.role;
  }
};

/// What became of one history.
struct conformed_trace {
  departure_kind kind = departure_kind::none;
  std::size_t departure = 0; ///< the place of the first event that departs; the number of events if none does
  std::vector<std::string>
      alternatives{}; ///< events that could have come there instead, or that lead on from an unfinished end
  std::vector<std::string> standing{}; ///< atomic states in which the complaint can be there
  std::size_t cost = 0;                ///< of an optimal alignment: events that only the log or only the lifecycle has
  double fitness = 1;                  ///< 1 - cost / (events + those of the shortest way through the lifecycle)
};

/// Holds recorded histories against a lifecycle. Attributes are mostly not recorded, so a condition counts as met where
/// some values would meet it; timers may have fired without a record.
class conformance {
public:
  /// `names` and `roles`: what the codes of recorded events mean.
  conformance(const lifecycle& in, std::vector<std::string> names, std::vector<std::string> roles = {},
              const case_limits& limits = {})
      : cases_(in, limits), names_(std::move(names)), roles_(std::move(roles)) {
    for (const auto& n : names_) {
      events_.push_back(event_of(n));
    }
    find_ends();
    shortest_ = align({}).cost;
  }

  [[nodiscard]] const case_graph& cases() const noexcept { return cases_; }
  /// Events on the shortest way from the opening to an end.
  [[nodiscard]] std::size_t shortest() const noexcept { return shortest_; }

  [[nodiscard]] conformed_trace check(std::span<const recorded_event> trace) {
    conformed_trace out;
    auto at = opened();
    for (std::size_t i = 0; i < trace.size(); ++i) {
      const auto next = after(at, trace[i]);
      if (next == nowhere) {
        out.departure = i;
        out.kind = why(sets_[at], trace[i]);
        tell(out, at);
        finish(out, trace);
        return out;
      }
      at = next;
    }
    out.departure = trace.size();
    if (!ends_in(at)) {
      out.kind = departure_kind::unfinished;
      tell(out, at);
    }
    finish(out, trace);
    return out;
  }

private:
  static constexpr std::uint32_t nowhere = 0xffffffff;

  [[nodiscard]] event_id event_of(const std::string& name) const {
    const auto& l = cases_.lifecycle();
    for (std::size_t e = 0; e < l.event_count(); ++e) {
      if (l.event_name(static_cast<event_id>(e)) == name) {
        return static_cast<event_id>(e);
      }
    }
    return l.event(name);
  }

  void find_ends() {
    ends_.assign(cases_.node_count(), false);
    bool any = false;
    for (std::uint32_t n = 1; n < cases_.node_count(); ++n) {
      ends_[n] = cases_.where(n).terminated;
      for (std::size_t s = 0; s < cases_.active(n).size(); ++s) {
        ends_[n] = ends_[n] || (cases_.active(n)[s] && detail::is_end(cases_.lifecycle(), static_cast<state_id>(s)));
      }
      any = any || ends_[n];
    }
    if (!any) {
      std::fill(ends_.begin() + 1, ends_.end(), true);
    }
  }

  using node_set = std::vector<std::uint32_t>;

  [[nodiscard]] bool is_silent(const case_move& m) const {
    return m.event == no_id || cases_.lifecycle().is_timer_event(m.event);
  }

  /// With all that timers may have done.
  [[nodiscard]] node_set closed(node_set all) const {
    std::vector<bool> seen(cases_.node_count());
    for (const auto n : all) {
      seen[n] = true;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (const auto& m : cases_.from(all[i])) {
        if (is_silent(m) && !seen[m.to]) {
          seen[m.to] = true;
          all.push_back(m.to);
        }
      }
    }
    std::sort(all.begin(), all.end());
    return all;
  }

  std::uint32_t set_of(node_set all) {
    const auto [found, fresh] = known_.emplace(std::move(all), static_cast<std::uint32_t>(sets_.size()));
    if (fresh) {
      sets_.push_back(found->first);
    }
    return found->second;
  }

  std::uint32_t opened() {
    auto all = closed({0});
    std::erase(all, 0U);
    return set_of(std::move(all));
  }

  [[nodiscard]] bool made_by(const case_move& m, std::uint32_t role) const {
    if (role >= roles_.size() || m.event == no_id) {
      return true;
    }
    const auto& actors = cases_.model().actors;
    for (std::size_t a = 0; a < actors.size(); ++a) {
      if (actors[a].role == roles_[role]) {
        return cases_.group(m).who.test(a);
      }
    }
    return false;
  }

  std::uint32_t after(std::uint32_t from, const recorded_event& e) {
    const auto [known, fresh] = next_.emplace(std::pair(from, e), nowhere);
    if (!fresh) {
      return known->second;
    }
    node_set reached;
    for (const auto n : sets_[from]) {
      for (const auto& m : cases_.from(n)) {
        if (m.event == events_[e.name] && made_by(m, e.role)) {
          reached.push_back(m.to);
        }
      }
    }
    std::sort(reached.begin(), reached.end());
    reached.erase(std::unique(reached.begin(), reached.end()), reached.end());
    const auto to = reached.empty() ? nowhere : set_of(closed(std::move(reached)));
    next_[{from, e}] = to;
    return to;
  }

  [[nodiscard]] bool ends_in(std::uint32_t set) const {
    return std::any_of(sets_[set].begin(), sets_[set].end(), [&](std::uint32_t n) { return ends_[n]; });
  }

  [[nodiscard]] departure_kind why(const node_set& at, const recorded_event& e) const {
    const auto& chart = cases_.lifecycle().chart();
    const auto event = events_[e.name];
    if (event == cases_.lifecycle().unknown_event()) {
      return departure_kind::unknown_event;
    }
    for (const auto n : at) {
      for (const auto& m : cases_.from(n)) {
        if (m.event == event) {
          return departure_kind::role;
        }
      }
    }
    for (const auto n : at) {
      for (std::size_t s = 0; s < chart.states.size(); ++s) {
        const auto word = chart.listening[event * chart.words + s / 64];
        if (cases_.is_active(n, static_cast<state_id>(s)) && (word >> (s % 64) & 1U) != 0) {
          return departure_kind::condition;
        }
      }
    }
    return chart.root_lists[event].empty() ? departure_kind::wrong_state : departure_kind::condition;
  }

  void tell(conformed_trace& out, std::uint32_t at) const {
    const auto& l = cases_.lifecycle();
    std::vector<bool> events(l.event_count() + 1);
    std::vector<bool> states(l.state_count());
    for (const auto n : sets_[at]) {
      for (const auto& m : cases_.from(n)) {
        events[std::min<std::size_t>(m.event, l.event_count())] = true;
      }
      for (const auto s : l.leaves(cases_.where(n))) {
        states[s] = true;
      }
    }
    for (std::size_t e = 0; e < l.event_count(); ++e) {
      if (events[e]) {
        out.alternatives.emplace_back(l.event_name(static_cast<event_id>(e)));
      }
    }
    for (std::size_t s = 0; s < states.size(); ++s) {
      if (states[s]) {
        out.standing.push_back(l.name(static_cast<state_id>(s)));
      }
    }
  }

  struct alignment {
    std::size_t cost = 0;
  };

  void finish(conformed_trace& out, std::span<const recorded_event> trace) const {
    out.cost = out.kind == departure_kind::none ? 0 : align(trace).cost;
    const auto most = trace.size() + shortest_;
    out.fitness = most == 0 ? 1.0 : 1.0 - static_cast<double>(out.cost) / static_cast<double>(most);
  }

  /// The cheapest way to explain a history: each event that only one side has costs one, timers cost nothing.
  [[nodiscard]] alignment align(std::span<const recorded_event> trace) const {
    constexpr auto far = std::numeric_limits<std::uint32_t>::max();
    const auto nodes = cases_.node_count();
    std::vector<std::uint32_t> now(nodes, far);
    now[0] = 0;
    spread(now);
    for (const auto& e : trace) {
      std::vector<std::uint32_t> next(nodes, far);
      for (std::uint32_t n = 0; n < nodes; ++n) {
        if (now[n] == far) {
          continue;
        }
        next[n] = std::min(next[n], now[n] + 1); // the lifecycle does nothing
        for (const auto& m : cases_.from(n)) {
          if (m.event == events_[e.name] && m.event != no_id && made_by(m, e.role)) {
            next[m.to] = std::min(next[m.to], now[n]);
          }
        }
      }
      spread(next);
      now = std::move(next);
    }
    std::uint32_t best = far;
    for (std::uint32_t n = 1; n < nodes; ++n) {
      best = ends_[n] ? std::min(best, now[n]) : best;
    }
    return {best == far ? trace.size() : best};
  }

  /// Moves of the lifecycle alone, by levels of cost.
  void spread(std::vector<std::uint32_t>& cost) const {
    constexpr auto far = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> order;
    for (std::uint32_t n = 0; n < cost.size(); ++n) {
      if (cost[n] != far) {
        order.push_back(n);
      }
    }
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return cost[a] < cost[b]; });
    std::deque<std::pair<std::uint32_t, std::uint32_t>> levels; // cost, node
    std::size_t given = 0;
    while (given < order.size() || !levels.empty()) {
      if (levels.empty() || (given < order.size() && cost[order[given]] <= levels.front().first)) {
        levels.emplace_front(cost[order[given]], order[given]);
        ++given;
      }
      const auto [c, n] = levels.front();
      levels.pop_front();
      if (c != cost[n]) {
        continue;
      }
      for (const auto& m : cases_.from(n)) {
        const auto price = c + (is_silent(m) ? 0U : 1U);
        if (price < cost[m.to]) {
          cost[m.to] = price;
          if (is_silent(m)) {
            levels.emplace_front(price, m.to);
          } else {
            levels.emplace_back(price, m.to);
          }
        }
      }
    }
  }

  case_graph cases_;
  std::vector<std::string> names_;
  std::vector<std::string> roles_;
  std::vector<event_id> events_{};
  std::vector<bool> ends_{};
  std::size_t shortest_ = 0;
  std::vector<node_set> sets_{};
  std::map<node_set, std::uint32_t> known_{};
  std::map<std::pair<std::uint32_t, recorded_event>, std::uint32_t> next_{};
};

} // namespace plaint
