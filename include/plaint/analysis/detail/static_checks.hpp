// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/judgement.hpp>
#include <plaint/analysis/detail/subject_set.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Properties of the catalogue that are read off the definitions; nothing where the policy has not what they speak of.
class static_checks {
public:
  explicit static_checks(const policy& by) : by_(by), in_(by.lifecycle()) {}

  using answer = std::optional<judgement>;

  /// P-15: whoever receives a complaint keeps it, but for events that are named for handing it over.
  [[nodiscard]] answer owner_is_kept() const {
    constexpr std::array<std::string_view, 9> may{"register",  "receive", "assign",   "reassign", "handover",
                                                  "hand_over", "lodge",   "escalate", "take_over"};
    bool any = false;
    for (std::size_t t = 0; t < in_.transition_count(); ++t) {
      const auto& d = in_.transition_at(static_cast<transition_id>(t));
      for (const auto& a : d.actions) {
        const auto* set = std::get_if<assignment>(&a.what);
        if (set == nullptr || set->attribute != "owner") {
          continue;
        }
        any = true;
        const bool named = std::any_of(d.events.begin(), d.events.end(), [&](const std::string& e) {
          return std::any_of(may.begin(), may.end(), [&](auto m) { return e.find(m) != std::string::npos; });
        });
        if (!named) {
          return fails("the owner changes by " +
                       in_quotes(d.events.empty() ? std::string("a timer") : d.events.front()) +
                       ", which is no handover");
        }
      }
    }
    return any ? answer(holds("the owner changes by receiving, assigning or handing over alone")) : std::nullopt;
  }

  /// P-16: who decides is not who reviews the decision.
  [[nodiscard]] answer duties_are_separate() const {
    const auto review = in_.state("under_internal_review");
    if (!review) {
      return std::nullopt;
    }
    std::vector<std::string> sends;
    std::vector<std::string> leaves;
    for (std::size_t t = 0; t < in_.transition_count(); ++t) {
      const auto id = static_cast<transition_id>(t);
      const auto targets = in_.targets_of(id);
      const auto& by = in_.transition_at(id).by;
      if (in_.source_of(id) == *review && decides(id)) {
        leaves.insert(leaves.end(), by.begin(), by.end());
      } else if (std::find(targets.begin(), targets.end(), *review) != targets.end()) {
        sends.insert(sends.end(), by.begin(), by.end());
      }
    }
    for (const auto& role : leaves) {
      if (std::find(sends.begin(), sends.end(), role) != sends.end()) {
        return fails(in_quotes(role) + " sends to the review and decides it");
      }
    }
    return holds("nobody reviews what they sent to the review");
  }

  /// P-17: nothing deletes or suppresses what was recorded.
  [[nodiscard]] judgement nothing_is_suppressed() const {
    constexpr std::array<std::string_view, 6> bad{"unrecord", "delete", "suppress", "erase", "destroy", "withhold"};
    for (std::size_t e = 0; e < in_.effect_count(); ++e) {
      const auto& d = in_.effect_at(static_cast<effect_id>(e));
      if (std::find(bad.begin(), bad.end(), d.kind) != bad.end()) {
        return fails("an effect " + in_quotes(d.kind) + " is asked for");
      }
    }
    return holds("no effect deletes or suppresses anything");
  }

  /// P-19: where a guard bounds an amount for a role, somebody else approves what is above it.
  [[nodiscard]] answer authorities_are_kept() const {
    std::vector<std::string> bounded;
    std::vector<std::string> approve;
    for (std::size_t t = 0; t < in_.transition_count(); ++t) {
      const auto& d = in_.transition_at(static_cast<transition_id>(t));
      const bool approves = std::any_of(d.events.begin(), d.events.end(),
                                        [](const std::string& e) { return e.find("approve") != std::string::npos; });
      if (approves) {
        approve.insert(approve.end(), d.by.begin(), d.by.end());
      } else if (!d.by.empty() && bounds_an_amount(static_cast<transition_id>(t))) {
        bounded.insert(bounded.end(), d.by.begin(), d.by.end());
      }
    }
    if (bounded.empty()) {
      return std::nullopt;
    }
    if (approve.empty()) {
      return fails("nobody approves what is above the authority of " + in_quotes(bounded.front()));
    }
    for (const auto& role : approve) {
      if (std::find(bounded.begin(), bounded.end(), role) != bounded.end()) {
        return fails(in_quotes(role) + " approves what is above their own authority");
      }
    }
    return holds("what is above an authority somebody else approves");
  }

