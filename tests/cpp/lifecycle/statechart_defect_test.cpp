// SPDX-License-Identifier: BSL-1.0
// The defects that other engines are known for, each with the test that keeps it out of this one. The name of each test
// carries the project and the number of the report.
#include "support/host.hpp"
#include "support/random_chart.hpp"

#include <plaint/lifecycle/dispatch_table.hpp>
#include <plaint/lifecycle/migration.hpp>
#include <plaint/lifecycle/possible.hpp>
#include <plaint/lifecycle/snapshot_names.hpp>

#include <catch.hpp>

#include <string>
#include <type_traits>
#include <vector>

namespace {

plaint::schema counter(const char* name = "n") {
  plaint::schema s;
  s.add({.name = name, .type = plaint::type::integer(), .initial = plaint::value(0)});
  return s;
}

plaint::configuration stored_and_read_back(const plaint::lifecycle& rules, const plaint::configuration& c) {
  return plaint::configuration_of(rules, plaint::names_of(rules, c));
}

} // namespace

TEST_CASE("xstate 5331: a timer outlives a snapshot, as it is part of the definition and not of a running engine",
          "[defect]") {
  host h(
      R"({"states": {"answered": {"after": {"15 days": "closed"}, "on": {"object": "open"}}, "open": {"on": {"answer": "answered"}},
             "closed": {"tags": "closed"}}})");
  REQUIRE(h.rules().timers().size() == 1);
  CHECK(h.rules().timers()[0].name == "after(15 days)@answered");
  CHECK(h.rules().timers()[0].duration == "15 days");
  h.last.after = stored_and_read_back(h.rules(), h.last.after);
  CHECK(h.fire(0).accepted);
  CHECK(h.here() == "closed");
}

TEST_CASE("spring-statemachine 381, 409: after a restore a timer fires once, not never and not twice", "[defect]") {
  host h(R"({"states": {"a": {"after": {"1h": "b"}}, "b": {"tags": "closed"}}})");
  h.last.after = stored_and_read_back(h.rules(), h.last.after);
  CHECK(h.fire(0).accepted);
  CHECK_FALSE(h.fire(0).accepted);
  CHECK(h.here() == "b");
}

TEST_CASE("spring-statemachine 1150, 811, 803, 242, 959: regions and histories come back from a snapshot whole",
          "[defect]") {
  std::size_t checked = 0;
  for (std::uint64_t seed = 1; seed <= 700; ++seed) {
    random_chart draw(seed);
    plaint::schema s = counter();
    s.add({.name = "m", .type = plaint::type::integer()});
    plaint::findings found;
    const auto rules = plaint::lifecycle::try_compile(draw.draw(), s, {{"lead"}, {"unit"}}, found);
    const auto table = rules ? plaint::dispatch_table::build(*rules, {.rows = 200, .traces = 3000}) : std::nullopt;
    for (std::size_t n = 0; table && n < table->row_count(); ++n) {
      const auto& c = table->configuration_of(table->row(n));
      REQUIRE(stored_and_read_back(*rules, c) == c);
      ++checked;
    }
  }
  CHECK(checked > 1000);
}

TEST_CASE(
    "spring-statemachine 605, 749: a changed definition has another digest, and its snapshots can be carried over",
    "[defect]") {
  const auto before =
      host::compile_json(R"({"states": {"open": {"on": {"close": "closed"}}, "closed": {"tags": "closed"}}})");
  const auto after =
      host::compile_json(R"({"states": {"in_work": {"on": {"close": "closed"}}, "closed": {"tags": "closed"}}})");
  CHECK(plaint::digest(before.definition()) != plaint::digest(after.definition()));
  plaint::migration_map map;
  map.states["open"] = "in_work";
  CHECK(plaint::check_migration(before, after, map).empty());
  const auto names = plaint::migrated(plaint::names_of(before, plaint::start(before, {}).after), after, map);
  CHECK(after.name(after.leaves(plaint::configuration_of(after, names)).front()) == "in_work");
}

