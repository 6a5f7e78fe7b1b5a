// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/clock_state.hpp>

using namespace plaint;

namespace {

constexpr instant first{duration{0}};
constexpr instant last{duration{100}};

clock_cycle running() {
  clock_cycle y;
  y.started = y.anchor = y.since = first;
  y.due = last;
  return y;
}

} // namespace

TEST_CASE("a promise is broken once time has passed its due instant, whoever looks when", "[clock]") {
  const auto y = running();
  CHECK_FALSE(y.breached(last));
  CHECK(y.breached(last + duration{1}) == last);
  CHECK(y.breached(last + duration{1'000'000}) == last);
  auto kept = y;
  kept.stopped = last;
  CHECK_FALSE(kept.breached(last + duration{1'000'000}));
}

TEST_CASE("an open cycle has no verdict, however late it is", "[clock]") {
  auto y = running();
  y.crossed = last;
  CHECK(y.verdict() == verdict::none);
  CHECK(y.breached(first) == last);
}

TEST_CASE("a cycle whose anchor lies in the future is pending", "[clock]") {
  auto y = running();
  y.since = last;
  CHECK(y.phase(first) == clock_phase::pending);
  CHECK(y.phase(last) == clock_phase::running);
  y.paused = true;
  CHECK(y.phase(last) == clock_phase::paused);
  y.stopped = last;
  CHECK(y.phase(last) == clock_phase::done);
}

TEST_CASE("a clock that never started has no cycle and does not run", "[clock]") {
  CHECK_FALSE(clock_state{}.running());
  CHECK(clock_state{}.latest() == nullptr);
  CHECK(clock_state{}.next() == instant::max());
}
