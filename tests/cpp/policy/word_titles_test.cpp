// SPDX-License-Identifier: BSL-1.0
#include <plaint/io/yaml.hpp>
#include <plaint/policy/policy_document.hpp>
#include <plaint/policy/word_titles.hpp>

#include <catch.hpp>

using namespace plaint;

TEST_CASE("states and events get the titles of the dictionary unless they have their own", "[policy]") {
  findings out;
  const auto d = read_policy(read_yaml(R"(
plaint: 1
id: a
version: 1
titles:
  states: { lodged: { en: Lodged, zh: 已提出 }, closed: { en: Closed } }
  events: { close: { en: close it, zh: 结案 } }
lifecycle:
  states:
    lodged: { on: { close: closed } }
    closed: { title: The end }
)")
                                 .root,
                             out);
  REQUIRE(out.empty());
  CHECK(in_language(d.lifecycle.states[0].title, "zh") == "已提出");
  CHECK(in_language(d.lifecycle.states[0].transitions[0].title, "zh") == "结案");
  CHECK(in_language(d.lifecycle.states[1].title, "en") == "The end");
  REQUIRE(find_title(d.words, "states", "closed") != nullptr);
  CHECK(find_title(d.words, "events", "closed") == nullptr);
  CHECK(read_word_titles({write_word_titles(d.words), "", out}) == d.words);
}

TEST_CASE("a kind of word that does not exist is named", "[policy]") {
  findings out;
  const auto doc = read_yaml("{ state: { a: b } }");
  (void)read_word_titles({doc.root, "/titles", out});
  REQUIRE(out.size() == 1);
  CHECK(out[0].suggestion == "states");
}
