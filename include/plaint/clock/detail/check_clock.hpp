// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/compiled_clock.hpp>
#include <plaint/expr/compile.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/pointer.hpp>
#include <plaint/suggestion.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace plaint::detail {

/// Checks one definition and compiles it; every fault is appended, each at its own pointer.
class clock_checker {
public:
  clock_checker(const plaint::lifecycle& in, const schema& sees, findings& out) : in_(in), sees_(sees), out_(out) {}

  [[nodiscard]] compiled_clock check(clock_definition d, plaint::calendar c) {
    if (d.pointer.empty()) {
      d.pointer = child("/clocks", d.id);
    }
    compiled_clock made{.definition = std::move(d), .calendar = std::move(c)};
    const auto& def = made.definition;
    require(!def.start.empty(), "no-start", "a clock needs something that starts it", child(def.pointer, "start"));
    require(!def.stop.empty(), "no-stop", "a clock needs something that stops it", child(def.pointer, "stop"));
    require(!def.goals.empty(), "no-goal", "a clock needs a goal", child(def.pointer, "goals"));
    made.start = triggers(def.start, child(def.pointer, "start"));
    made.stop = triggers(def.stop, child(def.pointer, "stop"));
    made.applies = guard(def.applies, child(def.pointer, "applies"));
    rows(made);
    thresholds(made);
    return made;
  }

private:
  void fault(std::string code, std::string message, std::string pointer, std::string suggestion = {},
             severity weight = severity::error) {
    out_.push_back({std::move(code), std::move(message), std::move(pointer), std::move(suggestion), weight});
  }
  void require(bool holds, std::string code, std::string message, std::string pointer) {
    if (!holds) {
      fault(std::move(code), std::move(message), std::move(pointer));
    }
  }

  [[nodiscard]] program guard(const std::string& text, const std::string& pointer) {
    if (text.empty()) {
      return {};
    }
    findings found;
    auto made = try_compile(text, sees_, type::boolean(), found);
    for (auto& f : found) {
      f.pointer = pointer;
      f.message += " (in \"" + text.substr(0, 80) + "\" at character " + std::to_string(f.column) + ")";
      f.line = f.column = 0; // places in the text; the document knows where the text is
    }
    out_.insert(out_.end(), found.begin(), found.end());
    return made.value_or(program{});
  }

  [[nodiscard]] clock_triggers triggers(const std::vector<trigger>& all, const std::string& pointer) {
    clock_triggers made;
    for (const auto& t : all) {
      const auto& at = t.pointer.empty() ? pointer : t.pointer;
      switch (t.kind) {
        case trigger_kind::opened: made.opened = true; break;
        case trigger_kind::enter: add_state(t, made.enter, at); break;
        case trigger_kind::exit: add_state(t, made.exit, at); break;
        case trigger_kind::event: add_event(t, made.events, at); break;
        case trigger_kind::notice: add_notice(t, made.notices, at); break;
        default: break;
      }
    }
    return made;
  }

  void add_state(const trigger& t, std::vector<state_id>& into, const std::string& pointer) {
    if (const auto s = in_.state(t.name)) {
      into.push_back(*s);
      return;
    }
    std::vector<std::string> known;
    for (std::size_t s = 0; s < in_.state_count(); ++s) {
      known.push_back(in_.name(static_cast<state_id>(s)));
    }
    fault("unknown-state", "\"" + t.name + "\" is no state of the lifecycle", pointer, nearest(t.name, known));
  }

  void add_event(const trigger& t, std::vector<event_id>& into, const std::string& pointer) {
    const auto e = in_.event(t.name);
    if (in_.event_name(e) == t.name) {
      into.push_back(e);
      return;
    }
    std::vector<std::string> known;
    for (std::size_t i = 0; i < in_.event_count(); ++i) {
      known.emplace_back(in_.event_name(static_cast<event_id>(i)));
    }
    fault("unknown-event", "\"" + t.name + "\" is no event of the lifecycle", pointer, nearest(t.name, known));
  }

  void add_notice(const trigger& t, std::vector<effect_id>& into, const std::string& pointer) {
    std::vector<std::string> known;
    bool found = false;
    for (std::size_t i = 0; i < in_.effect_count(); ++i) {
      const auto& e = in_.effect_at(static_cast<effect_id>(i));
      if (e.kind == "notice" && !e.parameters.empty()) {
        known.push_back(e.parameters.front().value.text);
        if (known.back() == t.name) {
          into.push_back(static_cast<effect_id>(i));
          found = true;
        }
      }
    }
    if (!found) {
      fault("unknown-notice", "no transition or state gives the notice \"" + t.name + "\"", pointer, nearest(t.name, known));
    }
  }

