// SPDX-License-Identifier: BSL-1.0
#include "support/host.hpp"

#include <plaint/lifecycle/migration.hpp>

#include <catch.hpp>

namespace {

std::string codes(const plaint::findings& all) {
  std::string text;
  for (const auto& f : all) {
    text += (text.empty() ? "" : " ") + f.code;
  }
  return text;
}

plaint::schema numbers(std::vector<std::pair<const char*, int>> all) {
  plaint::schema s;
  for (const auto& [name, most] : all) {
    s.add({.name = name, .type = plaint::type::integer(), .most = plaint::value(most)});
  }
  return s;
}

} // namespace

TEST_CASE("a lifecycle can take over its own complaints without a map", "[lifecycle]") {
  const auto rules = host::compile_json(
      R"({"states": {"a": {"on": {"x": "b"}, "after": {"1h": "b"}}, "b": {"tags": "closed"}}})", numbers({{"n", 3}}));
  CHECK(plaint::check_migration(rules, rules).empty());
}

TEST_CASE("everything that would be lost is said", "[lifecycle]") {
  const auto before = host::compile_json(
      R"({"states": {"a": {"on": {"x": "b"}, "after": {"1h": "b"}}, "b": {"states": {"b1": {"tags": "closed"},
      "h": {"type": "history"}}}, "end": {"type": "final"}}})",
      numbers({{"n", 3}, {"gone", 1}, {"kind", 1}, {"tight", 9}}));
  plaint::schema s = numbers({{"n", 3}, {"tight", 5}});
  s.add({.name = "kind", .type = plaint::type::string()});
  const auto after = host::compile_json(
      R"({"states": {"a": {"on": {"x": "b"}}, "b": {"tags": "closed"}, "end": {"tags": "closed"}}})", s);
  CHECK(codes(plaint::check_migration(before, after)) ==
        "lost-state lost-history reopened-end lost-attribute type-differs range-differs lost-timer");
  plaint::migration_map map;
  map.states["b1"] = "b";
  map.attributes["gone"] = "";
  CHECK(codes(plaint::check_migration(before, after, map)) ==
        "lost-history reopened-end type-differs range-differs lost-timer");
  map.states["nowhere"] = "a";
  CHECK(codes(plaint::check_migration(before, after, map)).starts_with("unknown-state"));
}

TEST_CASE("a state that moves into or out of regions needs more than a name", "[lifecycle]") {
  const auto before = host::compile_json(R"({"states": {"a": {"tags": "closed"}}})");
  const auto after = host::compile_json(
      R"({"states": {"p": {"type": "parallel", "states": {"a": {"tags": "closed"}, "b": {"tags": "closed"}}}}})");
  CHECK(codes(plaint::check_migration(before, after)) == "regions-differ");
}

TEST_CASE("renamed states and histories are carried over; a history that is gone is left behind", "[lifecycle]") {
  host before(
      R"({"states": {"c": {"on": {"out": "o"}, "states": {"h": {"type": "history"}, "k": {"type": "history"}, "a": {"on": {"x": "b"}}, "b": null}},
      "o": {"on": {"in": "h"}}}})");
  before.tell("x");
  before.tell("out");
  host after(
      R"({"states": {"c": {"on": {"out": "o"}, "states": {"again": {"type": "history"}, "a": {"on": {"x": "second"}}, "second": null}},
      "o": {"on": {"in": "again"}}}})");
  plaint::migration_map map;
  map.states = {{"h", "again"}, {"b", "second"}};
  const auto names = plaint::migrated(plaint::names_of(before.rules(), before.last.after), after.rules(), map);
  after.last.after = plaint::configuration_of(after.rules(), names);
  after.tell("in");
  CHECK(after.here() == "second");
}
