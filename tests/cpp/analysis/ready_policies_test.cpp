// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/mutants.hpp"

#include <plaint/io/yaml.hpp>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

using namespace plaint;

TEST_CASE("a ready policy that is broken by a small change no longer keeps the claim that it broke",
          "[analysis][prove]") {
  constexpr std::size_t small = 800; // situations: the larger policies say nothing new and take long
  std::size_t broken = 0;
  std::size_t caught = 0;
  std::map<property_kind, std::size_t> by_kind;
  std::string missed;
  for (const auto& file : std::filesystem::directory_iterator("policies")) {
    if (file.path().extension() != ".yaml") {
      continue;
    }
    const auto rules = load_policy(read_document(file.path().string()), system_source(), documents_in({"policies"}));
    const prover sound(rules);
    if (sound.cases().node_count() > small) {
      continue;
    }
    findings none;
    for (const auto& claim : claims_of(rules, none)) {
      if (claim.kind == property_kind::catalogue) {
        continue;
      }
      const auto before = sound.prove(claim);
      if (before.verdict != proof_verdict::holds || before.vacuous) {
        continue;
      }
      const mutants worse(rules, claim);
      for (const auto& m : worse.all()) {
        std::optional<policy> changed;
        try {
          changed.emplace(policy::compile(m.rules));
        } catch (const policy_error&) {
          continue; // the loader has caught it
        }
        const auto found = prover(*changed).prove(claim);
        ++broken;
        ++by_kind[claim.kind];
        if (found.verdict == proof_verdict::fails) {
          ++caught;
          CHECK((found.counterexample || claim.kind == property_kind::reachable));
        } else {
          missed += file.path().stem().string() + ", " + claim.text + ": " + m.what + " -> " + found.because + "\n";
        }
      }
    }
  }
  INFO(caught << " of " << broken << " are caught; not these:\n" << missed);
  CHECK(caught * 100 >= broken * 95);
  CHECK(broken > 80);
  CHECK(by_kind.size() >= 9);
}
