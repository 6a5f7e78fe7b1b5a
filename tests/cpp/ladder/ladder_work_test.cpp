// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/ladder/ladder_work.hpp>

using namespace plaint;

TEST_CASE("what the ladders did in a step that is refused is taken back whole", "[ladder]") {
  std::vector<ladder_state> states(2);
  states[1].level = 2;
  const auto before = states;
  ladder_work work;
  for (int round = 0; round < 2; ++round) {
    work.begin();
    work.save(1, states[1]);
    states[1].level = 3;
    states[1].history.emplace_back();
    work.save(1, states[1]);
    work.take_back(states);
    CHECK(states == before);
  }
}
