// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/io/json.hpp>
#include <plaint/reader.hpp>

using namespace plaint;

namespace {

std::vector<std::string> codes(const findings& all) {
  std::vector<std::string> found;
  for (const auto& f : all) {
    found.push_back(f.code + " " + f.pointer);
  }
  return found;
}

} // namespace

TEST_CASE("what is asked for and there is read, whatever its kind of scalar", "[reader]") {
  const auto doc = read_json(R"({"id": "office", "version": 2026.1, "max": 3, "strict": true})");
  findings out;
  object_reader r(doc.root, "", out);
  CHECK(r.required("id")->text() == "office");
  CHECK(r.required("version")->text() == "2026.1");
  CHECK(r.optional("max")->integer(0, 10) == 3);
  CHECK(r.optional("strict")->boolean() == true);
  CHECK_FALSE(r.optional("title").has_value());
  r.finish();
  CHECK(out.empty());
}

TEST_CASE("five mistakes in one mapping are five findings", "[reader]") {
  const auto doc = read_json(R"({"max": 30, "strict": "yes", "order": "reversed", "tittle": "x"})");
  findings out;
  object_reader r(doc.root, "/top", out);
  const std::vector<std::string> orders{"document", "reverse"};
  CHECK_FALSE(r.required("id").has_value());
  CHECK_FALSE(r.optional("max")->integer(0, 10).has_value());
  CHECK_FALSE(r.optional("strict")->boolean().has_value());
  CHECK_FALSE(r.optional("order")->word(orders, "the order").has_value());
  (void)r.optional("title");
  r.finish();
  CHECK(codes(out) == std::vector<std::string>{"missing /top", "out-of-range /top/max", "wrong-type /top/strict",
                                               "unknown-word /top/order", "unknown-key /top/tittle"});
  CHECK(out[3].suggestion == "reverse");
  CHECK(out[4].suggestion == "title");
}

TEST_CASE("a number that does not fit into 64 bits is out of range, not something else", "[reader]") {
  const auto doc = read_json(R"({"n": 9223372036854775808})");
  findings out;
  object_reader r(doc.root, "", out);
  CHECK_FALSE(r.required("n")->integer().has_value());
  CHECK(codes(out) == std::vector<std::string>{"out-of-range /n"});
}

TEST_CASE("a single value counts as a list of one", "[reader]") {
  const auto doc = read_json(R"({"by": "lead", "tags": ["a", 5]})");
  findings out;
  object_reader r(doc.root, "", out);
  CHECK(r.required("by")->items().size() == 1);
  const auto tags = r.required("tags")->items();
  REQUIRE(tags.size() == 2);
  CHECK(tags[1].pointer() == "/tags/1");
  CHECK(tags[1].text() == "5");
}

TEST_CASE("a list where a mapping is required is one finding, not one for each missing member", "[reader]") {
  const auto doc = read_json("[1]");
  findings out;
  object_reader r(doc.root, "/clocks", out);
  (void)r.required("start");
  r.finish();
  CHECK(codes(out) == std::vector<std::string>{"wrong-type /clocks"});
}
