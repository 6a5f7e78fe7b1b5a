// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/canonical.hpp>
#include <plaint/io/json.hpp>
#include <plaint/io/yaml.hpp>
#include <plaint/policy/policy_document.hpp>

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
