// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/evaluate.hpp>
#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/detail/enabling.hpp>
#include <plaint/lifecycle/detail/refusal.hpp>
#include <plaint/lifecycle/detail/staging.hpp>
#include <plaint/lifecycle/detail/stepping.hpp>
#include <plaint/lifecycle/step_result.hpp>
#include <plaint/suggestion.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The memory that steps use again and again.
struct step_space {
  selection_space selection{};
  staging values{};
  decided_guards guards{};
};

/// One macrostep with everything that it tests and does: atomic and bounded.
template <std::size_t Words>
class macrostep : private stepping<Words, macrostep<Words>> {
  using base = stepping<Words, macrostep<Words>>;
  friend base;
  using base::at_;
  using base::chart_;

public:
  macrostep(const chart& in, const configuration& from, std::span<const value> attributes, const occurrence& what,
            step_space& space, step_result& out)
      : base(in, from, space.selection), from_(from), what_(what), space_(space), out_(out) {
    out.clear();
    space.values.begin(attributes);
    scope_.attributes = attributes;
    scope_.states = at_.active.word;
    scope_.actor.be(what.actor);
    scope_.event = what.data;
    scope_.at = what.at;
    scope_.clocks = what.clocks;
    scope_.ladders = what.ladders;
  }

  /// Enters the initial states.
  void start() {
    base::begin();
    finish();
  }

  /// Handles one event from outside, or that of a timer.
  void handle() {
    if (from_.terminated || !from_.started) {
      refuse({reason_kind::terminated,
              no_id,
              no_id,
              {},
              from_.started ? "the lifecycle has ended" : "the lifecycle has not begun"});
      return finish();
    }
    const bool timer = what_.event < chart_.events.size() && what_.event >= chart_.first_timer;
    const std::size_t column = what_.event < chart_.events.size() ? what_.event : chart_.unknown_column();
    scope_.event_name = name_of_event(column);
    sent_ = !timer;
    if (bring_data(column) && !base::react(column)) {
      explain(column);
    }
    finish();
  }

private:
  void finish() {
    if (!failed_ && chart_.requires_any) {
      check_required();
    }
    if (failed_) {
      auto why = std::move(out_.reasons);
      out_.clear();
      out_.reasons = std::move(why);
      out_.after = from_;
      return;
    }
    out_.accepted = true;
    out_.after = base::moved_ ? at_.closed(chart_) : from_;
    space_.values.changes(out_.changes);
  }

  // What `stepping` asks and tells.
  void selecting() { space_.guards.begin(chart_.programs.size()); }
  [[nodiscard]] bool enabled(transition_id id) {
    return enabling(chart_, what_, scope_, space_.guards, sent_, why_)(id);
  }
  void took(transition_id t) {
    out_.taken.push_back(t);
    sent_ = false; // whatever follows is the lifecycle's own doing
  }
  void left(state_id s) { out_.left.push_back(s); }
  void entered(state_id s) { out_.entered.push_back(s); }
  void handles(event_id e) { scope_.event_name = chart_.events[e]; }
  void discarded(event_id e) { out_.discarded.push_back(e); }
  [[nodiscard]] bool failed() const noexcept { return failed_; }
  void overrun() {
    refuse({reason_kind::microsteps,
            no_id,
            no_id,
            {},
            "the step does not end within " + std::to_string(chart_.definition.max_microsteps) + " microsteps"});
  }

  [[nodiscard]] std::string_view name_of_event(std::size_t column) const noexcept {
    if (!what_.name.empty()) {
      return what_.name;
    }
    return column < chart_.events.size() ? std::string_view(chart_.events[column]) : std::string_view{};
  }

  void refuse(reason r) {
    failed_ = true;
    out_.reasons.push_back(std::move(r));
  }

  void set(std::uint16_t slot, value v, state_id state, transition_id transition) {
    if (const auto lacking = chart_.names.check(slot, v)) {
      refuse({reason_kind::out_of_range, state, transition, chart_.names.attributes[slot].name, *lacking});
      return;
    }
    space_.values.set(slot, std::move(v));
    scope_.attributes = space_.values.now();
  }

  /// Fields of the event's data that are attributes become them, before anything is looked at.
  bool bring_data(std::size_t column) {
    for (std::size_t place = 0; place < what_.data.size() && place < chart_.names.event_fields.size(); ++place) {
      const auto& v = what_.data[place];
      if (v.is_absent()) {
        continue;
      }
      if (const auto lacking = misfit(chart_.names.event_fields[place], v)) {
        refuse({reason_kind::out_of_range, no_id, no_id, chart_.names.event_fields[place].name, *lacking});
      }
    }
    for (const auto place : chart_.brings[column]) {
      if (failed_ || place >= what_.data.size() || what_.data[place].is_absent()) {
        continue;
      }
      const auto slot = chart_.field_slots[place];
      if (scope_.attributes[slot] == what_.data[place]) {
        continue;
      }
      if (const auto keeper = kept_by(slot); keeper != no_id) {
        refuse({reason_kind::read_only, keeper, no_id, chart_.names.attributes[slot].name,
                in_quotes(chart_.names.attributes[slot].name) + " cannot be changed in " + in_quotes(name_of(keeper))});
        continue;
      }
      set(slot, what_.data[place], no_id, no_id);
    }
    return !failed_;
  }

