// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/io/yaml.hpp>
#include <plaint/ladder/ladder_document.hpp>

using namespace plaint;

namespace {

std::string faults(std::string_view yaml) {
  findings out;
  const auto doc = read_yaml(yaml);
  (void)read_ladders({doc.root, "/ladders", out});
  std::string all;
  for (const auto& f : out) {
    all +=
        (all.empty() ? "" : ", ") + f.code + " " + f.pointer + (f.suggestion.empty() ? "" : " (" + f.suggestion + ")");
  }
  return all;
}

} // namespace

TEST_CASE("ladders read back as they were written", "[ladder]") {
  findings out;
  const auto doc = read_yaml(R"(
late:
  title: { zh: 超时 }
  trigger: breach(answer)
  calendar: office
  steps:
    - { level: 1, notify: owner }
    - { level: 3, after: 1h, from: trigger, if: severity == "severe", notify: { role: lead, by: sms }, do: [{ assign: lead }], fan_out: first,
        reminders: { every: 2h elapsed, at_most: 3 }, gate: { calendar: day, outside: skip }, kind: functional, on_empty: fallback,
        fallback: { expr: owner }, raise: hand_over, unless_acknowledged: true }
  repeat: { from_step: 2, at_most: 2, wait: 1 business day, resets_acknowledgement: true }
  when_exhausted: raise(give_up)
  acknowledge: { on: event(taken), by: [lead, head], timeout: 4h, then: next }
  de_escalate: { on: event(calm), to: 1, cooldown: 1h, by: lead }
  ends_on: [stop(answer), enter(closed)]
  while_paused: continue
  on_reassign: { attribute: owner, then: restart }
  on_policy_edit: pin
  nobody: event(nobody_there)
asked:
  trigger: { request: event(ask), approve: event(grant), by: customer, approved_by: lead }
  steps: { notify: head }
  acknowledged_by: head
quiet: { trigger: { silence: 3 business days, when: reopened >= 2, on: [{ on: event(x), if: actor.role == "lead" }] }, steps: [{ notify: a }] }
)");
  const auto read = read_ladders({doc.root, "/ladders", out});
  REQUIRE(out.empty());
  REQUIRE(read.size() == 3);
  CHECK(read[0].steps[1].level == 3);
  CHECK(read[1].acknowledgement.by == std::vector<std::string>{"head"});
  const auto written = write_ladders(read);
  const auto again = write_ladders(read_ladders({written, "/ladders", out}));
  CHECK(out.empty());
  CHECK(again == written);
}

TEST_CASE("each mistake in a ladder is told at its place", "[ladder]") {
  CHECK(faults("a: {}") == "missing /ladders/a, missing /ladders/a");
  CHECK(faults("a: { trigger: breach(x), steps: [{ gate: { calendar: y, outside: wiat } }] }") ==
        "unknown-word /ladders/a/steps/0/gate/outside (wait)");
  CHECK(faults("a: { trigger: broken(x), steps: [], when_exhausted: hodl }") ==
        "bad-trigger /ladders/a/trigger, unknown-word /ladders/a/when_exhausted (hold)");
}
