// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/case_oracle.hpp"
#include "support/clock_oracle.hpp"
#include "support/family_oracle.hpp"
#include "support/random_clocks.hpp"
#include "support/random_policy.hpp"

#include <plaint/analysis/prove.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

/// Properties of random policies whose answer is known: what a proof says otherwise is told in words.
struct families {
  std::map<std::string, std::size_t> failing{};
  std::map<std::string, std::size_t> holding{};

  std::string people_and_tables(std::uint64_t seed) {
    random_policy dice(seed);
    const auto by = dice.draw();
    const case_oracle all(by, dice.domains());
    const family_oracle says(by, all);
    const plaint::prover p(by);
    std::string fault;
    const auto ask = [&](const char* kind, const family_oracle::answer& want) {
      fault += compare(seed, kind, p, want);
    };
    const auto event = dice.any_event();
    if (by.lifecycle().event(event) != by.lifecycle().unknown_event()) {
      ask("may not", says.may_not(dice.chance(2) ? "customer" : "lead", event));
      ask("possible", says.possible(event, dice.any_state()));
      const auto where = dice.chance(2) ? std::string{} : dice.any_state();
      ask("complete", says.table(event, where, true, dice.domains()));
      ask("disjoint", says.table(event, where, false, dice.domains()));
    }
    ask("may not", says.may_not_enter("customer", dice.any_state()));
    const case_oracle with_kind(by, dice.domains("kind"));
    const family_oracle also(by, with_kind);
    ask("set", also.set_at_state("kind", dice.any_state()));
    ask("set", also.set_at_notice("kind", dice.chance(2) ? "ack" : "final"));
    return fault;
  }

  /// Worst cases and running clocks, by real complaints.
  std::string clocks(std::uint64_t seed) {
    random_clocks drawn(seed);
    const auto by = drawn.draw();
    if (!by) {
      return {};
    }
    auto& dice = drawn.dice();
    clock_oracle all(*by);
    const plaint::prover p(*by);
    const auto from = dice.chance(2) ? std::string{} : "s" + std::to_string(dice.pick(3));
    const auto to = "s" + std::to_string(dice.pick(3));
    const auto cap = static_cast<std::int64_t>(1 + dice.pick(16));
    const auto late = all.late(from, to, cap);
    std::string fault;
    if (!all.exhausted()) {
      const auto text = "state(" + to + ") within " + std::to_string(cap) + "h elapsed of ";
      fault += compare(seed, "within", p, {text + (from.empty() ? "opened" : "state(" + from + ")"), late},
                       clock_oracle::depth);
    }
    const auto state = "s" + std::to_string(dice.pick(3));
    const auto clockless = all.clockless(state);
    if (!all.exhausted()) {
      fault += compare(seed, "clock", p, {"state(" + state + ") has a clock", clockless}, clock_oracle::depth);
    }
    return fault;
  }

  /// `tried`: longer histories are not known.
  std::string compare(std::uint64_t seed, const std::string& kind, const plaint::prover& p,
                      const family_oracle::answer& want, std::size_t tried = 1000) {
    const auto read = plaint::parse_property(want.text);
    if (read.size() != 1) {
      return want.text + " is not understood; ";
    }
    const auto got = p.prove(read.front());
    const auto said = "seed " + std::to_string(seed) + ": " + want.text + " " + std::string(to_string(got.verdict)) +
                      " (" + got.because + "), ";
    if (!want.length && got.counterexample && got.counterexample->length() > tried) {
      return {};
    }
    ++(want.length ? failing : holding)[kind];
    if (got.verdict != (want.length ? plaint::proof_verdict::fails : plaint::proof_verdict::holds)) {
      return said + "which is wrong; ";
    }
    if (!want.length) {
      return {};
    }
    if (!got.counterexample || got.counterexample->length() != *want.length) {
      return said + "the shortest history has " + std::to_string(*want.length) + " events and not " +
             (got.counterexample ? std::to_string(got.counterexample->length()) : "none") + "; ";
    }
    const auto& steps = got.counterexample->steps;
    const bool timed = std::any_of(steps.begin(), steps.end(), [](const auto& step) { return step.timer; });
    return got.counterexample->replayed || timed ? "" : said + "but it does not run; ";
  }
};
