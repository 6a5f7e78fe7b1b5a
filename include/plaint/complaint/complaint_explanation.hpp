// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_explanation.hpp>
#include <plaint/complaint/case_file.hpp>
#include <plaint/complaint/possible_event.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// Something that brought a complaint to where it is: an event, or what time did.
struct explained_change {
  instant at{};
  std::uint64_t sequence = 0; ///< of the event in the journal; 0: time alone
  std::string what{};         ///< "answer"; of time "breach(answer)", "threshold(answer, warn)", "after(answered)", …
  std::string by{};           ///< the actor's id, else the role; empty for time
  std::vector<std::string> left{};
  std::vector<std::string> entered{};
  std::vector<std::string> transitions{}; ///< JSON pointers into the policy

  friend bool operator==(const explained_change&, const explained_change&) = default;
};

/// Something that time alone will do, unless an event comes before it.
struct coming_change {
  instant at{};
  std::string what{}; ///< as `explained_change::what`

  friend bool operator==(const coming_change&, const coming_change&) = default;
};

/// Why a complaint is in this state, why its clocks are due when they are, and what is next.
struct complaint_explanation {
  std::string complaint{};
  std::string policy{};
  instant as_of{};
  std::vector<std::string> states{};       ///< active, without states of their own
  std::vector<explained_change> history{}; ///< in the order of time; without a journal only the states that it was in
  std::vector<clock_explanation> clocks{}; ///< the latest cycle of each that ever started
  std::vector<coming_change> coming{};     ///< the next thing of each clock, timer and ladder, earliest first
  std::vector<possible_event> possible{};  ///< what the actor who asks could do now, and why not the rest
};

