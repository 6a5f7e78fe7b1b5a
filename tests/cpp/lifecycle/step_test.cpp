// SPDX-License-Identifier: BSL-1.0
#include "support/host.hpp"
#include "support/naive_engine.hpp"
#include "support/random_chart.hpp"

#include <catch.hpp>
#include <rapidcheck.h>

#include <cstdlib>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

thread_local std::size_t allocations = 0;

} // namespace

// Counts what the whole test program allocates on this thread.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* p = std::malloc(size == 0 ? 1 : size)) {
    return p;
  }
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* p) noexcept {
  std::free(p);
}
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept {
  std::free(p);
}

namespace {

plaint::schema free_counters() {
  plaint::schema s;
  s.add({.name = "n", .type = plaint::type::integer(), .initial = plaint::value(0)});
  s.add({.name = "m", .type = plaint::type::integer()});
  return s;
}

std::vector<plaint::role_definition> two_roles() {
  return {{"lead"}, {"unit"}};
}

} // namespace

TEST_CASE("on any chart a step does what SCXML's text says, read literally", "[lifecycle]") {
  std::size_t compiled = 0;
  std::size_t accepted = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    random_chart draw(seed);
    const auto definition = draw.draw();
    plaint::findings found;
    const auto rules = plaint::lifecycle::try_compile(definition, free_counters(), two_roles(), found);
    if (!rules) {
      continue; // for instance two targets that exclude each other
    }
    ++compiled;
    host ours(*rules);
    naive_engine theirs(definition);
    INFO("seed " << seed << "\n" << plaint::canonical(plaint::write_lifecycle(definition)));
    const bool began = theirs.begin();
    REQUIRE(ours.last.accepted == began);
    if (!began) {
      continue;
    }
    REQUIRE(ours.here() == theirs.leaves());
    for (int i = 0; i < 25; ++i) {
      const auto event = "x" + std::to_string(draw.pick(random_chart::events));
      const std::string role = draw.chance(2) ? "lead" : "unit";
      std::optional<long> m;
      std::vector<host::datum> data;
      if (draw.chance(6)) {
        m = static_cast<long>(draw.pick(3));
        data.emplace_back("m", plaint::value(*m));
      }
      const bool expected = theirs.handle(event, role, m);
      ours.tell(event, role, data);
      INFO(event << " by " << role << " as step " << i);
      REQUIRE(ours.last.accepted == expected);
      REQUIRE(ours.here() == theirs.leaves());
      REQUIRE(ours.value("n") == plaint::value(theirs.n));
      std::string effects;
      for (const auto& e : theirs.effects) {
        effects += (effects.empty() ? "" : " ") + e;
      }
      REQUIRE(ours.effects() == effects);
      accepted += expected ? 1 : 0;
    }
  }
  CHECK(compiled > 1500);
  CHECK(accepted > 10000);
}

namespace {

plaint::schema handling() {
  plaint::schema s;
  s.add({.name = "route", .type = plaint::type::enumeration({"direct", "assisted"})});
  s.add({.name = "reopened",
         .type = plaint::type::integer(),
         .initial = plaint::value(0),
         .least = plaint::value(0),
         .most = plaint::value(3)});
  s.add({.name = "owner", .type = plaint::type::string()});
  return s;
}

const plaint::value direct(plaint::enum_member{0});

} // namespace

TEST_CASE("a role that may not take the first candidate falls through to the next", "[lifecycle]") {
  constexpr auto json =
      R"({"states": {"a": {"on": {"x": [{"target": "b", "by": "lead"}, {"target": "c"}]}}, "b": {"tags": "closed"}, "c": {"tags": "closed"}}})";
  host lead(json, {}, two_roles());
  lead.tell("x", "lead");
  CHECK(lead.here() == "b");
  host unit(json, {}, two_roles());
  unit.tell("x", "unit");
  CHECK(unit.here() == "c");
}

TEST_CASE("a class of actors can be named where a role could be", "[lifecycle]") {
  const auto rules = host::compile_json(
      R"({"states": {"a": {"on": {"x": {"target": "b", "by": "customer"}}}, "b": {"tags": "closed"}}})");
  plaint::occurrence what;
  what.event = rules.event("x");
  const auto from = plaint::start(rules, {}).after;
  CHECK_FALSE(plaint::step(rules, from, {}, what).accepted);
  what.actor.side = plaint::actor_class::customer;
  CHECK(plaint::step(rules, from, {}, what).accepted);
}

TEST_CASE("an event's data become attributes before anything is looked at", "[lifecycle]") {
  host h(
      R"({"states": {"a": {"on": {"dispatch": {"target": "b", "guard": "route == 'direct'", "require": "route"}}}, "b": {"tags": "closed"}}})",
      handling());
  h.tell("dispatch");
  CHECK(h.why() == "missing-field route; guard-unknown route == 'direct'");
  CHECK(h.tell("dispatch", "", {{"route", direct}}).accepted);
  CHECK(h.value("route") == direct);
}

