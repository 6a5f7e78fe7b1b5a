// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/pointer.hpp>

using namespace plaint;

namespace {

node hours_of_the_office() {
  node open = node::text_of("08:30-17:00");
  open.at = {4, 12};
  node hours = node::sequence_of();
  hours.at = {4, 5};
  hours.push(open);
  node root;
  root.at = {1, 1};
  root.add("mon/fri~", hours);
  return root;
}

} // namespace

TEST_CASE("a pointer escapes the two characters that RFC 6901 gives a meaning", "[pointer]") {
  CHECK(child("/calendars", "a/b~c") == "/calendars/a~1b~0c");
  CHECK(child("", std::size_t{3}) == "/3");
}

TEST_CASE("a pointer leads to the place of its value", "[pointer]") {
  const auto root = hours_of_the_office();
  CHECK(locate(root, "") == place{1, 1});
  CHECK(locate(root, child("", "mon/fri~")) == place{4, 5});
  CHECK(locate(root, child(child("", "mon/fri~"), std::size_t{0})) == place{4, 12});
}

TEST_CASE("a pointer to something that is missing leads to the deepest owner that is there", "[pointer]") {
  const auto root = hours_of_the_office();
  CHECK(locate(root, "/zone") == place{1, 1});
  CHECK(locate(root, child("", "mon/fri~") + "/7") == place{4, 5});
  CHECK(locate(root, child("", "mon/fri~") + "/x") == place{4, 5});
  CHECK(locate(root, "no pointer at all") == place{1, 1});
}

TEST_CASE("a pointer finds its value or nothing", "[pointer]") {
  const auto root = hours_of_the_office();
  CHECK(find(root, "") == &root);
  CHECK(find(root, child("", "mon/fri~") + "/0")->text == "08:30-17:00");
  CHECK(find(root, "/zone") == nullptr);
  CHECK(find(root, "zone") == nullptr);
}

TEST_CASE("findings get the file, line and column of their pointer unless they know better", "[pointer]") {
  findings all{{"unknown-zone", "known zone required", "/zone", {}}, {"bad", "x", "", {}}};
  all[1].line = 9;
  place_findings(all, {hours_of_the_office(), "office.yaml"});
  CHECK(to_string(all[0]) == "office.yaml:1:1: /zone: known zone required");
  CHECK(all[1].line == 9);
}
