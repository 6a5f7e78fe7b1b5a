// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/trigger.hpp>

using namespace plaint;

TEST_CASE("a trigger reads back as it is written", "[clock]") {
  for (const auto* text : {"opened", "enter(open)", "exit(open)", "event(reply.letter)", "notice(final)", "start(a)",
                           "stop(a)", "cancel(a)", "breach(a)", "threshold(a, warn)", "pause_exceeded(a)"}) {
    const auto read = parse_trigger(text);
    REQUIRE(read);
    CHECK(to_string(*read) == text);
  }
  CHECK(parse_trigger("enter(open)") == trigger{trigger_kind::enter, "open", {}});
}

TEST_CASE("what is no trigger is refused", "[clock]") {
  for (const auto* text :
       {"", "open", "enter", "enter()", "enter(open", "leave(open)", "opened()", "threshold(a)", "threshold(, b)"}) {
    CHECK_FALSE(parse_trigger(text));
  }
}
