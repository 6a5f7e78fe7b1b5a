// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/complaint/case_file.hpp>
#include <plaint/complaint/verify.hpp>

#include <rapidcheck.h>

using namespace plaint;

namespace {

case_file registered_file(const policy& rules) {
  auto file = open_file(rules, "C-1", hotline::event("", "2026-11-20T15:00:00Z", "customer")).file;
  REQUIRE(
      apply(rules, file, hotline::event("register", "2026-11-20T15:30:00Z", "hotline", "{ problem: noise }")).accepted);
  return file;
}

policy forgiving(std::vector<std::string> by = {}) {
  auto d = hotline::rules().definition();
  d.late_facts = {.within = std::chrono::days{10}, .by = std::move(by)};
  return policy::compile(std::move(d));
}

} // namespace

TEST_CASE("the same event twice is one event", "[complaint]") {
  const auto rules = hotline::rules();
  auto file = registered_file(rules);
  auto answer = hotline::event("answer", "2026-11-23T10:00:00Z", "lead");
  answer.key = "msg-1";
  const auto first = apply(rules, file, answer);
  REQUIRE(first.accepted);
  const auto before = file;
  answer.recorded_at = hotline::at("2026-11-23T11:00:00Z"); // a retry is recorded later
  const auto again = apply(rules, file, answer, {.expected_sequence = 2});
  CHECK(again.accepted);
  CHECK(again.repeated);
  CHECK(again.sequence == first.sequence);
  CHECK(again.effects.empty());
  CHECK(file == before);
  answer.effective_at = hotline::at("2026-11-23T12:00:00Z");
  CHECK(apply(rules, file, answer).reasons.front().kind == "key-reused");
}

TEST_CASE("who expects another sequence is refused", "[complaint]") {
  const auto rules = hotline::rules();
  auto file = registered_file(rules);
  const auto answer = hotline::event("answer", "2026-11-23T10:00:00Z", "lead");
  CHECK(apply(rules, file, answer, {.expected_sequence = 1}).reasons.front().kind == "stale");
  CHECK(apply(rules, file, answer, {.expected_sequence = 2}).accepted);
}

TEST_CASE("an event from before a poll at which nothing fell due is no late fact", "[complaint]") {
  const auto rules = hotline::rules();
  auto file = registered_file(rules);
  (void)advance(rules, file, hotline::at("2026-11-23T10:00:00Z"));
  CHECK(apply(rules, file, hotline::event("answer", "2026-11-23T09:59:00Z", "lead")).accepted);
  CHECK(file.now.last_at == hotline::at("2026-11-23T10:00:00Z"));
}

TEST_CASE("a letter received on Tuesday and entered on Friday mends the verdict and takes back the alarm",
          "[complaint]") {
  const auto rules = forgiving();
  auto file = registered_file(rules); // to be answered by Wednesday 25 November, 15:30
  const auto late = advance(rules, file, hotline::at("2026-11-27T09:00:00Z"));
  REQUIRE(late.effects.size() == 2); // the warning and the escalation
  auto letter = hotline::event("answer", "2026-11-24T10:00:00Z", "lead");
  letter.recorded_at = hotline::at("2026-11-27T09:00:00Z");
  const auto did = apply(rules, file, letter);
  REQUIRE(did.accepted);
  REQUIRE(did.effects.size() == 3);
  CHECK(did.effects[0].kind == "retract");
  CHECK(did.effects[0].parameters.find("retract")->text == late.effects[0].key);
  CHECK(did.effects[1].parameters.find("retract")->text == late.effects[1].key);
  CHECK(did.effects[2].kind == "notice");
  std::vector<std::string> revised;
  for (const auto& r : did.revisions) {
    revised.push_back(r.kind + " " + r.name);
    CHECK(r.because == "answer (3)");
  }
  CHECK(revised == std::vector<std::string>{"state ", "clock answer"});
  CHECK(did.revisions[1].before.find("verdict")->text == "running");
  CHECK(did.revisions[1].after.find("verdict")->text == "met");
  CHECK_FALSE(verify(rules, file.journal, &file.now));
}

