// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/analysis/case_graph.hpp>
#include <plaint/lifecycle/lifecycle_builder.hpp>

using namespace plaint;
using make = lifecycle_builder;

TEST_CASE("counters with a declared maximum are followed to their end", "[analysis][case_graph]") {
  schema sees;
  sees.add({.name = "tries", .type = type::integer(), .initial = 0, .least = 0, .most = 3});
  const auto in = compile(
      make::lifecycle("open", {make::state("open", {make::on("again").to("open").set("tries", "tries + 1")})}), sees);
  const case_graph cases(in);
  CHECK(cases.complete());
  CHECK_FALSE(cases.approximate());
  CHECK(cases.node_count() == 5); // not yet opened, and tries from 0 to 3
  CHECK(cases.moves().size() == 4);
}

TEST_CASE("a value that nobody asks for makes no difference", "[analysis][case_graph]") {
  schema sees;
  sees.add({.name = "note", .type = type::string()});
  const auto in = compile(
      make::lifecycle("open", {make::state("open", {make::on("close").to("closed")}), make::final_state("closed")}),
      sees);
  CHECK(case_graph(in).node_count() == 3);
}

TEST_CASE("what the limits leave out is said", "[analysis][case_graph]") {
  schema sees;
  sees.add({.name = "tries", .type = type::integer(), .initial = 0, .least = 0, .most = 3});
  const auto in = compile(
      make::lifecycle("open", {make::state("open", {make::on("again").to("open").set("tries", "tries + 1")})}), sees);
  CHECK_FALSE(case_graph(in, {.nodes = 2}).complete());
}

TEST_CASE("a move says who can make it", "[analysis][case_graph]") {
  std::vector<role_definition> roles{{.name = "lead"}, {.name = "customer", .side = actor_class::customer}};
  const auto in =
      compile(make::lifecycle("open", {make::state("open", {make::on("close").to("closed").by({"lead"}),
                                                            make::on("withdraw").to("closed").by({"customer"})}),
                                       make::final_state("closed")}),
              {}, roles);
  const case_graph cases(in);
  for (const auto& m : cases.moves()) {
    if (m.event != no_id) {
      CHECK(m.customer_only == (in.event_name(m.event) == "withdraw"));
      CHECK(cases.group(m).who.count() == 1);
    }
  }
}
