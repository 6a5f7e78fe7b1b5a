// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/pause_definition.hpp>

using namespace plaint;

TEST_CASE("a pause is told by what it allows, not by where it stands", "[clock]") {
  pause_definition a{.conditions = {{"", "in_state(\"waiting\")"}},
                     .reasons = {"waiting"},
                     .at_most = business_days(10),
                     .pointer = "/a"};
  auto b = a;
  b.pointer = "/b";
  CHECK(a == b);
  b.at_most = business_days(11);
  CHECK_FALSE(a == b);
}
