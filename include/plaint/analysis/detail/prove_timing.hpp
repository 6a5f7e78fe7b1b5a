// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/clock_moves.hpp>
#include <plaint/analysis/detail/goal_bounds.hpp>
#include <plaint/analysis/detail/judgement.hpp>
#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The worst case between two things that happen, if everybody takes all the time that the clocks allow and no promise
/// is broken. Difference bounds: the instant of a step is at most the earliest due instant of the clocks that run
/// before it.
class timing_proof {
public:
  timing_proof(const case_graph& in, const policy& by) : in_(in), by_(by), clocks_(in, by) {}

  [[nodiscard]] judgement judge(const property& p, subject_set from, const subject_set& to) {
    findings out;
    const auto cap = parse_goal(p.goal, out, p.pointer);
    if (!cap || !unit_of(*cap)) {
      return fails("\"" + p.goal + "\" is no length of time; it reads like \"8 weeks\", \"3 business days\" or \"4h\"");
    }
    from.opening = from.opening || p.subject.empty();
    const auto* hours = calendar_named(p.calendar);
    if (hours == nullptr && *unit_of(*cap) != bound_unit::elapsed && !by_.calendars().empty()) {
      return fails("there is no calendar " + in_quotes(p.calendar));
    }
    auto own = search(*unit_of(*cap), *amount_of(*cap, *unit_of(*cap)), from, to, hours);
    if (own.verdict == proof_verdict::holds || *unit_of(*cap) == bound_unit::elapsed || hours == nullptr) {
      return own;
    }
    const auto least = length_of(*cap, *hours, beginning());
    if (!least) {
      return own;
    }
    auto worst = search(bound_unit::elapsed, least->least.count(), from, to, hours);
    return worst.verdict == proof_verdict::holds ? worst : own;
  }

private:
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

  [[nodiscard]] const calendar* calendar_named(const std::string& name) const {
    for (const auto& c : by_.calendars()) {
      if (name.empty() || c.name == name) {
        return &c.calendar;
      }
    }
    return nullptr;
  }
  [[nodiscard]] instant beginning() const {
    const auto from = by_.definition().effective.from;
    return from ? instant{from->time_since_epoch()} : instant{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};
  }

  struct situation {
    std::uint32_t node = 0;
    bool counting = false;
    std::vector<std::int64_t> due{}; ///< by clock, at most so long after the beginning; `never`: it need not run
    std::vector<bool> used{};        ///< by clock: it may have had a cycle
    std::uint32_t before = 0xffffffff;
    std::uint32_t move = 0xffffffff;

    /// True if whatever comes after the other one comes no later than after this one.
    [[nodiscard]] bool covers(const situation& other) const {
      return std::equal(due.begin(), due.end(), other.due.begin(), std::greater_equal<>()) &&
             std::equal(used.begin(), used.end(), other.used.begin(), std::greater_equal<>());
    }
  };

  [[nodiscard]] judgement search(bound_unit unit, std::int64_t most, const subject_set& from, const subject_set& to,
                                 const calendar* hours) {
    unit_ = unit;
    hours_ = hours;
    most_ = most;
    const auto count = clocks_.size();
    std::vector<situation> queue{{0, false, std::vector<std::int64_t>(count, never), std::vector<bool>(count)}};
    std::map<std::pair<std::uint32_t, bool>, std::vector<std::uint32_t>> seen; // places in the queue
    std::int64_t worst = 0;
    bool happens = false;
    constexpr std::size_t limit = 500'000;
    for (std::uint32_t head = 0; head < queue.size() && queue.size() < limit; ++head) {
      const auto at = queue[head];
      for (const auto& m : in_.from(at.node)) {
        auto next = at;
        next.node = m.to;
        next.before = head;
        next.move = static_cast<std::uint32_t>(&m - in_.moves().data());
        std::int64_t now = never; // the latest instant of this step
        for (std::size_t c = 0; at.counting && c < count; ++c) {
          if (clocks_.forces(c, at.node)) {
            now = std::min(now, at.due[c]);
          }
        }
        const bool hit = meets(m, from, to, next.counting);
        happens = happens || hit;
        if (hit && at.counting) {
          if (now > most) {
            return late(queue, head, next.move, now);
          }
          worst = std::max(worst, now);
        }
        const auto base = at.counting && !hit ? now : 0;
        for (std::size_t c = 0; c < count; ++c) {
          move_clock(c, at, m, base, next);
        }
        auto& known = seen[{next.node, next.counting}];
        if (std::none_of(known.begin(), known.end(), [&](auto i) { return queue[i].covers(next); })) {
          known.push_back(static_cast<std::uint32_t>(queue.size()));
          queue.push_back(std::move(next));
        }
      }
    }
    if (queue.size() >= limit) {
      return {.verdict = proof_verdict::undecided,
              .because = "there are more ways for time to pass than are looked at"};
    }
    auto j = happens ? holds("at the worst it takes " + text_of(worst) + " of " + text_of(most))
                     : holds("the one never follows the other", true);
    j.assumptions = {
        "no promise is broken: each is kept at its last instant, with all extensions and pauses that it allows"};
    return j;
  }

