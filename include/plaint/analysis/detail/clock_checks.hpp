// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/goal_bounds.hpp>
#include <plaint/analysis/detail/judgement.hpp>
#include <plaint/analysis/detail/value_domain.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// Properties of the catalogue about how the clocks of a policy fit together; nothing where it has not what they speak
/// of.
class clock_checks {
public:
  explicit clock_checks(const policy& by) : by_(by), in_(by.lifecycle()) {}

  using answer = std::optional<judgement>;

  /// P-24: what is told on the way is told again and again.
  [[nodiscard]] answer progress_recurs() const {
    bool any = false;
    for (const auto& c : clocks()) {
      if (!names(c.stop, trigger_kind::notice, "progress")) {
        continue;
      }
      any = true;
      const bool again =
          c.recurs || (c.cycles != clock_cycles::once && names(c.start, trigger_kind::notice, "progress"));
      if (!again) {
        return fails("clock " + in_quotes(c.id) + " asks for one notice of progress and for no other after it");
      }
    }
    return any ? answer(holds("the next notice of progress is owed as soon as one was sent")) : std::nullopt;
  }

  /// P-30: a promise inside another one fits into it; the acknowledgement is due no later than the answer.
  [[nodiscard]] answer promises_nest() const {
    bool any = false;
    for (const auto& inner : clocks()) {
      for (const auto& outer : clocks()) {
        const bool inside = !inner.fits_in.clock.empty() && inner.fits_in.clock == outer.id;
        const bool acknowledges = names(inner.stop, trigger_kind::notice, "ack") &&
                                  !names(inner.stop, trigger_kind::notice, "final") &&
                                  names(outer.stop, trigger_kind::notice, "final") && inner.start == outer.start;
        if (!inside && !acknowledges) {
          continue;
        }
        const auto more = inside && inner.fits_in.cap ? std::optional(false) : exceeds({&inner}, outer);
        any = any || more.has_value();
        if (more.value_or(false)) {
          return fails("clock " + in_quotes(inner.id) + " allows more than " + in_quotes(outer.id) +
                       (inside ? ", inside which it must fit" : ", before which it must be met"));
        }
      }
    }
    return any ? answer(holds("every promise is shorter than the one inside which it lies")) : std::nullopt;
  }

  /// P-31: where there is a clock of retention, nothing deletes without asking for it and for a hold.
  [[nodiscard]] answer retention_is_kept() const {
    const auto& all = clocks();
    const auto retention =
        std::find_if(all.begin(), all.end(), [](const auto& c) { return c.id.find("retention") != std::string::npos; });
    if (retention == all.end()) {
      return std::nullopt;
    }
    for (std::size_t t = 0; t < in_.transition_count(); ++t) {
      const auto& d = in_.transition_at(static_cast<transition_id>(t));
      if (!deletes(d)) {
        continue;
      }
      const auto event = in_quotes(d.events.empty() ? std::string("a timer") : d.events.front());
      if (d.guard.find("\"" + retention->id + "\"") == std::string::npos) {
        return fails(event + " deletes without asking for clock " + in_quotes(retention->id));
      }
      for (const auto* hold : {"hold", "legal_hold"}) {
        if (by_.schema().slot(hold) && d.guard.find(hold) == std::string::npos) {
          return fails(event + " deletes though \"" + std::string(hold) + "\" may be set");
        }
      }
    }
    return holds("clock " + in_quotes(retention->id) + " begins with " +
                 (retention->anchor.empty() ? to_string(retention->start.front()) : in_quotes(retention->anchor)) +
                 ", and nothing is deleted before it ends");
  }

