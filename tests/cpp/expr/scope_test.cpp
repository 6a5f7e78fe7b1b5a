// SPDX-License-Identifier: BSL-1.0
#include <plaint/expr/scope.hpp>

#include <catch.hpp>

#include <array>

using namespace plaint;

TEST_CASE("a state is active if its bit is set, and none beyond the words", "[expr]") {
  const std::array<std::uint64_t, 2> words{1, 2};
  scope seen;
  seen.states = words;
  CHECK(seen.in_state(0));
  CHECK_FALSE(seen.in_state(1));
  CHECK_FALSE(seen.in_state(64));
  CHECK(seen.in_state(65));
  CHECK_FALSE(seen.in_state(128));
}

TEST_CASE("a clock that nobody keeps is neither running nor breached and has no due time", "[expr]") {
  const scope seen;
  CHECK_FALSE(seen.clocks(3).running);
  CHECK_FALSE(seen.clocks(3).due);
  CHECK(seen.ladders(3).level == 0);
}
