// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/clock_history.hpp>

using namespace plaint;

TEST_CASE("what a ledger keeps has words that can be stored", "[clock]") {
  CHECK(verdict_words[static_cast<std::size_t>(verdict::superseded)] == "superseded");
  CHECK(segment_cause_words[static_cast<std::size_t>(segment_cause::edition)] == "edition");
  CHECK(clock_segment{}.to == instant::max());
  CHECK(clock_generation{}.amount == -1);
}