  void rows(compiled_clock& made) {
    std::vector<program> guards;
    bool decided = false;
    for (std::size_t i = 0; i < made.definition.goals.size(); ++i) {
      const auto& row = made.definition.goals[i];
      const auto at = row.pointer.empty() ? child(child(made.definition.pointer, "goals"), i) : row.pointer;
      if (decided) {
        fault("unreachable-goal", "a row above matches always, so this goal is never chosen", at, {}, severity::warning);
      }
      decided = decided || row.guard.empty();
      guards.push_back(guard(row.guard, child(at, "if")));
      untils(row.goal, at, made);
    }
    made.rows = decision_table(std::move(guards));
  }

  void untils(const goal& g, const std::string& pointer, compiled_clock& made) {
    if (const auto* all = std::get_if<choice_goal>(&g.form)) {
      for (const auto& each : all->of) {
        untils(each, pointer, made);
      }
    }
    const auto* until = std::get_if<until_goal>(&g.form);
    if (until == nullptr) {
      return;
    }
    const auto slot = sees_.slot(until->attribute);
    if (slot && sees_.attributes[*slot].type.is(type_kind::timestamp)) {
      made.slots.emplace_back(until->attribute, *slot);
      return;
    }
    std::vector<std::string> known;
    for (const auto& a : sees_.attributes) {
      if (a.type.is(type_kind::timestamp)) {
        known.push_back(a.name);
      }
    }
    fault("unknown-attribute", "\"" + until->attribute + "\" is no attribute of type timestamp", child(pointer, "goal"),
          nearest(until->attribute, known));
  }

  void thresholds(compiled_clock& made) {
    std::set<std::string> ids;
    for (const auto& t : made.definition.thresholds) {
      const auto at = t.pointer.empty() ? child(child(made.definition.pointer, "thresholds"), t.id) : t.pointer;
      require(ids.insert(t.id).second, "duplicate-threshold", "threshold \"" + t.id + "\" is given twice", at);
      for (const auto& row : made.definition.goals) {
        if (const auto why = misfit(t.at, row.goal); !why.empty()) {
          fault("bad-threshold", why + " (goal: " + to_string(row.goal) + ")", child(at, "at"));
          break;
        }
      }
      std::vector<clock_effect> effects;
      for (const auto& e : t.effects) {
        effects.push_back(effect(e, at));
      }
      made.effects.push_back(std::move(effects));
    }
  }

  /// Why a threshold makes no sense for a goal; empty if it does.
  [[nodiscard]] static std::string misfit(const threshold& t, const goal& g) {
    const auto* open = std::get_if<business_goal>(&g.form);
    const auto* elapsed = std::get_if<elapsed_goal>(&g.form);
    const bool timed = open != nullptr || elapsed != nullptr;
    if (t.kind == threshold_kind::percent) {
      return timed ? "" : "a percentage is of a goal in hours, not of one in days or of a date";
    }
    if (t.kind == threshold_kind::at_due) {
      return "";
    }
    const bool in_days = t.unit == distance_unit::business_days || t.unit == distance_unit::calendar_days;
    if (timed && in_days) {
      return "a threshold of a goal in hours is written in hours";
    }
    if (counts_days(g) && t.unit == distance_unit::own) {
      return "a threshold of a goal in days is written in days, or in hours with the word elapsed";
    }
    const bool comparable = timed && (t.unit == distance_unit::own || elapsed != nullptr);
    if (t.kind == threshold_kind::before && comparable && t.time >= (open != nullptr ? open->length : elapsed->length)) {
      return "a time before the due instant must be shorter than the goal";
    }
    return "";
  }

  [[nodiscard]] clock_effect effect(const effect_definition& e, const std::string& pointer) {
    clock_effect made{.definition = e};
    for (const auto& p : e.parameters) {
      std::optional<program> computed;
      if (!p.expression.empty()) {
        findings found;
        computed = try_compile(p.expression, sees_, type::any(), found);
        for (auto& f : found) {
          f.pointer = pointer;
          f.line = f.column = 0;
        }
        out_.insert(out_.end(), found.begin(), found.end());
      }
      made.computed.push_back(std::move(computed));
    }
    return made;
  }

  const plaint::lifecycle& in_;
  const schema& sees_;
  findings& out_;
};

} // namespace plaint::detail