TEST_CASE("what the lifecycle itself counts cannot be set by an event, unless a transition asks for it",
          "[lifecycle]") {
  host h(
      R"({"states": {"a": {"on": {"x": {"target": "a", "set": {"reopened": "reopened + 1"}}, "y": {"target": "a", "set": {"reopened": "event.reopened"}},
             "z": {"target": "a", "require": "reopened"}}}}})",
      handling());
  h.tell("x", "", {{"reopened", plaint::value(0)}});
  CHECK(h.value("reopened") == plaint::value(1));
  h.tell("y", "", {{"reopened", plaint::value(3)}});
  CHECK(h.value("reopened") == plaint::value(3));
  h.tell("z", "", {{"reopened", plaint::value(2)}});
  CHECK(h.value("reopened") == plaint::value(2));
}

TEST_CASE("an attribute outside of its range refuses the event, whoever sets it", "[lifecycle]") {
  host h(R"({"states": {"a": {"on": {"more": {"set": {"reopened": "reopened + 2"}}, "z": {"require": "reopened"}}}}})",
         handling());
  CHECK(h.tell("more").accepted);
  h.tell("more");
  CHECK(h.why() == "out-of-range reopened");
  CHECK(h.value("reopened") == plaint::value(2));
  h.tell("z", "", {{"reopened", plaint::value(-1)}});
  CHECK(h.why() == "out-of-range reopened");
  h.tell("z", "", {{"reopened", plaint::value("one")}});
  CHECK(h.why() == "out-of-range reopened");
}

TEST_CASE("an assignment whose expression has no value refuses the event; null unsets", "[lifecycle]") {
  host h(
      R"({"states": {"a": {"on": {"own": {"set": {"owner": "actor.id"}}, "unset": {"set": {"owner": null}}, "set": {"set": {"owner": "'u7'"}}}}}})",
      handling());
  h.tell("own");
  CHECK(h.why() == "no-value owner");
  h.tell("set");
  CHECK(h.value("owner") == plaint::value("u7"));
  h.tell("unset");
  CHECK(h.value("owner").is_absent());
}

TEST_CASE("fields of a state: required ones keep others out, those that are read only or hidden keep data out",
          "[lifecycle]") {
  host h(
      R"({"states": {"a": {"on": {"x": "b"}}, "b": {"required": "route", "read_only": "route", "hidden": "owner", "on": {"note": null}}}})",
      handling());
  h.tell("x");
  CHECK(h.why() == "missing-field route");
  CHECK(h.here() == "a");
  CHECK(h.tell("x", "", {{"route", direct}}).accepted);
  CHECK(h.tell("note", "", {{"route", direct}}).accepted); // the same again changes nothing
  h.tell("note", "", {{"route", plaint::value(plaint::enum_member{1})}});
  CHECK(h.why() == "read-only route");
  h.tell("note", "", {{"owner", plaint::value("u7")}});
  CHECK(h.why() == "read-only owner");
}

TEST_CASE("a transition with reason codes takes one of them and no other", "[lifecycle]") {
  host h(
      R"({"states": {"a": {"on": {"reject": {"target": "b", "reasons": ["fraud", "double"]}}}, "b": {"tags": "closed"}}})");
  h.tell("reject");
  CHECK(h.why() == "missing-reason fraud, double");
  h.tell("reject", "", {{"reason", plaint::value("whim")}});
  CHECK(h.why() == "missing-reason fraud, double");
  CHECK(h.tell("reject", "", {{"reason", plaint::value("double")}}).accepted);
}

TEST_CASE("a way that is open for some time is closed once its clock has run out", "[lifecycle]") {
  const auto rules = host::compile_json(
      R"({"states": {"closed": {"on": {"reopen": {"target": "open", "within": "30 days"}}}, "open": {"tags": "closed"}}})");
  REQUIRE(rules.timers().size() == 1);
  CHECK(rules.timers()[0].kind == plaint::timer_kind::within);
  plaint::occurrence what;
  what.event = rules.event("reopen");
  const auto from = plaint::start(rules, {}).after;
  CHECK(plaint::step(rules, from, {}, what).accepted);
  const std::uint64_t lapsed = 1;
  what.lapsed = {&lapsed, 1};
  CHECK(plaint::step(rules, from, {}, what).reasons.at(0).kind == plaint::reason_kind::too_late);
}

TEST_CASE("a timer is heard by its own transitions only; no event from outside can pass for it", "[lifecycle]") {
  host h(
      R"({"states": {"outer": {"after": {"1h": "late"}, "states": {"a": {"on": {"*": "b"}}, "b": null}}, "late": {"tags": "closed"}}})");
  h.tell("after(1h)@outer");
  CHECK(h.here() == "b");
  h.fire(0);
  CHECK(h.here() == "late");
}

