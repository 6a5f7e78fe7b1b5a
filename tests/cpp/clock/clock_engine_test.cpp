// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "support/hotline.hpp"

#include <plaint/clock/clock_engine.hpp>

using namespace plaint;

TEST_CASE("nothing is scheduled while no clock runs", "[clock]") { CHECK_FALSE(next_scheduled({clock_state{}, clock_state{}})); }

TEST_CASE("what is due at an instant fires once time has moved past it, and only once", "[clock]") {
  const auto rules = hotline::rules();
  auto clocks = hotline::opened(rules).clocks;
  const auto due = hotline::at("2026-11-20T17:00:00Z"); // two hours of open time after 15:00
  REQUIRE(clocks[0].latest()->due == due);
  CHECK(fire_next(rules.clocks(), clocks, hotline::at("2026-11-20T16:00:00Z")) == std::nullopt);
  const auto reminder = fire_next(rules.clocks(), clocks, due);
  REQUIRE(reminder);
  CHECK(reminder->mark.at == hotline::at("2026-11-20T16:00:00Z"));
  CHECK(fire_next(rules.clocks(), clocks, due) == std::nullopt);
  const auto breach = fire_next(rules.clocks(), clocks, due + duration{1});
  REQUIRE(breach);
  CHECK(breach->mark.threshold == clock_mark::breach);
  CHECK(fire_next(rules.clocks(), clocks, hotline::at("2027-06-01T00:00:00Z")) == std::nullopt);
}

TEST_CASE("a reading tells what remains of the promise", "[clock]") {
  const auto rules = hotline::rules();
  const auto clocks = hotline::opened(rules).clocks;
  const auto at_1630 = read_clock(rules.clocks()[0], clocks[0], hotline::at("2026-11-20T16:30:00Z"));
  CHECK(at_1630.running);
  CHECK(at_1630.elapsed == duration{std::chrono::minutes{90}});
  CHECK(at_1630.remaining == duration{std::chrono::minutes{30}});
  CHECK_FALSE(at_1630.breached);
  const auto on_monday = read_clock(rules.clocks()[0], clocks[0], hotline::at("2026-11-23T09:30:00Z"));
  CHECK(on_monday.breached);
  CHECK(on_monday.remaining == -duration{std::chrono::minutes{30}});
  CHECK_FALSE(read_clock(rules.clocks()[1], clocks[1], hotline::at("2026-11-20T16:30:00Z")).running);
}
