// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/io/yaml.hpp>
#include <plaint/policy/indicator_document.hpp>
#include <plaint/policy/property_document.hpp>

using namespace plaint;

TEST_CASE("claims are sentences, with a name and a source where somebody gave them", "[policy][property]") {
  const auto text = read_yaml(R"(
- only lead may answer
- P-05: every path to closed passes notice(final)
- { claim: every cycle is bounded, id: P-10, source: manual }
)");
  findings out;
  const auto read = read_properties(value_reader(text.root, "/properties", out));
  CHECK(out.empty());
  REQUIRE(read.size() == 3);
  CHECK(read[0] == property_claim{.claim = "only lead may answer"});
  CHECK(read[1] == property_claim{.claim = "every path to closed passes notice(final)", .id = "P-05"});
  CHECK(read[1].pointer == "/properties/1/P-05");
  CHECK(read[2] == property_claim{.claim = "every cycle is bounded", .id = "P-10", .source = "manual"});
  findings again;
  const auto written = write_properties(read);
  CHECK(read_properties(value_reader(written, "", again)) == read);
  CHECK(again.empty());
}

TEST_CASE("what is no claim is told at its place", "[policy][property]") {
  const auto text = read_yaml("[[], { claim: x, of: y }]");
  findings out;
  const auto read = read_properties(value_reader(text.root, "/properties", out));
  REQUIRE(out.size() == 2);
  CHECK(out[0].pointer == "/properties/0");
  CHECK(out[1].pointer == "/properties/1/of");
}
