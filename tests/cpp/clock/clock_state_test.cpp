// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/clock_state.hpp>

using namespace plaint;

namespace {

constexpr instant start{duration{0}};
constexpr instant due{duration{100}};

} // namespace

TEST_CASE("a promise kept at its due instant is met, one microsecond later it is missed", "[clock]") {
  CHECK(clock_cycle{.started = start, .due = due, .stopped = due}.verdict() == verdict::met);
  CHECK(clock_cycle{.started = start, .due = due, .stopped = due + duration{1}}.verdict() == verdict::missed);
  CHECK(clock_cycle{.started = start, .due = due}.verdict() == verdict::none);
}

TEST_CASE("a promise is broken once time has passed its due instant, whoever looks when", "[clock]") {
  const clock_cycle running{.started = start, .due = due};
  CHECK_FALSE(running.breached(due));
  CHECK(running.breached(due + duration{1}) == due);
  CHECK(running.breached(due + duration{1'000'000}) == due);
  const clock_cycle kept{.started = start, .due = due, .stopped = due};
  CHECK_FALSE(kept.breached(due + duration{1'000'000}));
}

TEST_CASE("a clock that never started has no cycle and does not run", "[clock]") {
  CHECK_FALSE(clock_state{}.running());
  CHECK(clock_state{}.latest() == nullptr);
}
