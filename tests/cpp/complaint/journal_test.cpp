// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/complaint/case_file.hpp>
#include <plaint/complaint/journal.hpp>

#include <rapidcheck.h>

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

TEST_CASE("what is sealed and stored is the canonical text of a record as data", "[complaint]") {
  const auto rules = hotline::rules();
  CHECK(rc::check([&] {
    auto file = random_case::run(rules, random_case::story(*rc::gen::inRange(1, 20)));
    for (auto& r : file.journal.records) {
      r.what.actor.id = *rc::gen::string<std::string>();
      r.what.key = *rc::gen::string<std::string>();
    }
    seal(file.journal);
    for (const auto& r : file.journal.records) {
      const auto bare = canonical(detail::unsealed(file.journal, r));
      RC_ASSERT(r.seal == sha256_hex(bare));
      std::string written;
      detail::write_record(written, file.journal, r);
      RC_ASSERT(written == canonical(write_record(file.journal, r)));
    }
  }));
}
