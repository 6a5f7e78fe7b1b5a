// SPDX-License-Identifier: BSL-1.0
#include <plaint/canonical.hpp>
#include <plaint/io/yaml.hpp>
#include <plaint/policy/extended_document.hpp>
#include <plaint/policy/policy.hpp>

#include <catch.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace plaint;

namespace {

document_source shelf(std::map<std::string, std::string> texts) {
  return [texts = std::move(texts)](const std::string& name) {
    const auto found = texts.find(name);
    if (found == texts.end()) {
      throw policy_error({{"no-file", "no document \"" + name + "\"", {}, {}}});
    }
    return read_yaml(found->second, name + ".yaml");
  };
}

extended_document extended(const char* text, const document_source& source, findings& out) {
  return extend(read_yaml(text, "top.yaml"), source, out);
}

std::string value_at(const extended_document& in, const char* pointer) {
  const auto* found = find(in.root, pointer);
  return found == nullptr ? "nothing" : found->text;
}

} // namespace

TEST_CASE("a policy changes one thing of what it extends and keeps the rest in its order", "[policy]") {
  findings out;
  const auto all = extended(
      "{ extends: base, id: own, version: 2, clocks: { answer: { goal: 3d }, extra: { goal: 1h } }, list: [3] }",
      shelf(
          {{"base",
            "{ id: base, version: 1, clocks: { answer: { goal: 5d, calendar: office }, other: {} }, list: [1, 2] }"}}),
      out);
  CHECK(out.empty());
  CHECK(
      canonical(all.root) ==
      R"({"clocks":{"answer":{"goal":"3d","calendar":"office"},"other":{},"extra":{"goal":"1h"}},"list":[3],"id":"own","version":2})");
}

TEST_CASE("of several documents the later lies over the earlier, and each may extend others", "[policy]") {
  findings out;
  const auto all = extended("{ extends: [words, rules], id: x }",
                            shelf({{"words", "{ a: words, b: words }"},
                                   {"rules", "{ extends: deep, b: rules }"},
                                   {"deep", "{ b: deep, c: deep }"}}),
                            out);
  CHECK(out.empty());
  CHECK(value_at(all, "/a") == "words");
  CHECK(value_at(all, "/b") == "rules");
  CHECK(value_at(all, "/c") == "deep");
  CHECK(find(all.root, "/extends") == nullptr);
}

TEST_CASE("what is extended can be taken out; what is not there cannot", "[policy]") {
  findings out;
  const auto all = extended("{ extends: base, without: [/clocks/a, /clocks/zzz], clocks: { b: own } }",
                            shelf({{"base", "{ clocks: { a: 1, b: 2 } }"}}), out);
  CHECK(find(all.root, "/clocks/a") == nullptr);
  CHECK(value_at(all, "/clocks/b") == "own");
  REQUIRE(out.size() == 1);
  CHECK(out[0].code == "nothing-there");
  CHECK(out[0].file == "top.yaml");
}

TEST_CASE("an unknown name, a circle and a missing shelf are told at their places", "[policy]") {
  findings out;
  (void)extended("{ extends: [nowhere, round] }",
                 shelf({{"round", "{ extends: about }"}, {"about", "\n{ extends: round }"}}), out);
  (void)extended("{ extends: base }", {}, out);
  std::vector<std::string> told;
  for (const auto& f : out) {
    told.push_back(f.code + " " + f.file + ":" + std::to_string(f.line));
  }
  std::sort(told.begin(), told.end());
  CHECK(told == std::vector<std::string>{"extends-itself about.yaml:2", "no-file top.yaml:1", "no-source top.yaml:1"});
}

TEST_CASE("a fault is told in the file in which it was written", "[policy]") {
  const auto source = shelf({{"base", "plaint: 1\nlifecycle: { states: { open: {} } }\nclocks:\n  answer: { start: "
                                      "opened, stop: event(answer), goals: 3 busines days }\n"}});
  try {
    (void)load_policy(read_yaml("{ extends: base, id: own, version: 1, roles: { a: { clas: agent } } }", "top.yaml"),
                      system_source(), source);
    FAIL("the goal is wrong");
  } catch (const policy_error& e) {
    const auto has = [&](const char* code, const char* file, int line) {
      return std::any_of(e.all().begin(), e.all().end(),
                         [&](const finding& f) { return f.code == code && f.file == file && f.line == line; });
    };
    CHECK(has("bad-goal", "base.yaml", 4));
    CHECK(has("unknown-key", "top.yaml", 1));
  }
}

TEST_CASE("a base gives no policy its name", "[policy]") {
  const auto source = shelf({{"base", "{ plaint: 1, id: base, version: 1, lifecycle: { states: { open: {} } } }"}});
  CHECK_THROWS_AS(load_policy(read_yaml("{ extends: base }"), system_source(), source), policy_error);
  const auto own = load_policy(read_yaml("{ extends: base, id: own, version: 7 }"), system_source(), source);
  CHECK(own.id() == "own");
  CHECK(own.digest() ==
        load_policy(read_yaml("{ plaint: 1, id: own, version: 7, lifecycle: { states: { open: {} } } }")).digest());
}
