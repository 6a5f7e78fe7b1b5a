// SPDX-License-Identifier: BSL-1.0
#include "support/host.hpp"
#include "support/random_chart.hpp"

#include <plaint/lifecycle/lifecycle_document.hpp>

#include <catch.hpp>

#include <string>

namespace {

plaint::lifecycle_definition read(std::string_view json) {
  plaint::findings found;
  const auto document = plaint::read_json(json);
  auto d = plaint::read_lifecycle({document.root, "/lifecycle", found});
  plaint::throw_if_error(found);
  return d;
}

plaint::findings faults(std::string_view json) {
  plaint::findings found;
  const auto document = plaint::read_json(json);
  (void)plaint::read_lifecycle({document.root, "", found});
  return found;
}

} // namespace

TEST_CASE("a transition has all the words of complaint handling", "[lifecycle]") {
  const auto d = read(R"({"initial": "a", "states": {"a": {"on": {"register": {
      "target": "b", "by": ["hotline", "lead"], "guard": "n > 1", "require": ["channel", "demand"], "reasons": "fraud", "within": "30 days",
      "set": {"owner": "actor.id", "n": 0, "left": null}, "do": [{"notice": "ack", "carries": ["received"], "sum": {"expr": "n * 2"}}],
      "raise": "registered", "title": {"en": "Register"}}}}, "b": null}})");
  const auto& t = d.states.at(0).transitions.at(0);
  CHECK(t.events == std::vector<std::string>{"register"});
  CHECK(t.targets == std::vector<std::string>{"b"});
  CHECK(t.by == std::vector<std::string>{"hotline", "lead"});
  CHECK(t.guard == "n > 1");
  CHECK(t.require.size() == 2);
  CHECK(t.reasons == std::vector<std::string>{"fraud"});
  CHECK(t.within == "30 days");
  CHECK(t.pointer == "/lifecycle/states/a/on/register");
  REQUIRE(t.actions.size() == 5);
  CHECK(std::get<plaint::assignment>(t.actions[0].what).expression == "actor.id");
  CHECK(std::get<plaint::assignment>(t.actions[1].what).expression == "0");
  CHECK(std::get<plaint::assignment>(t.actions[2].what).expression == "null");
  const auto& ack = std::get<plaint::effect_definition>(t.actions[3].what);
  CHECK(ack.kind == "notice");
  CHECK(ack.parameters.at(0).value.text == "ack");
  CHECK(ack.parameters.at(2).expression == "n * 2");
  CHECK(std::get<plaint::raised_event>(t.actions[4].what).event == "registered");
}

TEST_CASE("short forms: a target alone, a list of targets, nothing, several descriptors, a list in document order",
          "[lifecycle]") {
  const auto d = read(R"({"states": {
      "a": {"on": {"x": "b", "y": ["b"], "seen": null, "p q.*": {"target": "b"}, "z": [{"target": "b", "guard": "true"}, {"target": "a"}]},
            "always": {"target": "b", "guard": "false"}, "after": {"15 days": "b"}, "onDone": "b"},
      "b": {"on": [{"event": "x", "target": "a"}, {"event": "*", "target": "b"}, {"event": "x y", "target": "a"}]}}})");
  const auto& a = d.states[0].transitions;
  REQUIRE(a.size() == 9);
  CHECK(a[1].targets == std::vector<std::string>{"b"});
  CHECK(a[2].targets.empty());
  CHECK(a[3].events == std::vector<std::string>{"p", "q.*"});
  CHECK(a[5].targets == std::vector<std::string>{"a"});
  CHECK(a[6].events.empty());
  CHECK(a[7].after == "15 days");
  CHECK(a[8].events == std::vector<std::string>{"done.state.a"});
  CHECK(d.states[1].transitions[2].events == std::vector<std::string>{"x", "y"});
}

TEST_CASE("what a state is follows from what it has", "[lifecycle]") {
  const auto d = read(
      R"({"states": {"a": {"states": {"b": null, "h": {"type": "history", "history": "deep", "target": "b"}}}, "f": {"type": "final"}}})");
  CHECK(d.states[0].type == plaint::state_type::compound);
  CHECK(d.states[0].children[1].type == plaint::state_type::deep_history);
  CHECK(d.states[1].type == plaint::state_type::final);
}

TEST_CASE("choices and blocks among actions keep their order", "[lifecycle]") {
  const auto d = read(
      R"({"states": {"a": {"entry": ["hello", {"set": {"n": "1"}, "raise": "r"}, {"if": "n > 1", "do": ["big"], "else": [{"set": {"n": "0"}}]}]}}})");
  const auto& entry = d.states[0].entry;
  REQUIRE(entry.size() == 4);
  CHECK(std::get<plaint::effect_definition>(entry[0].what).kind == "hello");
  CHECK(std::get<plaint::raised_event>(entry[2].what).event == "r");
  CHECK(std::get<plaint::choice>(entry[3].what).otherwise.size() == 1);
}

TEST_CASE("a slip of the pen in a name is found with the name that was meant", "[lifecycle]") {
  const auto found =
      faults(R"({"inital": "a", "states": {"a": {"entyr": [], "type": "atmic", "on": {"x": {"gaurd": "true"}}}}})");
  REQUIRE(found.size() == 4);
  CHECK(found[0].code == "unknown-word");
  CHECK(found[0].suggestion == "atomic");
  CHECK(found[1].pointer == "/states/a/on/x/gaurd");
  CHECK(found[1].suggestion == "guard");
  CHECK(found[2].suggestion == "entry");
  CHECK(found[3].suggestion == "initial");
}

TEST_CASE("what is not the right shape is a finding, whatever it is", "[lifecycle]") {
  for (const char* json :
       {"1", "[]", "null", R"({"states": 1})", R"({"states": {"a": 1}})", R"({"states": {"a": {"on": 1}}})",
        R"({"states": {"a": {"on": {"x": {"set": 1}}}}})", R"({"states": {"a": {"on": {"": "a"}}}})",
        R"({"states": {"a": {"on": {"x": {"internal": true, "reenter": false}}}}})",
        R"({"states": {}, "max_microsteps": 0})", R"({"states": {"a": {"history": "deep", "type": "atomic"}}})"}) {
    INFO(json);
    CHECK_FALSE(faults(json).empty());
  }
}

TEST_CASE("what is written is read back as the same, on any chart", "[lifecycle]") {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    random_chart draw(seed);
    const auto written = plaint::write_lifecycle(draw.draw());
    plaint::findings found;
    const auto again = plaint::read_lifecycle({written, "", found});
    INFO(plaint::canonical(written));
    REQUIRE(found.empty());
    REQUIRE(plaint::write_lifecycle(again) == written);
  }
}

TEST_CASE("the digest is of what a lifecycle means, not of how it is written", "[lifecycle]") {
  const auto a =
      read(R"({"states": {"a": {"on": {"x": {"target": ["b"], "set": {"n": "1"}, "raise": ["r"]}}}, "b": null}})");
  const auto b =
      read(R"({"states": {"a": {"on": {"x": {"raise": "r", "do": [], "set": {"n": 1}, "target": "b"}}}, "b": {}}})");
  const auto c = read(R"({"states": {"a": {"on": {"x": {"target": "b", "set": {"n": 2}, "raise": "r"}}}, "b": {}}})");
  CHECK(plaint::digest(a) == plaint::digest(b));
  CHECK(plaint::digest(a) != plaint::digest(c));
}
