// SPDX-License-Identifier: BSL-1.0
#include "desk_schema.hpp"

#include <plaint/expr/limits.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <utility>

using namespace plaint;
using desk::faults_of;
using desk::value_of;

namespace {

std::string first_code(std::string_view text) {
  const auto all = faults_of(text);
  return all.empty() ? std::string() : all.front().code;
}

std::string repeated(std::string_view part, std::size_t times, std::string text = {}) {
  for (std::size_t i = 0; i < times; ++i) {
    text += part;
  }
  return text;
}

} // namespace

TEST_CASE("operators bind as CEL says", "[expr]") {
  CHECK(value_of("1 + 2 * 3").value == value(7));
  CHECK(value_of("(1 + 2) * 3").value == value(9));
  CHECK(value_of("10 - 4 - 3").value == value(3));
  CHECK(value_of("2 * 9 / 4 % 3").value == value(1));
  CHECK(value_of("1 + 1 == 2 && !false || false").value == value(true));
  CHECK(value_of("true || false && false").value == value(true));
  CHECK(value_of("false ? 1 : true ? 2 : 3").value == value(2));
  CHECK(value_of("-2 * -3").value == value(6));
  CHECK(value_of("----5").value == value(5));
  CHECK(value_of("!!!true").value == value(false));
  CHECK(value_of("1 in [1] == true").value == value(true));
}

TEST_CASE("numbers are read as CEL writes them", "[expr]") {
  CHECK(value_of("-9223372036854775808").value == value(std::numeric_limits<std::int64_t>::min()));
  CHECK(value_of("- 9223372036854775808").value == value(std::numeric_limits<std::int64_t>::min()));
  CHECK(value_of("0xfF").value == value(255));
  CHECK(value_of("-0x10").value == value(-16));
  CHECK(value_of(".5").value == value(0.5));
  CHECK(value_of("1e3").value == value(1000.0));
  CHECK(value_of("2.5E-1").value == value(0.25));
  CHECK(value_of("1e-999").value == value(0.0));
  CHECK(first_code("9223372036854775808") == "bad-literal");
  CHECK(first_code("0x1FFFFFFFFFFFFFFFF") == "bad-literal");
  CHECK(first_code("1e999") == "bad-literal");
  CHECK(first_code("1.") == "syntax");
  CHECK(first_code("12abc") == "syntax");
}

