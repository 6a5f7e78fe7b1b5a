// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/day_exception.hpp>

#include <catch.hpp>

#include <support/print_time.hpp>

using namespace plaint;
using plaint::test::day;

TEST_CASE("an exception replaces hours with none unless it says more", "[calendar]") {
  const day_exception closed{.day = day("2026-12-25")};
  CHECK(closed.kind == exception_kind::replace);
  CHECK(closed.hours.empty());
  auto other = closed;
  other.name = "works outing";
  CHECK_FALSE(other == closed);
}
