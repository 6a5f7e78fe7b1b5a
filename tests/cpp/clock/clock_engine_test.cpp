// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/clock/clock_engine.hpp>

using namespace plaint;

TEST_CASE("nothing is scheduled while no clock runs", "[clock]") {
  CHECK_FALSE(next_scheduled({clock_state{}, clock_state{}}));
}

TEST_CASE("what is due at an instant fires once time has moved past it, and only once", "[clock]") {
  const auto rules = hotline::rules();
  const auto opened = hotline::opened(rules);
  auto clocks = opened.clocks;
  const auto due = hotline::at("2026-11-20T17:00:00Z"); // two hours of open time after 15:00
  REQUIRE(clocks[0].latest()->due == due);
  clock_work work;
  const auto pass = [&](instant before) {
    work.begin();
    clock_facts facts;
    facts.seen.attributes = opened.attributes;
    return pass_next(rules.clocks(), clocks, before, facts, work);
  };
  CHECK_FALSE(pass(hotline::at("2026-11-20T16:00:00Z")));
  const auto reminder = pass(due);
  REQUIRE(reminder);
  CHECK(reminder->at == hotline::at("2026-11-20T16:00:00Z"));
  CHECK_FALSE(pass(due));
  REQUIRE(pass(due + duration{1}));
  REQUIRE(work.firings.size() == 1);
  CHECK(work.firings[0].kind == firing_kind::breach);
  CHECK(clocks[0].latest()->crossed == due);
  CHECK_FALSE(pass(hotline::at("2027-06-01T00:00:00Z")));
}

TEST_CASE("a reading tells what remains of the promise", "[clock]") {
  const auto rules = hotline::rules();
  const auto opened = hotline::opened(rules);
  const auto read = [&](std::size_t clock, std::string_view when) {
    return read_clock(rules.clocks()[clock], opened.clocks[clock], hotline::at(when), opened.attributes);
  };
  const auto at_1630 = read(0, "2026-11-20T16:30:00Z");
  CHECK(at_1630.running);
  CHECK(at_1630.elapsed == duration{std::chrono::minutes{90}});
  CHECK(at_1630.remaining == duration{std::chrono::minutes{30}});
  CHECK_FALSE(at_1630.breached);
  const auto on_monday = read(0, "2026-11-23T09:30:00Z");
  CHECK(on_monday.breached);
  CHECK(on_monday.remaining == -duration{std::chrono::minutes{30}});
  CHECK_FALSE(read(1, "2026-11-20T16:30:00Z").running);
}
