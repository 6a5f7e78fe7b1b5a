// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/complaint/caseworker.hpp>

#include <rapidcheck.h>

#include <string>
#include <vector>

using namespace plaint;

TEST_CASE("a caseworker leaves every case file as those do who handle one event only", "[complaint]") {
  const auto rules = hotline::rules();
  CHECK(rc::check([&] {
    caseworker worker(rules);
    std::vector<case_file> ours(3);
    std::vector<case_file> plain(3);
    std::vector<std::vector<event>> stories;
    for (std::size_t i = 0; i < ours.size(); ++i) {
      stories.push_back(random_case::story(*rc::gen::inRange(1, 20)));
      const auto id = "C-" + std::to_string(i);
      auto opened = open_file(rules, id, stories[i].front());
      RC_ASSERT(worker.open(ours[i], id, stories[i].front()) == opened.did);
      plain[i] = std::move(opened.file);
    }
    for (std::size_t event = 1; event < 20; ++event) { // in turns, so that each finds what others have left
      for (std::size_t i = 0; i < ours.size(); ++i) {
        if (event < stories[i].size()) {
          const auto& what = stories[i][event];
          RC_ASSERT(worker.apply(ours[i], what) == apply(rules, plain[i], what));
          const auto now = ours[i].now.last_at + duration{*rc::gen::inRange<std::int64_t>(0, 90'000'000'000)};
          RC_ASSERT(worker.advance(ours[i], now) == advance(rules, plain[i], now));
        }
        RC_ASSERT(ours[i] == plain[i]);
      }
    }
  }));
}

TEST_CASE("a caseworker hands over what the last step did", "[complaint]") {
  const auto rules = hotline::rules();
  caseworker worker(rules);
  case_file file;
  REQUIRE(worker.open(file, "C-1", hotline::event("", "2026-11-20T15:00:00Z", "customer")).accepted);
  REQUIRE_FALSE(worker.apply(file, hotline::event("answer", "2026-11-20T15:30:00Z", "lead")).accepted);
  progress refused;
  worker.hand_over(refused);
  CHECK_FALSE(refused.reasons.empty());
  CHECK(worker
            .apply(file,
                   hotline::event("register", "2026-11-20T15:30:00Z", "hotline", "{ severity: minor, problem: noise }"))
            .accepted);
  CHECK(file.journal.records.size() == 2);
  CHECK(worker.rules() == rules);
}
