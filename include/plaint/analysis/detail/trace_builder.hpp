// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/judgement.hpp>
#include <plaint/complaint/apply.hpp>
#include <plaint/policy/policy.hpp>
#include <plaint/policy/value_document.hpp>
#include <plaint/time/civil.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Tells a path of the graph as a history with people, data and instants, and runs the policy over it.
class trace_builder {
public:
  trace_builder(const case_graph& in, const policy& by) : in_(in), by_(by) {}

  [[nodiscard]] counterexample build(const judgement& j) {
    counterexample out;
    out.values = j.values;
    if (j.path.empty()) {
      return out;
    }
    steps_.clear();
    for (const auto number : j.path) {
      add(in_.moves()[number]);
    }
    if (j.last && j.last->event == no_id && !steps_.empty()) { // the last step by somebody in particular
      steps_.back().actor = j.last->actor;
      steps_.back().anybody = false;
    }
    if (j.last && j.last->event != no_id) {
      add_refused(*j.last);
    }
    settle_data();
    if (j.repeats_from) {
      out.repeats_from = *j.repeats_from - 1; // the situation is that after the step before
    }
    run(out);
    return out;
  }

private:
  struct step_plan {
    const case_move* move = nullptr;
    event_id event = no_id;
    std::optional<probe> way{};
    std::size_t actor = 0;
    bool anybody = true;
    bool refused = false;
    std::vector<pinned_value> data{};
  };

  void add(const case_move& m) {
    step_plan s{.move = &m, .event = m.event, .way = in_.way_of(m)};
    s.actor = m.event == no_id ? in_.model().actors.size() - 1 : in_.group(m).example;
    steps_.push_back(std::move(s));
  }

  void add_refused(const judgement::refused_event& last) {
    step_plan s{.event = last.event, .actor = last.actor, .refused = last.refused};
    for (const auto& pin : last.data) {
      if (pin.brought || pin.is_field) {
        s.data.push_back(pin);
      } else {
        place(steps_.size(), pin);
      }
    }
    steps_.push_back(std::move(s));
  }

