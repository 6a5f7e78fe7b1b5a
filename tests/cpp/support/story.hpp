// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>
#include <plaint/io/yaml.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// Stories of complaints, told in lines, under any schedule of polling.
///
///     2026-03-02T09:00Z open urgent=true
///     2026-03-02T10:00Z pause reason=customer @customer
///     2026-03-02T12:00Z .            (time passes)
namespace story {

inline plaint::instant at(std::string_view text) {
  std::string whole(text);
  if (whole.size() == 17 && whole.back() == 'Z') {
    whole.insert(16, ":00");
  }
  return *plaint::parse_instant(whole);
}

inline std::string text_of(plaint::instant t) {
  if (t == plaint::instant::max()) {
    return "-";
  }
  auto text = plaint::to_iso8601(t);
  if (text.size() == 20 && text.substr(16, 3) == ":00") {
    text.erase(16, 3);
  }
  return text;
}

/// A policy around some clocks and ladders: a state where work is done, one where it waits, an end; every event that
/// the stories use. Monday to Friday from 09:00 to 17:00 in UTC is "office", "always" never closes, "london" has summer
/// time.
inline plaint::policy policy(std::string_view clocks, std::string_view ladders = "{}", std::string_view more = "") {
  std::string text = R"(
plaint: 1
id: story
version: 1
calendars:
  office: { zone: UTC, hours: { mon-fri: ["09:00-17:00"] }, holidays: [2026-05-25], horizon: { from: 2025, to: 2028 } }
  short: { zone: UTC, hours: { mon-fri: ["09:00-12:00"] }, horizon: { from: 2025, to: 2028 } }
  always: { zone: UTC, hours: always }
  london: { zone: Europe/London, hours: { mon-sun: ["09:00-17:00"] }, horizon: { from: 2025, to: 2028 } }
attributes:
  priority: { enum: [normal, high, low], default: normal }
  site: { enum: [main, branch], default: main }
  received: timestamp
  promised: timestamp
  back_at: timestamp
  owner: { string: { max: 40 } }
  unit: { string: { max: 40 } }
  count: { int: { min: 0, max: 100 }, default: 0 }
  zone: { enum: ["Asia/Tokyo", "Europe/London"] }
roles: { customer: { class: customer }, agent: { class: agent }, lead: { class: agent }, head: { class: agent }, robot: { class: system } }
lifecycle:
  initial: working
  states:
    working:
      on: { wait: { target: waiting }, close: { target: closed }, finish: { target: done } }
    waiting:
      on: { go_on: { target: working }, close: { target: closed } }
    closed:
      on: { reopen: { target: working } }
    done: { type: final }
  on:
    stop: {}
    answer: { do: [{ notice: answer }] }
    start: {}
    set: {}
    pause: {}
    resume: {}
    extend: {}
    revoke: {}
    cancel: {}
    waive: {}
    reset: {}
    note: {}
    ask: {}
    grant: {}
    calm: {}
    nobody: {}
)";
  text += "clocks: " + std::string(clocks) + "\nladders: " + std::string(ladders) + "\n" + std::string(more) + "\n";
  return plaint::load_policy(plaint::read_yaml(text));
}

/// What came of a story.
struct outcome {
  plaint::complaint now{};
  std::vector<std::string> firings{}; ///< "clock threshold@instant"
  std::vector<std::string> rungs{};   ///< "ladder step/level@instant"
  std::vector<plaint::effect> effects{};
  std::vector<std::string> refusals{}; ///< codes
  bool operator==(const outcome& o) const {
    return now == o.now && firings == o.firings && rungs == o.rungs && refusals == o.refusals && keys() == o.keys();
  }
  [[nodiscard]] std::vector<std::string> keys() const {
    std::vector<std::string> all;
    for (const auto& e : effects) {
      all.push_back(e.key + " " + text_of(e.at));
    }
    return all;
  }
};

