// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/evaluate.hpp>
#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/detail/enabling.hpp>
#include <plaint/lifecycle/detail/entry_set.hpp>
#include <plaint/lifecycle/detail/microstep.hpp>
#include <plaint/lifecycle/detail/refusal.hpp>
#include <plaint/lifecycle/detail/staging.hpp>
#include <plaint/lifecycle/step_result.hpp>
#include <plaint/suggestion.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The memory that steps use again and again.
struct step_space {
  staging values{};
  decided_guards guards{};
  std::vector<transition_id> enabled{};
  std::vector<selected> chosen{};
  std::vector<std::pair<state_id, state_id>> history_defaults{};
  std::vector<event_id> raised{};
};

/// One macrostep: SCXML's mainEventLoop for a single event, made atomic and bounded.
template <std::size_t Words>
class macrostep {
public:
  macrostep(const chart& in, const configuration& from, std::span<const value> attributes, const occurrence& what,
            step_space& space, step_result& out)
      : chart_(in), from_(from), what_(what), space_(space), out_(out), at_(in, from) {
    out.clear();
    space.raised.clear();
    space.values.begin(attributes);
    scope_.attributes = attributes;
    scope_.states = at_.active.word;
    scope_.actor = what.actor;
    scope_.event = what.data;
    scope_.at = what.at;
    scope_.clocks = what.clocks;
    scope_.ladders = what.ladders;
  }

  /// Enters the initial states.
  void start() {
    at_.now = configuration{};
    at_.now.started = true;
    at_.active = {};
    entry_set<Words> entering(chart_, at_.now, space_.history_defaults);
    const auto targets = chart::part(chart_.states_pool, chart_.initial);
    for (const auto t : targets) {
      entering.add_target(t);
    }
    for (const auto t : targets) {
      entering.add_ancestors(t, no_id);
    }
    run(chart_.initial_code, no_id, no_id);
    enter(entering);
    settle();
  }

  /// Handles one event from outside, or that of a timer.
  void handle() {
    if (from_.terminated || !from_.started) {
      refuse({reason_kind::terminated, no_id, no_id, {}, from_.started ? "the lifecycle has ended" : "the lifecycle has not begun"});
      return finish();
    }
    const bool timer = what_.event < chart_.events.size() && what_.event >= chart_.first_timer;
    const std::size_t column = what_.event < chart_.events.size() ? what_.event : chart_.unknown_column();
    scope_.event_name = name_of_event(column);
    if (bring_data(column)) {
      if (select(column, !timer)) {
        take();
        settle();
      } else {
        explain(column, timer);
      }
    }
    finish();
  }