  /// True if a move comes to the target while time counts; `counting` becomes what it is afterwards.
  [[nodiscard]] bool meets(const case_move& m, const subject_set& from, const subject_set& to, bool& counting) const {
    bool hit = false;
    const auto see = [&](bool is_from, bool is_to) {
      hit = hit || (counting && is_to);
      counting = (counting && !is_to) || is_from;
    };
    const bool again = m.from != 0 && (from.reopening || to.reopening) && reopens(in_, m);
    see(from.reopening && again, to.reopening && again);
    (void)in_order(in_, m, [&](int what, std::uint16_t id) {
      see(is_in(from, what, id), is_in(to, what, id));
      return false;
    });
    return hit;
  }

  /// What a move at an instant does to when a clock is due at the latest.
  void move_clock(std::size_t c, const situation& at, const case_move& m, std::int64_t now, situation& next) {
    const auto life = clocks_.after(c, {.runs = at.due[c] != never, .used = at.used[c]}, m);
    next.used[c] = life.used;
    if (!life.runs || !clocks_.is_owed(c)) {
      next.due[c] = never;
      return;
    }
    const auto longest = amount(c, m.to);
    const auto anew = now == never || longest == never || now + longest > most_ ? never : now + longest;
    next.due[c] = life.fresh ? (life.sure ? anew : std::max(anew, at.due[c])) : retargeted(c, at, longest, anew);
  }

  /// Where the due instant of a clock that goes on lies once values may have chosen another goal.
  [[nodiscard]] std::int64_t retargeted(std::size_t c, const situation& at, std::int64_t longest, std::int64_t anew) {
    const auto before = at.node == 0 || clocks_.definition(c).goals.size() < 2 ? longest : amount(c, at.node);
    if (before == longest) {
      return at.due[c];
    }
    const bool known = before != never && longest != never;
    const auto moved = known && at.due[c] + longest - before <= most_ ? at.due[c] + longest - before : never;
    switch (clocks_.definition(c).retarget) {
    case retarget_mode::pin:
    case retarget_mode::ratchet:
      return at.due[c];
    case retarget_mode::loosen:
      return std::max(at.due[c], moved);
    case retarget_mode::carry:
    case retarget_mode::remeasure:
      return moved;
    default: // begun anew, or in proportion: no later than a whole one from here
      return anew;
    }
  }

  [[nodiscard]] judgement late(const std::vector<situation>& queue, std::uint32_t head, std::uint32_t move,
                               std::int64_t now) const {
    case_path path{move};
    for (auto i = head; queue[i].move != 0xffffffff; i = queue[i].before) {
      path.push_back(queue[i].move);
    }
    std::reverse(path.begin(), path.end());
    auto j = fails(now == never ? "no clock bounds the way to it in " + standing(in_, in_.moves()[move].from) +
                                      ", or none within " + text_of(most_)
                                : "at the worst it takes " + text_of(now) + ", more than " + text_of(most_),
                   path);
    j.assumptions = {
        "no promise is broken: each is kept at its last instant, with all extensions and pauses that it allows"};
    return j;
  }

