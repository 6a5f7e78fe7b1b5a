// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "catch.hpp"
#include "support/story.hpp"

#include <string>

namespace story {

/// A story of clocks and ladders with all that is to come of it, told under three schedules of polling: never, every
/// eleven minutes, once a week.
struct expected {
  std::string name;
  std::string clocks;
  std::string lines;
  std::string told;         ///< the latest cycle of the first clock
  std::string firings = ""; ///< of all clocks
  std::string refused = "";
  std::string ladders = "{}";
  std::string rungs = "";
};

inline outcome check(const expected& s) {
  INFO(s.name);
  teller teller(story::policy("{ " + s.clocks + " }", s.ladders));
  const auto never = teller.tell(s.lines);
  CHECK(told(never) == s.told);
  CHECK(joined(never.firings) == s.firings);
  CHECK(joined(never.refusals) == s.refused);
  CHECK(joined(never.rungs) == s.rungs);
  CHECK(teller.tell(s.lines, std::chrono::minutes{11}) == never);
  CHECK(teller.tell(s.lines, std::chrono::hours{24 * 7}) == never);
  return never;
}

} // namespace story
