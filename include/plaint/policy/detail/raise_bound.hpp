// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_set.hpp>
#include <plaint/ladder/ladder_set.hpp>
#include <plaint/lifecycle/detail/chart_facts.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/pointer.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// How many events clocks and ladders can send into the lifecycle at one instant. Each does so once for each cycle,
/// pause or run; so there is a bound unless handling such an event can begin what sends it again without any time
/// passing. Then there is none, a warning says so, and the reducer sends no more than `least` of them.
class raise_bound {
public:
  static constexpr std::uint64_t least = 64;
  static constexpr std::uint64_t most = 1'000'000;

  raise_bound(const lifecycle& in, const clock_set& clocks, const ladder_set& ladders, findings& out)
      : chart_(in.chart()), plain_(is_plain(chart_)), clocks_(clocks), mark_(chart_.events.size()),
        count_(chart_.events.size()) {
    for (const auto& c : clocks.clocks()) {
      add_clock(c);
    }
    const std::size_t named = clocks.size() - chart_.timers.size();
    for (std::size_t i = 0; i < chart_.timers.size(); ++i) {
      add_timer(chart_.timers[i], clocks[named + i]);
    }
    for (const auto& l : ladders.ladders()) {
      add_ladder(l);
    }
    moves_.reserve(chart_.events.size());
    for (std::size_t e = 0; e < chart_.events.size(); ++e) {
      moves_.push_back(moves(static_cast<event_id>(e)));
    }
    for (const auto& s : senders_) {
      if (mark_[s.event] == state::unseen && !visit(s.event)) {
        auto sentence = "\"" + chart_.events[ring_] + "\" can bring itself about again at one instant";
        out.push_back({"raise-loop", std::move(sentence), place_, {}, severity::warning});
        return;
      }
    }
    std::uint64_t sum = 0;
    for (auto event = order_.rbegin(); event != order_.rend(); ++event) { // senders before what they bring about
      for (const auto& s : senders_) {
        count_[s.event] += s.event == *event ? s.first : 0;
      }
      count_[*event] = std::min(count_[*event], most);
      for (const auto& s : senders_) {
        count_[s.event] += sends_again(s, *event) ? count_[*event] : 0;
      }
      sum += count_[*event];
    }
    sent_ = std::clamp(sum, least, most);
  }

  [[nodiscard]] std::uint64_t sent() const noexcept { return sent_; }

private:
  enum class state : unsigned char { unseen, open, done };

  /// Something that sends an event, how often time alone lets it do so at one instant, and what lets it do so again.
  struct sender {
    event_id event = no_id;
    std::uint64_t first = 1;
    std::vector<const trigger_list*> again{};
    bool by_condition = false;
    std::string pointer{};
  };

  void add(sender s) {
    if (s.event != no_id) {
      senders_.push_back(std::move(s));
    }
  }

  void add_clock(const compiled_clock& c) {
    const auto& d = c.definition;
    const auto pointer = d.pointer.empty() ? child("/clocks", d.id) : d.pointer;
    std::vector<const trigger_list*> again;
    if (begins_broken(c)) {
      again.push_back(&c.start);
    }
    add({.event = c.breach_raise, .again = again, .pointer = child(pointer, "breach")});
    for (std::size_t t = 0; t < c.thresholds.size(); ++t) {
      add({.event = c.thresholds[t].raise, .again = again, .pointer = child(pointer, "thresholds")});
    }
    if (c.pause) {
      std::vector<const trigger_list*> pauses;
      if (c.pause->at_most) {
        pauses.push_back(&c.pause->on);
      }
      add({.event = c.pause->close_by,
           .again = std::move(pauses),
           .by_condition = c.pause->at_most.has_value() && !c.pause->conditions.empty(),
           .pointer = child(pointer, "pause")});
    }
  }

  void add_timer(const chart_timer& timer, const compiled_clock& c) {
    std::vector<const trigger_list*> again;
    if (begins_broken(c)) {
      again.push_back(&c.start);
    }
    if (timer.kind == timer_kind::after) {
      add({.event = timer.event, .again = std::move(again), .pointer = "/lifecycle" + timer.pointer});
    }
  }

