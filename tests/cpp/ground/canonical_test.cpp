// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/canonical.hpp>
#include <plaint/io/json.hpp>

#include <string>
#include <vector>

using namespace plaint;

TEST_CASE("the canonical text is JSON without white space, members in their order", "[canonical]") {
  node rows = node::sequence_of();
  rows.push(node::integer_of(1));
  rows.push({});
  rows.push(node::boolean_of(true));
  node root;
  root.add("z", rows);
  root.add("a", node::text_of("tab\t\"quoted\" \x01 \xC3\xA9"));
  CHECK(canonical(root) == "{\"z\":[1,null,true],\"a\":\"tab\\t\\\"quoted\\\" \\u0001 \xC3\xA9\"}");
}

TEST_CASE("a canonical text reads back as the same document", "[canonical]") {
  const std::string text = R"({"a":[1,2.5,"x\ny",null,{}],"b":{"c":true,"d":[]}})";
  const auto read = read_json(text);
  CHECK(canonical(read.root) == text);
  CHECK(digest(read.root) == sha256_hex(text));
}

TEST_CASE("the order of members is part of what a document means", "[canonical]") {
  CHECK(digest(read_json(R"({"a":1,"b":2})").root) != digest(read_json(R"({"b":2,"a":1})").root));
}

TEST_CASE("every character that JSON writes otherwise is found, wherever it stands", "[canonical]") {
  for (int c = 0; c < 256; ++c) {
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text(20, 'x');
      text[at] = static_cast<char>(c);
      const bool plain = c >= 0x20 && c != '"' && c != '\\';
      REQUIRE((canonical(node::text_of(text)) == '"' + text + '"') == plain);
      REQUIRE(read_json("[" + canonical(node::text_of(c < 0x80 ? text : "x")) + "]").root.items.front().text ==
              (c < 0x80 ? text : "x"));
    }
  }
}

TEST_CASE("an object written member by member is the canonical text of the same mapping", "[canonical]") {
  const std::vector<std::string> texts{"", "\\\"", "\n", "caf\xC3\xA9 \x1f!"};
  node whole = node::mapping_of();
  node& list = whole.add("texts", node::sequence_of());
  for (const auto& t : texts) {
    list.push(node::text_of(t));
  }
  whole.add("number", node::integer_of(17));
  whole.add("text", node::text_of(texts.back()));
  std::string out = "before ";
  detail::object_text written(out);
  written.add("texts", texts);
  written.add("number", 17);
  written.add("text", texts.back());
  written.finish();
  CHECK(out == "before " + canonical(whole));
}
