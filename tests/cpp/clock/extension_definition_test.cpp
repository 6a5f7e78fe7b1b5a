// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/extension_definition.hpp>

using namespace plaint;

TEST_CASE("an extension may be used once unless the policy says more", "[clock]") {
  const extension_definition a{.id = "complex", .by = calendar_days(15)};
  CHECK(a.at_most == 1);
  auto b = a;
  b.by = calendar_days(14);
  CHECK_FALSE(a == b);
}