TEST_CASE("texts are read with every quote, prefix and escape", "[expr]") {
  CHECK(value_of(R"('it"s' + "it's")").value == value("it\"sit's"));
  CHECK(value_of("'''a\n'b''c'''").value == value("a\n'b''c"));
  CHECK(value_of(R"("""say "hi" twice""")").value == value("say \"hi\" twice"));
  CHECK(value_of(R"(r"\n" + R'\')").value == value("\\n\\"));
  CHECK(value_of(R"("\a\b\f\n\r\t\v\\\?\"\'\`")").value == value("\a\b\f\n\r\t\v\\?\"'`"));
  CHECK(value_of(R"("\x41\X42\103\u00e9\U0001F600")").value == value("ABC\xC3\xA9\xF0\x9F\x98\x80"));
  CHECK(value_of(R"(size("\xff"))").value == value(1)); // a code point, not a byte
  for (const auto* wrong :
       {R"("\ud800")", R"("\U00110000")", R"("\x4")", R"("\08")", R"("\q")", "\"a\nb\"", "'open", "\"\\"}) {
    CAPTURE(wrong);
    CHECK(first_code(wrong) == "syntax");
  }
  CHECK(first_code("\"\xFF\"") == "syntax");
}

TEST_CASE("comments and blanks part tokens", "[expr]") {
  CHECK(value_of("1 + // one\n\t 2 // two").value == value(3));
}

TEST_CASE("what CEL has and plaint has not is refused by name", "[expr]") {
  const std::vector<std::pair<std::string, std::string>> refused{
      {"{'a': 1}", "map literal"},
      {"Money{units: 1}", "message construction"},
      {"a.b.Money{}", "message construction"},
      {"counts.all(c, c > 0)", "macro `all`"},
      {"counts.exists(c, c > 0)", "macro `exists`"},
      {"counts.exists_one(c, c > 0)", "macro `exists_one`"},
      {"counts.map(c, c + 1)", "macro `map`"},
      {"counts.filter(c, c > 0)", "macro `filter`"},
      {"owner.matches('z.*')", "function `matches`"},
      {"matches(owner, 'z.*')", "function `matches`"},
      {"dyn(1)", "function `dyn`"},
      {"type(1)", "function `type`"},
      {"uint(1)", "function `uint`"},
      {"bytes('a')", "function `bytes`"},
      {"received.getFullYear()", "function `getFullYear`"},
      {"cel.bind(x, 1, x)", "function `cel.bind`"},
      {"optional.of(1)", "function `optional.of`"},
      {"1u", "uint literal"},
      {"0x1u", "uint literal"},
      {"b'a'", "bytes literal"},
      {"rb'a'", "bytes literal"},
      {"null", "`null`"},
      {"int", "type name `int`"},
      {".owner", "name with a leading point"},
      {"owner.?a", "optional selection `.?`"},
      {"counts[?0]", "optional index `[?`"},
  };
  for (const auto& [text, what] : refused) {
    CAPTURE(text);
    const auto all = faults_of(text);
    REQUIRE(all.size() == 1);
    CHECK(all[0].code == "outside-subset");
    CHECK(all[0].message == what + " is outside of plaint's subset of CEL");
  }
}

TEST_CASE("the check is as strict as CEL's checker without dyn", "[expr]") {
  for (const auto* wrong : {"1 == 1.0",
                            "1 + 1.0",
                            "[1, 'a']",
                            "[1, 2.0]",
                            "1 in ['a']",
                            "true ? 1 : 'a'",
                            "1 && true",
                            "!1",
                            "-'a'",
                            "-waited",
                            "1 % 2.0",
                            "1.0 % 2.0",
                            "'a' - 'b'",
                            "[1] - [1]",
                            "[1] < [2]",
                            "size(1)",
                            "1 in 'a'",
                            "owner.size",
                            "reopened.startsWith('a')",
                            "1 ? 2 : 3",
                            "counts['a']",
                            "1[0]",
                            "received + received",
                            "waited - received",
                            "duration(1)",
                            "int(true)",
                            "has(1)",
                            "has(reopened + 1)",
                            "event",
                            "actor",
                            "clock('answer')",
                            "clock(owner).due",
                            "size()",
                            "startsWith('a', 'b')",
                            "severity < 'minor'"}) {
    CAPTURE(wrong);
    CHECK(first_code(wrong) == "type-mismatch");
  }
  CHECK(value_of("1 < 1.5").value == value(true));
  CHECK(value_of("[] == [1]").value == value(false));
  CHECK(value_of("[[]] == [[1]]").value == value(false));
}

TEST_CASE("an enumeration is compared with the texts of its members", "[expr]") {
  CHECK(value_of("severity == 'severe'").value == value(true));
  CHECK(value_of("'minor' != severity").value == value(true));
  CHECK(value_of("severity in ['minor', 'grave']").value == value(false));
  CHECK(value_of("(urgent ? 'severe' : 'minor') == severity").value == value(true));
  CHECK(value_of("severity == owner").value == value(false));
  CHECK(value_of("severity + '!'").value == value("severe!"));
  CHECK(value_of("severity.startsWith('sev') && size(severity) == 6").value == value(true));
  const auto all = faults_of("severity == 'sever'");
  REQUIRE(all.size() == 1);
  CHECK(all[0].code == "unknown-member");
  CHECK(all[0].suggestion == "severe");
  CHECK(all[0].column == 13);
  CHECK(first_code("severity in ['minor', 'major']") == "unknown-member");
}

TEST_CASE("a value set into an enumeration is one of its members", "[expr]") {
  const auto sees = desk::attributes();
  const auto severity = sees.attributes[*sees.slot("severity")].type;
  CHECK(compute(compile("reopened > 3 ? 'grave' : 'minor'", sees, severity), {}).value.is_absent());
  CHECK(compute(compile("'grave'", sees, severity), {}).value == value(enum_member{2}));
  CHECK(faults_of("'gravy'", severity).at(0).suggestion == "grave");
  CHECK(faults_of("owner", severity).at(0).code == "type-mismatch");
  CHECK(faults_of("1", type::real()).at(0).code == "type-mismatch");
}

TEST_CASE("every fault is found in one pass, with its place and a near name", "[expr]") {
  const auto all = faults_of("urgnt && reopened > 'a'\n  || in_state('opem') && actor.role == 'leed'");
  REQUIRE(all.size() == 4);
  CHECK(to_string(all[0]) == R"(1:1: "urgnt" is not declared; did you mean "urgent"?)");
  CHECK(to_string(all[1]) == "1:19: `>` does not take int and string");
  CHECK(to_string(all[2]) == R"(2:15: there is no state "opem"; did you mean "open"?)");
  CHECK(to_string(all[3]) == R"(2:40: "leed" is nothing that actor.role can be; did you mean "lead"?)");
  CHECK_THROWS_AS(compile("urgnt", desk::attributes()), policy_error);
  CHECK(faults_of("\"\xC3\xA9\" == nobody").at(0).column == 8);
}

TEST_CASE("malformed text is one finding, never a crash", "[expr]") {
  for (const auto* wrong :
       {"",  "1 +",   "(1",    "1)",    "[1, 2", "a b",    "1 == ", "&& true", "f(1,)", "if",   "a.if(",
        "?", "1 ? 2", "x = 1", "a & b", "#",     "in [1]", "true.", ",",       "{1:",   "a.`b`"}) {
    CAPTURE(wrong);
    const auto all = faults_of(wrong);
    REQUIRE_FALSE(all.empty());
    CHECK(all.size() == 1);
  }
  CHECK(faults_of("reopened = 1").at(0).suggestion == "==");
}

TEST_CASE("what can only fail is refused, unless nothing needs it", "[expr]") {
  CHECK(first_code("1 / 0 == 1") == "always-fails");
  CHECK(faults_of("timestamp('yesterday') < received").at(0).code == "bad-literal");
  CHECK(faults_of("duration('1 day') < waited").at(0).code == "bad-literal");
  CHECK(faults_of("duration('1500ns') < waited").at(0).code == "bad-literal");
  const auto p = compile("urgent || 1 / 0 == 1", desk::attributes());
  REQUIRE(p.notes().size() == 1);
  CHECK(p.notes()[0].weight == severity::warning);
  CHECK(value_of("true || 1 / 0 == 1").value == value(true));
}

TEST_CASE("a reserved word of CEL is no name", "[expr]") {
  for (const auto* word : {"as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
                           "package", "namespace", "return", "var", "void", "while"}) {
    CHECK(first_code(word) == "syntax");
  }
}

TEST_CASE("nesting as deep as CEL asks for is read, deeper is refused", "[expr]") {
  CHECK(value_of(repeated("(", 32) + "7" + repeated(")", 32)).value == value(7));
  CHECK(value_of(repeated("-", 32) + "19").value == value(19));
  CHECK(value_of(repeated("!", 32) + "true").value == value(true));
  CHECK(value_of(repeated("[", 12) + "1" + repeated("]", 12) + repeated("[0]", 12)).value == value(1));
  CHECK(value_of(repeated("false || ", 500) + "true").value == value(true));
  CHECK(value_of(repeated("urgent && ", 500) + "urgent").value == value(true));
  CHECK(value_of(repeated("false ? 1 : ", 24) + "2").value == value(2));
  CHECK(value_of("3" + repeated(" - 3 + 3", 12)).value == value(3));
  for (const auto& deep :
       {repeated("(", 5000), repeated("[", 5000), repeated("-", 5000) + "x", repeated("!", 5000), repeated("f(", 5000),
        repeated("{1:", 5000), "1" + repeated(" + 1", 5000), "a" + repeated(".a", 5000), "a" + repeated("[0]", 5000),
        repeated(".", 5000), repeated("a ? b : ", 3000) + "c"}) {
    CHECK(first_code(deep) == "limit");
  }
}

TEST_CASE("sizes beyond the limits are refused before they cost anything", "[expr]") {
  CHECK(first_code(std::string(expression_limits::text + 1, ' ')) == "limit");
  CHECK(first_code("[" + repeated("1,", expression_limits::list + 1) + "]") == "limit");
  CHECK(first_code(repeated("1||", expression_limits::nodes) + "true") == "limit");
}

TEST_CASE("no text makes the compiler crash: mutations of real guards", "[expr]") {
  const std::vector<std::string> guards{
      R"(severity == "severe" && reopened < 3 || !has(owner_unset))",
      R"(clock("answer").remaining < duration("1h30m") ? in_state("open") : actor.role in ["lead"])",
      R"(received + waited < timestamp("2026-03-29T12:00:00Z") && size(tags + ["x"]) > 2 && counts[0] % 2 == 1)",
      R"(event.reason.contains('\u00e9') || event.count > 1.5e3 || [[1], []] == [[0x1f]])"};
  CHECK(rc::check("mutated guards", [&] {
    std::string text = *rc::gen::elementOf(guards);
    const auto times = *rc::gen::inRange(1, 6);
    for (int i = 0; i < times; ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
      const auto c = *rc::gen::oneOf(rc::gen::elementOf(std::string("()[]{}.,\"'\\&|!?:+-*/%<>= 0x1eu`")),
                                     rc::gen::arbitrary<char>());
      if (*rc::gen::arbitrary<bool>() || at == text.size()) {
        text.insert(at, 1, c);
      } else {
        text.erase(at, *rc::gen::inRange<std::size_t>(1, 8));
      }
    }
    const auto sees = desk::attributes();
    const auto values = initial_values(sees);
    findings all;
    const auto p = try_compile(text, sees, type::any(), all);
    RC_ASSERT(p.has_value() != has_error(all));
    scope seen;
    seen.attributes = values;
    if (p) {
      (void)compute(*p, seen);
    }
  }));
}
