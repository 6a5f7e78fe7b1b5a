// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/compiled_trigger.hpp>

using namespace plaint;

TEST_CASE("a trigger sees what happened in the step and nothing else", "[clock]") {
  trigger_list list;
  list.add({.kind = trigger_kind::enter, .id = 3});
  list.add({.kind = trigger_kind::threshold, .id = 1, .threshold = 2});
  const std::vector<state_id> entered{2, 3};
  clock_facts f;
  f.note_kinds();
  CHECK_FALSE(list.happened(f));
  f.entered = entered;
  f.note_kinds();
  CHECK(list.happened(f));
  const std::vector<clock_happening> happened{{trigger_kind::threshold, 1, 0}};
  clock_facts g;
  g.happened = &happened;
  g.note_kinds();
  CHECK_FALSE(list.happened(g)); // another threshold of that clock
}
