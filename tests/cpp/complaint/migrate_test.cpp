// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/complaint/migrate.hpp>

using namespace plaint;

namespace {

/// The hotline with an answer due a day sooner.
policy sooner() {
  auto d = hotline::rules().definition();
  d.version = "2026.2";
  d.clocks[1].goals[1].goal = parse_goal("2 business days");
  return policy::compile(std::move(d));
}

} // namespace

TEST_CASE("a complaint that moves is measured anew where its clock has changed, and kept where it has not",
          "[complaint]") {
  const auto from = hotline::rules();
  const auto to = sooner();
  REQUIRE(check_migration(from, to).empty());
  const auto file = random_case::run(from, random_case::fixed_story());
  const auto moved = migrate(from, to, file);
  REQUIRE(moved.faults.empty());
  CHECK(moved.file.now.policy == to.reference());
  CHECK_FALSE(verify(to, moved.file.journal, &moved.file.now));
  REQUIRE_FALSE(moved.revisions.empty());
  for (const auto& r : moved.revisions) {
    CHECK(r.kind == "clock");
    CHECK(r.name == "answer");
    CHECK(r.because == to.reference());
  }
  CHECK(file.now.policy == from.reference());
}

TEST_CASE("a clock that is told to keep its due date keeps it", "[complaint]") {
  const auto from = hotline::rules();
  auto d = from.definition();
  d.version = "3";
  d.clocks[1].thresholds.pop_back();
  const auto to = policy::compile(std::move(d));
  const auto file = random_case::run(from, {random_case::fixed_story()[0], random_case::fixed_story()[1]});
  const auto moved = migrate(from, to, file, {.clocks = {{"answer", migration_mode::keep}}});
  REQUIRE(moved.faults.empty());
  CHECK(moved.file.now.clocks[1].latest()->due == file.now.clocks[1].latest()->due);
}

TEST_CASE("states that were renamed are mapped; what has nowhere to go is told", "[complaint]") {
  const auto from = hotline::rules();
  auto d = from.definition();
  d.version = "4";
  d.lifecycle.states[1].name = "working";
  d.lifecycle.states[0].transitions[0].targets = {"working"};
  d.lifecycle.states[2].transitions[0].targets = {"working"};
  d.clocks[1].start[0].name = "working";
  const auto to = policy::compile(std::move(d));
  CHECK(has_error(check_migration(from, to)));
  const migration_plan plan{.map = {.states = {{"open", "working"}}}};
  CHECK_FALSE(has_error(check_migration(from, to, plan)));
  const auto file = random_case::run(from, {random_case::fixed_story()[0], random_case::fixed_story()[1]});
  CHECK(has_error(migrate(from, to, file).faults));
  const auto moved = migrate(from, to, file, plan);
  REQUIRE(moved.faults.empty());
  CHECK(names_of(to.lifecycle(), moved.file.now.where).active == std::vector<std::string>{"working"});
}

TEST_CASE("a dry run tells what would move and changes nothing", "[complaint]") {
  const auto from = hotline::rules();
  std::vector<case_file> files{random_case::run(from, random_case::fixed_story()),
                               open_file(from, "C-2", random_case::fixed_story()[0]).file};
  const auto before = files;
  const auto seen = dry_run(from, sooner(), files);
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].complaint == "C-1");
  CHECK(files == before);
}
