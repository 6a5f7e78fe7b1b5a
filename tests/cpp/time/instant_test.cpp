// SPDX-License-Identifier: BSL-1.0
#include <plaint/time/instant.hpp>

#include <catch.hpp>

#include <type_traits>

using namespace plaint;

TEST_CASE("instants count whole microseconds from 1970 in 64 bits", "[time]") {
  STATIC_REQUIRE(std::is_same_v<duration, std::chrono::microseconds>);
  STATIC_REQUIRE(sizeof(instant) == 8);
  STATIC_REQUIRE(instant{}.time_since_epoch().count() == 0);
  STATIC_REQUIRE(instant{std::chrono::sys_days{std::chrono::year{1970} / 1 / 2}}.time_since_epoch() ==
                 std::chrono::hours{24});
}

TEST_CASE("a wall time is no instant, and neither converts to the other", "[time]") {
  STATIC_REQUIRE_FALSE(std::is_convertible_v<wall_time, instant>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<instant, wall_time>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<civil_day, instant>);
  STATIC_REQUIRE(std::is_convertible_v<civil_day, wall_time>);
}
