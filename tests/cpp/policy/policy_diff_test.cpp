// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/policy/policy_diff.hpp>

using namespace plaint;

TEST_CASE("two policies are compared in words and in data", "[policy]") {
  const auto before = hotline::rules();
  CHECK(diff(before, before).empty());
  auto d = before.definition();
  d.version = "2026.2";
  d.clocks[1].goals[1].goal = parse_goal("2 business days");
  d.roles.push_back({.name = "clerk"});
  const auto changes = diff(before.definition(), d);
  std::vector<std::string> words;
  for (const auto& c : changes) {
    words.push_back(c.words);
  }
  REQUIRE(words.size() == 3);
  CHECK(words[0] == "version: was \"2026.1\", is \"2026.2\"");
  CHECK(words[1].starts_with("role \"clerk\": new"));
  CHECK(words[2] == "clock \"answer\", goals, 2, goal: was \"3 business days\", is \"2 business days\"");
  CHECK(changes[2].pointer == "/clocks/answer/goals/1/goal");
  CHECK(changes[2].kind == change_kind::changed);
}
