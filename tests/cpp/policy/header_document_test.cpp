// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/io/yaml.hpp>
#include <plaint/policy/header_document.hpp>

using namespace plaint;

TEST_CASE("sources, dates and roles read back as they were written", "[policy]") {
  findings out;
  const auto doc = read_yaml(R"(
sources: { manual: { title: The manual, url: "https://example.org", confidence: V1, note: checked }, law: An act }
effective: { from: 2026-01-01, to: 2027-01-01, by: received_at }
roles: { customer: { class: customer, title: { en: Customer } }, lead: {}, unit: ~ }
)");
  const auto section = [&](const char* name) { return value_reader(*doc.root.find(name), "", out); };
  const auto sources = read_sources(section("sources"));
  const auto effective = read_effective(section("effective"));
  const auto roles = read_roles(section("roles"));
  REQUIRE(out.empty());
  CHECK(sources[1].title == "An act");
  CHECK(roles[0].side == actor_class::customer);
  CHECK(roles[2].side == actor_class::agent);
  const node written[] = {write_sources(sources), write_effective(effective), write_roles(roles)};
  CHECK(read_sources({written[0], "", out}) == sources);
  CHECK(read_effective({written[1], "", out}) == effective);
  CHECK(write_roles(read_roles({written[2], "", out})) == written[2]);
  CHECK(out.empty());
}

TEST_CASE("dates that end before they begin are refused", "[policy]") {
  findings out;
  const auto doc = read_yaml("{ from: 2027-01-01, to: 2026-01-01 }");
  (void)read_effective({doc.root, "/effective", out});
  REQUIRE(out.size() == 1);
  CHECK(out[0].code == "reversed-dates");
}
