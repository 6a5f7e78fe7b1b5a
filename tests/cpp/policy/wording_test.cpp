// SPDX-License-Identifier: BSL-1.0
#include <plaint/io/yaml.hpp>
#include <plaint/policy/wording.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <string>

using namespace plaint;

namespace {

const std::vector<wording_rule>& rules() {
  static const auto all = [] {
    findings out;
    auto read = read_wording({read_yaml(R"(
price: { language: zh, any: [一分钱一分货], why: 贬低客户, instead: 我们来核实。 }
unclear: { language: zh, any: [我不知道, 不清楚], but_not: [不清楚的地方], why: 推脱 }
policy: { language: en, any: ["that is… our policy"], why: hides behind a rule, instead: say why the rule is there }
sorry: { any: [sorry, apologise], at_least: 3, unless: [refund], weight: warning, why: only apologies }
)")
                                  .root,
                              "", out});
    REQUIRE(out.empty());
    return read;
  }();
  return all;
}

std::vector<std::string> told(const std::string& text, std::string_view language = {}) {
  std::vector<std::string> all;
  for (const auto& f : lint_text(text, rules(), language)) {
    all.push_back(f.code + " " + std::to_string(f.line) + ":" + std::to_string(f.column));
  }
  return all;
}

using words = std::vector<std::string>;

} // namespace

TEST_CASE("punctuation, full width and line breaks hide no forbidden phrase", "[policy]") {
  CHECK(told("您好:一分钱,一分货。") == words{"price 1:4"});
  CHECK(told("您好\n一分钱,\n一分货") == words{"price 2:1"});
  CHECK(told("一分钱十分货").empty());
  CHECK(told("THAT'S fine, but that is simply Our   POLICY.") == words{"policy 1:18"});
  CHECK(told("that is ourpolicy").empty());
}

TEST_CASE("a phrase is fine where its meaning is another one", "[policy]") {
  CHECK(told("如有不清楚的地方,请联系我们") == words{});
  CHECK(told("这个我不清楚") == words{"unclear 1:4"});
}

TEST_CASE("a rule may need a phrase several times, and be silenced by what makes it good", "[policy]") {
  CHECK(told("Sorry. We are sorry.").empty());
  CHECK(told("Sorry. We are sorry. We apologise.") == words{"sorry 1:1"});
  CHECK(told("Sorry. We are sorry. We apologise; your refund is on its way.").empty());
}

TEST_CASE("a language asks its own rules and those for every language", "[policy]") {
  CHECK(told("我不知道. that is our policy", "en") == words{"policy 1:7"});
  CHECK(told("我不知道. that is our policy", "zh") == words{"unclear 1:1"});
  CHECK(lint_text("一分钱一分货", rules()).front().suggestion == "我们来核实。");
}

TEST_CASE("a phrase without words, or with too many gaps, is refused", "[policy]") {
  findings out;
  const auto doc = read_yaml(R"({ a: { any: ["!!"], why: x }, b: { any: ["a…b…c…d…e"], why: x }, c: { any: [a] } })");
  (void)read_wording({doc.root, "", out});
  REQUIRE(out.size() == 3);
  CHECK(out[0].code == "bad-phrase");
  CHECK(out[1].code == "bad-phrase");
  CHECK(out[2].code == "missing");
}

TEST_CASE("no text can break the lint, and its places lie in the text", "[policy][property]") {
  CHECK(rc::check("any bytes", [](const std::string& text) {
    for (const auto& f : lint_text(text + "一分钱一分货", rules())) {
      RC_ASSERT(f.line >= 1);
      RC_ASSERT(f.line <= 1 + std::count(text.begin(), text.end(), '\n'));
      RC_ASSERT(f.column >= 1);
    }
  }));
}
