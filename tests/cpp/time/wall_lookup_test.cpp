// SPDX-License-Identifier: BSL-1.0
#include "../support/print_time.hpp"

#include <plaint/time/wall_lookup.hpp>

#include <catch.hpp>

using namespace plaint;
using namespace std::chrono_literals;

namespace {

constexpr instant zero{};
constexpr wall_lookup unique{wall_kind::unique, zero, zero, zero};
constexpr wall_lookup repeated{wall_kind::repeated, zero, zero + 1h, zero + 30min};
constexpr wall_lookup skipped{wall_kind::skipped, zero + 1h, zero, zero + 30min};

} // namespace

TEST_CASE("a wall time that is shown once has one instant under every policy", "[zone]") {
  for (const auto gap : {gap_policy::snap, gap_policy::shift, gap_policy::refuse}) {
    for (const auto overlap : {overlap_policy::first, overlap_policy::last, overlap_policy::refuse}) {
      CHECK(resolve(unique, gap, overlap) == zero);
    }
  }
}

TEST_CASE("a repeated wall time gets its first or its last instant, or none", "[zone]") {
  STATIC_REQUIRE(resolve(repeated, gap_policy::refuse, overlap_policy::first) == zero);
  STATIC_REQUIRE(resolve(repeated, gap_policy::refuse, overlap_policy::last) == zero + 1h);
  STATIC_REQUIRE(resolve(repeated, gap_policy::snap, overlap_policy::refuse) == std::nullopt);
}

TEST_CASE("a skipped wall time gets the jump, the length of the gap later, or none", "[zone]") {
  STATIC_REQUIRE(resolve(skipped, gap_policy::snap, overlap_policy::refuse) == zero + 30min);
  STATIC_REQUIRE(resolve(skipped, gap_policy::shift, overlap_policy::refuse) == zero + 1h);
  STATIC_REQUIRE(resolve(skipped, gap_policy::refuse, overlap_policy::first) == std::nullopt);
}
