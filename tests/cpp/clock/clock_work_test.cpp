// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/clock_work.hpp>

using namespace plaint;

TEST_CASE("what the clocks did in a step that is refused is taken back whole", "[clock]") {
  std::vector<clock_state> states(2);
  states[0].cycles.emplace_back();
  auto& y = states[0].cycles[0];
  y.generations.emplace_back();
  y.segments.push_back({.from = instant{duration{5}}});
  const auto before = states;
  clock_work work;
  work.begin();
  work.save(0, states[0]);
  work.save(1, states[1]);
  y.segments.back().to = instant{duration{9}};
  y.segments.emplace_back();
  y.generations.back().added = 3;
  y.generations.emplace_back();
  y.fired.emplace_back();
  y.paused = true;
  work.save(0, states[0]); // the first one counts
  states[0].cycles.emplace_back();
  states[1].cycles.emplace_back();
  work.take_back(states);
  CHECK(states == before);
}
