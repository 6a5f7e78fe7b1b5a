// SPDX-License-Identifier: BSL-1.0
#include <plaint/expr/type.hpp>

#include <catch.hpp>

#include <string>

using namespace plaint;

TEST_CASE("a type and its text form mean each other", "[expr]") {
  for (const auto* text : {"bool", "int", "double", "string", "timestamp", "duration", "list(int)",
                           "list(list(string))", "enum(minor, severe)", "list(enum(a, b))"}) {
    CAPTURE(text);
    const auto read = parse_type(text);
    REQUIRE(read);
    CHECK(to_string(*read) == text);
    CHECK(parse_type(to_string(*read)) == *read);
  }
  CHECK(parse_type("enum( a ,b )") == type::enumeration({"a", "b"}));
}

TEST_CASE("what is no type is refused, however deep it goes", "[expr]") {
  std::string deep;
  for (int i = 0; i < 100000; ++i) {
    deep += "list(";
  }
  for (const auto& text : {std::string(), std::string("any"), std::string("text"), std::string("list()"),
                           std::string("list(int"), std::string("enum()"), std::string("enum(a, a)"),
                           std::string("enum(a,)"), deep, deep + std::string(100000, ')')}) {
    CHECK_FALSE(parse_type(text));
  }
}

TEST_CASE("enumerations are equal by their names in order", "[expr]") {
  CHECK(type::enumeration({"a", "b"}) == type::enumeration({"a", "b"}));
  CHECK_FALSE(type::enumeration({"a", "b"}) == type::enumeration({"b", "a"}));
  CHECK(type::enumeration({"a", "b"}).member("b") == 1);
  CHECK_FALSE(type::enumeration({"a", "b"}).member("c"));
  CHECK_FALSE(type::list(type::integer()) == type::list(type::real()));
  CHECK(type::list(type::integer()).item() == type::integer());
  CHECK(type::integer().item() == type::any());
}
