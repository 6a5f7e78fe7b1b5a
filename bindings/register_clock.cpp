// SPDX-License-Identifier: BSL-1.0
#include "clock_objects.hpp"

#include <plaint/clock/clock_explanation.hpp>
#include <plaint/clock/clock_reading.hpp>
#include <plaint/complaint/attribution.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plaint::python {
namespace {

std::optional<instant> known(instant t) {
  return t == instant::max() ? std::nullopt : std::optional(t);
}

template <class Words, class Enum>
std::string word(const Words& words, Enum e) {
  return std::string(words[static_cast<std::size_t>(e)]);
}

const compiled_clock& rules(const bound_clock& b) {
  return b.of->by.clocks()[b.clock];
}
const clock_definition& definition(const bound_clock& b) {
  return rules(b).definition;
}
const clock_state& state(const bound_clock& b) {
  return b.of->value.clocks[b.clock];
}
const clock_cycle* cycle_of(const bound_clock& b) {
  return b.cycle < state(b).cycles.size() ? &state(b).cycles[b.cycle] : nullptr;
}
instant now_of(const bound_clock& b) {
  return b.of->value.last_at;
}

/// Reads something of the cycle, or gives a default where the clock never started.
template <class Read>
auto read(const bound_clock& b, Read of) -> decltype(of(std::declval<const clock_cycle&>())) {
  const auto* y = cycle_of(b);
  return y == nullptr ? decltype(of(*y)){} : of(*y);
}

bool counts_in_days(const bound_clock& b, const clock_cycle& y) {
  return plaint::detail::cycle_meter(rules(b), y, b.of->value.attributes).goal().leaves.front().in == measure::days;
}

std::string phase(const bound_clock& b) {
  constexpr const char* words[] = {"none", "pending", "running", "paused", "done"};
  const auto* y = cycle_of(b);
  return words[static_cast<std::size_t>(y == nullptr ? clock_phase::none : y->phase(now_of(b)))];
}

std::optional<std::string> verdict_of(verdict v) {
  return v == verdict::none ? std::nullopt : std::optional(word(verdict_words, v));
}

std::string calendar_name(const bound_clock& b, std::uint16_t place) {
  return rules(b).calendars[place].name;
}

std::string reason_name(const bound_clock& b, std::uint16_t place) {
  const auto& d = definition(b);
  return d.pause && place < d.pause->reasons.size() ? d.pause->reasons[place] : std::string{};
}

py::object consumed(const bound_clock& b, const clock_cycle& y, std::int64_t n) {
  return counts_in_days(b, y) ? py::object(py::int_(n)) : py::cast(duration{n});
}

py::list segments(const bound_clock& b) {
  py::list all;
  const auto* y = cycle_of(b);
  for (std::size_t i = 0; y != nullptr && i < y->segments.size(); ++i) {
    const auto& s = y->segments[i];
    py::dict one;
    one["start"] = s.from;
    one["end"] = known(std::min(s.to, y->stopped));
    one["kind"] = s.paused ? "pause" : "run";
    one["reason"] = s.paused ? reason_name(b, s.reason) : std::string{};
    one["cause"] = word(segment_cause_words, s.cause);
    one["event"] = std::string(b.of->by.lifecycle().event_name(s.event));
    one["sequence"] = s.sequence;
    one["generation"] = s.generation + 1;
    one["calendar"] = calendar_name(b, s.calendar);
    one["calendar_version"] = rules(b).calendars[s.calendar].calendar.digest();
    one["consumed"] = consumed(b, *y, consumed_in(rules(b), *y, s, instant::min(), std::max(now_of(b), s.from)));
    all.append(one);
  }
  return all;
}

py::list generations(const bound_clock& b) {
  py::list all;
  const auto* y = cycle_of(b);
  for (std::size_t i = 0; y != nullptr && i < y->generations.size(); ++i) {
    const auto& g = y->generations[i];
    const bool last = i + 1 == y->generations.size();
    py::dict one;
    one["since"] = g.since;
    one["goal"] =
        to_string(g.replaced == no_id ? definition(b).goals[g.row].goal : *definition(b).extensions[g.replaced].to);
    one["row"] = g.row;
    one["calendar"] = calendar_name(b, g.calendar);
    one["due"] = known(last ? y->due : g.due);
    one["crossed_at"] = known(g.crossed);
    one["late"] = g.late;
    all.append(one);
  }
  return all;
}

py::list firings(const bound_clock& b) {
  py::list all;
  const auto* y = cycle_of(b);
  if (y == nullptr) {
    return all;
  }
  const auto add = [&](const std::string& threshold, instant at, std::size_t generation, std::size_t repetition,
                       bool skipped) {
    py::dict one;
    one["threshold"] = threshold;
    one["at"] = at;
    one["generation"] = generation + 1;
    one["repetition"] = repetition + 1;
    one["skipped"] = skipped;
    all.append(one);
  };
  std::vector<std::pair<instant, std::size_t>> breaches;
  for (std::size_t g = 0; g < y->generations.size(); ++g) {
    if (y->generations[g].crossed != instant::max()) {
      breaches.emplace_back(y->generations[g].crossed, g);
    }
  }
  auto next = breaches.begin();
  for (const auto& f : y->fired) {
    for (; next != breaches.end() && next->first <= f.at; ++next) {
      add("breach", next->first, next->second, 0, false);
    }
    add(definition(b).thresholds[f.threshold].id, f.at, f.generation, f.repetition, f.skipped);
  }
  for (; next != breaches.end(); ++next) {
    add("breach", next->first, next->second, 0, false);
  }
  return all;
}

py::list extensions(const bound_clock& b) {
  py::list all;
  const auto* y = cycle_of(b);
  for (std::size_t i = 0; y != nullptr && i < y->extensions.size(); ++i) {
    const auto& e = y->extensions[i];
    const auto& d = definition(b).extensions[e.extension];
    py::dict one;
    one["extension"] = d.id;
    one["at"] = e.at;
    one["reason"] = e.reason < d.reasons.size() ? d.reasons[e.reason] : std::string{};
    one["due_before"] = known(e.due_before);
    one["due_after"] = known(e.due_after);
    one["revokes"] = e.revokes;
    one["sequence"] = e.sequence;
    all.append(one);
  }
  return all;
}

py::list revisions(const bound_clock& b) {
  py::list all;
  const auto* y = cycle_of(b);
  for (std::size_t i = 0; y != nullptr && i < y->revisions.size(); ++i) {
    const auto& r = y->revisions[i];
    py::dict one;
    one["at"] = r.at;
    one["because"] = "calendar";
    one["calendar"] = calendar_name(b, r.calendar);
    one["due_before"] = known(r.due_before);
    one["due_after"] = known(r.due_after);
    one["crossed_before"] = known(r.crossed_before);
    one["crossed_after"] = known(r.crossed_after);
    one["before"] = verdict_of(r.before);
    one["after"] = verdict_of(r.after);
    all.append(one);
  }
  return all;
}

py::object consumed_at(const bound_clock& b, const std::optional<instant>& at, bool days) {
  const auto* y = cycle_of(b);
  if (y == nullptr) {
    return py::none();
  }
  const auto t = at.value_or(now_of(b));
  if (counts_in_days(b, *y) == days) {
    const auto n = consumed_by(rules(b), *y, b.of->value.attributes, t);
    return days ? py::object(py::int_(n)) : py::cast(duration{n});
  }
  return days ? py::object(py::none()) : py::cast(ran_by(rules(b), *y, t));
}

py::list attribution(const bound_clock& b, const std::string& by, const std::optional<instant>& at) {
  if (by != "state" && by != "owner" && by != "unit" && by != "all") {
    throw py::value_error("by must be one of state, owner, unit, all; \"" + by + "\" is not");
  }
  py::list all;
  const auto* y = cycle_of(b);
  if (y == nullptr) {
    return all;
  }
  std::vector<attributed_time> sums;
  for (auto part : attribute_time(b.of->by, b.of->value, b.clock, b.cycle, at.value_or(now_of(b)))) {
    part.state = by == "state" || by == "all" ? part.state : "";
    part.owner = by == "owner" || by == "all" ? part.owner : "";
    part.unit = by == "unit" || by == "all" ? part.unit : "";
    plaint::detail::attribute_to(std::move(part), sums);
  }
  for (const auto& part : sums) {
    py::dict one;
    one["state"] = part.state;
    one["owner"] = part.owner;
    one["unit"] = part.unit;
    one["consumed"] = consumed(b, *y, part.consumed);
    all.append(one);
  }
  return all;
}

struct bound_explanation {
  clock_explanation what;
  std::string language;
};

py::list explained_segments(const bound_explanation& e) {
  py::list all;
  for (const auto& s : e.what.segments) {
    py::dict one;
    one["start"] = s.from;
    one["end"] = s.to;
    one["kind"] = s.paused ? "pause" : s.projected ? "projected" : "run";
    one["cause"] = word(segment_cause_words, s.cause);
    one["reason"] = s.reason;
    one["calendar"] = s.calendar;
    one["generation"] = s.generation + 1;
    one["consumed"] = e.what.in_days ? py::object(py::int_(s.consumed)) : py::cast(duration{s.consumed});
    py::list closed;
    for (const auto& c : s.closed) {
      constexpr const char* words[] = {"open", "hours", "exception", "holiday", "closure", "pause"};
      py::dict stretch;
      stretch["start"] = c.when.from;
      stretch["end"] = c.when.to;
      stretch["cause"] = words[static_cast<std::size_t>(c.cause)];
      stretch["name"] = c.name;
      closed.append(stretch);
    }
    one["closed"] = closed;
    all.append(one);
  }
  return all;
}

py::object amount_of(const clock_explanation& e, std::int64_t n) {
  return e.in_days ? py::object(py::int_(n)) : py::cast(duration{n});
}

} // namespace