  /// Steps that are let out as soon as the ladder begins can be let out again as soon as it has ended.
  void add_ladder(const compiled_ladder& l) {
    const auto& d = l.definition;
    const auto pointer = d.pointer.empty() ? child("/ladders", d.id) : d.pointer;
    const bool ends = !l.ends.empty() || !l.de_escalate.empty() || d.exhausted == when_exhausted::stop;
    const auto passes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, d.repeat.at_most)) + 1;
    bool at_once = ends;
    const auto sends = [&](event_id event) {
      sender s{.event = event, .first = 2 * passes, .pointer = pointer}; // a timeout lets a step out twice
      if (at_once) {
        s.again = {&l.on, &l.approve};
        s.by_condition = l.has_condition;
      }
      add(std::move(s));
    };
    for (const auto& step : l.steps) {
      at_once = at_once && !step.after;
      sends(step.raise);
    }
    sends(l.exhausted_raise);
  }

  /// True of a clock that may be past its goal, or a threshold, when it begins, more than once.
  [[nodiscard]] static bool begins_broken(const compiled_clock& c) {
    const auto& d = c.definition;
    const auto soon = [](const goal_leaf& l) {
      return l.in == measure::date || (l.in == measure::days ? l.days.count == 0 : l.length <= duration{});
    };
    const auto past = [&](const compiled_goal& g) { return std::any_of(g.leaves.begin(), g.leaves.end(), soon); };
    return d.cycles != clock_cycles::once &&
           (c.anchor_slot != no_id || c.anchored_at_opening || d.cycles == clock_cycles::continued ||
            std::any_of(c.goals.begin(), c.goals.end(), past) ||
            std::any_of(d.thresholds.begin(), d.thresholds.end(),
                        [](const threshold_definition& t) { return t.at.kind == threshold_kind::at_date; }));
  }

  [[nodiscard]] bool sends_again(const sender& s, event_id by) const {
    return (s.by_condition && moves_[by]) || std::any_of(s.again.begin(), s.again.end(), [&](const trigger_list* list) {
             return std::any_of(list->all().begin(), list->all().end(),
                                [&](const compiled_trigger& t) { return sets_off(by, t); });
           });
  }

  [[nodiscard]] bool sets_off(event_id by, const compiled_trigger& t) const {
    switch (t.kind) {
    case trigger_kind::opened:
      return false;
    case trigger_kind::event:
      return t.id == by;
    case trigger_kind::enter:
      return moves_[by] && (!plain_ || enters(by, t.id));
    case trigger_kind::exit:
    case trigger_kind::notice:
      return moves_[by];
    case trigger_kind::breach:
    case trigger_kind::threshold:
      return begins_broken(clocks_[t.id]);
    default:
      return clocks_[t.id].definition.cycles != clock_cycles::once;
    }
  }

  /// True if some transition that listens to the event is as asked.
  template <class Test>
  [[nodiscard]] bool any_on(event_id event, const Test& test) const {
    const auto some = [&](stretch32 list) {
      const auto all = chart::part(chart_.candidates, list);
      return std::any_of(all.begin(), all.end(), [&](transition_id id) { return test(chart_.transitions[id]); });
    };
    std::size_t lists = 0;
    for (std::size_t w = 0; w < chart_.words; ++w) {
      lists += static_cast<std::size_t>(std::popcount(chart_.listening[event * chart_.words + w]));
    }
    bool any = some(chart_.root_lists[event]);
    for (std::size_t i = 0; i < lists && !any; ++i) {
      any = some(chart_.lists[chart_.first_list[event] + i]);
    }
    return any;
  }

  [[nodiscard]] bool moves(event_id event) const {
    return any_on(event, [](const chart_transition& t) { return !t.targets.empty() || t.code.size() > 0; });
  }

  [[nodiscard]] bool enters(event_id event, state_id s) const {
    return any_on(event, [&](const chart_transition& t) {
      const auto targets = chart::part(chart_.states_pool, t.targets);
      return t.through_history || std::any_of(targets.begin(), targets.end(), [&](state_id target) {
               return target == s || chart_.inside(target, s) || chart_.inside(s, target);
             });
    });
  }

  /// False where the event leads back to one whose consequences are being followed.
  bool visit(event_id event) {
    mark_[event] = state::open;
    for (const auto& s : senders_) {
      if (!sends_again(s, event)) {
        continue;
      }
      if (mark_[s.event] == state::open || (mark_[s.event] == state::unseen && !visit(s.event))) {
        ring_ = ring_ == no_id ? s.event : ring_;
        place_ = place_.empty() ? s.pointer : place_;
        return false;
      }
    }
    mark_[event] = state::done;
    order_.push_back(event);
    return true;
  }

  const chart& chart_;
  bool plain_;
  const clock_set& clocks_;
  std::vector<sender> senders_{};
  std::vector<bool> moves_{}; ///< by event
  std::vector<state> mark_;
  std::vector<std::uint64_t> count_;
  std::vector<event_id> order_{};
  event_id ring_ = no_id;
  std::string place_{};
  std::uint64_t sent_ = least;
};

} // namespace plaint::detail