TEST_CASE("xstate 5635, 5653: a state that vanished is found before anybody switches, not when a complaint is loaded",
          "[defect]") {
  const auto before =
      host::compile_json(R"({"states": {"open": {"on": {"close": "closed"}}, "closed": {"tags": "closed"}}})");
  const auto after =
      host::compile_json(R"({"states": {"opens": {"on": {"close": "closed"}}, "closed": {"tags": "closed"}}})");
  const auto lost = plaint::check_migration(before, after);
  REQUIRE(lost.size() == 1);
  CHECK(lost[0].code == "lost-state");
  CHECK(lost[0].pointer == "/states/open");
  CHECK(lost[0].suggestion == "opens");
  CHECK_THROWS_AS(plaint::configuration_of(after, plaint::names_of(before, plaint::start(before, {}).after)),
                  plaint::policy_error);
}

TEST_CASE("python-statemachine 618: a restore evaluates no guard and runs no entry", "[defect]") {
  host h(
      R"({"states": {"a": {"entry": [{"notify": "owner"}], "always": {"target": "b", "guard": "n > 5"}}, "b": {"tags": "closed"}}})",
      counter());
  REQUIRE(h.here() == "a");
  h.values[0] = 9; // the guard would be true now
  CHECK(stored_and_read_back(h.rules(), h.last.after) == h.last.after);
}

TEST_CASE("sismic 89, 66: nothing is hidden: a configuration is a trivially copyable value of 64 bytes", "[defect]") {
  STATIC_REQUIRE(sizeof(plaint::configuration) <= 64);
  STATIC_REQUIRE(std::is_trivially_copyable_v<plaint::configuration>);
}

TEST_CASE("uscxml 93: there is no script engine whose state a snapshot would miss: scripts are refused", "[defect]") {
  CHECK(codes_of(R"json({"states": {"a": {"on": {"x": {"guard": "system('reboot')"}}}}})json") != "");
}

TEST_CASE("xstate 1757: effects come out of steps, never out of a restore", "[defect]") {
  host h(R"({"states": {"a": {"on": {"x": "b"}}, "b": {"tags": "closed", "entry": [{"notice": "final"}]}}})");
  h.tell("x");
  CHECK(h.effects() == "notice");
  const auto restored = stored_and_read_back(h.rules(), h.last.after); // gives a value; there is no door for an effect
  CHECK(restored == h.last.after);
}

TEST_CASE("spring-statemachine 380, 810; transitions 434, 379, 146; python-statemachine 400: a million complaints are "
          "a column",
          "[defect]") {
  const auto rules = host::compile_json(R"({"states": {"a": {"on": {"x": "b"}}, "b": {"tags": "closed"}}})");
  const std::vector<plaint::configuration> column(1'000'000, plaint::start(rules, {}).after); // copies of one value
  CHECK(column.size() * sizeof(plaint::configuration) <= 64'000'000);
}

TEST_CASE("transitions 256, 594; xstate 669, 1091: what is possible minds guards, roles and fields", "[defect]") {
  plaint::schema s = counter();
  s.add({.name = "cause", .type = plaint::type::string()});
  const auto rules = host::compile_json(R"({"states": {"a": {"on": {
      "guarded": {"target": "b", "guard": "n > 0"}, "ruled": {"target": "b", "by": "lead"}, "needing": {"target": "b", "require": "cause"},
      "free": "b"}}, "b": {"tags": "closed", "on": {"later": "a"}}}})",
                                        s, {{"lead"}});
  const auto values = plaint::initial_values(rules.schema());
  const auto all = plaint::possible(rules, plaint::start(rules, values).after, values);
  REQUIRE(all.size() == 5);
  CHECK(all[0].reasons.at(0).kind == plaint::reason_kind::guard_false);
  CHECK(all[1].reasons.at(0).kind == plaint::reason_kind::role);
  CHECK(all[2].lacking() == std::vector<std::string>{"cause"});
  CHECK(all[3].enabled);
  CHECK(all[4].reasons.at(0).kind == plaint::reason_kind::wrong_state);
}

TEST_CASE("aasm 676; transitions 272; xstate 5444: a refusal names the atoms of the guard that failed", "[defect]") {
  host h(R"({"states": {"a": {"on": {"x": {"target": "b", "guard": "n > 0 && n < 9"}}}, "b": {"tags": "closed"}}})",
         counter());
  h.tell("x");
  CHECK(h.why() == "guard-false n > 0");
  CHECK(h.last.reasons[0].message == "`n > 0` is false (n = 0)");
}

