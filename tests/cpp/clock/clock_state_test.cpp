// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/clock_state.hpp>

using namespace plaint;

namespace {

constexpr instant start{duration{0}};
constexpr instant due{duration{100}};

clock_cycle running() {
  clock_cycle y;
  y.started = y.anchor = y.since = start;
  y.due = due;
  return y;
}

} // namespace

TEST_CASE("a promise is broken once time has passed its due instant, whoever looks when", "[clock]") {
  const auto y = running();
  CHECK_FALSE(y.breached(due));
  CHECK(y.breached(due + duration{1}) == due);
  CHECK(y.breached(due + duration{1'000'000}) == due);
  auto kept = y;
  kept.stopped = due;
  CHECK_FALSE(kept.breached(due + duration{1'000'000}));
}

TEST_CASE("an open cycle has no verdict, however late it is", "[clock]") {
  auto y = running();
  y.crossed = due;
  CHECK(y.verdict() == verdict::none);
  CHECK(y.breached(start) == due);
}

TEST_CASE("a cycle whose anchor lies in the future is pending", "[clock]") {
  auto y = running();
  y.since = due;
  CHECK(y.phase(start) == clock_phase::pending);
  CHECK(y.phase(due) == clock_phase::running);
  y.paused = true;
  CHECK(y.phase(due) == clock_phase::paused);
  y.stopped = due;
  CHECK(y.phase(due) == clock_phase::done);
}

TEST_CASE("a clock that never started has no cycle and does not run", "[clock]") {
  CHECK_FALSE(clock_state{}.running());
  CHECK(clock_state{}.latest() == nullptr);
  CHECK(clock_state{}.next() == instant::max());
}
