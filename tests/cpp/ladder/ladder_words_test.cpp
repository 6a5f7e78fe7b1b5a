// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/ladder/ladder_words.hpp>

using namespace plaint;

TEST_CASE("what a ladder does where nothing is said is the first word of each list", "[ladder]") {
  CHECK(origin_words[static_cast<std::size_t>(step_origin{})] == "previous");
  CHECK(gate_words[static_cast<std::size_t>(gate_rule{})] == "wait");
  CHECK(paused_words[static_cast<std::size_t>(paused_clock{})] == "freeze");
  CHECK(exhausted_words[static_cast<std::size_t>(when_exhausted::incident)] == "incident");
}
