// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/explained_time.hpp>

#include <catch.hpp>

using namespace plaint;

TEST_CASE("the more particular cause is the greater", "[calendar]") {
  CHECK(time_cause::open < time_cause::hours);
  CHECK(time_cause::hours < time_cause::exception);
  CHECK(time_cause::exception < time_cause::holiday);
  CHECK(time_cause::holiday < time_cause::closure);
  CHECK(time_cause::closure < time_cause::pause);
}
