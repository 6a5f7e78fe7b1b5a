// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/suggestion.hpp>

using namespace plaint;

TEST_CASE("a slip of the pen is recognised", "[suggestion]") {
  const std::vector<std::string> known{"closed", "lodged", "registered"};
  CHECK(nearest("clsoed", known) == "closed");
  CHECK(nearest("Registered", known) == "registered");
  CHECK(nearest("registred", known) == "registered");
}

TEST_CASE("a word that is far from every known one gets no suggestion", "[suggestion]") {
  const std::vector<std::string> known{"closed", "lodged"};
  CHECK(nearest("escalated", known).empty());
  CHECK(nearest("x", known).empty());
  CHECK(nearest("closed", known).empty());
  CHECK(nearest(std::string(100'000, 'c'), known).empty());
}

TEST_CASE("two letters that changed places are one slip", "[suggestion]") {
  CHECK(edit_distance("opne", "open") == 1);
  CHECK(nearest("opne", std::vector<std::string>{"open", "shut"}) == "open");
}

TEST_CASE("the edit distance counts single slips", "[suggestion]") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("same", "SAME") == 0);
}
