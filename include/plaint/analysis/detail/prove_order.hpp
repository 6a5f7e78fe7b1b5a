// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/judgement.hpp>
#include <plaint/analysis/detail/lasso.hpp>
#include <plaint/analysis/graph.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Proofs about what comes when: reachability, domination, what can still be reached.
class order_proofs {
public:
  order_proofs(const case_graph& in, const graph& shape) : in_(in), shape_(shape) {}

  [[nodiscard]] judgement reachable(const property& p, const subject_set& what) const {
    std::string missing;
    const auto& l = in_.lifecycle();
    std::vector<bool> states(what.states.size());
    std::vector<bool> events(what.events.size());
    std::vector<bool> effects(what.effects.size());
    for (const auto& m : in_.moves()) {
      if (m.event != no_id) {
        events[m.event] = true;
      }
      for (const auto& h : in_.happenings(m)) {
        if (h.kind != happening_kind::left) {
          (h.kind == happening_kind::entered ? states : effects)[h.id] = true;
        }
      }
    }
    const auto lacks = [&](const std::vector<bool>& asked, const std::vector<bool>& seen, const auto& name) {
      for (std::size_t i = 0; i < asked.size(); ++i) {
        if (asked[i] && !seen[i]) {
          missing += (missing.empty() ? "" : ", ") + in_quotes(name(i));
        }
      }
    };
    lacks(what.states, states, [&](std::size_t s) { return l.name(static_cast<state_id>(s)); });
    lacks(what.events, events, [&](std::size_t e) { return std::string(l.event_name(static_cast<event_id>(e))); });
    lacks(what.effects, effects, [&](std::size_t e) { return effect_text(l.effect_at(static_cast<effect_id>(e))); });
    const bool reopened = std::any_of(in_.moves().begin(), in_.moves().end(),
                                      [&](const case_move& m) { return m.from != 0 && reopens(in_, m); });
    if (what.reopening && !reopened) {
      missing += missing.empty() ? "reopening" : ", reopening";
    }
    const bool nothing = !what.has_states() && !what.has_events() && !what.opening && !what.reopening &&
                         std::find(what.effects.begin(), what.effects.end(), true) == what.effects.end();
    if (!missing.empty() || nothing) {
      return fails("no history comes to " + (missing.empty() ? written(p.subject) : missing));
    }
    return holds("a history comes to " + written(p.subject));
  }

  [[nodiscard]] judgement unreachable(const property& p, const subject_set& what) const {
    auto path = shortest_history(in_, [&](std::uint64_t, const case_move& m) {
      return monitor_answer{0, false, does(in_, m, what)};
    });
    return path ? fails(written(p.subject) + " can be reached", *path)
                : holds("no history comes to " + written(p.subject));
  }

  [[nodiscard]] judgement before(const property& p, const subject_set& first, subject_set then,
                                 const subject_set& except, const subject_set& anew) const {
    if (!p.target.empty() && p.target.front().kind == subject_kind::everything) {
      for (std::size_t s = 0; s < then.states.size(); ++s) {
        for (auto around = static_cast<state_id>(s); around != no_id; around = in_.lifecycle().parent_of(around)) {
          then.states[s] = then.states[s] && !except.states[around] && !first.states[around];
        }
      }
    }
    bool happens = false;
    const bool renews = !p.anew.empty();
    auto path = shortest_history(in_, [&](std::uint64_t state, const case_move& m) {
      monitor_answer answer{state, false, false};
      happens = happens || does(in_, m, then);
      if (renews && does(in_, m, anew)) { // what comes with the renewal itself counts for what follows
        answer.state = 0;
      }
      answer.hit = in_order(in_, m, [&](int what, std::uint16_t id) {
        if (is_in(first, what, id)) {
          answer.state = 1;
        }
        return answer.state == 0 && is_in(then, what, id);
      });
      answer.stop = answer.state == 1 && !renews;
      return answer;
    });
    if (path) {
      const auto without =
          renews ? " without " + written(p.subject) + " since " + written(p.anew) : " without " + written(p.subject);
      return fails(written(p.target) + " can be reached" + without, *path);
    }
    if (!happens) {
      for (const auto& m : in_.moves()) {
        happens = happens || does(in_, m, then);
      }
    }
    return happens ? holds("every history passes " + written(p.subject) + " before " + written(p.target))
                   : holds("no history comes to " + written(p.target), true);
  }

  [[nodiscard]] judgement never_after(const property& p, const subject_set& what, const subject_set& then) const {
    bool first_seen = false;
    bool what_seen = false;
    const bool same = p.subject == p.target;
    auto path = shortest_history(in_, [&](std::uint64_t state, const case_move& m) {
      monitor_answer answer{state, false, false};
      answer.hit = in_order(in_, m, [&](int kind, std::uint16_t id) {
        const bool hit = answer.state == 1 && is_in(what, kind, id);
        if (is_in(then, kind, id)) {
          answer.state = 1;
        }
        return hit;
      });
      if (then.reopening && m.from != 0 && reopens(in_, m)) {
        answer.state = 1;
      }
      first_seen = first_seen || answer.state == 1;
      what_seen = what_seen || does(in_, m, what);
      answer.hit = answer.hit || (!same && answer.state == 1 && state == 0 && stands_in(in_, m.to, what) &&
                                  !entered_before(m, what, then));
      return answer;
    });
    if (path) {
      return fails(written(p.subject) + " can happen after " + written(p.target), *path);
    }
    return holds(first_seen && what_seen ? written(p.subject) + " never follows " + written(p.target)
                                         : "no history comes to " + written(first_seen ? p.subject : p.target),
                 !first_seen || !what_seen);
  }

