// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/complaint/what_if.hpp>

using namespace plaint;

TEST_CASE("what would have been under another policy is what that policy would have made of it", "[complaint]") {
  const auto now = hotline::rules();
  auto d = now.definition();
  d.version = "what if";
  d.clocks[1].thresholds.clear(); // "1 business day before" has no place in a goal of one
  d.clocks[1].goals[1].goal = parse_goal("1 business days");
  const auto other = policy::compile(std::move(d));
  const auto story = random_case::fixed_story();
  const std::vector<journal> journals{random_case::run(now, story).journal};
  const auto as_of = hotline::at("2026-12-24T00:00:00Z");
  const auto seen = what_if(now, other, journals, as_of);
  CHECK(seen.complaints == 1);
  CHECK(seen.impossible.empty());
  auto plain = random_case::run(other, story);
  (void)advance(other, plain, as_of);
  std::map<std::string, clock_tally> expected;
  detail::tally(other, plain.now, as_of, expected);
  CHECK(seen.after == expected);
  auto as_it_is = random_case::run(now, story);
  (void)advance(now, as_it_is, as_of);
  std::map<std::string, clock_tally> present;
  detail::tally(now, as_it_is.now, as_of, present);
  CHECK(seen.before == present);
}