  [[nodiscard]] std::string text_of(std::int64_t n) const {
    switch (unit_) {
    case bound_unit::business_days:
      return std::to_string(n) + (n == 1 ? " business day" : " business days");
    case bound_unit::calendar_days:
      return std::to_string(n) + (n == 1 ? " day" : " days");
    case bound_unit::months:
      return std::to_string(n) + (n == 1 ? " month" : " months");
    default:
      break;
    }
    const auto text = std::to_string(n / 3'600'000'000) + "h " + std::to_string(n / 60'000'000 % 60) + "min";
    return unit_ == bound_unit::open_time ? text + " of open time" : text;
  }

  /// The longest that a clock can run from its start here, with what it allows beyond its goal.
  [[nodiscard]] std::int64_t amount(std::size_t c, std::uint32_t node) {
    const auto& d = clocks_.definition(c);
    const auto* hours = clocks_.hours(c, node);
    const bool first = d.choose == goal_choice::first;
    std::int64_t longest = 0;
    std::int64_t tightest = never;
    for (std::size_t row = 0; row < d.goals.size(); ++row) {
      const auto applies = clocks_.row_applies(c, row, node);
      if (applies == truth::no) {
        continue;
      }
      const auto whole = with_more(d, d.goals[row].goal, hours);
      longest = std::max(longest, whole);
      if (applies == truth::yes) {
        tightest = std::min(tightest, whole);
        if (first) {
          break;
        }
      }
    }
    return d.goals.empty() ? never : first ? longest : std::min(longest, tightest);
  }

  [[nodiscard]] std::int64_t with_more(const clock_definition& d, const goal& g, const calendar* hours) {
    auto all = length(g, hours);
    if (d.anchor_offset) {
      const auto offset = length(*d.anchor_offset, hours);
      all = all == never || offset == never ? never : all + offset;
    }
    for (const auto& e : d.extensions) {
      if (e.to) {
        all = std::max(all, length(*e.to, hours));
      }
      if (e.by) {
        const auto more = length(*e.by, hours);
        all = all == never || more == never ? never : all + more * e.at_most;
      }
    }
    if (d.pause) {
      const auto pause = d.pause->at_most ? length(*d.pause->at_most, hours) : never;
      all = all == never || pause == never ? never : all + pause;
    }
    return all;
  }

  /// A goal in the unit at most. What is no count of the unit is measured; in calendar days it is rounded up.
  [[nodiscard]] std::int64_t length(const goal& g, const calendar* own) {
    const auto plain = unit_ != bound_unit::elapsed && same_hours(own) ? most_of(g, unit_) : std::nullopt;
    if (plain || (unit_ != bound_unit::elapsed && unit_ != bound_unit::calendar_days)) {
      return plain.value_or(never);
    }
    const auto most = measured(g, own);
    constexpr std::int64_t day = 86'400'000'000;
    return most == never || unit_ == bound_unit::elapsed ? most : (most + day - 1) / day;
  }

  /// A goal in elapsed time at its worst.
  [[nodiscard]] std::int64_t measured(const goal& g, const calendar* own) {
    if (std::holds_alternative<until_goal>(g.form)) {
      return never;
    }
    for (const auto& [known, of, found] : lengths_) {
      if (known == g && of == own) {
        return found;
      }
    }
    const auto seen = own == nullptr ? std::nullopt : length_of(g, *own, beginning());
    lengths_.push_back({g, own, seen ? seen->most.count() : never});
    return lengths_.back().most;
  }

  /// Business days of another calendar are another unit; calendar days are not.
  [[nodiscard]] bool same_hours(const calendar* own) const {
    return unit_ == bound_unit::calendar_days || unit_ == bound_unit::months || own == hours_;
  }

  struct known_length {
    goal of{};
    const calendar* hours = nullptr;
    std::int64_t most = 0;
  };

  const case_graph& in_;
  const policy& by_;
  clock_moves clocks_;
  bound_unit unit_ = bound_unit::elapsed;
  const calendar* hours_ = nullptr;
  std::int64_t most_ = 0;
  std::vector<known_length> lengths_{};
};

} // namespace plaint::detail
