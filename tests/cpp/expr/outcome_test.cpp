// SPDX-License-Identifier: BSL-1.0
#include <plaint/expr/outcome.hpp>

#include <catch.hpp>

#include <string>

using namespace plaint;

TEST_CASE("only yes enables", "[expr]") {
  STATIC_REQUIRE(outcome{truth::yes, fault::none});
  STATIC_REQUIRE_FALSE(outcome{truth::no, fault::none});
  STATIC_REQUIRE_FALSE(outcome{truth::unknown, fault::none});
  STATIC_REQUIRE_FALSE(outcome{truth::error, fault::overflow});
}

TEST_CASE("every fault has words of its own", "[expr]") {
  std::string before;
  for (const auto f : {fault::none, fault::overflow, fault::division_by_zero, fault::out_of_range, fault::no_such_item,
                       fault::bad_conversion, fault::too_long, fault::wrong_type}) {
    CHECK(to_string(f) != before + "?");
    CHECK((f == fault::none) == std::string(to_string(f)).empty());
    CHECK((before.empty() || before != to_string(f)));
    before = to_string(f);
  }
}