  [[nodiscard]] judgement can_reach(const property& p, const subject_set& from, const subject_set& target) const {
    std::vector<bool> good(in_.node_count());
    for (std::uint32_t n = 1; n < in_.node_count(); ++n) {
      good[n] = stands_in(in_, n, target);
    }
    for (const auto& m : in_.moves()) {
      good[m.from] = good[m.from] || (m.from != 0 && does(in_, m, target));
    }
    const auto reaches = shape_.can_reach(good);
    const auto starts = where_from(p, from);
    for (std::uint32_t n = 1; n < in_.node_count(); ++n) {
      if (starts[n] && !reaches[n]) {
        auto path = history_to(in_, n);
        return fails("from " + standing(in_, n) + " nothing leads to " + written(p.target), path);
      }
    }
    const bool any = std::find(starts.begin() + 1, starts.end(), true) != starts.end();
    return any ? holds("wherever a complaint stands, it can still come to " + written(p.target))
               : holds("no history comes to " + written(p.subject), true);
  }

  /// In the end, whatever happens: no dead end before it and no circle without it.
  [[nodiscard]] judgement must_reach(const property& p, const subject_set& from, const subject_set& target) const {
    const auto& moves = in_.moves();
    std::vector<bool> done(in_.node_count());
    for (std::uint32_t n = 1; n < in_.node_count(); ++n) {
      done[n] = stands_in(in_, n, target);
    }
    const auto counts = [&](std::size_t e) {
      return moves[e].from != 0 && !done[moves[e].from] && !done[moves[e].to] && moves[e].moves &&
             !does(in_, moves[e], target);
    };
    const auto component = shape_.components(counts);
    std::vector<bool> stays(in_.node_count());
    for (std::uint32_t n = 1; n < in_.node_count(); ++n) {
      const auto out = in_.from(n);
      stays[n] = !done[n] && std::none_of(out.begin(), out.end(),
                                          [&](const case_move& m) { return m.moves || does(in_, m, target); });
    }
    const auto starts = where_from(p, from);
    const auto owed = [&](std::uint64_t state, const case_move& m) -> std::uint64_t { // 1: since a start
      return done[m.to] || does(in_, m, target) ? 0 : starts[m.to] ? 1 : state;
    };
    const auto to_first = [&](const auto& good) {
      return shortest_history(in_, [&](std::uint64_t state, const case_move& m) {
        const auto after = owed(state, m);
        return monitor_answer{after, false, after == 1 && good(m.to)};
      });
    };
    const auto dead_end = to_first([&](std::uint32_t n) { return static_cast<bool>(stays[n]); });
    std::vector<bool> turns(in_.node_count());
    for (std::size_t e = 0; e < moves.size(); ++e) {
      turns[moves[e].from] = turns[moves[e].from] || (counts(e) && component[moves[e].from] == component[moves[e].to]);
    }
    const auto circle =
        lasso_search(in_, depths(in_, owed, 1))
            .shortest([&](std::size_t e) { return counts(e) && component[moves[e].from] == component[moves[e].to]; },
                      [](const case_move&) { return 1U; }, 1U,
                      [&](std::uint32_t n) { return static_cast<bool>(turns[n]); },
                      dead_end ? dead_end->size() : lasso_search::no_limit);
    if (circle) {
      auto path = to_first([&](std::uint32_t n) { return n == circle->entry; }).value_or(case_path{});
      auto j = fails(
          "a complaint can go in circles at " + standing(in_, circle->entry) + " without " + written(p.target), path);
      j.close_with(circle->circle);
      return j;
    }
    if (dead_end) {
      return fails("a complaint can stay for ever in " + standing(in_, moves[dead_end->back()].to) + " without " +
                       written(p.target),
                   *dead_end);
    }
    return holds("every history comes to " + written(p.target) + " in the end");
  }

private:
  [[nodiscard]] std::vector<bool> where_from(const property& p, const subject_set& from) const {
    std::vector<bool> starts(in_.node_count(), p.subject.empty() || p.subject.front().kind == subject_kind::everything);
    for (const auto& m : in_.moves()) {
      if (!p.subject.empty() && (stands_in(in_, m.to, from) || does(in_, m, from))) {
        starts[m.to] = true;
      }
    }
    return starts;
  }

  /// True if the state was entered before the other thing happened, all in one step, and is not what follows from it.
  [[nodiscard]] bool entered_before(const case_move& m, const subject_set& what, const subject_set& then) const {
    bool before = false;
    bool entered = false;
    (void)in_order(in_, m, [&](int kind, std::uint16_t id) {
      entered = entered || (kind == 1 && what.states[id]);
      before = before || (entered && is_in(then, kind, id));
      return false;
    });
    return before;
  }

  const case_graph& in_;
  const graph& shape_;
};

} // namespace plaint::detail