  /// Closes a start.
  void finish() {
    if (!failed_) {
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
    out_.after = at_.closed(chart_);
    space_.values.changes(out_.changes);
  }

private:
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

  /// Selects transitions as SCXML does (selectTransitions); true if there are some.
  bool select(std::size_t column, bool sent, std::vector<reason>* why = nullptr) {
    space_.chosen.clear();
    space_.enabled.clear();
    space_.guards.begin(chart_.programs.size());
    const auto listening = bits_at(chart_.listening, column);
    const auto root = chart_.root_lists[column];
    if (root.empty() && !(at_.active & listening).any()) {
      return false;
    }
    enabling enabled(chart_, what_, scope_, space_.guards, sent, why);
    const std::size_t n = chart_.states.size();
    for (std::size_t s = at_.active.next(0, n); s < n; s = at_.active.next(s + 1, n)) {
      if (chart_.is_leaf(static_cast<state_id>(s))) {
        walk_up(s, column, listening, enabled);
      }
    }
    for (const auto id : space_.enabled) {
      add_selected(chart_, space_.chosen, resolve<Words>(chart_, at_.now, id));
    }
    return !space_.chosen.empty();
  }

  /// From an atomic state outwards to the first transition that can be taken.
  void walk_up(std::size_t leaf, std::size_t column, const state_bits<Words>& listening, enabling& enabled) {
    const auto way = bits_at(chart_.ancestors, leaf) & listening;
    std::size_t end = leaf + 1;
    for (std::size_t s = way.last(0, end); s < end; s = way.last(0, end)) {
      if (take_first(chart_.lists[list_of(listening, s, column)], enabled)) {
        return;
      }
      end = s;
    }
    take_first(chart_.root_lists[column], enabled);
  }

  [[nodiscard]] std::size_t list_of(const state_bits<Words>& listening, std::size_t s, std::size_t column) const noexcept {
    std::size_t rank = chart_.first_list[column];
    for (std::size_t i = 0; i < s / 64; ++i) {
      rank += static_cast<std::size_t>(std::popcount(listening.word[i]));
    }
    return rank + static_cast<std::size_t>(std::popcount(listening.word[s / 64] & ((std::uint64_t{1} << (s % 64)) - 1)));
  }

  bool take_first(stretch32 list, enabling& enabled) {
    auto& found = space_.enabled;
    for (const auto id : chart::part(chart_.candidates, list)) {
      if (std::find(found.begin(), found.end(), id) != found.end()) {
        return true;
      }
      if (enabled(id)) {
        found.push_back(id);
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] static state_bits<Words> bits_of(const std::uint64_t* words) noexcept {
    state_bits<Words> all;
    for (std::size_t i = 0; i < Words; ++i) {
      all.word[i] = words[i];
    }
    return all;
  }
  [[nodiscard]] static state_bits<Words> bits_at(const std::vector<std::uint64_t>& pool, std::size_t place) noexcept {
    return bits_of(pool.data() + place * Words);
  }

  /// Nothing was selected: the same selection once more, this time with its reasons.
  void explain(std::size_t column, bool timer) {
    failed_ = true;
    select(column, !timer, &out_.reasons);
    if (!out_.reasons.empty()) {
      return;
    }
    const auto name = std::string(scope_.event_name);
    const auto listening = bits_at(chart_.listening, column);
    if (!listening.any() && chart_.root_lists[column].empty()) {
      const auto near = nearest(name, chart_.events);
      refuse({reason_kind::unknown_event, no_id, no_id, name,
              "no state knows an event " + in_quotes(name) + (near.empty() ? "" : "; did you mean " + in_quotes(near) + "?")});
    } else {
      refuse({reason_kind::wrong_state, no_id, no_id, name, in_quotes(name) + " is not possible in " + in_quotes(here())});
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

  /// Takes the selected transitions together: exits, their actions, entries.
  void take() {
    state_bits<Words> leaving{};
    entry_set<Words> entering(chart_, at_.now, space_.history_defaults);
    const std::size_t n = chart_.states.size();
    for (const auto& t : space_.chosen) {
      out_.taken.push_back(t.transition);
      if (t.moves) {
        const std::size_t end = chart_.end_of(t.domain);
        for (auto s = at_.active.next(chart_.begin_of(t.domain), end); s < end; s = at_.active.next(s + 1, end)) {
          leaving.set(s);
        }
      }
    }
    for (std::size_t s = leaving.next(0, n); s < n; s = leaving.next(s + 1, n)) {
      remember(chart_, at_, static_cast<state_id>(s));
    }
    for (std::size_t s = leaving.last(0, n), end = n; s < end; end = s, s = leaving.last(0, end)) {
      const auto id = static_cast<state_id>(s);
      run(chart_.states[s].exit, id, no_id);
      at_.active.reset(s);
      out_.left.push_back(id);
    }
    for (const auto& t : space_.chosen) {
      run(chart_.transitions[t.transition].code, chart_.transitions[t.transition].source, t.transition);
    }
    for (const auto& t : space_.chosen) {
      if (t.moves) {
        add_targets(entering, t);
      }
    }
    enter(entering);
  }

  void add_targets(entry_set<Words>& entering, const selected& t) {
    const auto targets = chart::part(chart_.states_pool, chart_.transitions[t.transition].targets);
    for (const auto target : targets) {
      entering.add_target(target);
    }
    for (const auto target : targets) {
      entry_set<Words>::effective(chart_, at_.now, target, [&](state_id s) { entering.add_ancestors(s, t.domain); });
    }
  }

  void enter(const entry_set<Words>& entering) {
    const std::size_t n = chart_.states.size();
    for (std::size_t s = entering.states().next(0, n); s < n; s = entering.states().next(s + 1, n)) {
      const auto id = static_cast<state_id>(s);
      const auto& state = chart_.states[s];
      at_.active.set(s);
      out_.entered.push_back(id);
      run(state.entry, id, no_id);
      if (entering.by_default(id)) {
        run(state.initial_code, id, no_id);
      }
      for (const auto& [parent, history] : space_.history_defaults) {
        if (parent == id) {
          run(chart_.states[history].initial_code, id, no_id);
        }
      }
      if (state.type == state_type::final) {
        complete(state.parent);
      }
    }
  }

  /// A final child has been entered.
  void complete(state_id parent) {
    if (parent == no_id) {
      at_.now.terminated = true;
      return;
    }
    raise(chart_.done[parent]);
    const auto grandparent = chart_.states[parent].parent;
    if (grandparent != no_id && chart_.states[grandparent].type == state_type::parallel &&
        is_done(chart_, at_.active, grandparent)) {
      raise(chart_.done[grandparent]);
    }
  }

  void raise(event_id e) {
    if (e != no_id) {
      space_.raised.push_back(e);
    }
  }

  /// Runs flattened actions until one cannot be done.
  void run(stretch32 code, state_id state, transition_id transition) {
    for (auto i = code.begin; i < code.end && !failed_;) {
      const auto& d = chart_.code[i];
      ++i;
      switch (d.kind) {
        case deed_kind::assign: assign(d, state, transition); break;
        case deed_kind::emit: emit(d.subject, state, transition); break;
        case deed_kind::raise: raise(d.subject); break;
        case deed_kind::skip: i = d.target; break;
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
              in_quotes(name) + " cannot be set: " + (to.why == fault::none ? in_quotes(text) + " has no value" : to_string(to.why))});
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

  /// Eventless transitions first, then raised events, until neither is left.
  void settle() {
    std::size_t head = 0;
    for (std::size_t count = 1; !failed_ && !at_.now.terminated; ++count) {
      if (count > chart_.definition.max_microsteps) {
        refuse({reason_kind::microsteps, no_id, no_id, {},
                "the step does not end within " + std::to_string(chart_.definition.max_microsteps) + " microsteps"});
        return;
      }
      if (select(chart_.eventless_column(), false)) {
        take();
        continue;
      }
      if (head == space_.raised.size()) {
        return;
      }
      const auto e = space_.raised[head++];
      scope_.event_name = chart_.events[e];
      if (select(e, false)) {
        take();
      } else {
        out_.discarded.push_back(e);
      }
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

  const chart& chart_;
  const configuration& from_;
  const occurrence& what_;
  step_space& space_;
  step_result& out_;
  opened<Words> at_;
  scope scope_{};
  bool failed_ = false;
};

} // namespace plaint::detail
