// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/complaint/complaint.hpp>

using namespace plaint;

TEST_CASE("a complaint pins the policy that it was opened under", "[complaint]") {
  const auto rules = hotline::rules();
  const auto complaint = hotline::opened(rules);
  CHECK(complaint.policy == rules.reference());
  auto other = rules.definition();
  other.version = "2026.2";
  CHECK_THROWS_AS(
      apply(policy::compile(other), complaint, hotline::event("register", "2026-11-20T15:30:00Z", "hotline")),
      std::invalid_argument);
}

TEST_CASE("complaints are values: a copy goes its own way", "[complaint]") {
  const auto rules = hotline::rules();
  const auto original = hotline::opened(rules);
  auto copy = original;
  CHECK(copy == original);
  copy = advance(rules, copy, hotline::at("2026-11-30T00:00:00Z")).complaint;
  CHECK_FALSE(copy == original);
}

TEST_CASE("what is given at the opening is there when the clocks start", "[complaint]") {
  const auto rules = hotline::rules();
  const auto complaint = hotline::opened(rules, "{ severity: minor, problem: noise }");
  CHECK(complaint.attributes[0] == value(enum_member{0}));
  const auto registered =
      apply(rules, complaint, hotline::event("register", "2026-11-20T15:30:00Z", "hotline")).complaint;
  CHECK(registered.clocks[1].latest()->due == hotline::at("2026-11-25T00:00:00Z"));
}
