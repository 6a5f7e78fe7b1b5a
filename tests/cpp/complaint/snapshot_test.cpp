// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/complaint/case_document.hpp>
#include <plaint/complaint/snapshot.hpp>
#include <plaint/io/json.hpp>

#include <rapidcheck.h>

#include <random>

using namespace plaint;

namespace {

std::vector<std::string> faults_of(const policy& by, const node& written) {
  try {
    (void)read_snapshot(by, written);
  } catch (const policy_error& e) {
    std::vector<std::string> codes;
    for (const auto& f : e.all()) {
      codes.push_back(f.code);
    }
    return codes;
  }
  return {};
}

/// The snapshot with a fresh seal, as somebody would make it who knows how.
node sealed(node written) {
  written.keys.pop_back();
  written.items.pop_back();
  written.add("seal", node::text_of(digest(written)));
  return written;
}

} // namespace

TEST_CASE("a complaint that was stored goes on as if it had never been", "[complaint]") {
  const auto rules = hotline::rules();
  CHECK(rc::check([&] {
    const auto story = random_case::story(*rc::gen::inRange(1, 40));
    const auto stored_after = *rc::gen::inRange<std::size_t>(0, story.size());
    auto kept = open(rules, "C-1", story.front()).complaint;
    for (std::size_t i = 1; i < story.size(); ++i) {
      const auto direct = apply(rules, kept, story[i]);
      if (i == stored_after) {
        auto restored = read_snapshot(rules, read_json(canonical(write_snapshot(rules, kept))).root);
        RC_ASSERT(restored == kept);
        RC_ASSERT(apply(rules, std::move(restored), story[i]).complaint == direct.complaint);
      }
      kept = direct.complaint;
    }
  }));
}

TEST_CASE("a snapshot with its journal takes late facts like the complaint it was made of", "[complaint]") {
  auto d = hotline::rules().definition();
  d.late_facts.within = std::chrono::days{30};
  const auto rules = policy::compile(std::move(d));
  auto file = random_case::run(rules, random_case::fixed_story());
  auto restored = read_case(rules, read_json(canonical(write_case(rules, file))).root);
  CHECK(restored == file);
  const auto late = hotline::event("answer", "2026-11-21T10:00:00Z", "lead");
  CHECK(apply(rules, restored, late) == apply(rules, file, late));
  auto alone = read_case(rules, write_snapshot(rules, file.now));
  CHECK(alone.now == file.now);
  CHECK(apply(rules, alone, late).reasons.front().kind == "no-journal");
}

TEST_CASE("a snapshot of another policy, of a newer version, or with names that are not known is refused",
          "[complaint]") {
  const auto rules = hotline::rules();
  const auto good = write_snapshot(rules, random_case::run(rules, random_case::fixed_story()).now);
  REQUIRE(faults_of(rules, good).empty());
  const auto with = [&](const char* name, node held) {
    auto other = good;
    for (std::size_t i = 0; i < other.keys.size(); ++i) {
      if (other.keys[i] == name) {
        other.items[i] = std::move(held);
      }
    }
    return other;
  };
  using list = std::vector<std::string>;
  CHECK(faults_of(rules, with("sequence", node::integer_of(9))) == list{"bad-seal"});
  CHECK(faults_of(rules, sealed(with("policy", node::text_of("other@1#00")))) == list{"other-policy"});
  CHECK(faults_of(rules, sealed(with("snapshot", node::integer_of(2)))) == list{"out-of-range"});
  node somewhere = node::mapping_of();
  somewhere.add("active", node::sequence_of()).push(node::text_of("opne"));
  somewhere.add("remembered", node::mapping_of());
  CHECK(faults_of(rules, sealed(with("where", somewhere))).front() == "unknown-state");
  CHECK_FALSE(faults_of(rules, node{}).empty());
}

TEST_CASE("flipped, cut and reordered snapshots are refused, or they are what they were", "[complaint]") {
  const auto rules = hotline::rules();
  const auto kept = random_case::run(rules, random_case::fixed_story()).now;
  const auto text = canonical(write_snapshot(rules, kept));
  std::mt19937 random(7);
  const auto place = [&](std::size_t size) { return std::uniform_int_distribution<std::size_t>(0, size - 1)(random); };
  for (int i = 0; i < 2000; ++i) {
    auto other = text;
    if (i % 2 == 0) {
      other[place(other.size())] = static_cast<char>(place(256));
    } else {
      other.erase(place(other.size()), 1 + place(40));
    }
    try {
      const auto read = read_snapshot(rules, read_json(other).root);
      REQUIRE(read == kept);
    } catch (const policy_error&) {
    }
  }
}
