// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/trace_plan.hpp>
#include <plaint/complaint/apply.hpp>
#include <plaint/policy/policy.hpp>
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

  [[nodiscard]] counterexample build(const judgement& j) const {
    counterexample out;
    out.values = j.values;
    if (j.path.empty()) {
      return out;
    }
    if (j.repeats_from) {
      out.repeats_from = *j.repeats_from - 1; // the situation is that after the step before
    }
    run(trace_plan(in_, j), out);
    return out;
  }

private:
  [[nodiscard]] actor who(const trace_plan::step& s) const {
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

  void run(const trace_plan& plan, counterexample& out) const {
    instant now = beginning();
    complaint c;
    complaint before_circle;
    bool same = true;
    for (std::size_t i = 0; i < plan.steps().size(); ++i) {
      const auto& s = plan.steps()[i];
      counterexample_step told{
          .event = {.name = s.event == no_id ? "opened" : std::string(in_.lifecycle().event_name(s.event))}};
      told.timer = s.event != no_id && in_.lifecycle().is_timer_event(s.event);
      told.refused = s.refused;
      if (!told.timer) {
        told.event.data = plan.data_of(s);
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
      if (out.repeats_from == i) {
        before_circle = c;
      }
      told.event.effective_at = told.event.recorded_at = now;
      out.steps.push_back(std::move(told));
    }
    out.replayed = same && (!out.repeats_from || stands_as(before_circle, c));
  }

  void describe(const trace_plan::step& s, counterexample_step& told) const {
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

  /// True if one complaint stands where the other does: what each event brings anew does not tell them apart, only
  /// whether it is set.
  [[nodiscard]] bool stands_as(const complaint& a, const complaint& b) const {
    const auto& model = in_.model();
    return a.where == b.where && std::all_of(model.tracked.begin(), model.tracked.end(), [&](std::uint16_t slot) {
             const auto& x = a.attributes[slot];
             const auto& y = b.attributes[slot];
             const bool lasting = model.use[slot] == slot_use::own || model.sticky[slot];
             return lasting ? x == y : x.is_absent() == y.is_absent();
           });
  }

  /// Lets the policy do it; false if it does something else.
  [[nodiscard]] bool perform(std::size_t i, const trace_plan::step& s, const counterexample_step& told, complaint& c,
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
};

} // namespace plaint::detail
