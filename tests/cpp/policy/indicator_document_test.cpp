// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/io/yaml.hpp>
#include <plaint/policy/indicator_document.hpp>

using namespace plaint;

TEST_CASE("an indicator says which complaints count, which of them are meant, and its target", "[policy][indicator]") {
  const auto text = read_yaml(R"(
one_time_resolution: { of: closed, share: redispatches == 0, target: ">= 85%" }
written: { share: channel == "letter" }
)");
  findings out;
  const auto read = read_indicators(value_reader(text.root, "/indicators", out));
  CHECK(out.empty());
  REQUIRE(read.size() == 2);
  CHECK(read[0] == indicator_definition{
                       .id = "one_time_resolution", .of = "closed", .share = "redispatches == 0", .target = ">= 85%"});
  CHECK(read[1].of == "opened");
  const auto written = write_indicators(read);
  CHECK(read_indicators(value_reader(written, "", out)) == read);
}

TEST_CASE("an indicator without a share is told", "[policy][indicator]") {
  const auto text = read_yaml("late: { of: closed }");
  findings out;
  (void)read_indicators(value_reader(text.root, "/indicators", out));
  REQUIRE(out.size() == 1);
  CHECK(out.front().pointer == "/indicators/late");
}