TEST_CASE("raised events have no sender: roles are not asked, fields are", "[lifecycle]") {
  host h(
      R"({"states": {"a": {"on": {"x": {"raise": "close"}, "close": {"target": "b", "by": "lead", "require": "owner"}}}, "b": {"tags": "closed"}}})",
      handling(), two_roles());
  CHECK(h.tell("x", "unit").accepted);
  CHECK(h.here() == "a");
  CHECK(h.last.discarded.size() == 1);
  h.tell("x", "unit", {{"owner", plaint::value("u1")}});
  CHECK(h.here() == "b");
}

TEST_CASE("a step names the event under way to expressions, the raised one while it is handled", "[lifecycle]") {
  host h(
      R"({"states": {"a": {"on": {"x": {"target": "b", "raise": "r", "do": [{"log": "sent", "name": {"expr": "event.name"}}]},
             "r": {"do": [{"log": "raised", "name": {"expr": "event.name"}}]}}}, "b": {"on": {"r": {"do": [{"log": "raised", "name": {"expr": "event.name"}}]}}}}})");
  h.tell("x");
  REQUIRE(h.last.effects.size() == 2);
  CHECK(h.last.effects[0].values.at(0) == plaint::value("x"));
  CHECK(h.last.effects[1].values.at(0) == plaint::value("r"));
}

TEST_CASE("choices among actions see what was set before them", "[lifecycle]") {
  host h(
      R"({"states": {"a": {"on": {"x": {"do": [{"set": {"reopened": "reopened + 1"}}, {"if": "reopened > 1", "do": ["again"], "else": ["first"]}]}}}}})",
      handling());
  h.tell("x");
  CHECK(h.effects() == "first");
  h.tell("x");
  CHECK(h.effects() == "again");
}

TEST_CASE("a final state of the whole ends it: later events are refused", "[lifecycle]") {
  host h(R"({"states": {"a": {"on": {"x": "end"}}, "end": {"type": "final", "entry": ["bye"]}}})");
  h.tell("x");
  CHECK(h.last.after.terminated);
  CHECK(h.effects() == "bye");
  h.tell("x");
  CHECK(h.why() == "terminated ");
}

TEST_CASE("internal ways leave their source alone, external ones enter it anew", "[lifecycle]") {
  constexpr auto chart = R"({"states": {"a": {"entry": ["in"], "exit": ["out"], "states": {"b": null, "c": null},
      "on": {"inner": {"target": "c", "internal": true}, "outer": {"target": "c"}, "stay": {"do": ["act"]}}}}})";
  host h(chart);
  h.tell("inner");
  CHECK(h.effects().empty());
  CHECK(h.here() == "c");
  h.tell("outer");
  CHECK(h.effects() == "out in");
  h.tell("stay");
  CHECK(h.effects() == "act");
  CHECK(h.last.left.empty());
}

TEST_CASE("an unknown event is refused with the name that was meant", "[lifecycle]") {
  host h(R"({"states": {"a": {"on": {"register": "b"}}, "b": {"tags": "closed"}}})");
  h.tell("regsiter");
  CHECK(h.last.reasons.at(0).message == "no state knows an event \"regsiter\"; did you mean \"register\"?");
  h.tell("register");
  h.tell("register");
  CHECK(h.why() == "wrong-state register");
  CHECK(h.last.reasons.at(0).message == "\"register\" is not possible in \"b\"");
}

TEST_CASE("a step with the wrong number of attributes is the host's mistake", "[lifecycle]") {
  const auto rules = host::compile_json(R"({"states": {"a": {"on": {"x": null}}}})", handling());
  CHECK_THROWS_AS(plaint::start(rules, {}), std::invalid_argument);
}

TEST_CASE("a step without effects takes no memory, once its own has grown", "[lifecycle]") {
  const auto rules =
      host::compile_json(R"({"states": {"a": {"on": {"x": {"target": "b", "guard": "reopened < 3", "by": "lead"}}},
      "b": {"on": {"x": {"target": "a", "set": {"reopened": "(reopened + 1) % 3"}}}}}})",
                         handling(), two_roles());
  auto values = plaint::initial_values(rules.schema());
  plaint::step_memory memory;
  plaint::step_result out;
  plaint::start(rules, values, {}, memory, out);
  plaint::occurrence what;
  what.event = rules.event("x");
  what.actor.role = "lead";
  const auto turn = [&] {
    const auto from = out.after;
    plaint::step(rules, from, values, what, memory, out);
    for (const auto& c : out.changes) {
      values[c.slot] = c.to;
    }
  };
  for (int i = 0; i < 10; ++i) {
    turn();
  }
  const auto before = allocations;
  for (int i = 0; i < 100; ++i) {
    turn();
  }
  CHECK(allocations == before);
  CHECK(out.accepted);
}
