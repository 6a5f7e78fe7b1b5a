// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/canonical.hpp>
#include <plaint/io/json.hpp>
#include <plaint/io/yaml.hpp>

#include <fstream>

using namespace plaint;

namespace {

finding yaml_fault_of(std::string_view text, const document_limits& limits = {}) {
  try {
    (void)read_yaml(text, "office.yaml", limits);
  } catch (const policy_error& e) {
    REQUIRE_FALSE(e.all().empty());
    CHECK(e.all().front().file == "office.yaml");
    return e.all().front();
  }
  return {};
}

std::string as_json(std::string_view yaml) {
  return canonical(read_yaml(yaml).root);
}

} // namespace

TEST_CASE("plain scalars have the types of YAML 1.2, so no and 08:30 are text", "[yaml]") {
  CHECK(as_json("[no, yes, on, 08:30, 2026-01-31, true, False, ~, 12, 1.5, '12', .5, 1e3, 0x1F, inf]") ==
        R"(["no","yes","on","08:30","2026-01-31",true,false,null,12,1.5,"12",.5,1e3,"0x1F","inf"])");
}

TEST_CASE("a version keeps the digits that were written", "[yaml]") {
  CHECK(read_yaml("version: 2026.10").root.find("version")->text == "2026.10");
}

TEST_CASE("every value of a YAML text knows its line and column, counted in characters", "[yaml]") {
  const auto doc = read_yaml("id: a\nhours:\n  - \"08:30\"\n\xE4\xB8\xAD\xE6\x96\x87: { x: 1 }\n");
  CHECK(doc.root.find("id")->at == place{1, 5});
  CHECK(doc.root.find("hours")->items[0].at == place{3, 5});
  CHECK(doc.root.find("\xE4\xB8\xAD\xE6\x96\x87")->find("x")->at == place{4, 10});
}

TEST_CASE("YAML and JSON with the same content are the same document", "[yaml]") {
  const std::string text = R"({"a": [1, 2.5, "x", null], "b": {"c": true}})";
  CHECK(read_yaml(text).root == read_json(text).root);
  CHECK(read_yaml("a: [1, 2.5, x, null]\nb:\n  c: true\n").root == read_json(text).root);
}

TEST_CASE("an alias is a copy at its own place", "[yaml]") {
  const auto doc = read_yaml("a: &hours [1, 2]\nb: *hours\n");
  CHECK(*doc.root.find("a") == *doc.root.find("b"));
  CHECK(doc.root.find("b")->at.line == 2);
}

TEST_CASE("aliases that multiply are stopped by the limit of values", "[yaml]") {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const auto before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) {
      text += (j == 0 ? "" : ", ") + before;
    }
    text += "]\n";
  }
  CHECK(yaml_fault_of(text).code == "too-large");
}

TEST_CASE("what YAML allows and a policy does not is refused at its place", "[yaml]") {
  CHECK(to_string(yaml_fault_of("a: 1\nb: !!int 3\n")).find("office.yaml:2:4: tags such as") == 0);
  CHECK(yaml_fault_of("a: 1\n---\nb: 2\n").code == "bad-yaml");
  CHECK(yaml_fault_of("? [a, b]\n: 1\n").code == "bad-yaml");
  CHECK(yaml_fault_of("<<: {a: 1}\n").code == "bad-yaml");
  CHECK(yaml_fault_of("&a [*a]\n").code == "bad-yaml");
  CHECK(yaml_fault_of("a: [1, 2\nb: 3\n").code == "bad-yaml");
  CHECK(yaml_fault_of("a: {b: 1, b: 2}\n").code == "duplicate-key");
  CHECK(yaml_fault_of(std::string(100'000, '[')).code != "");
  CHECK(yaml_fault_of("[[[1]]]", {.depth = 2}).code == "too-deep");
}

TEST_CASE("a file that cannot be read is named", "[yaml]") {
  try {
    (void)read_document("no such file.yaml");
    FAIL("must throw");
  } catch (const policy_error& e) {
    CHECK(e.all().front().code == "no-file");
    CHECK(e.all().front().file == "no such file.yaml");
  }
}

TEST_CASE("the name of a file tells its format", "[yaml]") {
  std::ofstream("document.json") << "{\"a\": [1]}";
  std::ofstream("document.yaml") << "a: [1]";
  CHECK(read_document("document.json").root == read_document("document.yaml").root);
  std::ofstream("not.json") << "a: [1]";
  CHECK_THROWS_AS(read_document("not.json"), policy_error);
}

TEST_CASE("documents are found by name in their folders, and nowhere else", "[yaml]") {
  std::ofstream("shelf.yaml") << "a: [1]";
  const auto source = documents_in({"no such folder", "."});
  CHECK(source("shelf").root.find("a") != nullptr);
  CHECK(source("shelf").file.ends_with("shelf.yaml"));
  for (const auto* name : {"elf", "../work/shelf", "/etc/passwd", ""}) {
    CHECK_THROWS_AS(source(name), policy_error);
  }
}
