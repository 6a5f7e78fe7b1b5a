// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/clock_moves.hpp>
#include <plaint/analysis/detail/goal_bounds.hpp>
#include <plaint/analysis/detail/judgement.hpp>
#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstdint>
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
    auto own = search(*cap, *unit_of(*cap), *amount_of(*cap, *unit_of(*cap)), from, to, hours);
    if (own.verdict == proof_verdict::holds || *unit_of(*cap) == bound_unit::elapsed || hours == nullptr) {
      return own;
    }
    const auto least = length_of(*cap, *hours, beginning());
    if (!least) {
      return own;
    }
    auto worst = search(*cap, bound_unit::elapsed, least->least.count(), from, to, hours);
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
    std::vector<std::int64_t> due{}; ///< by clock, at most so long after the beginning; `never`: it does not run
    std::uint32_t before = 0xffffffff;
    std::uint32_t move = 0xffffffff;
  };

  [[nodiscard]] judgement search(const goal& cap, bound_unit unit, std::int64_t most, const subject_set& from,
                                 const subject_set& to, const calendar* hours) {
    (void)cap;
    unit_ = unit;
    hours_ = hours;
    most_ = most;
    const auto count = clocks_.size();
    std::vector<situation> queue{{0, false, std::vector<std::int64_t>(count, never)}};
    std::map<std::pair<std::uint32_t, bool>, std::vector<std::vector<std::int64_t>>> seen;
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
        if (at.counting && does(in_, m, to)) {
          happens = true;
          if (now > most) {
            return late(queue, head, next.move, now);
          }
          worst = std::max(worst, now);
          continue;
        }
        const bool begins = !at.counting && does(in_, m, from);
        if (begins && does(in_, m, to)) {
          happens = true;
          continue;
        }
        next.counting = at.counting || begins;
        const auto base = at.counting ? now : 0;
        for (std::size_t c = 0; c < count; ++c) {
          if (clocks_.ends(c, m)) {
            next.due[c] = never;
          }
          if (next.due[c] == never && clocks_.is_owed(c) && clocks_.begins(c, m)) {
            const auto length = amount(c, m.to);
            next.due[c] = base == never || length == never || base + length > most ? never : base + length;
          }
        }
        auto& known = seen[{next.node, next.counting}];
        const bool dominated = std::any_of(known.begin(), known.end(), [&](const auto& d) {
          return std::equal(d.begin(), d.end(), next.due.begin(),
                            [](std::int64_t a, std::int64_t b) { return a >= b; });
        });
        if (!dominated) {
          known.push_back(next.due);
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
    std::int64_t longest = 0;
    for (std::size_t row = 0; row < d.goals.size(); ++row) {
      const auto applies = clocks_.row_applies(c, row, node);
      if (applies == truth::no) {
        continue;
      }
      longest = std::max(longest, with_more(c, d, d.goals[row].goal));
      if (applies == truth::yes) {
        break;
      }
    }
    return d.goals.empty() ? never : longest;
  }

  [[nodiscard]] std::int64_t with_more(std::size_t c, const clock_definition& d, const goal& g) {
    auto all = length(c, g);
    for (const auto& e : d.extensions) {
      if (e.to) {
        all = std::max(all, length(c, *e.to));
      }
      if (e.by) {
        const auto more = length(c, *e.by);
        all = all == never || more == never ? never : all + more * e.at_most;
      }
    }
    if (d.pause) {
      const auto pause = d.pause->at_most ? length(c, *d.pause->at_most) : never;
      all = all == never || pause == never ? never : all + pause;
    }
    return all;
  }

  [[nodiscard]] std::int64_t length(std::size_t c, const goal& g) {
    if (unit_ != bound_unit::elapsed) {
      return same_hours(c) ? most_of(g, unit_).value_or(never) : never;
    }
    if (std::holds_alternative<until_goal>(g.form)) {
      return never;
    }
    const auto* own = clocks_.hours(c);
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
  [[nodiscard]] bool same_hours(std::size_t c) const {
    return unit_ == bound_unit::calendar_days || unit_ == bound_unit::months || clocks_.hours(c) == hours_;
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
