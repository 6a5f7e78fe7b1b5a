// SPDX-License-Identifier: BSL-1.0
#include "desk_schema.hpp"

#include <plaint/expr/program.hpp>

#include <catch.hpp>

#include <vector>

using namespace plaint;

TEST_CASE("a program tells what it reads", "[expr]") {
  const auto s = desk::attributes();
  const auto p = compile("owner == 'x' || reopened > 1 && in_state('closed') && reopened < 5", s);
  CHECK(p.reads() == std::vector<std::uint16_t>{*s.slot("reopened"), *s.slot("owner")});
  CHECK(p.states() == std::vector<std::uint16_t>{1});
  CHECK_FALSE(p.reads_attributes_only());
  CHECK(compile("has(owner)", s).reads_attributes_only());
  CHECK(p.text() == "owner == 'x' || reopened > 1 && in_state('closed') && reopened < 5");
}

TEST_CASE("a guard that is always the same says so", "[expr]") {
  const auto s = desk::attributes();
  CHECK(compile("1 < 2 || urgent", s).constant() == value(true));
  CHECK(compile("urgent && false", s).constant() == value(false));
  CHECK_FALSE(compile("urgent && true", s).constant());
  CHECK(program{}.constant() == value(true));
}

TEST_CASE("a row of tests is offered as such", "[expr]") {
  const auto s = desk::attributes();
  const auto p = compile(
      "3 > reopened && severity in ['minor', 'grave'] && !urgent && has(owner) && !has(amount) && amount != 1.5", s);
  REQUIRE(p.comparisons().size() == 6);
  CHECK(p.comparisons()[0].test == detail::relation::less);
  CHECK(p.comparisons()[0].bits == 3);
  CHECK(p.comparisons()[1].bits == 0b101);
  CHECK(p.comparisons()[2].bits == 0);
  CHECK(p.comparisons()[3].test == detail::relation::present);
  CHECK(p.comparisons()[4].test == detail::relation::missing);
  CHECK(compile("reopened < 3 || urgent", s).comparisons().empty());
  CHECK(compile("reopened < 3 && owner == 'x'", s).comparisons().empty());
}

TEST_CASE("copies of a program share it and are equal", "[expr]") {
  const auto s = desk::attributes();
  const auto p = compile("reopened < 3", s);
  const auto copy = p;
  CHECK(copy == p);
  CHECK(compile("reopened < 3", s) == p);
  CHECK_FALSE(compile("reopened < 4", s) == p);
  CHECK(program{} == program{});
}
