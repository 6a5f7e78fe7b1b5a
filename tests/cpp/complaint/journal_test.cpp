// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/complaint/case_file.hpp>
#include <plaint/complaint/journal.hpp>

using namespace plaint;

TEST_CASE("record 0 of a journal is the opening, and every record is bound to the one before", "[complaint]") {
  const auto rules = hotline::rules();
  auto [file, opened] = open_file(rules, "C-1", hotline::event("", "2026-11-20T15:00:00Z", "customer"));
  REQUIRE(opened.accepted);
  REQUIRE(apply(rules, file,
                hotline::event("register", "2026-11-20T15:30:00Z", "hotline", "{ severity: minor, problem: noise }"))
              .accepted);
  auto j = file.journal;
  seal(j);
  REQUIRE(j.records.size() == 2);
  CHECK(j.records[0].previous.empty());
  CHECK(j.records[1].previous == j.records[0].seal);
  CHECK(j.records[1].states == std::vector<std::string>{"open"});
  CHECK(j.records[1].effects == std::vector<std::string>{"C-1/2/0"});
  CHECK(j.records[1].what.data.keys == std::vector<std::string>{"problem", "severity"});
  CHECK(head(j) == j.records[1].seal);
}

TEST_CASE("a rejected event and the passing of time leave no record", "[complaint]") {
  const auto rules = hotline::rules();
  auto file = open_file(rules, "C-1", hotline::event("", "2026-11-20T15:00:00Z", "customer")).file;
  CHECK_FALSE(apply(rules, file, hotline::event("answer", "2026-11-20T15:30:00Z", "lead")).accepted);
  CHECK(advance(rules, file, hotline::at("2026-11-24T00:00:00Z")).accepted);
  CHECK(file.journal.records.size() == 1);
}
