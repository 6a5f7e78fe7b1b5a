// SPDX-License-Identifier: BSL-1.0
#include <plaint/expr/value.hpp>

#include <catch.hpp>

#include <limits>

using namespace plaint;

TEST_CASE("a value holds one kind and nothing of the others", "[expr]") {
  CHECK(value().is_absent());
  CHECK(value(true).is<bool>());
  CHECK(*value(7).get_if<std::int64_t>() == 7);
  CHECK(value("x").is<std::string>()); // not bool, though a pointer converts
  CHECK(value(instant{}).is<instant>());
  CHECK(value(duration{}).is<duration>());
  CHECK(value(7).get_if<double>() == nullptr);
}

TEST_CASE("values are equal if kind and content are", "[expr]") {
  CHECK(value() == value());
  CHECK_FALSE(value(1) == value(1.0));
  CHECK_FALSE(value(1) == value(true));
  CHECK_FALSE(value(instant{}) == value(duration{}));
  CHECK(value(value::list{1, "a"}) == value(value::list{1, "a"}));
  CHECK_FALSE(value(value::list{1, "a"}) == value(value::list{1, "b"}));
  const value nan(std::numeric_limits<double>::quiet_NaN());
  CHECK_FALSE(nan == nan);
}
