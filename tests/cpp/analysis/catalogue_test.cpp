// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/analysis/catalogue.hpp>

#include <fstream>
#include <iterator>

using namespace plaint;

namespace {

proof_verdict worst(const prover& by, std::string_view id) {
  auto verdict = proof_verdict::not_applicable;
  for (const auto& p : prove_catalogue(by, id)) {
    verdict = p.verdict == proof_verdict::fails || verdict == proof_verdict::not_applicable ? p.verdict : verdict;
  }
  return verdict;
}

/// The hotline with one text replaced.
policy changed(std::string from, const std::string& to) {
  const auto path = "tests/data/policies/hotline.yaml";
  std::ifstream file(path);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  return load_policy(read_yaml(text));
}

} // namespace

TEST_CASE("the whole catalogue is answered for", "[analysis][catalogue]") {
  const prover by(hotline::rules());
  const auto all = prove_catalogue(by);
  for (const auto& e : catalogue_entries) {
    CHECK(std::any_of(all.begin(), all.end(), [&](const proof& p) { return p.claim.id == e.id; }));
  }
  for (const auto* id : {"P-01", "P-03", "P-05", "P-10", "P-17", "P-18", "P-25"}) {
    INFO(id);
    CHECK(worst(by, id) != proof_verdict::not_applicable);
  }
  CHECK(worst(by, "P-01") == proof_verdict::holds);
  CHECK(worst(by, "P-10") == proof_verdict::holds);
  CHECK(worst(by, "P-36") == proof_verdict::not_applicable);
}

TEST_CASE("what breaks a property of the catalogue is caught under its name", "[analysis][catalogue]") {
  CHECK(worst(prover(changed("answer: { target: answered,",
                             "drop: { target: closed }\n        answer: { target: answered,")),
              "P-05") == proof_verdict::fails); // closed without a word
  CHECK(worst(prover(changed(
                  "object: { target: open, by: customer, guard: reopened < 2, set: { reopened: reopened + 1 } }",
                  "object: { target: open, by: lead }")),
              "P-10") == proof_verdict::fails);
  CHECK(worst(prover(changed("carries: [decision]", "carries: [reasons]")), "P-21") == proof_verdict::fails);
}

TEST_CASE("what a customer may do and what nobody owes bounds no time; what the law asks for does",
          "[analysis][catalogue]") {
  const auto with = [](const std::string& clock) {
    return prover(load_policy(read_yaml(R"(
plaint: 1
id: times
version: 1
roles: { lead: {}, client: { class: customer } }
attributes: { sale: timestamp }
calendars: { days: { zone: UTC, hours: always } }
lifecycle:
  initial: waiting
  states:
    waiting: { on: { answer: { target: closed, do: [{ notice: final }] } } }
    closed: { tags: [closed] }
clocks: { answer: { start: opened, stop: notice(final), )" +
                                        clock + " } }\n")));
  };
  const auto within = [](const prover& by) {
    return by.prove(parse_property("notice(final) within 3 days of opened").front()).verdict;
  };
  CHECK(within(with("goals: 3 days, kind: promise")) == proof_verdict::holds);
  CHECK(within(with("goals: 3 days, kind: statutory")) == proof_verdict::holds);
  CHECK(within(with("goals: 3 days, side: supplier")) == proof_verdict::holds);
  CHECK(within(with("goals: 3 days, kind: internal")) == proof_verdict::fails);
  CHECK(within(with("goals: 3 days, side: customer")) == proof_verdict::fails);
  CHECK(within(with("goals: earliest of (3 days; until sale)")) == proof_verdict::holds);
  CHECK(within(with("goals: latest of (3 days; until sale)")) == proof_verdict::fails);
  CHECK(worst(with("goals: 3 days, kind: statutory"), "P-25") == proof_verdict::holds);
  CHECK(worst(with("goals: 3 days, kind: statutory"), "P-26") == proof_verdict::fails); // it neither warns nor acts
}

TEST_CASE("an answer in time is an acknowledgement, an end outside is an end, and going outside decides no review",
          "[analysis][catalogue]") {
  const std::string policy = R"(
plaint: 1
id: review
version: 1
roles: { lead: {}, reviewer: {}, client: { class: customer }, body: { class: supplier } }
lifecycle:
  initial: open
  states:
    open:
      on:
        receive: { by: lead, set: { owner: actor.id } }
        acknowledge: { by: lead, do: [{ notice: ack }] }
        request_review: { target: under_internal_review, by: client }
        send_final: { target: answered, by: lead, do: [{ notice: final }] }
    under_internal_review:
      on:
        send_final: { target: answered, by: REVIEWER, do: [{ notice: final }] }
        refer_external: { target: external_pending, by: client }
    answered: { tags: [closed] }
    external_pending: { on: { external_outcome: { target: external_closed, by: body } } }
    external_closed: { tags: [closed] }
attributes: { owner: { string: { max: 80 } } }
calendars: { days: { zone: UTC, hours: always } }
clocks: { acknowledgement: { start: opened, stop: STOP, goals: 3 days } }
)";
  const auto made = [&](std::string text, const std::string& reviewer, const std::string& stop) {
    text.replace(text.find("REVIEWER"), 8, reviewer);
    text.replace(text.find("STOP"), 4, stop);
    return prover(load_policy(read_yaml(text)));
  };
  const auto by = made(policy, "reviewer", "[notice(ack), notice(final)]");
  for (const auto* id : {"P-03", "P-05", "P-15", "P-16"}) {
    INFO(id);
    CHECK(worst(by, id) == proof_verdict::holds);
  }
  CHECK(worst(made(policy, "reviewer", "notice(ack)"), "P-03") == proof_verdict::fails);
  auto own = policy;
  const std::string asked = "request_review: { target: under_internal_review, by: client }";
  own.replace(own.find(asked), asked.size(), "request_review: { target: under_internal_review, by: reviewer }");
  CHECK(worst(made(own, "reviewer", "notice(ack)"), "P-16") == proof_verdict::fails);
}

