// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/policy/policy.hpp>

using namespace plaint;

namespace {

findings faults_of_policy(std::string_view yaml) {
  try {
    (void)load_policy(read_yaml(yaml, "broken.yaml"));
  } catch (const policy_error& e) {
    return e.all();
  }
  return {};
}

} // namespace

TEST_CASE("a policy is identified by what it says, not by how it is laid out", "[policy]") {
  const auto rules = hotline::rules();
  CHECK(rules.reference() == "hotline@2026.1#" + rules.digest());
  const auto again = policy::compile(rules.definition());
  CHECK(again == rules);
  auto other = rules.definition();
  other.clocks.front().goals.front().goal = business(std::chrono::hours{3});
  CHECK_FALSE(policy::compile(other) == rules);
}

TEST_CASE("what a timer lacks is told where the timer is written", "[policy]") {
  const auto all = faults_of_policy("plaint: 1\nid: t\nversion: 1\nlifecycle:\n  initial: a\n  states:\n"
                                    "    a: { after: { 2 days: b } }\n    b: { type: final }\n");
  REQUIRE(all.size() == 1);
  CHECK(all[0].code == "no-calendar");
  CHECK(all[0].pointer == "/lifecycle/states/a/after/2 days");
  CHECK(all[0].line == 7);
}

TEST_CASE("five different mistakes are five findings, each at its line", "[policy]") {
  const auto all = faults_of_policy(R"(plaint: 1
id: broken
version: 1
calendars:
  office: { zone: Europe/Londno, hours: { mon-fri: ["09:00-17:00"] } }
attributes:
  severity: { enum: [minor, severe], default: sever }
lifecycle:
  initial: open
  states:
    open: { on: { close: { target: clsoed } } }
    closed: { type: final }
clocks:
  answer: { start: enter(open), stop: event(close), goals: [{ goal: soon }] }
  reply: { start: enter(opne), stop: event(close), goals: [{ goal: 4h }] }
propertys: []
)");
  std::vector<std::pair<std::string, int>> told;
  for (const auto& f : all) {
    told.emplace_back(f.code, f.line);
    CHECK(f.file == "broken.yaml");
  }
  const auto has = [&](const std::string& code, int line) {
    return std::find(told.begin(), told.end(), std::pair(code, line)) != told.end();
  };
  CHECK(has("unknown-zone", 5));
  CHECK(has("unknown-word", 7));
  CHECK(has("unknown-state", 11));
  CHECK(has("bad-goal", 14));
  CHECK(has("unknown-key", 16));
}

TEST_CASE("the lifecycle's own timers are clocks behind those with names", "[policy]") {
  const auto rules = hotline::rules();
  CHECK(rules.named_clocks() == 2);
  REQUIRE(rules.clocks().size() == 3);
  CHECK(rules.clocks()[2].definition.id == "after(15 days)@answered");
}

TEST_CASE("timers of the lifecycle as a whole run from the opening on", "[policy]") {
  using hotline::event;
  const auto rules = load_policy(read_yaml(R"(
plaint: 1
id: whole
version: 1
calendars: { always: { zone: UTC, hours: always } }
roles: { customer: { class: customer } }
lifecycle:
  on: { object: { target: open, within: 2 days } }
  after: { 30 days: expired }
  states: { open: ~, expired: { type: final } }
)"));
  REQUIRE(rules.clocks().size() == 2);
  const auto opened = open(rules, "C-1", event("", "2026-03-02T09:00:00Z", "customer")).complaint;
  CHECK(apply(rules, opened, event("object", "2026-03-04T09:00:00Z", "customer")).did.accepted);
  const auto late = apply(rules, opened, event("object", "2026-03-04T09:00:01Z", "customer"));
  CHECK_FALSE(late.did.accepted);
  CHECK(advance(rules, opened, hotline::at("2026-04-01T09:00:00Z")).did.transitions.empty());
  const auto expired = advance(rules, opened, hotline::at("2026-04-01T09:00:01Z"));
  CHECK(expired.did.transitions.size() == 1);
}
