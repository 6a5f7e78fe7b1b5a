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
