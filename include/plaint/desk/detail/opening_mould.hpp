// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/cycle_marks.hpp>
#include <plaint/complaint/apply.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/read_event.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/desk/detail/effect_mould.hpp>
#include <plaint/desk/detail/packed_clock.hpp>
#include <plaint/desk/detail/seat_table.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// True if a policy's openings differ by nothing but who, when, and what is due when, where all that is said is the
/// same: nothing that is looked at when a complaint opens asks for the time, for a clock, or for who exactly acts.
[[nodiscard]] inline bool opens_alike(const policy& by) {
  const auto timeless = [](const program& p) {
    const auto& all = p.code().instructions;
    return std::none_of(all.begin(), all.end(), [](const instruction& i) {
      return i.op == opcode::now || i.op == opcode::clock || (i.op == opcode::actor && i.a == 0);
    });
  };
  const auto all_timeless = [&](const std::vector<program>& all) {
    return std::all_of(all.begin(), all.end(), timeless);
  };
  const auto unguarded = [&](const trigger_list& list) {
    return std::all_of(list.all().begin(), list.all().end(), [&](const auto& t) { return timeless(t.guard); });
  };
  const auto same_goal = [](const compiled_goal& g) {
    return std::none_of(g.leaves.begin(), g.leaves.end(),
                        [](const auto& l) { return l.in == measure::date || l.from_next_hour; });
  };
  const auto alike = [&](const compiled_clock& c) {
    return c.definition.choose == goal_choice::first && c.anchor_slot == no_id && !c.anchor_offset &&
           c.outer == no_id && timeless(c.applies) && unguarded(c.start) && all_timeless(c.rows.rows()) &&
           all_timeless(c.calendar_rows.rows()) && (!c.pause || all_timeless(c.pause->conditions)) &&
           std::all_of(c.goals.begin(), c.goals.end(), same_goal) &&
           std::none_of(c.calendars.begin(), c.calendars.end(), [](const auto& each) { return each.next != no_id; }) &&
           std::none_of(c.definition.thresholds.begin(), c.definition.thresholds.end(),
                        [](const auto& t) { return t.at.kind == threshold_kind::at_date; });
  };
  const auto& ladders = by.ladders();
  bool listens = false;
  for (std::size_t i = 0; i < ladders.size(); ++i) {
    listens = listens || ladders[i].any_step;
  }
  return !listens && all_timeless(by.lifecycle().chart().programs) &&
         std::all_of(by.clocks().clocks().begin(), by.clocks().clocks().end(), alike);
}

/// Opens complaints after the example of one that the reducer has opened: where the actor's role and the data are the
/// same, only the id, the instants and what follows from them differ.
class opening_moulds {
public:
  explicit opening_moulds(const policy& by) : by_(by), works_(opens_alike(by)) {}

  /// The complaint that such an opening makes, and in `did` what it did; nothing where there is no example, or the
  /// opening is not of the usual kind. It is good until next time.
  [[nodiscard]] complaint* pour(std::string_view id, const event& opening, progress& did) {
    if (!works_ || !opening.key.empty() || beyond_time(opening)) {
      return nullptr;
    }
    const auto found = std::find_if(moulds_.begin(), moulds_.end(), [&](const auto& m) { return m->is_for(opening); });
    if (found == moulds_.end() || !move((*found)->of, opening.effective_at)) {
      return nullptr;
    }
    ++poured_;
    auto& m = **found;
    m.of.id = id;
    did.accepted = true;
    did.sequence = m.did.sequence;
    did.transitions = m.did.transitions;
    did.left = m.did.left;
    did.entered = m.did.entered;
    did.after = m.did.after;
    did.noticed = opening.effective_at;
    did.next_wake_up = wake_up(m.of);
    m.effects.pour(id, opening.effective_at, duration{}, did.effects);
    return &m.of;
  }

  /// Takes a complaint that was just opened as an example, where it is one.
  void learn(const complaint& of, const event& opening, const progress& did) {
    if (!works_ || !opening.key.empty() || !is_plain(of) || !is_plain(of.id, opening.effective_at, did)) {
      return;
    }
    if (moulds_.size() == most) {
      if (poured_ < most) { // hardly any opening is like another
        works_ = false;
        moulds_.clear();
        return;
      }
      moulds_.erase(moulds_.begin());
      poured_ = 0;
    }
    moulds_.push_back(std::make_unique<mould>(
        mould{sum_of(opening), opening.actor, opening.data, of, did, effect_mould(did.effects, of.id)}));
  }

private:
  static constexpr std::size_t most = 64;

  struct mould {
    std::uint64_t sum = 0;
    actor who{};
    node data{};
    complaint of{};
    progress did{};
    effect_mould effects{};

    [[nodiscard]] bool is_for(const event& e) const {
      return e.actor.role == who.role && e.actor.side == who.side && e.data == data;
    }
  };

  /// Differs for most that differ.
  [[nodiscard]] static std::uint64_t sum_of(const event& e) noexcept {
    auto sum = hash_of(e.actor.role);
    for (const auto& item : e.data.items) {
      sum = (sum ^ hash_of(item.text)) * 0x9e3779b97f4a7c15ULL;
    }
    return sum;
  }

  /// Promises that have begun with it and only run, one stay, no ladder.
  [[nodiscard]] static bool is_plain(const complaint& c) {
    const auto at = c.opened_at;
    return c.sequence == 1 && c.happened_at == at && c.known.empty() && c.trail.size() == 1 &&
           c.trail.front().from == at &&
           std::all_of(c.ladders.begin(), c.ladders.end(), [](const auto& l) { return l == ladder_state{}; }) &&
           std::all_of(c.clocks.begin(), c.clocks.end(), [&](const clock_state& s) {
             if (s.cycles.empty()) {
               return true;
             }
             const auto& y = s.cycles.front();
             return s.cycles.size() == 1 && y.running() && y.started == at && y.anchor == at && y.since == at &&
                    y.closed == 0 && y.crossed == instant::max() && y.fired.empty() && !has_rare(y) &&
                    has_plain_ledger(y);
           });
  }
  [[nodiscard]] static bool is_plain(const std::string& id, instant at, const progress& did) {
    return did.firings.empty() && did.rungs.empty() && did.revisions.empty() &&
           effect_mould::fits(did.effects, id + "/1/") &&
           std::all_of(did.effects.begin(), did.effects.end(),
                       [&](const effect& e) { return e.at == at && e.late_by == duration{}; });
  }

  /// The same complaint as of another instant; false, with anything left in it, where that takes the reducer.
  [[nodiscard]] bool move(complaint& c, instant at) {
    c.opened_at = c.last_at = c.happened_at = c.trail.front().from = at;
    c.next = instant::max();
    try {
      for (std::size_t k = 0; k < c.clocks.size(); ++k) {
        if (c.clocks[k].cycles.empty()) {
          continue;
        }
        auto& y = c.clocks[k].cycles.front();
        y.started = y.anchor = y.since = y.generations.front().since = y.segments.front().from = at;
        y.due = cycle_meter(by_.clocks()[k], y, c.attributes).due();
        if (y.due < at) {
          return false;
        }
        y.next = cycle_marks(by_.clocks()[k], c.clocks[k], c.attributes).next().at;
        c.next = std::min(c.next, y.next);
      }
    } catch (const horizon_error&) { // refused by the reducer
      return false;
    }
    return true;
  }

  const policy& by_;
  bool works_;
  std::vector<std::unique_ptr<mould>> moulds_{};
  std::size_t poured_ = 0;
};

} // namespace plaint::detail
