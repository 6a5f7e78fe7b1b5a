// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/ladder/ladder_state.hpp>

using namespace plaint;

TEST_CASE("a ladder that was never climbed stands at no level and waits for nothing", "[ladder]") {
  const ladder_state s;
  CHECK(s.level == 0);
  CHECK(s.high_water == 0);
  CHECK(s.next == instant::max());
  CHECK(ladder_act_words[static_cast<std::size_t>(ladder_act::ended)] == "ended");
}
