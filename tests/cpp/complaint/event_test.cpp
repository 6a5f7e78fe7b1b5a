// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/complaint/event.hpp>

using namespace plaint;

TEST_CASE("an event is equal to another by all that it says", "[complaint]") {
  event a{.name = "reply", .actor = {.id = "ann", .role = "lead"}};
  auto b = a;
  CHECK(a == b);
  b.data.add("severity", node::text_of("minor"));
  CHECK_FALSE(a == b);
}
