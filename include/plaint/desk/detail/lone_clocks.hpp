// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/ladder/compiled_ladder.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace plaint::detail {

/// Whether what a clock does by itself, while it runs, concerns nobody else and nothing else concerns it: no other
/// clock, ladder, event, guard or attribute. That is what most clocks do most of the time.
class lone_clocks {
public:
  explicit lone_clocks(const policy& by) : lone_(by.clocks().size()), simple_(by.clocks().size()) {
    const auto& ladders = by.ladders();
    bool looked_at = false;
    for (std::size_t i = 0; i < ladders.size(); ++i) {
      looked_at = looked_at || ladders[i].any_step;
    }
    for (std::size_t i = 0; i < by.named_clocks() && !looked_at; ++i) {
      lone_[i] = is_lone(by.clocks()[i]) && !by.clocks().is_watched(static_cast<std::uint16_t>(i));
      for (std::size_t l = 0; l < ladders.size(); ++l) {
        lone_[i] = lone_[i] && !is_heard(ladders[l], i);
      }
      simple_[i] = lone_[i] && is_simple(by.clocks()[i].definition);
    }
  }

  [[nodiscard]] bool operator[](std::size_t clock) const noexcept { return lone_[clock]; }
  /// True if nothing happens by itself but at the due instant, all of it once.
  [[nodiscard]] bool is_simple(std::size_t clock) const noexcept { return simple_[clock]; }
  [[nodiscard]] bool any() const noexcept { return std::find(lone_.begin(), lone_.end(), true) != lone_.end(); }

private:
  [[nodiscard]] static bool is_lone(const compiled_clock& c) {
    const auto plain = [](const std::vector<compiled_effect>& all) {
      return std::all_of(all.begin(), all.end(), [](const compiled_effect& e) {
        return std::none_of(e.computed.begin(), e.computed.end(), [](const auto& p) { return p.has_value(); });
      });
    };
    const auto timed = [](const compiled_goal& g) {
      return std::none_of(g.leaves.begin(), g.leaves.end(), [](const auto& l) { return l.in == measure::date; });
    };
    const auto& d = c.definition;
    return !d.recurs && d.cycles != clock_cycles::continued && d.catch_up == catch_up::each_in_order &&
           c.breach_raise == no_id && plain(c.breach_effects) && std::all_of(c.goals.begin(), c.goals.end(), timed) &&
           std::all_of(c.extensions.begin(), c.extensions.end(),
                       [&](const compiled_extension& e) { return !e.to || timed(*e.to); }) &&
           std::all_of(c.calendars.begin(), c.calendars.end(),
                       [](const clock_calendar& each) { return each.next == no_id; }) &&
           std::equal(c.thresholds.begin(), c.thresholds.end(), d.thresholds.begin(), d.thresholds.end(),
                      [&](const compiled_threshold& t, const threshold_definition& said) {
                        return t.guard.is_default() && t.raise == no_id && plain(t.effects) &&
                               said.at.kind != threshold_kind::at_date;
                      });
  }

  [[nodiscard]] static bool is_simple(const clock_definition& d) {
    return std::all_of(d.thresholds.begin(), d.thresholds.end(), [](const threshold_definition& t) {
      return t.at.kind == threshold_kind::at_due && t.at.at_most == 1 && !t.rearm;
    });
  }

  [[nodiscard]] static bool is_heard(const compiled_ladder& l, std::size_t clock) {
    const auto hears = [&](const trigger_list& list) {
      return std::any_of(list.all().begin(), list.all().end(),
                         [&](const compiled_trigger& t) { return is_of_clock(t.kind) && t.id == clock; });
    };
    return hears(l.on) || hears(l.request) || hears(l.approve) || hears(l.acknowledge) || hears(l.de_escalate) ||
           hears(l.ends) || hears(l.nobody);
  }

  std::vector<bool> lone_;
  std::vector<bool> simple_;
};

} // namespace plaint::detail