py::object clocks_of(const policy& by, const complaint& c) {
  const auto seen = std::make_shared<const seen_complaint>(seen_complaint{by, c});
  py::dict all;
  for (std::size_t i = 0; i < by.named_clocks(); ++i) {
    const auto cycles = c.clocks[i].cycles.size();
    all[py::str(by.clocks()[i].definition.id)] = bound_clock{seen, i, cycles == 0 ? 0 : cycles - 1};
  }
  return all;
}

py::list firings_of(const policy& by, const progress& did) {
  py::list all;
  for (const auto& f : did.firings) {
    if (f.kind == firing_kind::moved) {
      continue;
    }
    const auto& d = by.clocks()[f.clock].definition;
    py::dict one;
    one["clock"] = d.id;
    one["threshold"] = f.kind == firing_kind::threshold ? d.thresholds[f.threshold].id : word(firing_words, f.kind);
    one["cycle"] = f.cycle + 1;
    one["generation"] = f.generation + 1;
    one["repetition"] = f.repetition + 1;
    one["at"] = f.at;
    one["detected_at"] = did.noticed;
    one["late_by"] = did.noticed - f.at;
    one["late"] = f.late;
    one["skipped"] = f.skipped;
    all.append(one);
  }
  return all;
}

} // namespace plaint::python