  /// P-33: what goes to the internal review comes there early enough for the reviewer's own time.
  [[nodiscard]] answer review_comes_in_time() const {
    constexpr std::string_view review = "under_internal_review";
    for (const auto& sent : clocks()) {
      for (const auto& reviewed : clocks()) {
        for (const auto& outer : clocks()) {
          const bool chain = names(sent.stop, trigger_kind::enter, review) &&
                             names(reviewed.start, trigger_kind::enter, review) &&
                             names(outer.stop, trigger_kind::notice, "final") && sent.start == outer.start;
          const auto more = chain ? exceeds({&sent, &reviewed}, outer) : std::nullopt;
          if (!more) {
            continue;
          }
          return *more ? fails("clocks " + in_quotes(sent.id) + " and " + in_quotes(reviewed.id) +
                               " together allow more than " + in_quotes(outer.id))
                       : holds("clock " + in_quotes(outer.id) + " leaves the reviewer all the time of " +
                               in_quotes(reviewed.id));
        }
      }
    }
    return std::nullopt;
  }

private:
  [[nodiscard]] const std::vector<clock_definition>& clocks() const { return by_.definition().clocks; }

  [[nodiscard]] static bool names(const std::vector<trigger>& all, trigger_kind kind, std::string_view name) {
    return std::any_of(all.begin(), all.end(), [&](const trigger& t) { return t.kind == kind && t.name == name; });
  }

  [[nodiscard]] static bool deletes(const transition_definition& d) {
    const auto is = [](std::string_view name) {
      return name.find("delete") != name.npos || name.find("erase") != name.npos || name.find("destroy") != name.npos;
    };
    return std::any_of(d.events.begin(), d.events.end(), is) ||
           std::any_of(d.actions.begin(), d.actions.end(), [&](const action& a) {
             const auto* e = std::get_if<effect_definition>(&a.what);
             return e != nullptr && is(e->kind);
           });
  }

  [[nodiscard]] const calendar* hours_of(const clock_definition& d) const {
    const auto name = d.calendars.empty() ? std::string{} : d.calendars.front().calendar;
    for (const auto& c : by_.calendars()) {
      if (name.empty() || c.name == name) {
        return &c.calendar;
      }
    }
    return nullptr;
  }

  /// Whether these together can take longer than the shortest goal of another one; nothing where they cannot be
  /// compared.
  [[nodiscard]] std::optional<bool> exceeds(const std::vector<const clock_definition*>& parts,
                                            const clock_definition& outer) const {
    const auto unit = outer.goals.empty() ? std::nullopt : unit_of(outer.goals.front().goal);
    const auto same = [&](const clock_definition& c) {
      return std::all_of(c.goals.begin(), c.goals.end(), [&](const goal_row& g) { return unit_of(g.goal) == unit; }) &&
             (unit == bound_unit::calendar_days || unit == bound_unit::months || hours_of(c) == hours_of(outer));
    };
    const bool plain =
        unit && same(outer) && std::all_of(parts.begin(), parts.end(), [&](auto* c) { return same(*c); });
    std::int64_t sum = 0;
    for (const auto* c : parts) {
      std::int64_t longest = 0;
      for (const auto& g : c->goals) {
        const auto one = plain ? amount_of(g.goal, *unit) : elapsed(g.goal, *c, true);
        if (!one) {
          return std::nullopt;
        }
        longest = std::max(longest, *one);
      }
      sum += longest;
    }
    std::optional<std::int64_t> shortest;
    for (const auto& g : outer.goals) {
      const auto one = plain ? amount_of(g.goal, *unit) : elapsed(g.goal, outer, false);
      if (!one) {
        return std::nullopt;
      }
      shortest = shortest ? std::min(*shortest, *one) : *one;
    }
    return shortest ? std::optional(sum > *shortest) : std::nullopt;
  }

  /// A goal in elapsed time, at the most or at the least.
  [[nodiscard]] std::optional<std::int64_t> elapsed(const goal& g, const clock_definition& d, bool most) const {
    const auto* hours = hours_of(d);
    const auto from = by_.definition().effective.from;
    const auto begin =
        from ? instant{from->time_since_epoch()} : instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};
    const auto seen = hours == nullptr ? std::nullopt : length_of(g, *hours, begin);
    return seen ? std::optional((most ? seen->most : seen->least).count()) : std::nullopt;
  }

  const policy& by_;
  const lifecycle& in_;
};

} // namespace plaint::detail
