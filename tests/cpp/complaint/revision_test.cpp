// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/complaint/revision.hpp>

using namespace plaint;

TEST_CASE("a revision is equal to another by what was, what is and why", "[complaint]") {
  revision a{.kind = "clock",
             .name = "answer",
             .cycle = "1",
             .before = node::text_of("missed"),
             .after = node::text_of("met"),
             .because = "letter (5)"};
  auto b = a;
  CHECK(a == b);
  b.because = "letter (6)";
  CHECK_FALSE(a == b);
}