TEST_CASE("aasm 383, 599: a failure of one complaint is not seen by another", "[defect]") {
  const auto rules = host::compile_json(
      R"({"states": {"a": {"on": {"x": {"target": "b", "guard": "n > 0"}}}, "b": {"tags": "closed"}}})", counter());
  host one(rules);
  host other(rules);
  other.values[0] = 1;
  one.tell("x");
  CHECK_FALSE(one.last.reasons.empty());
  CHECK(other.tell("x").reasons.empty());
}

TEST_CASE("aasm 401, 362; sml 331: deep charts of eventless ways take time by their size, not by 3 to its power",
          "[defect]") {
  // 22 levels, each with guards that fail: were a guard run again on each level's way back, this would not end.
  std::string inner = R"({"tags": "closed"})";
  for (int level = 22; level > 0; --level) {
    inner = R"({"always": [{"target": "out", "guard": "n > 1"}, {"target": "out", "guard": "n > 2"}], "states": {"s)" +
            std::to_string(level) + "\": " + inner + "}}";
  }
  host h(R"({"states": {"top": )" + inner + R"(, "out": {"tags": "closed"}}})", counter());
  CHECK(h.here() == "s22");
}

TEST_CASE("django-fsm 263; django-fsm-2 149: a role is enforced by the step itself", "[defect]") {
  host h(R"({"states": {"a": {"on": {"x": {"target": "b", "by": "lead"}}}, "b": {"tags": "closed"}}})", {},
         {{"lead"}, {"unit"}});
  CHECK_FALSE(h.tell("x", "unit").accepted);
  CHECK_FALSE(h.tell("x").accepted);
  CHECK(h.why() == "role lead");
  CHECK(h.tell("x", "lead").accepted);
}

TEST_CASE(
    "django-fsm 46; django-logic 86: a step says from where it went, so that a second worker's write can be refused",
    "[defect]") {
  host h(R"({"states": {"a": {"on": {"x": "b"}}, "b": {"tags": "closed"}}})");
  const auto before = h.last.after;
  h.tell("x");
  CHECK_FALSE(h.last.after == before); // compare-and-set has something to compare
  CHECK_FALSE(h.tell("x").accepted);   // and the loser, tried again on the new state, is refused
}

TEST_CASE("django-fsm 89, 174: a refused step leaves attributes alone; there is nothing to refresh", "[defect]") {
  host h(
      R"({"states": {"a": {"on": {"x": {"target": "b", "set": {"n": "n + 1"}, "guard": "n > 0"}}}, "b": {"tags": "closed"}}})",
      counter());
  h.tell("x");
  CHECK(h.value("n") == plaint::value(0));
  CHECK(h.last.changes.empty());
}

TEST_CASE("django-fsm-log 36: the initial state is a step of its own, with entries and effects", "[defect]") {
  host h(R"({"states": {"a": {"entry": [{"notice": "ack"}], "tags": "closed"}}})");
  CHECK(h.last.accepted);
  CHECK(h.names(h.last.entered) == "a");
  CHECK(h.effects() == "notice");
}

TEST_CASE("looplab 36, 102; sml 144, 288, 94: an event raised on the way waits for its turn", "[defect]") {
  host h(R"({"states": {
      "a": {"on": {"go": {"target": "b", "raise": ["first", "second"]}}},
      "b": {"entry": [{"raise": "third"}], "on": {"first": {"do": ["one"]}, "second": {"do": ["two"]}, "third": {"do": ["three"]}}}}})");
  h.tell("go");
  CHECK(h.here() == "b");
  CHECK(h.effects() == "one two three");
}

TEST_CASE("transitions 224, 640: a step that fails in the middle has not happened", "[defect]") {
  plaint::schema s;
  s.add({.name = "n", .type = plaint::type::integer(), .initial = plaint::value(0), .most = plaint::value(1)});
  host h(
      R"({"states": {"a": {"on": {"x": {"target": "b", "do": [{"notify": "owner"}], "set": {"n": "n + 1"}, "raise": "more"}}},
             "b": {"on": {"more": {"target": "c", "set": {"n": "n + 1"}}}}, "c": {"tags": "closed"}}})",
      s);
  h.tell("x");
  CHECK(h.why() == "out-of-range n");
  CHECK(h.here() == "a");
  CHECK(h.value("n") == plaint::value(0));
  CHECK(h.last.effects.empty());
  CHECK(h.last.taken.empty());
}

