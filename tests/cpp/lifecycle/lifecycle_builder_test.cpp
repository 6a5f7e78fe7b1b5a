// SPDX-License-Identifier: BSL-1.0
#include <plaint/lifecycle/lifecycle_builder.hpp>
#include <plaint/lifecycle/lifecycle_document.hpp>

#include <catch.hpp>

using make = plaint::lifecycle_builder;

TEST_CASE("a table in C++ says the same as the document", "[lifecycle]") {
  const auto built = make::lifecycle(
      "open",
      {
          make::state("open", {make::on("close")
                                   .to("closed")
                                   .by({"agent"})
                                   .when("n > 0")
                                   .require({"cause"})
                                   .set("n", "n + 1")
                                   .perform("notice", "final")}),
          make::compound("work", "first",
                         {make::state("first", {make::on("next").to("second").internal()}), make::state("second"),
                          make::shallow_history("again", "first")}),
          make::parallel("both", {make::state("one"), make::state("two")}, {make::always().to("open").when("n > 5")}),
          make::state("closed", {make::on("reopen").to("open").within("30 days").reasons({"new_fact"}),
                                 make::after("1h").to("end").raise("gone")}),
          make::final_state("end"),
      });
  CHECK(
      plaint::canonical(plaint::write_lifecycle(built)) ==
      R"({"initial":"open","states":{"open":{"on":{"close":{"target":"closed","by":"agent","guard":"n > 0","require":"cause",)"
      R"("set":{"n":"n + 1"},"do":[{"notice":"final"}]}}},"work":{"initial":"first","states":{"first":{"on":{"next":{"target":"second",)"
      R"("internal":true}}},"second":{},"again":{"type":"history","target":"first"}}},"both":{"type":"parallel","always":{"target":"open",)"
      R"("guard":"n > 5"},"states":{"one":{},"two":{}}},"closed":{"on":{"reopen":{"target":"open","reasons":"new_fact","within":"30 days"}},)"
      R"("after":{"1h":{"target":"end","raise":"gone"}}},"end":{"type":"final"}}})");
}
