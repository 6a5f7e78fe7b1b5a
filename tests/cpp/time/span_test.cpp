// SPDX-License-Identifier: BSL-1.0
#include "../support/print_time.hpp"

#include <plaint/time/span.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <optional>

using namespace plaint;
using namespace std::chrono_literals;

namespace {

constexpr instant nine{9h};
constexpr instant noon{12h};
constexpr instant five{17h};

span some_span() {
  const auto from = *rc::gen::inRange(0, 20);
  return {instant{duration{from}}, instant{duration{*rc::gen::inRange(0, 20)}}};
}

} // namespace

TEST_CASE("a span holds its start and not its end", "[time]") {
  STATIC_REQUIRE(span{nine, five}.contains(nine));
  STATIC_REQUIRE_FALSE(span{nine, five}.contains(five));
  STATIC_REQUIRE(span{nine, five}.length() == 8h);
}

TEST_CASE("a reversed span is empty and has no length", "[time]") {
  STATIC_REQUIRE(span{five, nine}.empty());
  STATIC_REQUIRE(span{nine, nine}.empty());
  STATIC_REQUIRE(span{five, nine}.length() == 0us);
}

TEST_CASE("spans that only touch have nothing in common", "[time]") {
  STATIC_REQUIRE_FALSE(span{nine, noon}.overlaps({noon, five}));
  STATIC_REQUIRE((span{nine, noon} & span{noon, five}) == std::nullopt);
  STATIC_REQUIRE((span{nine, five} & span{noon, five + 1h}) == span{noon, five});
}

TEST_CASE("an instant is in what two spans have in common if it is in both", "[time]") {
  CHECK(rc::check("intersection", [] {
    const span a = some_span();
    const span b = some_span();
    const auto common = a & b;
    RC_ASSERT(common == (b & a));
    RC_ASSERT(common.has_value() == a.overlaps(b));
    for (int us = -1; us <= 20; ++us) {
      const instant t{duration{us}};
      RC_ASSERT((common && common->contains(t)) == (a.contains(t) && b.contains(t)));
    }
  }));
}
