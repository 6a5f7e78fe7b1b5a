// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/canonical.hpp>
#include <plaint/io/json.hpp>

#include <rapidcheck.h>

using namespace plaint;

namespace {

finding fault_of(std::string_view text, const document_limits& limits = {}) {
  try {
    (void)read_json(text, "log.json", limits);
  } catch (const policy_error& e) {
    REQUIRE_FALSE(e.all().empty());
    CHECK(e.all().front().file == "log.json");
    return e.all().front();
  }
  return {};
}

node any_node(int depth) {
  const int kind = *rc::gen::inRange(0, depth > 0 ? 6 : 4);
  switch (kind) {
  case 0:
    return {};
  case 1:
    return node::boolean_of(*rc::gen::arbitrary<bool>());
  case 2:
    return node::integer_of(*rc::gen::arbitrary<std::int64_t>());
  case 3:
    return node::text_of(*rc::gen::string<std::string>());
  default:
    break;
  }
  node parent{.kind = kind == 4 ? node_kind::sequence : node_kind::mapping};
  const int size = *rc::gen::inRange(0, 4);
  for (int i = 0; i < size; ++i) {
    if (kind == 4) {
      parent.push(any_node(depth - 1));
    } else {
      parent.add("name " + std::to_string(i), any_node(depth - 1));
    }
  }
  return parent;
}

bool is_ascii(const node& value) {
  const auto plain = [](const std::string& s) { return std::all_of(s.begin(), s.end(), [](char c) { return c > 0; }); };
  return plain(value.text) && std::all_of(value.items.begin(), value.items.end(), is_ascii);
}

} // namespace

TEST_CASE("every value of a JSON text knows its line and column", "[json]") {
  const auto doc = read_json("{\"a\": [1, 2.5,\n  \"x\\n\\u00e9y\"],\n\"\xE4\xB8\xAD\": {\"c\": null, \"d\": true}}");
  const auto& a = *doc.root.find("a");
  CHECK(doc.root.at == place{1, 1});
  CHECK(a.at == place{1, 7});
  CHECK(a.items[0].at == place{1, 8});
  CHECK(a.items[1].at == place{1, 11});
  CHECK(a.items[1].kind == node_kind::number);
  CHECK(a.items[2].at == place{2, 3});
  CHECK(a.items[2].text == "x\n\xC3\xA9y");
  CHECK(doc.root.find("\xE4\xB8\xAD")->at == place{3, 6});
  CHECK(doc.root.find("\xE4\xB8\xAD")->find("d")->at == place{3, 23});
}

TEST_CASE("numbers keep their digits", "[json]") {
  const auto doc = read_json("[2026.10, 123456789012345678901234567890, -0, 1e5]");
  CHECK(doc.root.items[0].text == "2026.10");
  CHECK(doc.root.items[1].text == "123456789012345678901234567890");
  CHECK(doc.root.items[2].text == "-0");
}

TEST_CASE("what is not JSON is refused at its line and column", "[json]") {
  const auto f = fault_of("{\"a\": [1, 2\n \"x\"}");
  CHECK(f.code == "bad-json");
  CHECK(f.line == 2);
  CHECK(f.column == 2);
  CHECK(fault_of("").code == "bad-json");
  CHECK(fault_of("[1] x").code == "bad-json");
  CHECK(fault_of("{\"a\" 1}").code == "bad-json");
  CHECK(fault_of("[\"\xFF\"]").code == "bad-json");
  CHECK(fault_of("{'a': 1}").code == "bad-json");
}

TEST_CASE("a name given twice is a fault at its second place", "[json]") {
  const auto f = fault_of("{\"a\": 1,\n \"b\": 2,\n \"a\": 3}");
  CHECK(f.code == "duplicate-key");
  CHECK(f.line == 3);
  CHECK(f.column == 2);
}

TEST_CASE("size, depth and number of values are limited", "[json]") {
  CHECK(fault_of(std::string(100'000, '[')).code == "too-deep");
  CHECK(fault_of("[1, 2, 3]", {.values = 3}).code == "too-large");
  CHECK(fault_of("[1, 2, 3]", {.bytes = 5}).code == "too-large");
  CHECK(fault_of("[[[1]]]", {.depth = 2}).code == "too-deep");
  CHECK_NOTHROW(read_json("[[[1]]]", {}, {.depth = 3}));
}

TEST_CASE("every document that plaint writes reads back the same", "[json]") {
  CHECK(rc::check([] {
    const auto written = any_node(4);
    RC_PRE(is_ascii(written));
    RC_ASSERT(read_json(canonical(written)).root == written);
  }));
}

TEST_CASE("a damaged JSON text is refused or read, and nothing else", "[json]") {
  const std::string good = R"({"a": [1, 2.5, "x\n\u00e9", {"b": null}], "c": -1e-5, "d": "\ud83d\ude00"})";
  CHECK(rc::check([&] {
    auto text = good;
    const auto hits = *rc::gen::inRange(1, 6);
    for (int i = 0; i < hits; ++i) {
      text[*rc::gen::inRange<std::size_t>(0, text.size())] = static_cast<char>(*rc::gen::inRange(0, 256));
    }
    text.resize(*rc::gen::inRange<std::size_t>(0, text.size() + 1));
    try {
      (void)read_json(text);
    } catch (const policy_error& e) {
      RC_ASSERT(!e.all().empty());
    }
  }));
}
