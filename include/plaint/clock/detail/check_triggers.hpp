// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_definition.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/expr/compile.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/pointer.hpp>
#include <plaint/suggestion.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// What checks of clocks and ladders share: names become places, texts become programs, faults are appended.
class trigger_checker {
public:
  /// `clocks`: those that triggers may speak of, in their order.
  trigger_checker(const plaint::lifecycle& in, const std::vector<clock_definition>& clocks, findings& out)
      : in_(in), sees_(in.schema()), clocks_(clocks), out_(out) {}

protected:
  void fault(std::string code, std::string message, std::string pointer, std::string suggestion = {},
             severity weight = severity::error) {
    out_.push_back({std::move(code), std::move(message), std::move(pointer), std::move(suggestion), weight});
  }
  void warn(std::string code, std::string message, std::string pointer) {
    fault(std::move(code), std::move(message), std::move(pointer), {}, severity::warning);
  }
  void require(bool holds, std::string code, std::string message, std::string pointer) {
    if (!holds) {
      fault(std::move(code), std::move(message), std::move(pointer));
    }
  }

  [[nodiscard]] program compiled(const std::string& text, const type& wanted, const std::string& pointer) {
    if (text.empty()) {
      return {};
    }
    findings found;
    auto made = try_compile(text, sees_, wanted, found);
    for (auto& f : found) {
      f.pointer = pointer;
      f.message += " (in \"" + text.substr(0, 80) + "\" at character " + std::to_string(f.column) + ")";
      f.line = f.column = 0; // places in the text; the document knows where the text is
    }
    out_.insert(out_.end(), found.begin(), found.end());
    return made.value_or(program{});
  }
  [[nodiscard]] program guard(const std::string& text, const std::string& pointer) {
    return compiled(text, type::boolean(), pointer);
  }

  [[nodiscard]] trigger_list triggers(const std::vector<trigger>& all, const std::string& pointer) {
    trigger_list made;
    for (const auto& t : all) {
      const auto& at = t.pointer.empty() ? pointer : t.pointer;
      const auto condition = guard(t.guard, at);
      const auto add = [&](std::uint16_t id, std::uint16_t threshold = no_id) {
        if (id != no_id || t.kind == trigger_kind::opened) {
          made.add({t.kind, id, threshold, condition});
        }
      };
      switch (t.kind) {
      case trigger_kind::opened:
        add(no_id);
        break;
      case trigger_kind::enter:
      case trigger_kind::exit:
        add(state_place(t, at));
        break;
      case trigger_kind::event:
        add(event_place(t.name, at));
        break;
      case trigger_kind::notice:
        for (const auto effect : notice_places(t, at)) {
          add(effect);
        }
        break;
      default: {
        const auto clock = clock_place(t.name, at);
        add(clock, t.kind == trigger_kind::threshold ? threshold_place(clock, t.threshold, at) : no_id);
      }
      }
    }
    return made;
  }

  [[nodiscard]] event_id event_place(const std::string& name, const std::string& pointer) {
    if (name.empty()) {
      return no_id;
    }
    const auto e = in_.event(name);
    if (in_.event_name(e) == name) {
      return e;
    }
    std::vector<std::string> known;
    for (std::size_t i = 0; i < in_.event_count(); ++i) {
      known.emplace_back(in_.event_name(static_cast<event_id>(i)));
    }
    fault("unknown-event", "\"" + name + "\" is no event of the lifecycle", pointer, nearest(name, known));
    return no_id;
  }

