// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/analysis/property_text.hpp>

using namespace plaint;

TEST_CASE("a property as data says its kind, what it speaks of, and how it was written", "[analysis][property]") {
  auto p = parse_property("every path to closed passes notice(final) anew after each reopening").front();
  p.id = "P-05";
  const auto data = write_property(p);
  REQUIRE(data.find("kind") != nullptr);
  CHECK(data.find("kind")->text == "before");
  CHECK(data.find("subject")->items.front().find("notice")->text == "final");
  CHECK(data.find("target")->items.front().find("name")->text == "closed");
  CHECK(data.find("anew")->items.front().find("reopening") != nullptr);
  CHECK(data.find("except") == nullptr);
  CHECK(data.find("id")->text == "P-05");
  CHECK(data.find("text")->text == p.text);
}
