// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/clock_definition.hpp>

using namespace plaint;

TEST_CASE("two definitions are equal by what they say, not by where they stand", "[clock]") {
  clock_definition a{.id = "answer",
                     .start = {{trigger_kind::opened, "", "/clocks/answer/start"}},
                     .goals = {{"", business_days(3), "/x"}}};
  auto b = a;
  b.pointer = "/elsewhere";
  b.start.front().pointer = "/elsewhere";
  b.goals.front().pointer = "/elsewhere";
  CHECK(a == b);
  b.goals.front().goal = business_days(4);
  CHECK_FALSE(a == b);
}
