// SPDX-License-Identifier: BSL-1.0
#include "support/host.hpp"

#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/lifecycle/lifecycle_builder.hpp>

#include <catch.hpp>

#include <string>

namespace {

plaint::schema one_of_each() {
  plaint::schema s;
  s.add({.name = "n", .type = plaint::type::integer(), .initial = plaint::value(0)});
  s.add({.name = "route", .type = plaint::type::enumeration({"direct", "assisted"})});
  return s;
}

} // namespace

TEST_CASE("every fault of a lifecycle is found in one pass, with its place and the name that was meant",
          "[lifecycle]") {
  plaint::findings found;
  const auto document = plaint::read_json(R"({"initial": "opne", "states": {
      "open": {"on": {"close": {"target": "clsed", "by": "agnt", "require": "rote", "guard": "m > 1", "set": {"k": "1"}}}},
      "closed": {"tags": "closed"}}})");
  auto definition = plaint::read_lifecycle({document.root, "", found});
  CHECK_FALSE(plaint::lifecycle::try_compile(definition, one_of_each(), {{"agent_of_ours"}, {"agnet"}}, found));
  REQUIRE(found.size() == 6);
  CHECK(found[0].code == "unknown-state");
  CHECK(found[0].pointer == "/initial");
  CHECK(found[0].suggestion == "open");
  CHECK(found[1].pointer == "/states/open/on/close/target");
  CHECK(found[1].suggestion == "closed");
  CHECK(found[2].code == "unknown-attribute");
  CHECK(found[2].suggestion == "route");
  CHECK(found[3].pointer == "/states/open/on/close/guard");
  CHECK(found[4].code == "unknown-role");
  CHECK(found[4].suggestion == "agnet");
  CHECK(found[5].pointer == "/states/open/on/close/set/k");
}

TEST_CASE("the shape of states is checked", "[lifecycle]") {
  CHECK(codes_of(R"({"states": {}})") == "no-states");
  CHECK(codes_of(R"({"states": {"p": {"type": "parallel"}}})") == "no-children");
  CHECK(codes_of(R"({"states": {"c": {"type": "compound", "states": {"h": {"type": "history"}}}}})") == "no-children");
  CHECK(codes_of(R"({"states": {"f": {"type": "final", "states": {"a": null}}}})") == "not-a-leaf");
  CHECK(codes_of(R"({"states": {"a": null, "h": {"type": "history", "target": "a"}}})") == "misplaced-history");
  CHECK(codes_of(R"({"states": {"a": {"states": {"a": null}}}})") == "duplicate-state");
  CHECK(
      codes_of(
          R"({"initial": "b", "states": {"a": {"initial": "b", "states": {"c": {"tags": "closed"}}}, "b": {"tags": "closed"}}})") ==
      "initial-outside");
  CHECK(codes_of(R"({"states": {"p": {"type": "parallel", "initial": "a", "states": {"a": null}}}})") ==
        "initial-of-parallel");
  CHECK(codes_of(R"({"states": {"a": {"on": {"x": {"target": ["b", "c"]}}}, "b": null, "c": null}})") ==
        "targets-exclude-each-other");
  CHECK(codes_of(R"({"states": {"a": {"always": {"target": "b", "by": "agent"}}, "b": {"tags": "closed"}}})") ==
        "nobody-acts");
  CHECK(codes_of(R"json({"states": {"a": {"on": {"after(x)": "a"}}}})json").find("bad-name") != std::string::npos);
}

TEST_CASE("what can never happen is pointed out", "[lifecycle]") {
  CHECK(codes_of(R"({"states": {"a": {"on": {"x": "b"}}, "b": {"tags": "closed"}, "c": {"tags": "closed"}}})") ==
        "unreachable-state");
  CHECK(codes_of(R"({"states": {"a": {"on": {"x": "b"}}, "b": null}})") == "dead-end");
  CHECK(
      codes_of(
          R"({"states": {"a": {"on": {"x": ["b", "c"]}}, "b": {"tags": "closed"}, "c": {"tags": "closed", "on": {"y": "b"}}}})")
          .find("shadowed-transition") == std::string::npos); // a list of texts is a list of targets
  CHECK(codes_of(R"({"states": {"a": {"on": {"x": [{"target": "b"}, {"target": "a"}]}}, "b": {"tags": "closed"}}})") ==
        "shadowed-transition");
  CHECK(
      codes_of(
          R"({"states": {"a": {"on": {"x": {"target": "b", "guard": "1 > 2"}, "y": "b"}}, "b": {"tags": "closed"}}})") ==
      "guard-always-false impossible-event never-taken");
  CHECK(codes_of(R"({"states": {"a": {"on": {"x": {"target": "b", "guard": "1 < 2"}}}, "b": {"tags": "closed"}}})") ==
        "guard-always-true");
  CHECK(codes_of(R"({"states": {"a": {"on": {"x": {"target": "b", "raise": "nobody"}}}, "b": {"tags": "closed"}}})") ==
        "unheard-event");
}

