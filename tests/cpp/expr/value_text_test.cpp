// SPDX-License-Identifier: BSL-1.0
#include <plaint/expr/compile.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/expr/value_text.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <chrono>
#include <cmath>
#include <string>

using namespace plaint;

TEST_CASE("values read as an expression would write them", "[expr]") {
  const auto severity = type::enumeration({"minor", "severe"});
  CHECK(to_text(value(), severity) == "absent");
  CHECK(to_text(enum_member{1}, severity) == "\"severe\"");
  CHECK(to_text(2.0, type::real()) == "2.0");
  CHECK(to_text("a\"b\\c\n\x01", type::string()) == R"("a\"b\\c\n\x01")");
  CHECK(to_text(value::list{1, 2}, type::list(type::integer())) == "[1, 2]");
  CHECK(to_text(duration(-1'500'000), type::duration()) == R"(duration("-1.5s"))");
  CHECK(to_text(instant(duration(250'000)), type::timestamp()) == R"(timestamp("1970-01-01T00:00:00.25Z"))");
}

TEST_CASE("what is written compiles back to the same value", "[expr]") {
  const auto same = [](const value& v, const type& t) {
    RC_ASSERT(compute(compile(to_text(v, t), schema{}, t), scope{}).value == v);
  };
  CHECK(rc::check("ints", [&](std::int64_t i) { same(i, type::integer()); }));
  CHECK(rc::check("doubles", [&](double d) { same(d, type::real()); }));
  CHECK(rc::check("texts",
                  [&] { same(*rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127)), type::string()); }));
  CHECK(rc::check("durations", [&] {
    same(duration(*rc::gen::inRange<std::int64_t>(-9'000'000'000'000'000, 9'000'000'000'000'000)), type::duration());
  }));
  CHECK(rc::check("instants", [&] {
    same(instant(duration(*rc::gen::inRange<std::int64_t>(-62'135'596'800'000'000, 253'402'300'799'999'999))),
         type::timestamp());
  }));
  CHECK(rc::check("lists", [&](const std::vector<std::int64_t>& all) {
    value::list items(all.begin(), all.end());
    RC_PRE(!items.empty());
    same(items, type::list(type::integer()));
  }));
}
