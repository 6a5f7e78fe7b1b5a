// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/value_text.hpp>
#include <plaint/lifecycle/step.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

/// Every situation that complaints of a small policy can come to, by trying everything: each actor, event, timer and
/// combination of data with the real step, on real values. The plain second opinion on the proofs.
class case_oracle {
public:
  struct situation {
    plaint::configuration where{};
    std::vector<plaint::value> values{};
    std::vector<std::size_t> active{};
  };
  struct edge {
    std::size_t from = 0;
    std::size_t to = 0;
    std::string event{};
    std::string role{};
    bool customer = false;
    bool timer = false;
    plaint::step_result did{};
  };

  /// `domains`: by slot, the values that event data may give; empty where data gives none.
  case_oracle(const plaint::policy& by, std::vector<std::vector<plaint::value>> domains)
      : in_(by.lifecycle()), domains_(std::move(domains)) {
    const auto& names = in_.schema();
    std::vector<std::vector<plaint::value>> starts;
    for (std::size_t s = 0; s < names.attributes.size(); ++s) {
      starts.push_back({names.attributes[s].initial});
      starts.back().insert(starts.back().end(), domains_[s].begin(), domains_[s].end());
    }
    each_combination(starts, [&](const std::vector<plaint::value>& values) {
      auto did = plaint::start(in_, values);
      if (did.accepted) {
        apply(did, values);
        const auto at = note(did.after, values_);
        edges.push_back({none, at, "opened", "", false, false, std::move(did)});
      }
    });
    for (std::size_t n = 0; n < situations.size(); ++n) {
      expand(n);
    }
    out.resize(situations.size());
    for (std::size_t e = 0; e < edges.size(); ++e) {
      if (edges[e].from != none) {
        out[edges[e].from].push_back(e);
      }
    }
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::vector<situation> situations{};
  std::vector<edge> edges{};
  std::vector<std::vector<std::size_t>> out{};

  [[nodiscard]] bool in(std::size_t n, const std::string& state) const {
    const auto id = in_.state(state);
    const auto& active = situations[n].active;
    return id && std::find(active.begin(), active.end(), *id) != active.end();
  }

  /// The number of events after the opening in the shortest history on which `hits(state, edge)` answers: `state` is
  /// the monitor's and may be changed; nothing where there is none.
  [[nodiscard]] std::optional<std::size_t> shortest(const std::function<bool(int& state, const edge&)>& hits) const {
    std::map<std::pair<std::size_t, int>, bool> seen;
    std::vector<std::pair<std::size_t, int>> now;
    for (const auto& e : edges) {
      int state = 0;
      if (e.from == none) {
        if (hits(state, e)) {
          return 0;
        }
        if (seen.emplace(std::pair(e.to, state), true).second) {
          now.emplace_back(e.to, state);
        }
      }
    }
    for (std::size_t length = 1; !now.empty(); ++length) {
      std::vector<std::pair<std::size_t, int>> next;
      for (const auto& [n, before] : now) {
        for (const auto e : out[n]) {
          int state = before;
          if (hits(state, edges[e])) {
            return length;
          }
          if (seen.emplace(std::pair(edges[e].to, state), true).second) {
            next.emplace_back(edges[e].to, state);
          }
        }
      }
      now = std::move(next);
    }
    return std::nullopt;
  }

  /// By situation: whether one of the targets can still be reached from it.
  [[nodiscard]] std::vector<bool> can_reach(std::vector<bool> good) const {
    for (bool changed = true; changed;) {
      changed = false;
      for (const auto& e : edges) {
        if (e.from != none && good[e.to] && !good[e.from]) {
          good[e.from] = changed = true;
        }
      }
    }
    return good;
  }

private:
  template <class Visit>
  static void each_combination(const std::vector<std::vector<plaint::value>>& options, const Visit& visit) {
    std::vector<plaint::value> chosen(options.size());
    const std::function<void(std::size_t)> go = [&](std::size_t i) {
      if (i == options.size()) {
        visit(chosen);
        return;
      }
      for (const auto& v : options[i]) {
        chosen[i] = v;
        go(i + 1);
      }
    };
    go(0);
  }

  void apply(const plaint::step_result& did, const std::vector<plaint::value>& before) {
    values_ = before;
    for (const auto& c : did.changes) {
      values_[c.slot] = c.to;
    }
  }

  std::size_t note(const plaint::configuration& where, const std::vector<plaint::value>& values) {
    std::string key(reinterpret_cast<const char*>(where.choices.data()), sizeof where.choices);
    for (std::size_t s = 0; s < values.size(); ++s) {
      key += plaint::to_text(values[s], in_.schema().attributes[s].type) + "|";
    }
    const auto [found, fresh] = known_.emplace(std::move(key), situations.size());
    if (!fresh) {
      return found->second;
    }
    situation s{where, values, {}};
    for (const auto id : in_.active(where)) {
      s.active.push_back(id);
    }
    situations.push_back(std::move(s));
    return situations.size() - 1;
  }

  /// A shorter timer of the same state or one around it, which nothing keeps from leaving, always comes first.
  [[nodiscard]] bool forestalled(plaint::event_id e, const situation& at) const {
    const auto days = [](const plaint::lifecycle_timer& t) { return std::stoi(t.duration); };
    const auto& all = in_.timers();
    const auto mine = std::find_if(all.begin(), all.end(),
                                   [&](const auto& t) { return t.kind == plaint::timer_kind::after && t.event == e; });
    for (const auto& other : all) {
      bool around = other.kind == plaint::timer_kind::after && days(other) < days(*mine);
      around = around && std::find(at.active.begin(), at.active.end(), other.state) != at.active.end();
      bool same = false;
      for (auto s = mine->state; s != plaint::no_id; s = in_.parent_of(s)) {
        same = same || s == other.state;
      }
      if (!around || !same) {
        continue;
      }
      for (const auto& t : in_.state_at(other.state).transitions) {
        if (t.after == other.duration && t.guard.empty() && t.require.empty() && !t.targets.empty()) {
          return true;
        }
      }
    }
    return false;
  }

  void expand(std::size_t n) {
    const auto from = situations[n];
    std::vector<std::pair<std::string, plaint::actor_class>> actors{{"", plaint::actor_class::none}};
    for (const auto& r : in_.roles()) {
      actors.emplace_back(r.name, r.side);
    }
    const auto& fields = in_.schema().event_fields;
    std::vector<std::vector<plaint::value>> data;
    for (const auto& f : fields) {
      data.push_back({plaint::value{}});
      if (const auto slot = in_.schema().slot(f.name)) {
        data.back().insert(data.back().end(), domains_[*slot].begin(), domains_[*slot].end());
      }
    }
    for (std::size_t e = 0; e < in_.event_count(); ++e) {
      const auto id = static_cast<plaint::event_id>(e);
      const bool timer = in_.is_timer_event(id);
      if ((!timer && !in_.is_sent(id)) || (timer && forestalled(id, from))) {
        continue;
      }
      for (const auto& [role, side] : actors) {
        if (timer && !role.empty()) {
          continue;
        }
        each_combination(timer ? std::vector<std::vector<plaint::value>>(fields.size(), {plaint::value{}}) : data,
                         [&](const auto& brought) {
                           plaint::occurrence what{.event = id, .data = brought, .actor = {"someone", role, side}};
                           auto did = plaint::step(in_, from.where, from.values, what);
                           if (did.accepted) {
                             apply(did, from.values);
                             const auto to = note(did.after, values_);
                             edges.push_back({n, to, std::string(in_.event_name(id)), role,
                                              side == plaint::actor_class::customer, timer, std::move(did)});
                           }
                         });
      }
    }
  }

  const plaint::lifecycle& in_;
  std::vector<std::vector<plaint::value>> domains_;
  std::vector<plaint::value> values_{};
  std::unordered_map<std::string, std::size_t> known_{};
};