  /// Gives each value to the event that brings it: the one that hangs on it, or the last one before it that can.
  void settle_data() {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (!steps_[i].way) {
        continue;
      }
      for (const auto& pin : steps_[i].way->pins) {
        if (pin.brought) {
          put(steps_[i], pin);
        } else {
          place(i, pin);
        }
      }
    }
  }

  static void put(step_plan& into, const pinned_value& pin) {
    std::erase_if(into.data, [&](const pinned_value& d) { return d.is_field == pin.is_field && d.place == pin.place; });
    into.data.push_back(pin);
  }

  void place(std::size_t before, const pinned_value& pin) {
    for (auto i = std::min(before, steps_.size()); i-- > 0;) {
      if (i == 0 || (steps_[i].event != no_id && !in_.lifecycle().is_timer_event(steps_[i].event) &&
                     can_bring(steps_[i], pin.place))) {
        put(steps_[i], pin);
        return;
      }
    }
  }

  [[nodiscard]] bool can_bring(const step_plan& s, std::uint16_t slot) const {
    const auto& chart = in_.lifecycle().chart();
    const auto& brings = chart.brings[s.event];
    if (std::none_of(brings.begin(), brings.end(), [&](std::uint16_t f) { return chart.field_slots[f] == slot; })) {
      return false;
    }
    for (std::size_t state = 0; state < chart.states.size() && s.move != nullptr; ++state) {
      const auto kept = chart::part(chart.slots_pool, chart.states[state].kept);
      if (in_.is_active(s.move->from, static_cast<state_id>(state)) &&
          std::find(kept.begin(), kept.end(), slot) != kept.end()) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] node data_of(const step_plan& s) const {
    node data = node::mapping_of();
    const auto& names = in_.lifecycle().schema();
    for (const auto& pin : s.data) {
      const auto& declared = pin.is_field ? names.event_fields[pin.place] : names.attributes[pin.place];
      if (!pin.held.is_absent() && data.find(declared.name) == nullptr) {
        data.add(declared.name, write_value(pin.held, declared.type));
      }
    }
    if (s.way && !s.way->reason.empty() && data.find("reason") == nullptr) {
      data.add("reason", node::text_of(s.way->reason));
    }
    return data;
  }

  [[nodiscard]] actor who(const step_plan& s) const {
    const auto& a = in_.model().actors[std::min(s.actor, in_.model().actors.size() - 1)];
    return {.id = s.way && !s.way->actor_id.empty() ? s.way->actor_id : "someone", .role = a.role, .side = a.side};
  }

  /// The first Monday of the policy's time, at nine in the morning of UTC.
  [[nodiscard]] instant beginning() const {
    const auto from = by_.definition().effective.from;
    std::chrono::sys_days day =
        from ? std::chrono::sys_days{from->time_since_epoch()} : std::chrono::sys_days{std::chrono::year{2026} / 1 / 5};
    while (std::chrono::weekday{day} != std::chrono::Monday) {
      day += std::chrono::days{1};
    }
    return day + std::chrono::hours{9};
  }

  void run(counterexample& out) {
    instant now = beginning();
    complaint c;
    bool same = true;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      auto& s = steps_[i];
      counterexample_step told{
          .event = {.name = s.event == no_id ? "opened" : std::string(in_.lifecycle().event_name(s.event))}};
      told.timer = s.event != no_id && in_.lifecycle().is_timer_event(s.event);
      told.refused = s.refused;
      if (!told.timer) {
        told.event.data = data_of(s);
        told.event.actor = who(s);
        if (told.event.name.empty()) {
          told.event.name = "something_else";
        }
      }
      describe(s, told);
      try {
        same = same && perform(i, s, told, c, now);
      } catch (const std::exception&) {
        same = false;
      }
      told.event.effective_at = told.event.recorded_at = now;
      out.steps.push_back(std::move(told));
    }
    out.replayed = same;
  }

  void describe(const step_plan& s, counterexample_step& told) const {
    const auto& l = in_.lifecycle();
    if (s.move == nullptr) {
      return;
    }
    for (const auto& h : in_.happenings(*s.move)) {
      switch (h.kind) {
      case happening_kind::left:
        told.left.push_back(l.name(h.id));
        break;
      case happening_kind::entered:
        told.entered.push_back(l.name(h.id));
        break;
      case happening_kind::effect:
        told.effects.push_back(effect_text(l.effect_at(h.id)));
        break;
      }
    }
    for (const auto id : l.leaves(in_.where(s.move->to))) {
      told.states.push_back(l.name(id));
    }
  }

  /// Lets the policy do it; false if it does something else.
  [[nodiscard]] bool perform(std::size_t i, const step_plan& s, const counterexample_step& told, complaint& c,
                             instant& now) const {
    constexpr auto gap = std::chrono::minutes{1};
    if (i == 0) {
      auto event = told.event;
      event.effective_at = event.recorded_at = now;
      auto done = open(by_, "counterexample", event);
      c = std::move(done.complaint);
      return done.did.accepted && c.where == in_.where(s.move->to);
    }
    if (told.timer) {
      const auto due = due_of(s.event, c);
      if (!due) {
        return false;
      }
      now = std::max(now, *due) + duration{1};
      auto done = advance(by_, std::move(c), now);
      c = std::move(done.complaint);
      return c.where == in_.where(s.move->to);
    }
    now = std::max(now + gap, c.last_at + gap);
    if (s.way) {
      for (const auto timer : s.way->lapsed) {
        if (const auto due = c.clocks[by_.named_clocks() + timer].latest()) {
          now = std::max(now, due->due + gap);
        }
      }
    }
    auto event = told.event;
    event.effective_at = event.recorded_at = now;
    auto done = apply(by_, std::move(c), event);
    c = std::move(done.complaint);
    return s.refused ? !done.did.accepted
                     : done.did.accepted && (s.move == nullptr || c.where == in_.where(s.move->to));
  }

  [[nodiscard]] std::optional<instant> due_of(event_id e, const complaint& c) const {
    const auto& timers = in_.lifecycle().timers();
    for (std::size_t t = 0; t < timers.size(); ++t) {
      if (timers[t].kind == timer_kind::after && timers[t].event == e) {
        const auto* cycle = c.clocks[by_.named_clocks() + t].latest();
        return cycle == nullptr ? std::nullopt : std::optional(cycle->due);
      }
    }
    return std::nullopt;
  }

  const case_graph& in_;
  const policy& by_;
  std::vector<step_plan> steps_{};
};

} // namespace plaint::detail