  [[nodiscard]] const std::string& name_of(state_id s) const noexcept { return chart_.state_definitions[s]->name; }

  /// The active state in which an attribute is read only or hidden.
  [[nodiscard]] state_id kept_by(std::uint16_t slot) const noexcept {
    const std::size_t n = chart_.states.size();
    for (std::size_t s = at_.active.next(0, n); s < n; s = at_.active.next(s + 1, n)) {
      for (const auto kept : chart::part(chart_.slots_pool, chart_.states[s].kept)) {
        if (kept == slot) {
          return static_cast<state_id>(s);
        }
      }
    }
    return no_id;
  }

  /// Nothing was selected: the same selection once more, this time with its reasons.
  void explain(std::size_t column) {
    failed_ = true;
    why_ = &out_.reasons;
    (void)base::select(column);
    if (!out_.reasons.empty()) {
      return;
    }
    const auto name = std::string(scope_.event_name);
    const auto listening = base::bits_at(chart_.listening, column);
    if (!listening.any() && chart_.root_lists[column].empty()) {
      const auto near = nearest(name, chart_.events);
      refuse({reason_kind::unknown_event, no_id, no_id, name,
              "no state knows an event " + in_quotes(name) +
                  (near.empty() ? "" : "; did you mean " + in_quotes(near) + "?")});
    } else {
      refuse(
          {reason_kind::wrong_state, no_id, no_id, name, in_quotes(name) + " is not possible in " + in_quotes(here())});
    }
  }

  [[nodiscard]] std::string here() const {
    std::vector<std::string> leaves;
    const std::size_t n = chart_.states.size();
    for (std::size_t s = at_.active.next(0, n); s < n; s = at_.active.next(s + 1, n)) {
      if (chart_.is_leaf(static_cast<state_id>(s))) {
        leaves.push_back(name_of(static_cast<state_id>(s)));
      }
    }
    return joined(leaves);
  }

  /// Runs flattened actions until one cannot be done.
  void run(stretch32 code, state_id state, transition_id transition) {
    for (auto i = code.begin; i < code.end && !failed_;) {
      const auto& d = chart_.code[i];
      ++i;
      switch (d.kind) {
      case deed_kind::assign:
        assign(d, state, transition);
        break;
      case deed_kind::emit:
        emit(d.subject, state, transition);
        break;
      case deed_kind::raise:
        base::raise(d.subject);
        break;
      case deed_kind::skip:
        i = d.target;
        break;
      case deed_kind::skip_unless:
        if (!evaluate(chart_.programs[d.argument], scope_)) {
          i = d.target;
        }
        break;
      }
    }
  }

  void assign(const deed& d, state_id state, transition_id transition) {
    const auto slot = d.subject;
    if (d.argument == no_program) { // `null`: unset
      return set(slot, value{}, state, transition);
    }
    auto to = compute(chart_.programs[d.argument], scope_);
    if (to.value.is_absent()) {
      const auto& name = chart_.names.attributes[slot].name;
      const std::string text(chart_.programs[d.argument].text());
      refuse({reason_kind::no_value, state, transition, name,
              in_quotes(name) + " cannot be set: " +
                  (to.why == fault::none ? in_quotes(text) + " has no value" : to_string(to.why))});
      return;
    }
    set(slot, std::move(to.value), state, transition);
  }

  void emit(effect_id e, state_id state, transition_id transition) {
    auto& made = out_.effects.emplace_back();
    made.effect = e;
    made.state = state;
    made.transition = transition;
    for (const auto p : chart::part(chart_.programs_pool, chart_.effect_programs[e])) {
      made.values.push_back(compute(chart_.programs[p], scope_).value);
    }
  }

  void check_required() {
    const std::size_t n = chart_.states.size();
    for (std::size_t s = at_.active.next(0, n); s < n; s = at_.active.next(s + 1, n)) {
      for (const auto slot : chart::part(chart_.slots_pool, chart_.states[s].required)) {
        if (scope_.attributes[slot].is_absent()) {
          const auto& name = chart_.names.attributes[slot].name;
          refuse({reason_kind::missing_field, static_cast<state_id>(s), no_id, name,
                  in_quotes(name) + " must be set in " + in_quotes(name_of(static_cast<state_id>(s)))});
        }
      }
    }
  }

  const configuration& from_;
  const occurrence& what_;
  step_space& space_;
  step_result& out_;
  scope scope_{};
  std::vector<reason>* why_ = nullptr;
  bool sent_ = false;
  bool failed_ = false;
};

} // namespace plaint::detail
