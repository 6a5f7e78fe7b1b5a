// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/complaint/verify.hpp>

#include <rapidcheck.h>

using namespace plaint;

TEST_CASE("a journal run again leads to the same complaint, however the host polled", "[complaint]") {
  const auto rules = hotline::rules();
  CHECK(rc::check([&] {
    const auto story = random_case::story(*rc::gen::inRange(1, 60));
    auto file = open_file(rules, "C-1", story.front()).file;
    for (std::size_t i = 1; i < story.size(); ++i) {
      (void)advance(rules, file, file.now.last_at + duration{*rc::gen::inRange<std::int64_t>(0, 90'000'000'000)});
      const auto before = file;
      if (!apply(rules, file, story[i]).accepted) {
        RC_ASSERT(file == before);
      }
    }
    RC_ASSERT(!verify(rules, file.journal, &file.now));
    auto again = replay(rules, file.journal);
    RC_ASSERT(!again.fault);
    (void)advance(rules, again.file, file.now.last_at);
    RC_ASSERT(again.file.now == file.now);
    seal(file.journal);
    seal(again.file.journal);
    RC_ASSERT(again.file == file);
  }));
}

TEST_CASE("the first bad record of a journal is named", "[complaint]") {
  const auto rules = hotline::rules();
  auto good = random_case::run(rules, random_case::fixed_story()).journal;
  seal(good);
  REQUIRE(good.records.size() >= 4);
  REQUIRE_FALSE(verify(rules, good));
  const auto bad = [&](auto change) {
    auto j = good;
    change(j);
    return verify(rules, j).value_or(journal_fault{99, ""}).record;
  };
  CHECK(bad([](journal& j) { j.records[2].what.effective_at += duration{1}; }) == 2);
  CHECK(bad([](journal& j) { std::swap(j.records[1], j.records[2]); }) == 1);
  CHECK(bad([](journal& j) { j.records.erase(j.records.begin() + 1); }) == 1);
  CHECK(bad([](journal& j) { j.records[3].states = {"closed"}; }) == 3);
  CHECK(bad([](journal& j) { j.complaint = "C-2"; }) == 0);
  CHECK(bad([](journal& j) { j.policy += "0"; }) == 0);
  CHECK(bad([](journal& j) { j.records.clear(); }) == 0);
}

TEST_CASE("a record that was changed and sealed anew by itself is named, not the one behind it", "[complaint]") {
  const auto rules = hotline::rules();
  auto good = random_case::run(rules, random_case::fixed_story()).journal;
  seal(good);
  REQUIRE(good.records.size() >= 4);
  for (std::size_t which = 0; which + 2 < good.records.size(); ++which) {
    auto j = good;
    j.records[which].what.actor.id += "!"; // running it again can't tell
    j.records[which].seal.clear();
    seal(j);
    const auto fault = verify(rules, j);
    REQUIRE(fault);
    CHECK(fault->record == which);
  }
  auto j = good;
  j.records[2].previous = j.records[0].seal; // nobody vouches for this one
  j.records[2].seal = digest(detail::unsealed(j, j.records[2]));
  CHECK(verify(rules, j).value_or(journal_fault{99, ""}).record == 2);
}

TEST_CASE("a forged journal with fresh seals is found out by running it again", "[complaint]") {
  const auto rules = hotline::rules();
  auto good = random_case::run(rules, random_case::fixed_story());
  seal(good.journal);
  const auto forged = [&](auto change) {
    auto j = good.journal;
    change(j);
    for (auto& r : j.records) {
      r.seal.clear();
    }
    return verify(rules, j, &good.now).value_or(journal_fault{99, ""}).record;
  };
  CHECK(forged([](journal& j) { j.records[2].what.actor.role = "customer"; }) == 2);
  CHECK(forged([](journal& j) { j.records[2].effects.clear(); }) == 2);
  CHECK(forged([](journal& j) { j.records[1].states = {"answered"}; }) == 1);
  const auto last = good.journal.records.size() - 1;
  CHECK(forged([&](journal& j) { j.records.pop_back(); }) == last);
  CHECK(forged([&](journal& j) { j.records[last].what.effective_at -= duration{1}; }) ==
        last); // only the complaint tells
}
