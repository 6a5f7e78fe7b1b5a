// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/case_oracle.hpp"
#include "support/circle_oracle.hpp"
#include "support/random_policy.hpp"

#include <plaint/analysis/prove.hpp>
#include <plaint/io/yaml.hpp>

using namespace plaint;

namespace {

proof judge(const prover& by, const std::string& text) {
  const auto read = parse_property(text);
  INFO(text);
  REQUIRE(read.size() == 1);
  return by.prove(read.front());
}

struct expected {
  bool holds = true;
  std::optional<std::size_t> length{}; ///< of the shortest counterexample
};

expected if_found(const std::optional<std::size_t>& length) {
  return {!length, length};
}

bool enters(const policy& by, const case_oracle::edge& e, const std::string& state) {
  const auto id = by.lifecycle().state(state);
  return id && std::find(e.did.entered.begin(), e.did.entered.end(), *id) != e.did.entered.end();
}
bool notifies(const policy& by, const case_oracle::edge& e, const std::string& kind) {
  return std::any_of(e.did.effects.begin(), e.did.effects.end(), [&](const emitted_effect& f) {
    return detail::effect_subject(by.lifecycle().effect_at(f.effect)) == kind;
  });
}

/// One property and its answer by trying everything, as the definitions in docs/proofs.md say it.
std::pair<std::string, expected> draw_property(random_policy& dice, const policy& by, const case_oracle& all) {
  const auto a = dice.any_state();
  const auto b = dice.any_state();
  const auto e = dice.any_event();
  const bool known = by.lifecycle().event(e) != by.lifecycle().unknown_event();
  const auto drawn = dice.pick(11);
  switch (drawn >= 5 && drawn <= 8 && !known ? 1 : drawn) {
  case 0: { // reachable
    const auto found = all.shortest([&](int&, const auto& x) { return enters(by, x, a); });
    return {a + " is reachable", {found.has_value(), {}}};
  }
  case 1:
    return {a + " is never reached", if_found(all.shortest([&](int&, const auto& x) { return enters(by, x, a); }))};
  case 2: { // some way to an end from everywhere
    std::vector<bool> good(all.situations.size());
    for (std::size_t n = 0; n < good.size(); ++n) {
      good[n] = all.in(n, a);
    }
    const auto can = all.can_reach(good);
    return {"every state can reach " + a, if_found(all.shortest([&](int&, const auto& x) { return !can[x.to]; }))};
  }
  case 3: // states: once ever
    return {a + " comes before " + b, if_found(all.shortest([&](int& seen, const auto& x) {
              const auto at = [&](const std::string& s) {
                return std::find(x.did.entered.begin(), x.did.entered.end(), *by.lifecycle().state(s)) -
                       x.did.entered.begin();
              };
              const bool hit = seen == 0 && enters(by, x, b) && at(b) < at(a);
              seen = seen == 1 || enters(by, x, a) ? 1 : 0;
              return hit;
            }))};
  case 4: // a notice before a state
    return {"every path to " + a + " passes notice(final)", if_found(all.shortest([&](int& seen, const auto& x) {
              seen = seen == 1 || notifies(by, x, "final") ? 1 : 0;
              return seen == 0 && enters(by, x, a);
            }))};
  case 5: // an event after a notice
    return {"event(" + e + ") never after notice(final)", if_found(all.shortest([&](int& seen, const auto& x) {
              const bool hit = seen == 1 && x.event == e;
              seen = seen == 1 || notifies(by, x, "final") ? 1 : 0;
              return hit;
            }))};
  case 6:
    return {"only lead may " + e,
            if_found(all.shortest([&](int&, const auto& x) { return x.event == e && x.role != "lead"; }))};
  case 7: // anew after each reopening event
    return {"every path to " + a + " passes notice(ack) anew after event(" + e + ")",
            if_found(all.shortest([&](int& seen, const auto& x) {
              seen = x.event == e ? 0 : seen;
              seen = seen == 1 || notifies(by, x, "ack") ? 1 : 0;
              return seen == 0 && enters(by, x, a);
            }))};
  case 8:
    return {a + " refuses " + e, if_found(all.shortest([&](int&, const auto& x) {
              return x.event == e && x.from != case_oracle::none && all.in(x.from, a);
            }))};
  case 9: // in the end, whatever happens
    return {"every path from " + a + " reaches " + b,
            if_found(shortest_evasion(by, all, places(all, dice.what_matters()), a, b))};
  default: // a notice lacks what it must carry
    return {"notice ack carries reasons", if_found(all.shortest([&](int&, const auto& x) {
              return std::any_of(x.did.effects.begin(), x.did.effects.end(), [&](const emitted_effect& f) {
                const auto& d = by.lifecycle().effect_at(f.effect);
                return detail::effect_subject(d) == "ack" && !detail::effect_carries(d, "reasons");
              });
            }))};
  }
}

policy from_yaml(const std::string& text) {
  return load_policy(read_yaml(
      "plaint: 1\nid: t\nversion: 1\ncalendars: { office: { zone: UTC, hours: { mon-fri: [\"09:00-17:00\"] } } }\n" +
      text));
}

} // namespace

