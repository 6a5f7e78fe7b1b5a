// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/document.hpp>

using namespace plaint;

TEST_CASE("a mapping finds its members by name and keeps their order", "[document]") {
  node office;
  office.add("zone", node::text_of("Europe/London"));
  office.add("hours", node::text_of("always"));
  REQUIRE(office.is_mapping());
  CHECK(office.find("hours")->text == "always");
  CHECK(office.find("holidays") == nullptr);
  CHECK(office.keys == std::vector<std::string>{"zone", "hours"});
}

TEST_CASE("two documents are equal by their values, wherever these stand", "[document]") {
  node first = node::text_of("a");
  node second = node::text_of("a");
  second.at = {7, 3};
  CHECK(first == second);
  second.kind = node_kind::integer;
  CHECK_FALSE(first == second);
}

TEST_CASE("a number is written with the fewest digits that read back the same", "[document]") {
  CHECK(node::number_of(0.1).text == "0.1");
  CHECK(node::number_of(1e300).text == "1e+300");
  CHECK(node::integer_of(-5).text == "-5");
}
