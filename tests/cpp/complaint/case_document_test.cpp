// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/complaint/case_document.hpp>

using namespace plaint;

TEST_CASE("a case file whose journal was changed is refused at the record", "[complaint]") {
  const auto rules = hotline::rules();
  auto file = random_case::run(rules, random_case::fixed_story());
  auto written = write_case(rules, file);
  CHECK(read_case(rules, written) == file);
  written.items[1].items[2].items[1].text = "object"; // the event's name
  try {
    (void)read_case(rules, written);
    FAIL("it was read");
  } catch (const policy_error& e) {
    CHECK(e.all().front().pointer == "/journal/2");
  }
  written = write_case(rules, file);
  written.items[1].items.pop_back();
  CHECK_THROWS_AS(read_case(rules, written), policy_error);
}