TEST_CASE("what is counted to its end goes round and does not go for ever; what was closed can be opened again",
          "[analysis][catalogue]") {
  const prover by(load_policy(read_yaml(R"(
plaint: 1
id: rounds
version: 1
attributes: { reopened: { int: { min: 0, max: 3 }, default: 0 } }
lifecycle:
  initial: open
  states:
    open: { on: { close: { target: closed } } }
    closed: { tags: [closed], on: { reopen: { target: open, guard: reopened < 3, set: { reopened: reopened + 1 } } } }
)")));
  CHECK(worst(by, "P-11") == proof_verdict::holds);
  const auto cycles = prove_catalogue(by, "P-10");
  REQUIRE(cycles.size() == 1);
  CHECK(cycles.front().verdict == proof_verdict::holds);
  CHECK_FALSE(cycles.front().vacuous);
  const prover straight(
      load_policy(read_yaml("plaint: 1\nid: one\nversion: 1\nlifecycle: { initial: open, states: { "
                            "open: { on: { close: { target: closed } } }, closed: { tags: [closed] } } }")));
  CHECK(prove_catalogue(straight, "P-10").front().vacuous);
  CHECK(straight.prove(parse_property("reopening is reachable").front()).verdict == proof_verdict::fails);
}

namespace {

/// Small policies, one clause of which decides an entry of the catalogue.
struct clause {
  const char* id;
  const char* rules; ///< with CLAUSE
  const char* holds; ///< the clause with which the entry holds
  const char* fails; ///< ... and fails
};

constexpr const char* clause_head = R"(
plaint: 1
id: clauses
version: 1
roles: { clerk: {}, lead: {}, complainant: { class: customer }, representative: { class: customer } }
calendars: { days: { zone: UTC, hours: always } }
)";

constexpr clause clauses[]{
    {"P-19",
     "attributes: { amount: { int: { min: 0, max: 900 } } }\nlifecycle: { initial: open, states: { open: { on: { "
     "offer: "
     "{ target: closed, by: clerk, guard: amount < 100 }, approve: { target: closed, by: CLAUSE } } }, closed: { tags: "
     "[closed] } } }\n",
     "lead", "[clerk, lead]"},
    {"P-23",
     "lifecycle: { initial: open, states: { open: { on: { answer: { target: answered, by: lead } } }, answered: { on: "
     "{ "
     "accept: { target: closed, by: CLAUSE } } }, closed: { tags: [closed] } } }\n",
     "[complainant, representative]", "complainant"},
    {"P-24",
     "lifecycle: { initial: open, states: { open: { on: { tell: { do: [{ notice: progress }] }, close: { target: "
     "closed "
     "} } }, closed: { tags: [closed] } } }\nclocks: { progress: { start: opened, stop: notice(progress), goals: 5 "
     "days, CLAUSE } }\n",
     "recurs: true", "cycles: once"},
    {"P-27",
     "lifecycle: { initial: open, states: { open: { on: { answer: { target: closed, do: [{ notice: final }] } } }, "
     "closed: { tags: [closed] } } }\nclocks: { answer: { start: opened, stop: notice(final), goals: CLAUSE } }\n"
     "properties: [{ claim: notice(final) within 8 weeks of opened, id: P-27 }]\n",
     "8 weeks", "9 weeks"},
    {"P-30",
     "lifecycle: { initial: open, states: { open: { on: { acknowledge: { do: [{ notice: ack }] }, answer: { target: "
     "closed, do: [{ notice: final }] } } }, closed: { tags: [closed] } } }\nclocks: { ack: { start: opened, stop: "
     "notice(ack), goals: CLAUSE }, answer: { start: opened, stop: notice(final), goals: 15 days } }\n",
     "5 days", "20 days"},
    {"P-31",
     "attributes: { legal_hold: { bool: {}, default: false } }\nlifecycle: { initial: open, states: { open: { on: { "
     "close: { target: closed } } }, closed: { tags: [closed], on: { delete_records: { guard: CLAUSE } } } } "
     "}\nclocks: "
     "{ retention: { start: enter(closed), stop: event(delete_records), goals: 60 months } }\n",
     "'clock(\"retention\").breached && !legal_hold'", "'clock(\"retention\").breached'"},
    {"P-33",
     "lifecycle: { initial: open, states: { open: { on: { review: { target: under_internal_review } } }, "
     "under_internal_review: { on: { answer: { target: closed, do: [{ notice: final }] } } }, closed: { tags: [closed] "
     "} "
     "} }\nclocks: { sent: { start: opened, stop: enter(under_internal_review), goals: CLAUSE }, review: { start: "
     "enter(under_internal_review), stop: notice(final), goals: 10 days }, answer: { start: opened, stop: "
     "notice(final), goals: 30 days } }\n",
     "20 days", "21 days"},
    {"P-34",
     "lifecycle: { initial: lodged, states: { lodged: { on: { register: { target: open, do: [CLAUSE] } } }, open: { "
     "on: "
     "{ hold: { target: held, do: [{ inhibit: report }] } } }, held: { on: { close: { target: closed, do: [{ release: "
     "report }] } } }, closed: { tags: [closed] } } }\n",
     "{ inhibit: report }", "{ assign: lead }"},
    {"P-35",
     "lifecycle: { initial: open, states: { open: { on: { answer: { target: closed, do: [CLAUSE] } } }, closed: { "
     "tags: "
     "[closed], on: { appeal: { target: open } } } } }\nclocks: { window: { side: customer, start: enter(closed), "
     "stop: "
     "event(appeal), goals: 60 days } }\n",
     "{ notice: final }", "{ remind: lead }"},
};

} // namespace

TEST_CASE("an entry of the catalogue holds or fails by the one clause that decides it", "[analysis][catalogue]") {
  for (const auto& c : clauses) {
    for (const auto* text : {c.holds, c.fails}) {
      std::string rules = clause_head + std::string(c.rules);
      rules.replace(rules.find("CLAUSE"), 6, text);
      INFO(c.id << ": " << text);
      const auto want = text == c.holds ? proof_verdict::holds : proof_verdict::fails;
      CHECK(worst(prover(load_policy(read_yaml(rules))), c.id) == want);
    }
  }
}

TEST_CASE("a policy that takes the place of another is no weaker if it keeps what that one kept",
          "[analysis][catalogue]") {
  const auto made = [](const std::string& answer) {
    return load_policy(read_yaml(
        clause_head + ("lifecycle: { initial: open, states: { open: { on: { answer: { target: closed, do: [" + answer +
                       "] } } }, closed: { tags: [closed] } } }\n"
                       "properties: [every path to closed passes notice(final), no dead ends]\n")));
  };
  const auto older = made("{ notice: final }");
  const auto said = [&](const std::string& answer) {
    const prover by(made(answer));
    return prove_catalogue(by, "P-38", &older);
  };
  REQUIRE(said("{ notice: final }, { notice: survey }").size() == 1);
  CHECK(said("{ notice: final }, { notice: survey }").front().verdict == proof_verdict::holds);
  const auto weaker = said("{ notice: survey }");
  REQUIRE(weaker.size() == 1);
  CHECK(weaker.front().verdict == proof_verdict::fails);
  CHECK(weaker.front().counterexample);
  CHECK(prove_catalogue(prover(older), "P-38").front().verdict == proof_verdict::not_applicable);
}
