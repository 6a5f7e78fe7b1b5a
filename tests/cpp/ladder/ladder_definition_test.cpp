// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/ladder/ladder_definition.hpp>

using namespace plaint;

TEST_CASE("two ladders are equal by what they say, not by where they stand", "[ladder]") {
  ladder_definition a;
  a.id = "late";
  a.steps = {{.level = 1, .pointer = "/x"}};
  a.pointer = "/ladders/late";
  auto b = a;
  b.pointer = "/elsewhere";
  b.steps.front().pointer = "/y";
  CHECK(a == b);
  b.steps.front().level = 2;
  CHECK_FALSE(a == b);
}
