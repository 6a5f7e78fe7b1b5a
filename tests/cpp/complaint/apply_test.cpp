// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/complaint/apply.hpp>

#include <rapidcheck.h>

using namespace plaint;

namespace {

std::vector<std::string> codes(const progress& did) {
  std::vector<std::string> all;
  for (const auto& r : did.reasons) {
    all.push_back(r.kind);
  }
  return all;
}

complaint registered(const policy& rules) {
  return apply(rules, hotline::opened(rules),
               hotline::event("register", "2026-11-20T15:30:00Z", "hotline", "{ problem: noise }"))
      .complaint;
}

} // namespace

TEST_CASE("a complaint runs from receipt to silent closing", "[complaint]") {
  const auto rules = hotline::rules();
  auto c = registered(rules);
  CHECK(c.clocks[0].latest()->verdict() == verdict::met);
  CHECK(c.clocks[1].latest()->due == hotline::at("2026-11-25T15:30:00Z"));
  const auto answered = apply(rules, c, hotline::event("answer", "2026-11-25T15:30:00Z", "lead"));
  REQUIRE(answered.did.accepted);
  CHECK(answered.complaint.clocks[1].latest()->verdict() == verdict::met);
  REQUIRE(answered.did.effects.size() == 2); // the warning of the day before, noticed only now, and the notice
  CHECK(answered.did.effects[0].late_by == std::chrono::hours{24});
  const auto silent = advance(rules, answered.complaint, hotline::at("2026-12-11T00:00:00Z"));
  CHECK(silent.did.entered == std::vector<std::string>{"closed"});
  CHECK(silent.complaint.where.terminated);
  CHECK_FALSE(silent.did.next_wake_up);
}

TEST_CASE("an answer one microsecond late is missed, and the breach is at the due instant", "[complaint]") {
  const auto rules = hotline::rules();
  auto late = hotline::event("answer", "2026-11-25T15:30:00Z", "lead");
  late.effective_at += duration{1};
  const auto answered = apply(rules, registered(rules), late).complaint;
  CHECK(answered.clocks[1].latest()->verdict() == verdict::missed);
  CHECK(answered.clocks[1].latest()->breached(late.effective_at) == hotline::at("2026-11-25T15:30:00Z"));
}

TEST_CASE("every loop of objections opens a cycle of its own, until the guard ends it", "[complaint]") {
  const auto rules = hotline::rules();
  auto c = registered(rules);
  for (int day = 23; day <= 24; ++day) {
    c = apply(rules, c, hotline::event("answer", "2026-11-" + std::to_string(day) + "T10:00:00Z", "lead")).complaint;
    c = apply(rules, c, hotline::event("object", "2026-11-" + std::to_string(day) + "T11:00:00Z", "customer"))
            .complaint;
  }
  CHECK(c.clocks[1].cycles.size() == 3);
  c = apply(rules, c, hotline::event("answer", "2026-11-25T10:00:00Z", "lead")).complaint;
  CHECK(codes(apply(rules, c, hotline::event("object", "2026-11-25T11:00:00Z", "customer")).did) ==
        std::vector<std::string>{"guard-false"});
}

TEST_CASE("what an event gets wrong is told, all of it, and the complaint stays as it was", "[complaint]") {
  const auto rules = hotline::rules();
  const auto before = hotline::opened(rules);
  const auto refused = [&](const event& e) {
    const auto [after, did] = apply(rules, before, e);
    CHECK(after == before);
    CHECK_FALSE(did.accepted);
    return codes(did);
  };
  using list = std::vector<std::string>;
  CHECK(refused(hotline::event("register", "2026-11-20T15:30:00Z", "hotline")) == list{"missing-field"});
  CHECK(refused(hotline::event("register", "2026-11-20T15:30:00Z", "lead", "{ problem: x }")) == list{"role"});
  CHECK(refused(hotline::event("answer", "2026-11-20T15:30:00Z", "lead")) == list{"wrong-state"});
  CHECK(refused(hotline::event("shout", "2026-11-20T15:30:00Z", "lead")) == list{"unknown-event"});
  CHECK(refused(hotline::event("register", "2026-11-20T14:59:59Z", "hotline", "{ problem: x }")) ==
        list{"out-of-order"});
  CHECK(refused(hotline::event("register", "2026-11-20T15:30:00Z", "boss",
                               "{ severity: worst, problm: x, reopened: 7 }")) ==
        list{"bad-data", "unknown-field", "out-of-range", "unknown-role"});
  CHECK(refused(hotline::event("register", "2029-11-20T15:30:00Z", "hotline", "{ problem: x }")) ==
        list{"past-horizon"});
}

TEST_CASE("advancing in two strides is advancing in one", "[complaint]") {
  const auto rules = hotline::rules();
  const auto c = registered(rules);
  CHECK(rc::check([&] {
    const auto first = c.last_at + duration{*rc::gen::inRange<std::int64_t>(0, 3'000'000'000'000)};
    const auto second = first + duration{*rc::gen::inRange<std::int64_t>(0, 3'000'000'000'000)};
    auto one = advance(rules, c, second);
    auto half = advance(rules, c, first);
    auto two = advance(rules, half.complaint, second);
    RC_ASSERT(two.complaint == one.complaint);
    auto effects = half.did.effects;
    effects.insert(effects.end(), two.did.effects.begin(), two.did.effects.end());
    RC_ASSERT(effects.size() == one.did.effects.size());
    for (std::size_t i = 0; i < effects.size(); ++i) {
      RC_ASSERT(effects[i].key == one.did.effects[i].key);
      RC_ASSERT(effects[i].at == one.did.effects[i].at);
    }
  }));
}

TEST_CASE("a verdict does not depend on when somebody looked", "[complaint]") {
  const auto rules = hotline::rules();
  const auto c = registered(rules);
  CHECK(rc::check([&] {
    const auto answer_at = c.last_at + duration{*rc::gen::inRange<std::int64_t>(0, 800'000'000'000)};
    event answer{.name = "answer", .effective_at = answer_at, .recorded_at = answer_at, .actor = {.role = "lead"}};
    auto polled = c;
    for (int i = *rc::gen::inRange(0, 5); i > 0; --i) {
      const auto here = polled.last_at;
      polled = advance(rules, polled, here + (answer_at - here) / *rc::gen::inRange(1, 10)).complaint;
    }
    RC_ASSERT(apply(rules, polled, answer).complaint == apply(rules, c, answer).complaint);
  }));
}

TEST_CASE("nothing happens at the ends of the time line, which stand for never", "[complaint]") {
  const auto rules = hotline::rules();
  for (const auto at : {instant::max(), instant::min(), instant::max() - duration{1}}) {
    auto what = hotline::event("", "2026-11-20T15:00:00Z", "customer");
    what.effective_at = at;
    CHECK(open(rules, "C-1", what).did.reasons.front().kind == "bad-instant");
  }
  auto late = hotline::event("register", "2026-11-20T15:00:00Z", "hotline", "{ problem: noise }");
  late.effective_at = instant::max();
  CHECK(apply(rules, hotline::opened(rules), late).did.reasons.front().kind == "bad-instant");
}
