// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/clock_words.hpp>

using namespace plaint;

TEST_CASE("what a clock does where nothing is said is the first word of each list", "[clock]") {
  CHECK(cycle_words[static_cast<std::size_t>(clock_cycles{})] == "once");
  CHECK(retarget_words[static_cast<std::size_t>(retarget_mode{})] == "carry");
  CHECK(edition_words[static_cast<std::size_t>(edition_mode{})] == "prospective");
  CHECK(catch_up_words[static_cast<std::size_t>(catch_up{})] == "each_in_order");
  CHECK(cycle_words[static_cast<std::size_t>(clock_cycles::continued)] == "continue");
  CHECK(retarget_words[static_cast<std::size_t>(retarget_mode::pin)] == "pin");
}
