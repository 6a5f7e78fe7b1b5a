// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/clock/compiled_goal.hpp>

using namespace plaint;

TEST_CASE("a choice of goals is laid out from left to right and chosen as it says", "[clock]") {
  const auto g = compiled_goal::of(parse_goal("earliest of (4h; latest of (3 business days; until promised))"),
                                   [](const std::string&) { return std::uint16_t{7}; });
  REQUIRE(g.leaves.size() == 3);
  CHECK(g.leaves[1].in == measure::days);
  CHECK(g.leaves[2].slot == 7);
  const auto pick = [&](std::array<int, 3> of) { return g.choose([&](std::size_t leaf) { return of[leaf]; }); };
  CHECK(pick({5, 1, 2}) == 2);
  CHECK(pick({1, 5, 9}) == 1);
  CHECK_FALSE(g.is_timed());
  CHECK(compiled_goal::of(parse_goal("4h elapsed"), [](const std::string&) { return no_id; }).is_timed());
}