TEST_CASE("uscxml 193, 87; transitions 715; uscxml 56: the exit set of an only child; done of a parallel after its "
          "last region",
          "[defect]") {
  host only(
      R"({"states": {"outer": {"states": {"inner": {"exit": ["bye"], "states": {"leaf": {"exit": ["leave"], "on": {"x": "inner"}}}}}}}})");
  only.tell("x");
  CHECK(only.effects() == "leave bye");
  host regions(R"({"states": {"p": {"type": "parallel", "onDone": "end", "states": {
      "r": {"states": {"r1": {"on": {"x": "r2"}}, "r2": {"type": "final"}}},
      "s": {"states": {"s1": {"on": {"y": "s2"}}, "s2": {"type": "final"}}}}}, "end": {"tags": "closed"}}})");
  regions.tell("x");
  CHECK(regions.here() == "r2 s1");
  regions.tell("y");
  CHECK(regions.here() == "end");
}

TEST_CASE("msm 30; xstate 5.32.2, 5.32.4: document order decides, a wildcard is no better and no worse, history under "
          "parallel works",
          "[defect]") {
  host order(R"({"states": {"a": {"on": {"*": "b", "x": "c"}}, "b": {"tags": "closed"}, "c": {"tags": "closed"}}})");
  order.tell("x");
  CHECK(order.here() == "b");
  host history(R"({"states": {
      "p": {"type": "parallel", "on": {"out": "away"}, "states": {
        "h": {"type": "history", "history": "deep"},
        "r": {"states": {"r1": {"on": {"x": "r2"}}, "r2": null}}, "s": {"states": {"s1": null, "s2": null}}}},
      "away": {"on": {"back": "h"}}}})");
  history.tell("x");
  history.tell("out");
  history.tell("back");
  CHECK(history.here() == "r2 s1");
}

TEST_CASE("xstate 721, 5430, 4360; PySCXML 4: circles without events end; a target in a sibling region is refused",
          "[defect]") {
  CHECK(codes_of(R"({"states": {"a": {"always": "b"}, "b": {"always": "a"}}})") == "eventless-cycle");
  host h(
      R"({"states": {"a": {"on": {"x": "b"}}, "b": {"always": {"target": "b", "guard": "n < 9", "set": {"m": "m + 1"}}, "tags": "closed"}}})",
      [] {
        auto s = counter();
        s.add({.name = "m", .type = plaint::type::integer(), .initial = plaint::value(0)});
        return s;
      }());
  h.tell("x");
  CHECK(h.why() == "microsteps ");
  CHECK(h.here() == "a");
  CHECK(codes_of(R"({"states": {"p": {"type": "parallel", "states": {
      "r": {"states": {"r1": {"tags": "closed", "on": {"x": "s2"}}}}, "s": {"states": {"s1": {"tags": "closed"}, "s2": {"tags": "closed"}}}}}}})") ==
        "cross-region-target");
}

TEST_CASE("sml 547: states have numbers and names that anybody can ask for", "[defect]") {
  const auto rules = host::compile_json(R"({"states": {"a": {"tags": "closed"}}})");
  CHECK(rules.name(*rules.state("a")) == "a");
}

TEST_CASE("sml 479; transitions 198: timeouts belong to the definition", "[defect]") {
  host h(
      R"({"states": {"a": {"after": {"PT4H": {"target": "b", "do": [{"notify": "lead"}]}}}, "b": {"tags": "closed"}}})");
  h.fire(0);
  CHECK(h.effects() == "notify");
}

TEST_CASE("CVE-2026-47103: a guard is an expression of a closed language", "[defect]") {
  CHECK(codes_of(R"json({"states": {"a": {"on": {"x": {"guard": "__import__(\"os\")"}}}}})json") != "");
}

TEST_CASE("redmine: a field that is required and cannot be written in the same state is pointed out", "[defect]") {
  CHECK(codes_of(R"({"states": {"a": {"tags": "closed", "required": "n", "read_only": "n"}}})", counter()) ==
        "required-and-readonly");
}
