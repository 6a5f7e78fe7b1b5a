// SPDX-License-Identifier: BSL-1.0
#include "support/host.hpp"
#include "support/naive_engine.hpp"
#include "support/random_chart.hpp"

#include <catch.hpp>
#include <rapidcheck.h>

#include <optional>
#include <string>
#include <vector>

namespace {

plaint::schema counters() {
  plaint::schema s;
  s.add({.name = "n", .type = plaint::type::integer(), .initial = plaint::value(0)});
  s.add({.name = "m", .type = plaint::type::integer()});
  return s;
}

std::vector<plaint::role_definition> two_roles() { return {{"lead"}, {"unit"}}; }

} // namespace

TEST_CASE("on any chart a step does what SCXML's text says, read literally", "[lifecycle]") {
  std::size_t compiled = 0;
  std::size_t accepted = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    random_chart draw(seed);
    const auto definition = draw.draw();
    plaint::findings found;
    const auto rules = plaint::lifecycle::try_compile(definition, counters(), two_roles(), found);
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