TEST_CASE("a late objection reopens what silence had closed", "[complaint]") {
  const auto rules = forgiving();
  auto file = registered_file(rules);
  REQUIRE(apply(rules, file, hotline::event("answer", "2026-11-24T10:00:00Z", "lead")).accepted);
  (void)advance(rules, file, hotline::at("2026-12-10T00:00:00Z"));
  REQUIRE(file.now.where.terminated);
  CHECK(apply(rules, file, hotline::event("object", "2026-12-08T10:00:00Z", "customer")).accepted);
  CHECK_FALSE(file.now.where.terminated);
  CHECK_FALSE(verify(rules, file.journal, &file.now));
}

TEST_CASE("late facts have a limit, may be for some roles only, and may not undo what was accepted", "[complaint]") {
  auto file = registered_file(forgiving());
  (void)advance(forgiving(), file, hotline::at("2026-12-10T00:00:00Z"));
  const auto before = file;
  const auto kind = [&](const policy& rules, const event& e) {
    auto copy = file;
    copy.now.policy = copy.journal.policy = rules.reference();
    const auto did = apply(rules, copy, e);
    CHECK(copy.now.sequence == before.now.sequence);
    return did.accepted ? "accepted" : did.reasons.front().kind;
  };
  CHECK(kind(forgiving(), hotline::event("answer", "2026-11-24T10:00:00Z", "lead")) == "too-far-back");
  CHECK(kind(hotline::rules(), hotline::event("answer", "2026-11-24T10:00:00Z", "lead")) == "out-of-order");
  CHECK(kind(forgiving(), hotline::event("answer", "2026-11-20T14:00:00Z", "lead")) == "out-of-order");
  file = registered_file(forgiving());
  (void)advance(forgiving(), file, hotline::at("2026-11-30T00:00:00Z"));
  CHECK(kind(forgiving({"hotline"}), hotline::event("answer", "2026-11-24T10:00:00Z", "lead")) == "role");
  const auto rules = forgiving();
  file = registered_file(rules);
  REQUIRE(apply(rules, file, hotline::event("answer", "2026-11-24T10:00:00Z", "lead")).accepted);
  CHECK(apply(rules, file, hotline::event("answer", "2026-11-23T10:00:00Z", "lead")).reasons.front().kind ==
        "conflict");
}

TEST_CASE("facts that come late, in any order, lead to what they would have led to in time", "[complaint]") {
  const auto rules = forgiving();
  CHECK(rc::check([&] {
    const auto story = random_case::story(*rc::gen::inRange(2, 40));
    auto in_time = open_file(rules, "C-1", story.front()).file;
    std::vector<event> taken;
    for (std::size_t i = 1; i < story.size(); ++i) {
      if (apply(rules, in_time, story[i]).accepted) {
        taken.push_back(story[i]);
      }
    }
    auto late = open_file(rules, "C-1", story.front()).file;
    std::vector<event> waiting;
    const auto enter = [&](const event& e) { return apply(rules, late, e).accepted; };
    for (const auto& e : taken) { // some wait until the next one was entered
      if (*rc::gen::inRange(0, 3) == 0 || !enter(e)) {
        waiting.push_back(e);
        continue;
      }
      (void)advance(rules, late, e.effective_at + duration{*rc::gen::inRange<std::int64_t>(0, 3'600'000'000)});
      std::erase_if(waiting, enter);
    }
    std::erase_if(waiting, enter);
    RC_ASSERT(!verify(rules, late.journal, &late.now));
    if (waiting.empty()) {
      const auto end = std::max(late.now.last_at, in_time.now.last_at);
      (void)advance(rules, late, end);
      (void)advance(rules, in_time, end);
      RC_ASSERT(late.now.where == in_time.now.where);
      RC_ASSERT(late.now.attributes == in_time.now.attributes);
      RC_ASSERT(late.now.clocks == in_time.now.clocks);
    }
  }));
}