TEST_CASE("every verdict is that of trying everything, and every counterexample is a shortest one that really runs",
          "[analysis][prove]") {
  constexpr std::uint64_t seeds = 150;
  std::size_t replayed = 0;
  std::size_t failing = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    random_policy dice(seed);
    const auto by = dice.draw();
    const case_oracle all(by, dice.domains());
    const prover p(by);
    REQUIRE(p.cases().complete());
    for (int i = 0; i < 6; ++i) {
      const auto [text, want] = draw_property(dice, by, all);
      const auto got = judge(p, text);
      INFO("seed " << seed << ": " << text << " -> " << got.because);
      REQUIRE((got.verdict == proof_verdict::holds) == want.holds);
      REQUIRE(got.verdict != proof_verdict::undecided);
      if (want.length) {
        ++failing;
        REQUIRE(got.counterexample);
        REQUIRE(got.counterexample->length() == *want.length);
        // Which of two timers comes first, the situations do not say; a history without timers always runs.
        const auto& steps = got.counterexample->steps;
        const bool timed = std::any_of(steps.begin(), steps.end(), [](const auto& step) { return step.timer; });
        REQUIRE((got.counterexample->replayed || timed));
        replayed += got.counterexample->replayed ? 1U : 0U;
      }
    }
  }
  CHECK(failing > seeds);
  CHECK(replayed * 10 > failing * 8);
}

TEST_CASE("cycles are bounded by counters, by a clock over all of them, or by the customer, and by nothing else",
          "[analysis][prove]") {
  std::size_t failing = 0;
  std::size_t holding = 0;
  for (std::uint64_t seed = 1000; seed < 1150; ++seed) {
    random_policy dice(seed);
    const auto by = dice.draw();
    const case_oracle all(by, dice.domains());
    const places at(all, dice.what_matters());
    if (at.count() > 60) {
      continue;
    }
    bool exhausted = false;
    const auto want = unbounded_circle(by, all, at, exhausted);
    if (exhausted) {
      continue;
    }
    const auto got = judge(prover(by), "every cycle is bounded");
    INFO("seed " << seed << ": " << got.because);
    REQUIRE((got.verdict == proof_verdict::holds) == !want);
    if (want) {
      ++failing;
      REQUIRE(got.counterexample->length() == *want);
      REQUIRE(got.counterexample->repeats_from);
      const auto& steps = got.counterexample->steps;
      const bool timed = std::any_of(steps.begin(), steps.end(), [](const auto& step) { return step.timer; });
      REQUIRE((got.counterexample->replayed || timed));
    } else {
      ++holding;
    }
  }
  CHECK(failing > 10);
  CHECK(holding > 10);
}

TEST_CASE("the rule of the manual for minor and severe is incomplete: solved on the spot with compensation",
          "[analysis][prove]") {
  const auto by = from_yaml(R"(
attributes: { on_the_spot: bool, compensation: bool }
lifecycle:
  initial: lodged
  states:
    lodged:
      on:
        classify:
          - { target: minor, guard: on_the_spot && !compensation }
          - { target: severe, guard: "!on_the_spot" }
    minor: { tags: [closed] }
    severe: { tags: [closed] }
)");
  const prover p(by);
  const auto found = judge(p, "classify is complete");
  CHECK(found.verdict == proof_verdict::fails);
  REQUIRE(found.counterexample);
  CHECK(found.counterexample->values == std::vector<std::string>{"on_the_spot = true", "compensation = true"});
  CHECK(found.counterexample->replayed);
  CHECK(found.counterexample->steps.back().refused);
  CHECK(judge(p, "every table is disjoint").verdict == proof_verdict::holds);
}

TEST_CASE("a table is disjoint though its last row is for all the rest, and not if two rows match",
          "[analysis][prove]") {
  const std::string head = "attributes: { amount: { int: { min: 0, max: 100 } } }\nlifecycle:\n  initial: a\n  "
                           "states:\n    a:\n      on:\n        go:\n";
  const std::string tail = "    b: { type: final }\n";
  const auto overlap = from_yaml(head +
                                 "          - { target: b, guard: amount < 50 }\n          - { target: b, guard: "
                                 "amount > 40 }\n          - { target: b }\n" +
                                 tail);
  const auto found = judge(prover(overlap), "go is disjoint");
  CHECK(found.verdict == proof_verdict::fails);
  REQUIRE(found.counterexample);
  const auto apart = from_yaml(
      head + "          - { target: b, guard: amount < 50 }\n          - { target: b, guard: amount >= 50 }\n" + tail);
  CHECK(judge(prover(apart), "go is complete").verdict == proof_verdict::holds);
  CHECK(judge(prover(apart), "go is disjoint").verdict == proof_verdict::holds);
  const auto first =
      from_yaml(head + "          - { target: b }\n          - { target: b, guard: amount > 40 }\n" + tail);
  CHECK(judge(prover(first), "go is disjoint").verdict == proof_verdict::fails);
  const auto asks = from_yaml("attributes: { amount: int, note: string }\nlifecycle:\n  initial: a\n  states:\n"
                              "    a:\n      on:\n        go:\n"
                              "          - { target: b, require: [note] }\n"
                              "          - { target: b, guard: amount > 40 }\n" +
                              tail);
  CHECK(judge(prover(asks), "go is disjoint").verdict == proof_verdict::holds);
}

