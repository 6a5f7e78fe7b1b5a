// SPDX-License-Identifier: BSL-1.0
#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <catch.hpp>

TEST_CASE("definitions are values: equal if they say the same, actions inside choices included", "[lifecycle]") {
  plaint::choice c;
  c.guard = "n > 1";
  c.then.push_back({plaint::raised_event{"more", {}}});
  plaint::lifecycle_definition a;
  a.states.push_back({"open"});
  a.states[0].entry.push_back({c});
  auto b = a;
  CHECK(a == b);
  std::get<plaint::choice>(b.states[0].entry[0].what).then.push_back({plaint::assignment{"n", "0", {}}});
  CHECK_FALSE(a == b);
}
