// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/desk/case_outcomes.hpp>

using namespace plaint;

TEST_CASE("a reason is kept once however many events it refuses", "[desk]") {
  refused_events all;
  all.add(3, "closed");
  all.add(5, "no role");
  all.add(8, "closed");
  CHECK(all.reasons.size() == 2);
  CHECK(all.why(2) == "closed");
  all.shorten(1);
  all.add(9, "no role");
  CHECK(all.event == std::vector<std::int64_t>{3, 9});
  CHECK(all.why(1) == "no role");
}
