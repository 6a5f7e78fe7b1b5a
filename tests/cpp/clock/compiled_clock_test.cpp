// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include "support/hotline.hpp"

#include <plaint/clock/compiled_clock.hpp>

using namespace plaint;

TEST_CASE("the marks of a cycle come in the order of their instants, the breach before what is done at due", "[clock]") {
  const auto rules = hotline::rules();
  const auto& answer = rules.clocks()[1];
  const clock_cycle cycle{.started = hotline::at("2026-11-20T15:00:00Z"), .due = hotline::at("2026-11-25T15:00:00Z"), .row = 1};
  const auto marks = answer.marks(cycle);
  REQUIRE(marks.size() == 3);
  CHECK(marks[0] == clock_mark{hotline::at("2026-11-24T15:00:00Z"), 0, 0});
  CHECK(marks[1] == clock_mark{cycle.due, clock_mark::breach, 0});
  CHECK(marks[2] == clock_mark{cycle.due, 1, 0});
}

TEST_CASE("a percentage is a share of the open time", "[clock]") {
  const auto rules = hotline::rules();
  const auto& acknowledge = rules.clocks()[0];
  const auto friday_1630 = hotline::at("2026-11-20T16:30:00Z");
  const auto due = acknowledge.due(0, friday_1630, {});
  REQUIRE(due == hotline::at("2026-11-23T10:30:00Z"));
  const auto marks = acknowledge.marks({.started = friday_1630, .due = *due});
  CHECK(marks[0].at == hotline::at("2026-11-23T09:30:00Z"));
}

TEST_CASE("a cycle whose due instant is not known has no marks", "[clock]") {
  CHECK(hotline::rules().clocks()[1].marks({}).empty());
}
