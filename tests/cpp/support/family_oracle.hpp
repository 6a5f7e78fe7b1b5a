// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/case_oracle.hpp"
#include "support/random_policy.hpp"

#include <plaint/expr/compile.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Answers about people, attributes and decision tables, by trying everything.
class family_oracle {
public:
  static constexpr std::size_t far = std::numeric_limits<std::size_t>::max();

  /// A sentence, and the length of the shortest history against it; nothing where there is none.
  struct answer {
    std::string text{};
    std::optional<std::size_t> length{};
  };

  family_oracle(const plaint::policy& by, const case_oracle& all) : by_(by), all_(all), depth_(depths()) {}

  answer may_not(const std::string& role, const std::string& event) const {
    return {role + " may not " + event,
            all_.shortest([&](int&, const auto& e) { return e.event == event && e.role == role; })};
  }

  answer may_not_enter(const std::string& role, const std::string& state) const {
    return {role + " may not enter state(" + state + ")",
            all_.shortest([&](int&, const auto& e) { return e.role == role && enters(e, state); })};
  }

  answer possible(const std::string& event, const std::string& state) const {
    return {event + " is possible in " + state, nearest([&](std::size_t n) {
              const auto& out = all_.out[n];
              return all_.in(n, state) &&
                     std::none_of(out.begin(), out.end(), [&](std::size_t e) { return all_.edges[e].event == event; });
            })};
  }

  answer set_at_state(const std::string& attribute, const std::string& state) const {
    return {attribute + " is set at state(" + state + ")",
            all_.shortest([&](int&, const auto& e) { return enters(e, state) && lacks(e.to, attribute); })};
  }

  answer set_at_notice(const std::string& attribute, const std::string& kind) const {
    return {attribute + " is set at notice(" + kind + ")", all_.shortest([&](int&, const auto& e) {
              return lacks(e.to, attribute) &&
                     std::any_of(e.did.effects.begin(), e.did.effects.end(), [&](const plaint::emitted_effect& f) {
                       return by_.lifecycle().effect_at(f.effect).parameters.front().value.text == kind;
                     });
            })};
  }

  /// The rows of an event in each state, for each role and all values: does one match (complete), do two (disjoint)?
  /// `where`: in this state alone; `domains`: what the event's data may give.
  answer table(const std::string& event, const std::string& where, bool complete,
               const std::vector<std::vector<plaint::value>>& domains) const {
    const auto found = nearest([&](std::size_t n) {
      return std::any_of(all_.situations[n].active.begin(), all_.situations[n].active.end(), [&](std::size_t s) {
        const auto& state = by_.lifecycle().state_at(static_cast<plaint::state_id>(s));
        return (where.empty() || state.name == where) && is_broken(n, state, event, complete, domains);
      });
    });
    return {event + (where.empty() ? "" : " in " + where) + " is " + (complete ? "complete" : "disjoint"),
            found ? std::optional(*found + 1) : std::nullopt};
  }

private:
  std::vector<std::size_t> depths() const {
    std::vector<std::size_t> all(all_.situations.size(), far);
    for (bool changed = true; changed;) {
      changed = false;
      for (const auto& e : all_.edges) {
        const auto d = e.from == case_oracle::none ? 0 : all[e.from] == far ? far : all[e.from] + 1;
        if (d < all[e.to]) {
          all[e.to] = d;
          changed = true;
        }
      }
    }
    return all;
  }

  template <class Is>
  std::optional<std::size_t> nearest(const Is& is) const {
    auto best = far;
    for (std::size_t n = 0; n < depth_.size(); ++n) {
      best = depth_[n] < best && is(n) ? depth_[n] : best;
    }
    return best == far ? std::nullopt : std::optional(best);
  }

