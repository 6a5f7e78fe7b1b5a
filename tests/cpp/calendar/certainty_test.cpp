// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/certainty.hpp>

#include <catch.hpp>

#include <algorithm>

using namespace plaint;

TEST_CASE("the less sure of two is the greater", "[calendar]") {
  CHECK(std::max(certainty::known, certainty::provisional) == certainty::provisional);
  CHECK(std::max(certainty::extrapolated, certainty::provisional) == certainty::extrapolated);
}
