// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/due.hpp>
#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/calendar/time_explanation.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace plaint {

/// How a due date came about: what the receipt counted as, then the stretches of time or the days that were used.
struct goal_explanation {
  goal of{};
  instant start{};
  instant received{};                  ///< later than `start` where a day rule moved the receipt
  std::optional<instant> due{};        ///< none while an `until` is unset
  std::vector<explained_time> parts{}; ///< goals in time: all time from the receipt to the due instant
  std::vector<explained_day> days{};   ///< goals in days: the days after the receipt (or its own) up to the last
  std::vector<goal_explanation> choices{};
  certainty how = certainty::known;
};

namespace detail {

inline void explain_days_goal(const days_goal& g, const calendar& c, goal_explanation& e) {
  e.received = receipt_of(g.rules, e.start, c);
  const civil_day first = c.day_at(e.received);
  const civil_day last = last_day_of(g, first, c);
  constexpr std::chrono::days next{1};
  e.days = explain_days(c, g.rules.receipt_day_counts ? first : first + next, last + next);
}

inline void explain_time_goal(const calendar& c, goal_explanation& e) {
  if (e.due && c.horizon().from <= e.start && *e.due <= c.horizon().to) {
    e.parts = c.explain({e.start, *e.due});
  }
}

} // namespace detail

/// Why `due(g, start, c, until)` is what it is.
[[nodiscard]] inline goal_explanation explain(const goal& g, instant start, const calendar& c,
                                              const until_lookup& until = {}) {
  goal_explanation e{.of = g, .start = start, .received = start, .due = due(g, start, c, until)};
  if (const auto* days = std::get_if<days_goal>(&g.form)) {
    detail::explain_days_goal(*days, c, e);
  } else if (std::holds_alternative<business_goal>(g.form)) {
    detail::explain_time_goal(c, e);
  } else if (const auto* choice = std::get_if<choice_goal>(&g.form)) {
    for (const auto& one : choice->of) {
      e.choices.push_back(explain(one, start, c, until));
      e.how = std::max(e.how, e.choices.back().how);
    }
  }
  if (e.due && !std::holds_alternative<elapsed_goal>(g.form) && !std::holds_alternative<until_goal>(g.form)) {
    e.how = std::max(e.how, c.certainty_of({std::min(start, *e.due), std::max(start, *e.due)}));
  }
  return e;
}

/// The explanation in lines, in the calendar's local time.
[[nodiscard]] inline std::string to_string(const goal_explanation& e, const calendar& c) {
  std::string text = to_string(e.of) + " from " + detail::wall_words(c, e.start);
  text += e.due ? ": due " + detail::wall_words(c, *e.due) + "\n" : ": due is not known yet\n";
  if (e.received != e.start) {
    text += "counts as received " + detail::wall_words(c, e.received) + "\n";
  }
  for (const auto& part : e.parts) {
    text += to_string(part, c) + "\n";
  }
  for (const auto& day : e.days) {
    text += to_string(day) + "\n";
  }
  for (const auto& choice : e.choices) {
    text += to_string(choice, c);
  }
  return text;
}

} // namespace plaint
