// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/analysis/proof.hpp>

using namespace plaint;

TEST_CASE("the length of a counterexample is its events after the opening", "[analysis][proof]") {
  counterexample c;
  CHECK(c.length() == 0);
  c.steps.resize(1);
  CHECK(c.length() == 0);
  c.steps.resize(4);
  CHECK(c.length() == 3);
}

TEST_CASE("verdicts have their words", "[analysis][proof]") {
  CHECK(to_string(proof_verdict::holds) == "holds");
  CHECK(to_string(proof_verdict::not_applicable) == "not-applicable");
}
