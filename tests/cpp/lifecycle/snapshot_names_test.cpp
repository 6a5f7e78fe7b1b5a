// SPDX-License-Identifier: BSL-1.0
#include "support/host.hpp"

#include <plaint/lifecycle/snapshot_names.hpp>

#include <catch.hpp>

namespace {

constexpr auto chart = R"({"states": {
    "p": {"type": "parallel", "on": {"out": "away"}, "states": {
      "h": {"type": "history", "history": "deep"},
      "r": {"states": {"r1": {"on": {"x": "r2"}}, "r2": null}}, "s": {"states": {"s1": null, "s2": {"tags": "closed"}}}}},
    "away": {"on": {"back": "h"}}, "end": {"type": "final"}}})";

std::string codes(const plaint::lifecycle& rules, const plaint::configuration_names& names) {
  try {
    (void)plaint::configuration_of(rules, names);
  } catch (const plaint::policy_error& e) {
    std::string text;
    for (const auto& f : e.all()) {
      text += (text.empty() ? "" : " ") + f.code;
    }
    return text;
  }
  return "";
}

} // namespace

TEST_CASE("a configuration is stored by names, its memory too", "[lifecycle]") {
  host h(chart);
  h.tell("x");
  h.tell("out");
  const auto names = plaint::names_of(h.rules(), h.last.after);
  CHECK(names.active == std::vector<std::string>{"away"});
  REQUIRE(names.remembered.size() == 1);
  CHECK(names.remembered[0] == plaint::remembered_names{"h", {"r2", "s1"}});
  h.last.after = plaint::configuration_of(h.rules(), names);
  h.tell("back");
  CHECK(h.here() == "r2 s1");
}

TEST_CASE("an end that was reached is still an end after a restore", "[lifecycle]") {
  const auto rules = host::compile_json(chart);
  CHECK(plaint::configuration_of(rules, {{"end"}, {}}).terminated);
}

TEST_CASE("names that make no configuration are refused, each with its reason", "[lifecycle]") {
  const auto rules = host::compile_json(chart);
  CHECK(codes(rules, {{"r1"}, {}}) == "not-a-configuration");
  CHECK(codes(rules, {{"r1", "r2", "s1"}, {}}) == "not-a-configuration");
  CHECK(codes(rules, {{"r1", "s1", "away"}, {}}) == "not-a-configuration");
  CHECK(codes(rules, {{"awya"}, {}}) == "unknown-state not-a-configuration");
  CHECK(codes(rules, {{"p"}, {}}) == "not-a-leaf not-a-configuration");
  CHECK(codes(rules, {{"away"}, {{"r", {}}}}) == "not-a-history");
  CHECK(codes(rules, {{"away"}, {{"h", {"away"}}}}) == "not-inside");
  CHECK(codes(rules, {}) == "not-a-configuration");
}