TEST_CASE("what holds only because nothing can happen is said to", "[analysis][prove]") {
  const auto by = from_yaml("lifecycle: { initial: a, states: { a: { on: { go: { target: b, guard: \"1 > 2\" } } }, b: "
                            "{ type: final } } }\n");
  const auto found = judge(prover(by), "notice(final) before b");
  CHECK(found.verdict == proof_verdict::holds);
  CHECK(found.vacuous);
}

TEST_CASE("waiting states have clocks, of the lifecycle or by name, whatever the values", "[analysis][prove]") {
  const std::string states = R"(
attributes: { urgent: { bool: {}, default: false } }
lifecycle:
  initial: awaiting_unit
  states:
    awaiting_unit:
      on: { reply: { target: done } }
)";
  const auto guarded =
      from_yaml(states + "      after: { 2 days: { target: done, guard: urgent } }\n    done: { type: final }\n");
  const auto found = judge(prover(guarded), "each waiting state has a clock");
  CHECK(found.verdict == proof_verdict::fails); // not urgent: nothing ever leaves by itself
  CHECK(judge(prover(from_yaml(states + "      after: { 2 days: { target: done } }\n    done: { type: final }\n")),
              "each waiting state has a clock")
            .verdict == proof_verdict::holds);
  const auto named = from_yaml(states + "    done: { type: final }\nclocks: { reply: { start: enter(awaiting_unit), "
                                        "stop: event(reply), goals: [{ goal: 4h }] } }\n");
  CHECK(judge(prover(named), "each waiting state has a clock").verdict == proof_verdict::holds);
}

TEST_CASE("the worst case is the sum of what the clocks allow, and equal to the cap is in time", "[analysis][prove]") {
  const auto by = from_yaml(R"(
lifecycle:
  initial: lodged
  states:
    lodged: { on: { register: { target: open } } }
    open: { on: { answer: { target: closed, do: [{ notice: final }] } } }
    closed: { type: final }
clocks:
  register: { start: opened, stop: event(register), goals: [{ goal: 1 business day }] }
  answer: { start: enter(open), stop: notice(final), goals: [{ goal: 3 business days }] }
)");
  const prover p(by);
  CHECK(judge(p, "notice(final) within 4 business days of opened").verdict == proof_verdict::holds);
  const auto late = judge(p, "notice(final) within 3 business days of opened");
  CHECK(late.verdict == proof_verdict::fails);
  CHECK(late.counterexample->length() == 2);
  CHECK(judge(p, "notice(final) within 3 business days of open").verdict == proof_verdict::holds);
  CHECK(judge(p, "notice(final) within 8 weeks").verdict == proof_verdict::holds); // four business days in elapsed time
}

TEST_CASE("a name that means nothing fails, with the name that may be meant", "[analysis][prove]") {
  const prover p(from_yaml("lifecycle: { initial: lodged, states: { lodged: { on: { close: { target: closed } } }, "
                           "closed: { type: final } } }\nproperties: [loged before closed, nonsense]\n"));
  const auto found = check_claims(p);
  REQUIRE(found.size() == 2);
  CHECK(found[0].code == "bad-property");
  CHECK(found[1].suggestion == "lodged");
  CHECK(judge(p, "loged before closed").verdict == proof_verdict::fails);
}

TEST_CASE("an attribute is set where every way to it sets it, though no condition reads it", "[analysis][prove]") {
  const prover by(from_yaml(R"(
attributes: { gap: int, expected: int, seen: int, note: string }
lifecycle:
  initial: open
  states:
    open: { on: { measure: { target: done, require: [expected, seen], set: { gap: expected - seen } } } }
    done: { type: final }
)"));
  CHECK(judge(by, "gap is set at done").verdict == proof_verdict::holds);
  CHECK(judge(by, "gap and seen are set at done").verdict == proof_verdict::holds);
  const auto lacking = judge(by, "note is set at done");
  CHECK(lacking.verdict == proof_verdict::fails);
  CHECK(lacking.counterexample->length() == 1);
}

TEST_CASE("whether an attribute came with the opening closes a way that wants it unset", "[analysis][prove]") {
  const prover p(from_yaml(R"yaml(
attributes: { lawyer: string }
lifecycle:
  initial: lodged
  states:
    lodged: { on: { settle: { target: closed, guard: "!has(lawyer)" } } }
    closed: { type: final }
)yaml"));
  for (const auto* claim : {"no dead ends", "every state can reach closed"}) {
    const auto found = judge(p, claim);
    REQUIRE(found.verdict == proof_verdict::fails);
    CHECK(found.counterexample->length() == 0); // opened with a lawyer
    CHECK(found.counterexample->replayed);
  }
  CHECK(judge(p, "closed is reachable").verdict == proof_verdict::holds);
}
