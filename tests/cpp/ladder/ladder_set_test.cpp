// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

#include <plaint/ladder/ladder_set.hpp>

using namespace plaint;

namespace {

std::string faults_of_set(const std::string& ladder) {
  std::string all;
  try {
    const auto rules = story::policy("{ a: { start: opened, stop: event(stop), goals: 4h, calendar: office } }",
                                     "{ l: " + ladder + " }");
    for (const auto& f : rules.notes()) {
      all += f.pointer.starts_with("/ladders") ? (all.empty() ? "" : ", ") + f.code : "";
    }
  } catch (const policy_error& e) {
    for (const auto& f : e.all()) {
      all += f.pointer.starts_with("/ladders") ? (all.empty() ? "" : ", ") + f.code + " " + f.pointer +
                                                     (f.suggestion.empty() ? "" : " (" + f.suggestion + ")")
                                               : "";
    }
  }
  return all;
}

} // namespace

TEST_CASE("a step that can never be reached is a load error", "[ladder]") {
  CHECK(faults_of_set(
            "{ trigger: breach(a), steps: [{ after: 4h, from: trigger }, { after: 1h, from: trigger }], ends_on: "
            "stop(a) }") == "step-never-reached /ladders/l/steps/0");
  CHECK(faults_of_set("{ trigger: breach(a), steps: [{ from: acknowledgement }], ends_on: stop(a) }") ==
        "step-never-reached /ladders/l/steps/0");
  CHECK(faults_of_set(
            "{ trigger: breach(a), steps: [{ from: acknowledgement, unless_acknowledged: true }], acknowledged_by: "
            "lead, ends_on: stop(a) }") == "step-never-reached /ladders/l/steps/0");
  CHECK(faults_of_set("{ trigger: breach(a), steps: [{ if: 'false' }], ends_on: stop(a) }")
            .starts_with("step-never-reached"));
  CHECK(faults_of_set("{ trigger: event(ask), steps: [{}], ends_on: event(ask) }") ==
        "ladder-never-climbs /ladders/l/ends_on");
  CHECK(faults_of_set(
            "{ trigger: breach(a), steps: [{ after: 1h, from: trigger }, { after: 4h, from: trigger }], ends_on: "
            "stop(a) }")
            .empty());
}

TEST_CASE("names that the policy does not have are found, with the name that was meant", "[ladder]") {
  CHECK(faults_of_set("{ trigger: breach(b), calendar: offce, steps: [{ gate: shrt }], acknowledged_by: leed }") ==
        "unknown-calendar /ladders/l/calendar (office), unknown-clock /ladders/l/trigger, unknown-calendar "
        "/ladders/l/steps/0/gate (short), "
        "unknown-role /ladders/l/acknowledge/by (lead)");
}

TEST_CASE("a ladder that nothing ends is worth a word", "[ladder]") {
  CHECK(faults_of_set("{ trigger: breach(a), steps: [{ notify: x }] }") == "ladder-without-end");
}
