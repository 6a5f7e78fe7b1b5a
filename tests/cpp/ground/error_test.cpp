// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/error.hpp>

using namespace plaint;

TEST_CASE("a finding reads as one line that says where, what and what was perhaps meant", "[error]") {
  finding f{"unknown-zone", "known zone required", "/calendars/office/zone", "Europe/London"};
  CHECK(to_string(f) == "/calendars/office/zone: known zone required; did you mean \"Europe/London\"?");
  f.file = "office.yaml";
  f.line = 3;
  f.column = 9;
  CHECK(to_string(f) ==
        "office.yaml:3:9: /calendars/office/zone: known zone required; did you mean \"Europe/London\"?");
}

TEST_CASE("all faults are thrown together, warnings alone are not thrown", "[error]") {
  findings all{{"shadowed", "never reached", "/a", {}, severity::warning}};
  CHECK_NOTHROW(throw_if_error(all));
  all.push_back({"missing", "\"id\" is required", "", {}});
  try {
    throw_if_error(all);
    FAIL("an error must be thrown");
  } catch (const policy_error& e) {
    CHECK(e.all() == all);
    CHECK(std::string(e.what()) == "/a: never reached\n\"id\" is required");
  }
}
