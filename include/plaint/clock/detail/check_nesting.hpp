// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/goal/due.hpp>
#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/detail/guard_cases.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/pointer.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Holds promises that lie inside of another against it: each alone, and those that begin where one before them ends.
/// What ends behind the outer one wherever in a year they begin together is worth a warning.
class nesting_check {
public:
  nesting_check(const std::vector<compiled_clock>& clocks, const lifecycle& in, findings& out)
      : clocks_(clocks), in_(in) {
    for (std::size_t c = 0; c < clocks.size(); ++c) {
      const auto& def = clocks[c].definition;
      if (clocks[c].outer >= clocks.size() || clocks[c].outer == c || def.fits_in.cap) {
        continue;
      }
      std::vector<std::uint16_t> chain{static_cast<std::uint16_t>(c)};
      for (bool more = true; more;) {
        const auto goals = misfit(chain);
        if (!goals.empty()) {
          const auto place = child(def.pointer.empty() ? child("/clocks", def.id) : def.pointer, "fits_in");
          out.push_back({"never-fits",
                         (chain.size() == 1 ? "even where both begin at once this promise ends behind \""
                                            : "even where the first begins with it these promises, one after the "
                                              "other, end behind \"") +
                             def.fits_in.clock + "\": " + goals,
                         place,
                         {},
                         severity::warning});
          break;
        }
        const auto before = begins_after(chain.front());
        more = before != no_id && std::find(chain.begin(), chain.end(), before) == chain.end();
        if (more) {
          chain.insert(chain.begin(), before);
        }
      }
    }
  }

private:
  /// The clock inside of the same outer one whose end begins this one whenever it begins.
  [[nodiscard]] std::uint16_t begins_after(std::uint16_t clock) const {
    const auto& starts = clocks_[clock].start.all();
    if (starts.empty() || starts.front().kind != trigger_kind::stop || starts.front().id >= clocks_.size()) {
      return no_id;
    }
    const auto before = starts.front().id;
    const bool only = std::all_of(starts.begin(), starts.end(), [&](const compiled_trigger& t) {
      return (t.kind == trigger_kind::stop || t.kind == trigger_kind::breach) && t.id == before;
    });
    return only && clocks_[before].outer == clocks_[clock].outer ? before : no_id;
  }

  /// The goals of a case in which the chain never fits, in words; empty if there is no such case.
  [[nodiscard]] std::string misfit(std::vector<std::uint16_t> chain) const {
    chain.push_back(clocks_[chain.front()].outer);
    guard_cases cases(in_);
    for (const auto c : chain) {
      for (const auto& row : clocks_[c].rows.rows()) {
        cases.add(row);
      }
    }
    std::string told;
    std::map<std::vector<std::size_t>, bool> known;
    if (!cases.can_try()) {
      return told;
    }
    (void)cases.any([&](const scope& seen) {
      std::vector<std::size_t> rows;
      for (const auto c : chain) {
        const auto row = clocks_[c].rows.first_match(seen);
        if (!row || clocks_[c].definition.choose != goal_choice::first) {
          return false;
        }
        rows.push_back(*row);
      }
      const auto [place, anew] = known.emplace(rows, true);
      if (anew && !fits(chain, rows)) {
        told = in_words(chain, rows);
      }
      return !told.empty();
    });
    return told;
  }

  [[nodiscard]] std::string in_words(const std::vector<std::uint16_t>& chain,
                                     const std::vector<std::size_t>& rows) const {
    std::string text;
    for (std::size_t i = 0; i < chain.size(); ++i) {
      const auto& c = clocks_[chain[i]];
      text += (i == 0                 ? ""
               : i + 1 < chain.size() ? ", "
                                      : "; ") +
              ("\"" + c.definition.id + "\" ") + to_string(c.goals[rows[i]].source);
    }
    return text;
  }

  /// True if the chain ends in time from some instant of a year, or nobody knows.
  [[nodiscard]] bool fits(const std::vector<std::uint16_t>& chain, const std::vector<std::size_t>& rows) const {
    const auto calendar_of = [&](std::size_t i) -> const calendar& {
      return clocks_[chain[i]].calendars.front().calendar;
    };
    auto begin = instant::min();
    auto end = instant::max();
    for (std::size_t i = 0; i < chain.size(); ++i) {
      begin = std::max(begin, calendar_of(i).horizon().from);
      end = std::min(end, calendar_of(i).horizon().to);
    }
    const auto last = chain.size() - 1;
    begin = std::max(begin, std::min(begin, end) + (end - std::min(begin, end)) / 2);
    for (int n = 0; n < 742; ++n) {
      const auto start = begin + n * std::chrono::minutes{727}; // through a year and all hours of a day
      try {
        const auto outer = due(clocks_[chain[last]].goals[rows[last]].source, start, calendar_of(last));
        auto there = std::optional(start);
        for (std::size_t i = 0; i < last && there; ++i) {
          there = due(clocks_[chain[i]].goals[rows[i]].source, *there, calendar_of(i));
        }
        if (!outer || !there || *there <= clocks_[chain[last - 1]].last_within(*outer, calendar_of(last))) {
          return true;
        }
      } catch (const horizon_error&) {
        return n == 0;
      }
    }
    return false;
  }

  const std::vector<compiled_clock>& clocks_;
  const lifecycle& in_;
};

} // namespace plaint::detail
