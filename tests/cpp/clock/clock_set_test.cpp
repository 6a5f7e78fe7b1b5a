// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/clock_document.hpp>
#include <plaint/clock/clock_set.hpp>
#include <plaint/io/yaml.hpp>
#include <plaint/lifecycle/lifecycle_document.hpp>

using namespace plaint;

namespace {

lifecycle two_states() {
  const auto doc = read_yaml("initial: open\nstates: { open: { on: { close: { target: shut, do: [{ notice: final }] } "
                             "} }, shut: { type: final } }");
  findings out;
  return compile(
      read_lifecycle({doc.root, "", out}),
      {.attributes = {{"severity", type::enumeration({"minor", "severe"})}, {"promised", type::timestamp()}}});
}

std::string faults_of_set(std::string_view yaml, bool with_calendar = true) {
  findings out;
  const auto doc = read_yaml(yaml);
  auto clocks = read_clocks({doc.root, "/clocks", out});
  REQUIRE(out.empty());
  std::vector<named_calendar> calendars;
  if (with_calendar) {
    calendars.push_back({"office", calendar::compile(always())});
  }
  (void)clock_set::compile(std::move(clocks), calendars, two_states(), out);
  std::string all;
  for (const auto& f : out) {
    all +=
        (all.empty() ? "" : ", ") + f.code + " " + f.pointer + (f.suggestion.empty() ? "" : " (" + f.suggestion + ")");
  }
  return all;
}

} // namespace

TEST_CASE("a clock that fits its lifecycle compiles", "[clock]") {
  CHECK(faults_of_set(
            "a: { start: enter(open), stop: [event(close), notice(final)], goals: [{ goal: 4h }], thresholds: { w: "
            "{ at: 75% } } }")
            .empty());
  CHECK(faults_of_set("a: { start: opened, stop: exit(open), goals: [4h elapsed] }", false).empty());
}

TEST_CASE("names that the policy does not have are found, with the name that was meant", "[clock]") {
  CHECK(
      faults_of_set("a: { start: enter(opne), stop: [event(clsoe), notice(finall)], calendar: offce, goals: [4h] }") ==
      "unknown-state /clocks/a/start (open), unknown-event /clocks/a/stop/0 (close), unknown-notice /clocks/a/stop/1 "
      "(final), unknown-calendar /clocks/a/calendar (office)");
  CHECK(faults_of_set("a: { start: opened, stop: event(close), goals: [until promissed] }") ==
        "unknown-attribute /clocks/a/goals/0/goal (promised)");
  CHECK(faults_of_set("a: { start: opened, stop: event(close), goals: [{ if: severty == \"minor\", goal: 4h }] }") ==
        "unknown-name /clocks/a/goals/0/if (severity)");
}

TEST_CASE("a goal that is never chosen is a warning", "[clock]") {
  CHECK(faults_of_set("a: { start: opened, stop: event(close), goals: [4h, 5h] }") ==
        "unreachable-goal /clocks/a/goals/1");
}

TEST_CASE("so is one that no value of an enumeration leads to", "[clock]") {
  CHECK(faults_of_set("a: { start: opened, stop: event(close), goals: [{ if: 'severity == \"minor\" || severity == "
                      "\"severe\"', goal: 1h }, { if: 'severity == \"severe\"', goal: 2h }, { goal: 3h }] }") ==
        "unreachable-goal /clocks/a/goals/1");
}

TEST_CASE("what is declared and can never be armed is refused", "[clock]") {
  CHECK(faults_of_set("a: { start: { on: opened, if: 'false' }, stop: event(close), goals: 4h }") ==
        "never-starts /clocks/a/start");
  CHECK(faults_of_set("a: { applies: 'false', start: opened, stop: event(close), goals: 4h }") ==
        "never-starts /clocks/a/applies");
  CHECK(
      faults_of_set("a: { start: opened, stop: event(close), goals: 4h, pause: { while: 'false', reasons: x, at_most: "
                    "5 days } }") == "pause-never-begins /clocks/a/pause/while");
  CHECK(faults_of_set("a: { start: opened, stop: event(close), goals: 4h, thresholds: { w: { at: 50%, if: 'false' } } "
                      "}") == "bad-threshold /clocks/a/thresholds/w/if");
}

TEST_CASE("days need a calendar", "[clock]") {
  CHECK(faults_of_set("a: { start: opened, stop: event(close), goals: [3 business days] }", false) ==
        "no-calendar /clocks/a");
}

TEST_CASE("thresholds are held against every goal that they can meet", "[clock]") {
  const std::string clock = "a: { start: opened, stop: event(close), goals: [GOAL], thresholds: { w: { at: AT } } }";
  const auto told = [&](std::string goal, std::string at) {
    auto text = clock;
    text.replace(text.find("GOAL"), 4, goal);
    text.replace(text.find("AT"), 2, at);
    return faults_of_set(text);
  };
  CHECK(told("3 business days", "75%") == "bad-threshold /clocks/a/thresholds/w/at");
  CHECK(told("3 business days", "2h before") == "bad-threshold /clocks/a/thresholds/w/at");
  CHECK(told("3 business days", "2h elapsed before").empty());
  CHECK(told("4h", "1 day before") == "bad-threshold /clocks/a/thresholds/w/at");
  CHECK(told("4h", "4h before") == "bad-threshold /clocks/a/thresholds/w/at");
  CHECK(told("4h", "3h before").empty());
  CHECK(told("4h", "5h elapsed before") == "bad-threshold /clocks/a/thresholds/w/at"); // compared on the calendar
  CHECK(told("3 days", "1 business day before") == "bad-threshold /clocks/a/thresholds/w/at");
  CHECK(told("3 business days", "3 business days before") == "bad-threshold /clocks/a/thresholds/w/at");
}

TEST_CASE("a clock that could never do what it says is refused", "[clock]") {
  CHECK(faults_of_set("a: { start: event(close), stop: event(close), goals: 4h }") == "never-starts /clocks/a/start");
  CHECK(faults_of_set("a: { start: opened, stop: event(close), goals: 4h, pause: { while: in_state(\"open\") } }") ==
        "pause-without-reasons /clocks/a/pause, pause-without-budget /clocks/a/pause");
  CHECK(faults_of_set("a: { start: opened, stop: event(close), goals: 4h, pause: { on: exit(open), reasons: x } }") ==
        "pause-without-budget /clocks/a/pause, pause-without-end /clocks/a/pause");
  CHECK(faults_of_set(
            "a: { start: opened, stop: event(close), goals: [{ if: severity == \"minor\", goal: 4h }, 3 business "
            "days] }") == "retarget-mixes-units /clocks/a/retarget");
  CHECK(faults_of_set(
            "a: { start: opened, stop: event(close), retarget: restart, goals: [{ if: severity == \"minor\", goal: "
            "4h }, 3 business days] }")
            .empty());
  CHECK(faults_of_set(
            "a: { start: opened, stop: event(close), goals: 3 business days, extensions: { e: { on: exit(open), by: "
            "4h } } }") == "bad-extension /clocks/a/extensions/e/by");
  CHECK(faults_of_set(
            "a: { start: stop(b), stop: event(close), goals: 4h }\nb: { start: stop(a), stop: event(close), goals: "
            "4h }") == "clock-cycle /clocks/a");
  CHECK(faults_of_set("a: { start: opened, stop: event(close), goals: 4h, fits_in: b }\nb: { start: opened, stop: "
                      "event(close), goals: 2h }") == "never-fits /clocks/a/fits_in");
}