  bool enters(const case_oracle::edge& e, const std::string& state) const {
    const auto id = by_.lifecycle().state(state);
    return id && std::find(e.did.entered.begin(), e.did.entered.end(), *id) != e.did.entered.end();
  }
  bool lacks(std::size_t n, const std::string& attribute) const {
    return all_.situations[n].values[*by_.schema().slot(attribute)].is_absent();
  }

  struct row {
    std::optional<plaint::program> guard{};
    std::vector<std::string> by{};
    std::vector<std::string> require{};
  };

  std::vector<row> rows_of(const plaint::state_definition& state, const std::string& event) const {
    std::vector<row> rows;
    for (const auto& t : state.transitions) {
      if (std::find(t.events.begin(), t.events.end(), event) == t.events.end()) {
        continue;
      }
      row r{{}, t.by, t.require};
      if (!t.guard.empty()) {
        plaint::findings none;
        r.guard = plaint::try_compile(t.guard, by_.schema(), plaint::type::boolean(), none);
      }
      rows.push_back(std::move(r));
    }
    return rows;
  }

  bool is_broken(std::size_t n, const plaint::state_definition& state, const std::string& event, bool complete,
                 const std::vector<std::vector<plaint::value>>& domains) const {
    const auto all = rows_of(state, event);
    for (const auto* role : {"lead", "clerk", "customer", ""}) {
      std::vector<row> rows;
      std::copy_if(all.begin(), all.end(), std::back_inserter(rows), [&](const row& r) {
        return r.by.empty() || std::find(r.by.begin(), r.by.end(), role) != r.by.end();
      });
      const bool decides = std::any_of(rows.begin(), rows.end(), [](const row& r) { return r.guard.has_value(); });
      if (complete && !decides) {
        continue;
      }
      auto values = all_.situations[n].values;
      std::vector<std::uint16_t> free;
      bool known = true;
      for (std::uint16_t slot = 0; slot < values.size(); ++slot) {
        const bool read = std::any_of(rows.begin(), rows.end(), [&](const row& r) {
          return r.guard && std::find(r.guard->reads().begin(), r.guard->reads().end(), slot) != r.guard->reads().end();
        });
        if (read && !domains[slot].empty()) {
          free.push_back(slot);
        } else if (read) {
          known = known && !values[slot].is_absent();
        }
      }
      if (known && some_values(free, 0, values, domains, [&] { return breaks(rows, values, complete); })) {
        return true;
      }
    }
    return false;
  }

  template <class Is>
  static bool some_values(const std::vector<std::uint16_t>& free, std::size_t i, std::vector<plaint::value>& values,
                          const std::vector<std::vector<plaint::value>>& domains, const Is& is) {
    if (i == free.size()) {
      return is();
    }
    return std::any_of(domains[free[i]].begin(), domains[free[i]].end(), [&](const plaint::value& v) {
      values[free[i]] = v;
      return some_values(free, i + 1, values, domains, is);
    });
  }

  static bool breaks(const std::vector<row>& rows, const std::vector<plaint::value>& values, bool complete) {
    std::vector<const row*> match;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool rest = !complete && !rows[i].guard && i + 1 == rows.size(); // for all that no other row takes
      const bool yes = !rows[i].guard ||
                       plaint::evaluate(*rows[i].guard, plaint::scope{.attributes = values}).is == plaint::truth::yes;
      if (yes && !rest) {
        match.push_back(&rows[i]);
      }
    }
    if (complete) {
      return match.empty();
    }
    for (std::size_t i = 0; i < match.size(); ++i) {
      for (std::size_t j = i + 1; j < match.size(); ++j) {
        const bool waits = !match[i]->guard && std::any_of(match[i]->require.begin(), match[i]->require.end(),
                                                           [&](const std::string& name) {
                                                             const auto& b = match[j]->require;
                                                             return std::find(b.begin(), b.end(), name) == b.end();
                                                           });
        if (!waits) {
          return true;
        }
      }
    }
    return false;
  }

  const plaint::policy& by_;
  const case_oracle& all_;
  std::vector<std::size_t> depth_;
};
