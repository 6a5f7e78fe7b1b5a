// SPDX-License-Identifier: BSL-1.0
#include <plaint/lifecycle/configuration.hpp>

#include <catch.hpp>

TEST_CASE("the row in a table is no part of a configuration's value", "[lifecycle]") {
  plaint::configuration a;
  plaint::configuration b;
  b.row = 7;
  CHECK(a == b);
  CHECK(std::hash<plaint::configuration>{}(a) == std::hash<plaint::configuration>{}(b));
  b.choices[3] = 1;
  CHECK_FALSE(a == b);
  CHECK(a < b);
}
