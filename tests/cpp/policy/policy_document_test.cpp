// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/canonical.hpp>
#include <plaint/io/json.hpp>
#include <plaint/io/yaml.hpp>
#include <plaint/policy/policy_document.hpp>

#include <string>
#include <vector>

using namespace plaint;

TEST_CASE("the written form of a policy is a fixed point: read and written again it is the same", "[policy]") {
  findings out;
  const auto doc = read_document("tests/data/policies/hotline.yaml");
  const auto once = write_policy(read_policy(doc.root, out));
  const auto twice = write_policy(read_policy(read_json(canonical(once)).root, out));
  for (const auto& f : out) {
    UNSCOPED_INFO(to_string(f));
  }
  CHECK(out.empty());
  CHECK(canonical(once) == canonical(twice));
}

TEST_CASE("an unknown section is named with the one that was meant", "[policy]") {
  findings out;
  const auto doc = read_yaml("{ plaint: 1, id: a, version: 1, lifecycle: { states: { s: {} } }, clock: {} }");
  (void)read_policy(doc.root, out);
  REQUIRE(out.size() == 1);
  CHECK(out[0].code == "unknown-key");
  CHECK(out[0].suggestion == "clocks");
}

TEST_CASE("a set of holidays is read whether or not a calendar names it, and its faults are told once", "[policy]") {
  const auto places = [](const std::string& sections) {
    findings out;
    (void)read_policy(
        read_yaml("{ plaint: 1, id: a, version: 1, lifecycle: { states: { s: {} } }, " + sections + " }").root, out);
    std::vector<std::string> found;
    for (const auto& f : out) {
      found.push_back(f.code + " at " + f.pointer);
    }
    return found;
  };
  const std::string sets = "holidays: { feasts: { rules: [{ on: 25 decembre }], date: 2026-01-01 }, more: "
                           "{ dates: [2026-02-30] }, none: 2026-01-01 }";
  const std::vector<std::string> faults{"bad-rule at /holidays/feasts/rules/0/on",
                                        "unknown-key at /holidays/feasts/date", "bad-date at /holidays/more/dates/0",
                                        "wrong-type at /holidays/none"};
  CHECK(places(sets) == faults);
  CHECK(places(sets + ", calendars: { office: { zone: UTC, hours: always, holidays: [feasts, more] } }") == faults);
  CHECK(places("holidays: [2026-01-01]") == std::vector<std::string>{"wrong-type at /holidays"});
  CHECK(places("holidays: { more: { dates: [1066-10-14] } }") ==
        std::vector<std::string>{"out-of-range at /holidays/more/dates/0"});
}