class teller {
public:
  explicit teller(plaint::policy by) : by_(std::move(by)) {}

  /// Runs the lines; between them the complaint is advanced every `poll`, or never where that is zero.
  outcome tell(std::string_view lines, plaint::duration poll = {}) {
    outcome out;
    std::istringstream all{std::string(lines)};
    for (std::string line; std::getline(all, line);) {
      std::istringstream words(line);
      std::string when;
      std::string what;
      if (words >> when >> what) {
        const auto now = at(when);
        for (auto t = out.now.last_at + poll; poll.count() > 0 && out.now.sequence > 0 && t < now; t += poll) {
          note(plaint::advance(by_, out.now, t), out);
        }
        one(now, what, words, out);
      }
    }
    return out;
  }

  [[nodiscard]] const plaint::policy& by() const { return by_; }

private:
  void one(plaint::instant now, const std::string& what, std::istringstream& words, outcome& out) {
    plaint::event e{.name = what, .effective_at = now, .recorded_at = now, .actor = {.id = "someone", .role = "agent"}};
    for (std::string word; words >> word;) {
      if (word.front() == '@') {
        e.actor.role = word.substr(1);
        continue;
      }
      const auto cut = word.find('=');
      auto value = word.substr(cut + 1);
      if (value.size() == 17 && value.back() == 'Z') {
        value.insert(16, ":00");
      }
      e.data.add(word.substr(0, cut),
                 plaint::read_yaml(value.find(':') == value.npos ? value : "\"" + value + "\"").root);
    }
    if (what == ".") {
      note(plaint::advance(by_, out.now, now), out);
    } else if (what == "open") {
      note(plaint::open(by_, "C", e), out);
    } else {
      note(plaint::apply(by_, out.now, e), out);
    }
  }

  void note(plaint::stepped done, outcome& out) const {
    out.now = std::move(done.complaint);
    for (const auto& r : done.did.reasons) {
      out.refusals.push_back(r.kind);
    }
    for (const auto& f : done.did.firings) {
      const auto& c = by_.clocks()[f.clock].definition;
      const auto name = f.kind == plaint::firing_kind::threshold
                            ? c.thresholds[f.threshold].id
                            : std::string(plaint::firing_words[static_cast<std::size_t>(f.kind)]);
      if (f.kind != plaint::firing_kind::moved) {
        out.firings.push_back(c.id + " " + name + "@" + text_of(f.at) + (f.late ? " late" : "") +
                              (f.skipped ? " skipped" : ""));
      }
    }
    for (const auto& f : done.did.rungs) {
      constexpr const char* words[] = {"step", "reminder", "fallback", "error", "incident"};
      const auto& l = by_.ladders()[f.ladder].definition;
      out.rungs.push_back(l.id + " " + words[static_cast<std::size_t>(f.kind)] +
                          (f.step == plaint::no_id ? "" : std::to_string(f.step + 1)) + "@" + text_of(f.at));
    }
    out.effects.insert(out.effects.end(), done.did.effects.begin(), done.did.effects.end());
  }

  plaint::policy by_;
};

/// "due … met crossed …" of the latest cycle of a clock.
inline std::string told(const outcome& o, std::size_t clock = 0) {
  const auto* y = o.now.clocks[clock].latest();
  if (y == nullptr) {
    return "never started";
  }
  std::string text = "due " + text_of(y->due) + " ";
  text += y->is_open() ? (y->paused ? "paused" : "running")
                       : std::string(plaint::verdict_words[static_cast<std::size_t>(y->verdict())]);
  if (const auto crossed = y->breached(o.now.last_at)) {
    text += " crossed " + text_of(*crossed);
  }
  return text;
}

inline std::string joined(const std::vector<std::string>& all) {
  std::string text;
  for (const auto& one : all) {
    text += (text.empty() ? "" : "; ") + one;
  }
  return text;
}

} // namespace story