  [[nodiscard]] std::uint16_t clock_place(const std::string& name, const std::string& pointer) {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < clocks_.size(); ++i) {
      if (clocks_[i].id == name) {
        return static_cast<std::uint16_t>(i);
      }
      known.push_back(clocks_[i].id);
    }
    fault("unknown-clock", "\"" + name + "\" is no clock of the policy", pointer, nearest(name, known));
    return no_id;
  }

  /// The slot of an attribute that holds an instant.
  [[nodiscard]] std::uint16_t date_slot(const std::string& name, const std::string& pointer) {
    if (name.empty()) {
      return no_id;
    }
    const auto slot = sees_.slot(name);
    if (slot && sees_.attributes[*slot].type.is(type_kind::timestamp)) {
      return *slot;
    }
    std::vector<std::string> known;
    for (const auto& a : sees_.attributes) {
      if (a.type.is(type_kind::timestamp)) {
        known.push_back(a.name);
      }
    }
    fault("unknown-attribute", "\"" + name + "\" is no attribute of type timestamp", pointer, nearest(name, known));
    return no_id;
  }

  void check_roles(const std::vector<std::string>& names, const std::string& pointer) {
    std::vector<std::string> known;
    for (const auto& r : in_.roles()) {
      known.push_back(r.name);
    }
    for (const auto& name : names) {
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        fault("unknown-role", "\"" + name + "\" is no role of the policy", pointer, nearest(name, known));
      }
    }
  }

  [[nodiscard]] std::vector<compiled_effect> effects(const std::vector<effect_definition>& all,
                                                     const std::string& pointer) {
    std::vector<compiled_effect> made;
    for (const auto& e : all) {
      made.push_back({.definition = e});
      for (const auto& p : e.parameters) {
        made.back().computed.push_back(p.expression.empty() ? std::optional<program>{}
                                                            : compiled(p.expression, type::any(), pointer));
      }
    }
    return made;
  }

  /// A length that is measured: hours or days, no date and no choice.
  [[nodiscard]] std::optional<compiled_goal> length(const std::optional<goal>& g, const std::string& pointer) {
    if (!g) {
      return std::nullopt;
    }
    auto made = compiled_goal::of(*g, [](const std::string&) { return no_id; });
    if (!made.is_simple() || made.leaves.front().in == measure::date) {
      fault("bad-length", "a length in hours or days is required; \"" + to_string(*g) + "\" is none", pointer);
      return std::nullopt;
    }
    return made;
  }

  const plaint::lifecycle& in_;
  const schema& sees_;
  const std::vector<clock_definition>& clocks_;
  findings& out_;

private:
  [[nodiscard]] state_id state_place(const trigger& t, const std::string& pointer) {
    if (const auto s = in_.state(t.name)) {
      return *s;
    }
    std::vector<std::string> known;
    for (std::size_t s = 0; s < in_.state_count(); ++s) {
      known.push_back(in_.name(static_cast<state_id>(s)));
    }
    fault("unknown-state", "\"" + t.name + "\" is no state of the lifecycle", pointer, nearest(t.name, known));
    return no_id;
  }

  [[nodiscard]] std::vector<effect_id> notice_places(const trigger& t, const std::string& pointer) {
    std::vector<effect_id> found;
    std::vector<std::string> known;
    for (std::size_t i = 0; i < in_.effect_count(); ++i) {
      const auto& e = in_.effect_at(static_cast<effect_id>(i));
      if (e.kind == "notice" && !e.parameters.empty()) {
        known.push_back(e.parameters.front().value.text);
        if (known.back() == t.name) {
          found.push_back(static_cast<effect_id>(i));
        }
      }
    }
    if (found.empty()) {
      fault("unknown-notice", "no transition or state gives the notice \"" + t.name + "\"", pointer,
            nearest(t.name, known));
    }
    return found;
  }

  [[nodiscard]] std::uint16_t threshold_place(std::uint16_t clock, const std::string& id, const std::string& pointer) {
    if (clock == no_id) {
      return no_id;
    }
    std::vector<std::string> known;
    const auto& all = clocks_[clock].thresholds;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].id == id) {
        return static_cast<std::uint16_t>(i);
      }
      known.push_back(all[i].id);
    }
    fault("unknown-threshold", "\"" + id + "\" is no threshold of the clock \"" + clocks_[clock].id + "\"", pointer,
          nearest(id, known));
    return no_id;
  }
};

} // namespace plaint::detail
