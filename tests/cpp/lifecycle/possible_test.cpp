// SPDX-License-Identifier: BSL-1.0
#include "support/host.hpp"
#include "support/random_chart.hpp"

#include <plaint/lifecycle/possible.hpp>

#include <catch.hpp>

TEST_CASE("what is possible is what a step would do, on any chart and for any actor", "[lifecycle]") {
  std::size_t enabled = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    random_chart draw(seed);
    plaint::schema s;
    s.add({.name = "n", .type = plaint::type::integer(), .initial = plaint::value(0)});
    s.add({.name = "m", .type = plaint::type::integer()});
    plaint::findings found;
    const auto rules = plaint::lifecycle::try_compile(draw.draw(), s, {{"lead"}, {"unit"}}, found);
    if (!rules) {
      continue;
    }
    host h(*rules);
    for (int i = 0; i < 5 && h.last.accepted; ++i) {
      const std::string role = draw.chance(2) ? "lead" : "unit";
      plaint::occurrence as;
      as.actor.role = role;
      const auto all = plaint::possible(*rules, h.last.after, h.values, as);
      for (const auto& p : all) {
        host trial = h;
        const auto& did = trial.tell(rules->event_name(p.event), role);
        REQUIRE(did.accepted == p.enabled);
        REQUIRE(did.reasons == p.reasons);
        enabled += p.enabled ? 1U : 0U;
      }
      h.tell("x" + std::to_string(draw.pick(random_chart::events)), role);
    }
  }
  CHECK(enabled > 300);
}

TEST_CASE("what only lacks data says which", "[lifecycle]") {
  plaint::schema s;
  s.add({.name = "cause", .type = plaint::type::string()});
  s.add({.name = "link", .type = plaint::type::string()});
  host h(
      R"({"states": {"a": {"on": {"x": [{"target": "b", "by": "lead", "require": "cause"}, {"target": "b", "require": ["cause", "link"]}]}},
             "b": {"tags": "closed"}}})",
      s, {{"lead"}, {"unit"}});
  plaint::occurrence as;
  as.actor.role = "unit";
  CHECK(plaint::possible(h.rules(), h.last.after, h.values, as).at(0).lacking() ==
        std::vector<std::string>{"cause", "link"});
  as.actor.role = "lead";
  CHECK(plaint::possible(h.rules(), h.last.after, h.values, as).at(0).lacking() == std::vector<std::string>{"cause"});
}