void register_clock(py::module_& m) {
  using namespace plaint;
  using namespace plaint::python;
  py::class_<bound_explanation>(m, "ClockExplanation", "Why a clock is due when it is: in data, and as text in words.")
      .def_property_readonly("clock", [](const bound_explanation& e) { return e.what.clock; })
      .def_property_readonly("goal", [](const bound_explanation& e) { return e.what.goal; })
      .def_property_readonly("anchor", [](const bound_explanation& e) { return known(e.what.anchor); })
      .def_property_readonly(
          "amount", [](const bound_explanation& e) { return amount_of(e.what, e.what.amount); },
          "the whole goal: timedelta, or days")
      .def_property_readonly("carried", [](const bound_explanation& e) { return amount_of(e.what, e.what.carried); })
      .def_property_readonly("due", [](const bound_explanation& e) { return e.what.due; })
      .def_property_readonly("crossed_at", [](const bound_explanation& e) { return known(e.what.crossed); })
      .def_property_readonly("verdict", [](const bound_explanation& e) { return verdict_of(e.what.verdict); })
      .def_property_readonly("segments", &explained_segments)
      .def_property_readonly("text", [](const bound_explanation& e) { return to_string(e.what, e.language); })
      .def("__str__", [](const bound_explanation& e) { return to_string(e.what, e.language); });
  py::class_<bound_clock>(m, "Clock", "One cycle of a promise, as it was when the complaint was asked for it.")
      .def_property_readonly("id", [](const bound_clock& b) { return definition(b).id; })
      .def_property_readonly("phase", &phase, "none, pending, running, paused or done")
      .def_property_readonly(
          "cycle", [](const bound_clock& b) { return cycle_of(b) == nullptr ? 0 : b.cycle + 1; },
          "from 1; 0: it never started")
      .def_property_readonly(
          "cycles",
          [](const bound_clock& b) {
            std::vector<bound_clock> all;
            for (std::size_t i = 0; i < state(b).cycles.size(); ++i) {
              all.push_back({b.of, b.clock, i});
            }
            return all;
          },
          "all cycles, oldest first")
      .def_property_readonly(
          "generation",
          [](const bound_clock& b) { return read(b, [](const clock_cycle& y) { return y.generations.size(); }); })
      .def_property_readonly("goal",
                             [](const bound_clock& b) {
                               return read(b, [&](const clock_cycle& y) {
                                 return to_string(
                                     plaint::detail::cycle_meter(rules(b), y, b.of->value.attributes).goal().source);
                               });
                             })
      .def_property_readonly(
          "started",
          [](const bound_clock& b) { return read(b, [](const clock_cycle& y) { return std::optional(y.started); }); })
      .def_property_readonly(
          "anchor", [](const bound_clock& b) { return read(b, [](const clock_cycle& y) { return known(y.anchor); }); })
      .def_property_readonly(
          "due", [](const bound_clock& b) { return read(b, [](const clock_cycle& y) { return known(y.due); }); },
          "None while paused or unknown")
      .def_property_readonly(
          "stopped",
          [](const bound_clock& b) { return read(b, [](const clock_cycle& y) { return known(y.stopped); }); })
      .def_property_readonly(
          "crossed_at",
          [](const bound_clock& b) { return read(b, [&](const clock_cycle& y) { return y.breached(now_of(b)); }); },
          "when the goal was used up; None while it is not")
      .def_property_readonly("breached",
                             [](const bound_clock& b) {
                               return read(b, [&](const clock_cycle& y) { return y.breached(now_of(b)).has_value(); });
                             })
      .def_property_readonly(
          "verdict",
          [](const bound_clock& b) { return read(b, [](const clock_cycle& y) { return verdict_of(y.result); }); },
          "met, missed, cancelled or superseded; None while it is open")
      .def_property_readonly(
          "standing",
          [](const bound_clock& b) {
            return read(b, [](const clock_cycle& y) {
              return verdict_of(y.revisions.empty() ? y.result : y.revisions.back().after);
            });
          },
          "the verdict with its latest revision")
      .def_property_readonly(
          "paused",
          [](const bound_clock& b) { return read(b, [](const clock_cycle& y) { return y.is_open() && y.paused; }); })
      .def_property_readonly("pause_reason",
                             [](const bound_clock& b) {
                               return read(b, [&](const clock_cycle& y) {
                                 return y.is_open() && y.paused
                                            ? std::optional(reason_name(b, y.segments.back().reason))
                                            : std::nullopt;
                               });
                             })
      .def_property_readonly(
          "pause_exceeded",
          [](const bound_clock& b) { return read(b, [](const clock_cycle& y) { return y.is_open() && y.exceeded; }); })
      .def_property_readonly(
          "stopped_while_paused",
          [](const bound_clock& b) { return read(b, [](const clock_cycle& y) { return !y.is_open() && y.paused; }); })
      .def_property_readonly(
          "open_pause",
          [](const bound_clock& b) {
            return read(b, [](const clock_cycle& y) {
              return !y.is_open() && y.paused ? std::optional(y.stopped - y.since) : std::nullopt;
            });
          },
          "how long the pause had lasted when the clock was stopped")
      .def_property_readonly(
          "late", [](const bound_clock& b) { return read(b, [](const clock_cycle& y) { return y.late; }); },
          "the goal was already used up when it was set")
      .def_property_readonly(
          "waived", [](const bound_clock& b) { return read(b, [](const clock_cycle& y) { return y.waived; }); })
      .def_property_readonly("next_wake_up",
                             [](const bound_clock& b) {
                               return read(b, [](const clock_cycle& y) {
                                 return y.next == instant::max() ? std::nullopt : std::optional(y.next + duration{1});
                               });
                             })
      .def_property_readonly(
          "consumed", [](const bound_clock& b) { return consumed_at(b, {}, false); },
          "as of the complaint's last instant, in the goal's measure; for goals in days the open time that it ran")
      .def_property_readonly(
          "consumed_days", [](const bound_clock& b) { return consumed_at(b, {}, true); },
          "days of a goal in days; None otherwise")
      .def(
          "elapsed", [](const bound_clock& b, const std::optional<instant>& at) { return consumed_at(b, at, false); },
          py::arg("at") = py::none(), "What is consumed at an instant, past ones too; as `consumed`.")
      .def(
          "elapsed_days",
          [](const bound_clock& b, const std::optional<instant>& at) { return consumed_at(b, at, true); },
          py::arg("at") = py::none())
      .def(
          "remaining",
          [](const bound_clock& b, const std::optional<instant>& at) {
            return read(b, [&](const clock_cycle& y) {
              return remaining_at(rules(b), y, b.of->value.attributes, at.value_or(now_of(b)));
            });
          },
          py::arg("at") = py::none(),
          "What remains in the goal's own measure, negative when overrun; for days and dates elapsed time up to the "
          "due instant.")
      .def(
          "due_if_resumed_at",
          [](const bound_clock& b, instant t) {
            return read(
                b, [&](const clock_cycle& y) { return due_if_resumed_at(rules(b), y, b.of->value.attributes, t); });
          },
          py::arg("t"), "When a paused clock would be due if it ran on from that instant.")
      .def_property_readonly("segments", &segments)
      .def_property_readonly("generations", &generations)
      .def_property_readonly("firings", &firings)
      .def_property_readonly("extensions", &extensions)
      .def_property_readonly("revisions", &revisions)
      .def("attribution", &attribution, py::arg("by") = "all", py::arg("at") = py::none(),
           "Consumed time by state, owner and unit; the parts add up to it.")
      .def(
          "explain",
          [](const bound_clock& b, const std::string& language,
             const std::optional<instant>& at) -> std::optional<bound_explanation> {
            const auto* y = cycle_of(b);
            if (y == nullptr) {
              return std::nullopt;
            }
            return bound_explanation{explain(rules(b), *y, b.of->value.attributes, at.value_or(now_of(b))), language};
          },
          py::arg("language") = "en", py::arg("at") = py::none(),
          "Why it is due when it is, segment by segment; the language is en or zh.")
      .def("__repr__", [](const bound_clock& b) { return "<Clock " + definition(b).id + " " + phase(b) + ">"; });
}