namespace detail {

[[nodiscard]] inline std::string listed(const std::vector<std::string>& names, std::string_view between) {
  std::string text;
  for (const auto& name : names) {
    text += (text.empty() ? "" : std::string(between)) + name;
  }
  return text;
}

/// What a clock waits for at its next instant: its thresholds there, then the breach, or else the one thing.
inline void add_coming_of_clock(const compiled_clock& clock, const clock_state& state,
                                std::span<const value> attributes, std::vector<coming_change>& all) {
  constexpr std::array<std::string_view, 7> words{"edition", "breach", "threshold", "pause_exceeded",
                                                  "date",    "review", "start"};
  const auto& d = clock.definition;
  const cycle_marks marks(clock, state, attributes);
  const auto first = marks.next();
  const auto at = state.next();
  const auto breach = "breach(" + d.id + ")";
  if (first.kind != mark_kind::threshold) {
    all.push_back({at, first.kind == mark_kind::breach
                           ? breach
                           : std::string(words[static_cast<std::size_t>(first.kind)]) + "(" + d.id + ")"});
    return;
  }
  for (std::size_t t = 0; t < d.thresholds.size(); ++t) {
    const auto fired = marks.fired(t);
    if (t == first.threshold || (fired < d.thresholds[t].at.at_most && marks.mark(t, fired) == at)) {
      all.push_back({at, "threshold(" + d.id + ", " + d.thresholds[t].id + ")"});
    }
  }
  const auto& cycle = state.cycles.back();
  if (cycle.is_open() && cycle.crossed == instant::max() && cycle.due == at) {
    all.push_back({at, breach});
  }
}

/// What the clocks, the timers of the lifecycle and the ladders wait for; earliest first, of one instant in the order
/// in which it happens.
[[nodiscard]] inline std::vector<coming_change> coming_of(const policy& by, const complaint& c) {
  std::vector<coming_change> all;
  for (std::size_t i = 0; i < c.clocks.size(); ++i) {
    const auto at = c.clocks[i].next();
    if (at == instant::max()) {
      continue;
    }
    if (i >= by.named_clocks()) {
      const auto& timer = by.lifecycle().timers()[i - by.named_clocks()];
      const auto from = timer.state == no_id ? std::string("opened") : by.lifecycle().name(timer.state);
      all.push_back({at, (timer.kind == timer_kind::after ? "after(" : "within(") + from + ")"});
      continue;
    }
    add_coming_of_clock(by.clocks()[i], c.clocks[i], c.attributes, all);
  }
  for (std::size_t i = 0; i < c.ladders.size(); ++i) {
    if (c.ladders[i].next != instant::max()) {
      all.push_back({c.ladders[i].next, "ladder(" + by.ladders()[i].definition.id + ")"});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return all;
}

/// Runs a journal's events again in the order of time, one thing at a time, and writes down what moved the complaint.
class history_run {
public:
  explicit history_run(const policy& by) : by_(by) {}

  [[nodiscard]] std::vector<explained_change> run(const case_file& file) {
    std::vector<const journal_record*> records;
    for (const auto& r : file.journal.records) {
      records.push_back(&r);
    }
    std::stable_sort(records.begin(), records.end(),
                     [](const auto* a, const auto* b) { return a->what.effective_at < b->what.effective_at; });
    for (const auto* r : records) {
      if (c_.sequence > 0) {
        pass_until(r->what.effective_at);
      }
      auto [after, did] = c_.sequence == 0 ? open(by_, file.now.id, r->what) : apply(by_, std::move(c_), r->what);
      c_ = std::move(after);
      const auto& who = r->what.actor;
      note(did, {.at = r->what.effective_at,
                 .sequence = r->number + 1,
                 .what = r->what.name,
                 .by = who.id.empty() ? who.role : who.id});
    }
    pass_until(file.now.last_at);
    return std::move(out_);
  }

private:
  void pass_until(instant at) {
    while (c_.next < at) {
      const auto coming = coming_of(by_, c_);
      const auto when = c_.next;
      auto [after, did] = advance(by_, std::move(c_), when + duration{1});
      c_ = std::move(after);
      if (!did.transitions.empty() || !did.effects.empty()) {
        std::vector<std::string> what;
        for (const auto& each : coming) {
          if (each.at == when) {
            what.push_back(each.what);
          }
        }
        note(did, {.at = when, .what = listed(what, ", ")});
      }
    }
  }

  void note(const progress& did, explained_change made) {
    made.left = did.left;
    made.entered = did.entered;
    for (const auto t : did.transitions) {
      made.transitions.push_back(by_.lifecycle().transition_at(t).pointer);
    }
    out_.push_back(std::move(made));
  }

  const policy& by_;
  complaint c_{};
  std::vector<explained_change> out_{};
};

[[nodiscard]] inline std::vector<explained_change> history_of_trail(const policy& by, const complaint& c) {
  std::vector<explained_change> all;
  for (const auto& s : c.trail) {
    if (s.state != no_id && (all.empty() || all.back().entered.front() != by.lifecycle().name(s.state))) {
      all.push_back({.at = s.from, .entered = {by.lifecycle().name(s.state)}});
    }
  }
  return all;
}

} // namespace detail

/// Explains a complaint as of its last instant, for an actor. What led to its state is read from the journal; of a
/// complaint without one, the states and when it entered them are known.
///
/// Throws `std::invalid_argument` if the complaint pins another policy, `horizon_error` where a calendar ends.
[[nodiscard]] inline complaint_explanation explain(const policy& by, const case_file& file, const actor& who = {}) {
  const auto& c = file.now;
  detail::check_pinned(by, c);
  complaint_explanation e{.complaint = c.id, .policy = c.policy, .as_of = c.last_at};
  for (const auto s : by.lifecycle().leaves(c.where)) {
    e.states.push_back(by.lifecycle().name(s));
  }
  e.history = file.journal.records.empty() ? detail::history_of_trail(by, c) : detail::history_run(by).run(file);
  for (std::size_t i = 0; i < by.named_clocks(); ++i) {
    if (const auto* cycle = c.clocks[i].latest()) {
      e.clocks.push_back(explain(by.clocks()[i], *cycle, c.attributes, c.last_at));
    }
  }
  e.coming = detail::coming_of(by, c);
  e.possible = possible(by, c, who);
  return e;
}

namespace detail {

/// A sentence for each part of an explanation, in English or Chinese.
struct complaint_words {
  bool zh = false;
  const complaint_explanation& e;

  [[nodiscard]] std::string time(instant t) const {
    return e.clocks.empty() ? to_iso8601(t) : wall_words(e.clocks.front().wall, t);
  }

  [[nodiscard]] std::string line(const explained_change& c) const {
    auto text = "  " + time(c.at) + "  " + (c.what.empty() ? std::string(zh ? "状态" : "state") : c.what);
    text += c.by.empty() ? "" : (zh ? "，" : " by ") + c.by;
    if (!c.entered.empty() || !c.left.empty()) {
      text += (zh ? "：" : ": ") + listed(c.left, ", ") + (c.left.empty() ? "-> " : " -> ") + listed(c.entered, ", ");
    }
    return text + "\n";
  }

  [[nodiscard]] std::string line(const possible_event& p) const {
    auto text = "  " + p.name;
    if (!p.enabled && !p.lacking.empty()) {
      text += (zh ? "，须有 " : ", with ") + listed(p.lacking, ", ");
    } else if (!p.enabled) {
      text += (zh ? "：不可，" : ": no, ") + (p.reasons.empty() ? std::string{} : p.reasons.front().message);
    }
    return text + "\n";
  }

  [[nodiscard]] std::string all() const {
    auto text = e.complaint + (zh ? " 现为 " : " is in ") + listed(e.states, ", ") + (zh ? "，截至 " : " as of ") +
                time(e.as_of) + "\n" + (zh ? "由来\n" : "how it came here\n");
    for (const auto& c : e.history) {
      text += line(c);
    }
    for (const auto& c : e.clocks) {
      text += to_string(c, zh ? "zh" : "en");
    }
    text += e.coming.empty() ? "" : zh ? "将至\n" : "what time will do\n";
    for (const auto& c : e.coming) {
      text += "  " + time(c.at) + "  " + c.what + "\n";
    }
    text += e.possible.empty() ? "" : zh ? "可行\n" : "what may happen now\n";
    for (const auto& p : e.possible) {
      text += line(p);
    }
    return text;
  }
};

} // namespace detail

/// The explanation in lines; `language` is "en" or "zh". Times are on the wall of the first clock's calendar, else UTC.
[[nodiscard]] inline std::string to_string(const complaint_explanation& e, std::string_view language = "en") {
  return detail::complaint_words{language.starts_with("zh"), e}.all();
}

} // namespace plaint