TEST_CASE("guards that only their order tells apart are a note; those that exclude each other are none",
          "[lifecycle]") {
  const auto two = [](const std::string& a, const std::string& b) {
    return codes_of(R"({"states": {"a": {"on": {"x": [{"target": "b", "guard": ")" + a +
                        R"("}, {"target": "a", "guard": ")" + b + R"("}]}}, "b": {"tags": "closed"}}})",
                    one_of_each());
  };
  CHECK(two("n < 3", "n > 1") == "overlapping-guards");
  CHECK(two("n < 3", "n >= 3").empty());
  CHECK(two("n < 3", "!(n < 3)").empty());
  CHECK(two("n == 1", "n == 2").empty());
  CHECK(two("route == 'direct'", "route == 'assisted'").empty());
  CHECK(two("route == 'direct'", "route != 'direct'").empty());
  CHECK(two("has(route)", "!has(route)").empty());
}

TEST_CASE("a circle that a guard may end is a note, one that nothing ends is an error", "[lifecycle]") {
  CHECK(
      codes_of(
          R"({"states": {"a": {"always": {"target": "a", "guard": "n < 5", "set": {"n": "n + 1"}}, "tags": "closed"}}})",
          one_of_each()) == "eventless-cycle");
  plaint::findings found;
  const auto document = plaint::read_json(
      R"({"states": {"a": {"always": {"target": "a", "guard": "n < 5", "set": {"n": "n + 1"}}, "tags": "closed"}}})");
  CHECK(plaint::lifecycle::try_compile(plaint::read_lifecycle({document.root, "", found}), one_of_each(), {}, found));
}

TEST_CASE("a name stands for its longest beginning that is known", "[lifecycle]") {
  const auto rules = host::compile_json(
      R"({"states": {"a": {"on": {"mail": "a", "mail.reply": "b", "*": "b"}}, "b": {"tags": "closed"}}})");
  CHECK(rules.event_name(rules.event("mail.reply.late")) == "mail.reply");
  CHECK(rules.event_name(rules.event("mail.other")) == "mail");
  CHECK(rules.event("mailing") == rules.unknown_event());
  CHECK(rules.is_sent(rules.event("mail")));
}

TEST_CASE("names that expressions may use are filled in", "[lifecycle]") {
  const auto rules = host::compile_json(
      R"({"states": {"a": {"on": {"x": {"target": "b", "reasons": ["fraud", "error"]}}}, "b": {"tags": "closed"}}})",
      one_of_each(), {{"lead"}});
  CHECK(rules.schema().states == std::vector<std::string>{"a", "b"});
  CHECK(rules.schema().roles == std::vector<std::string>{"lead"});
  CHECK(rules.schema().events == std::vector<std::string>{"x"});
  CHECK(rules.schema().event_field("route"));
  CHECK(rules.schema().event_field("reason"));
}

TEST_CASE("limits of depth, number and size are findings", "[lifecycle]") {
  using t = plaint::lifecycle_builder;
  auto deep = t::state("leaf");
  for (int i = 0; i < 40; ++i) {
    auto outer = t::state("s" + std::to_string(i));
    outer.children.push_back(std::move(deep));
    deep = std::move(outer);
  }
  plaint::lifecycle_definition d;
  d.states.push_back(deep);
  plaint::findings found;
  CHECK_FALSE(plaint::lifecycle::try_compile(d, {}, {}, found));
  CHECK(found[0].code == "too-deep");

  d.states.clear();
  for (int i = 0; i < 1100; ++i) {
    d.states.push_back(t::state("s" + std::to_string(i)));
  }
  found.clear();
  CHECK_FALSE(plaint::lifecycle::try_compile(d, {}, {}, found));
  CHECK(found[0].code == "too-many-states");

  d.states.clear();
  d.states.push_back(t::parallel("p", {}));
  for (int i = 0; i < 240; ++i) {
    const auto n = std::to_string(i);
    d.states[0].children.push_back(
        t::compound("c" + n, "a" + n, {t::state("a" + n), t::state("b" + n), t::state("d" + n)}));
  }
  found.clear();
  CHECK_FALSE(plaint::lifecycle::try_compile(d, {}, {}, found));
  CHECK(found[0].code == "too-many-choices");
}

TEST_CASE("charts of hundreds of states run like small ones", "[lifecycle]") {
  using t = plaint::lifecycle_builder;
  for (const int count : {60, 64, 65, 200, 256, 257, 900}) {
    plaint::lifecycle_definition d;
    for (int i = 0; i < count; ++i) {
      d.states.push_back(t::state("s" + std::to_string(i), {t::on("next").to("s" + std::to_string((i + 1) % count))}));
    }
    host h(plaint::compile(d));
    for (int i = 1; i <= 2 * count; ++i) {
      REQUIRE(h.tell("next").accepted);
      REQUIRE(h.here() == "s" + std::to_string(i % count));
    }
  }
}
