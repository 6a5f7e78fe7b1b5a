// SPDX-License-Identifier: BSL-1.0
#include <plaint/time/parsed.hpp>

#include <catch.hpp>

#include <string>

using namespace plaint;

TEST_CASE("what was read is the value or the reason why there is none", "[time]") {
  const parsed<std::string> good(std::string("text"));
  CHECK(good);
  CHECK(*good == "text");
  CHECK(good->size() == 4);
  CHECK(good.value_or_throw("bad-text") == "text");

  const parsed<std::string> bad(parse_fault{"digit required", 3});
  CHECK_FALSE(bad);
  CHECK(bad.fault() == parse_fault{"digit required", 3});
  CHECK(to_string(bad.fault()) == "digit required, at position 3");
}

TEST_CASE("a reason becomes one finding at the border", "[time]") {
  const parsed<int> bad(parse_fault{"digit required", 3});
  try {
    (void)bad.value_or_throw("bad-number");
    FAIL("must throw");
  } catch (const policy_error& error) {
    REQUIRE(error.all().size() == 1);
    CHECK(error.all()[0].code == "bad-number");
    CHECK(error.all()[0].message == "digit required, at position 3");
  }
}
