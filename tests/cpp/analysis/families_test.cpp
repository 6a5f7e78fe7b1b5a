// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/families.hpp"

TEST_CASE("who may not, what is possible, what is set and which tables are whole are as trying everything says",
          "[analysis][prove]") {
  families drawn;
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    const auto fault = drawn.people_and_tables(seed);
    INFO(fault);
    REQUIRE(fault.empty());
  }
  for (const auto* kind : {"may not", "possible", "set", "complete", "disjoint"}) {
    INFO(kind);
    CHECK(drawn.failing[kind] > 2);
    CHECK(drawn.holding[kind] > 20);
  }
}

TEST_CASE("worst cases and running clocks are those of real complaints at the last instant of every promise",
          "[analysis][prove]") {
  families drawn;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto fault = drawn.clocks(seed);
    INFO(fault);
    REQUIRE(fault.empty());
  }
  for (const auto* kind : {"within", "clock"}) {
    INFO(kind);
    CHECK(drawn.failing[kind] > 5);
    CHECK(drawn.holding[kind] > 5);
  }
}