  /// P-22: an extension tells the customer, with reasons and the new date.
  [[nodiscard]] answer extensions_are_told() const {
    bool any = false;
    for (const auto& clock : by_.definition().clocks) {
      for (const auto& extension : clock.extensions) {
        for (const auto& on : extension.on) {
          any = true;
          if (on.kind == trigger_kind::event && !told_by(on.name)) {
            return fails("event " + in_quotes(on.name) + " extends clock " + in_quotes(clock.id) +
                         " and sends no notice");
          }
        }
      }
    }
    return any ? answer(holds("every extension sends a notice; the clock itself refuses it once it is due"))
               : std::nullopt;
  }

  /// P-26: every promise warns before it is due and does something once it is broken.
  [[nodiscard]] answer promises_warn() const {
    bool any = false;
    for (const auto& c : by_.definition().clocks) {
      if ((c.kind != clock_kind::promise && c.kind != clock_kind::statutory) || c.side != clock_side::ours) {
        continue;
      }
      any = true;
      bool early = false;
      bool late = !c.breach.effects.empty() || !c.breach.raise.empty();
      for (const auto& t : c.thresholds) {
        const bool before = t.at.kind == threshold_kind::percent || t.at.kind == threshold_kind::before;
        (before ? early : late) = true;
      }
      for (const auto& l : by_.definition().ladders) {
        for (const auto& on : l.begins.on) {
          if (on.name == c.id && on.kind == trigger_kind::breach) {
            late = true;
          }
          if (on.name == c.id && on.kind == trigger_kind::threshold) {
            early = true;
          }
        }
      }
      if (!early || !late) {
        return fails("clock " + in_quotes(c.id) +
                     (early ? " does nothing once it is broken" : " does not warn before it is due"));
      }
    }
    return any ? answer(holds("every promise warns before it is due and does something once it is broken"))
               : std::nullopt;
  }

  /// P-29: whatever pauses also ends.
  [[nodiscard]] answer pauses_end() const {
    bool any = false;
    for (const auto& c : by_.definition().clocks) {
      if (!c.pause) {
        continue;
      }
      any = true;
      const auto& p = *c.pause;
      if (p.conditions.empty() && p.resume.empty() && p.until.empty() && !p.at_most && !p.at_most_each) {
        return fails("the pause of clock " + in_quotes(c.id) + " has no end");
      }
    }
    return any ? answer(holds("every pause has a condition, an act, a date or a budget that ends it")) : std::nullopt;
  }

  /// P-32: levels climb and end.
  [[nodiscard]] answer levels_climb() const {
    for (const auto& l : by_.definition().ladders) {
      for (std::size_t i = 1; i < l.steps.size(); ++i) {
        if (l.steps[i].level < l.steps[i - 1].level) {
          return fails("ladder " + in_quotes(l.id) + " falls from level " + std::to_string(l.steps[i - 1].level) +
                       " to " + std::to_string(l.steps[i].level));
        }
      }
    }
    return by_.definition().ladders.empty()
               ? std::nullopt
               : answer(holds("the steps of every ladder climb, and there are finitely many"));
  }

private:
  [[nodiscard]] bool bounds_an_amount(transition_id t) const {
    const auto& chart = in_.chart();
    const auto guard = chart.transitions[t].guard;
    if (guard == no_program) {
      return false;
    }
    const auto& reads = chart.programs[guard].reads();
    return std::any_of(reads.begin(), reads.end(), [&](std::uint16_t slot) {
      const auto& a = in_.schema().attributes[slot];
      const bool number = a.type.is(type_kind::integer) || a.type.is(type_kind::real);
      const bool money = a.name.find("amount") != std::string::npos || a.name.find("compensation") != std::string::npos;
      return number && money;
    });
  }

  /// True if a way out of the review decides: it is not one that the customer takes, or may take.
  [[nodiscard]] bool decides(transition_id t) const {
    const auto& by = in_.transition_at(t).by;
    return std::none_of(by.begin(), by.end(), [&](const std::string& name) {
      const auto& roles = in_.roles();
      return name == actor_class_words[static_cast<std::size_t>(actor_class::customer)] ||
             std::any_of(roles.begin(), roles.end(),
                         [&](const role_definition& r) { return r.name == name && r.side == actor_class::customer; });
    });
  }

  [[nodiscard]] bool told_by(const std::string& event) const {
    for (std::size_t t = 0; t < in_.transition_count(); ++t) {
      const auto& d = in_.transition_at(static_cast<transition_id>(t));
      if (std::find(d.events.begin(), d.events.end(), event) == d.events.end()) {
        continue;
      }
      const bool notice = std::any_of(d.actions.begin(), d.actions.end(), [](const action& a) {
        const auto* e = std::get_if<effect_definition>(&a.what);
        return e != nullptr && e->kind == "notice";
      });
      if (!notice) {
        return false;
      }
    }
    return true;
  }

  const policy& by_;
  const lifecycle& in_;
};

} // namespace plaint::detail
