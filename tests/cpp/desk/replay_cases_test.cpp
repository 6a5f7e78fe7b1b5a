// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/desk/replay_cases.hpp>

#include <rapidcheck.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace plaint;

namespace {

/// A log that owns its columns.
struct recorded {
  std::vector<std::uint32_t> owner{};
  std::vector<std::int32_t> event{};
  std::vector<std::int64_t> at{};
  std::vector<std::int32_t> role{};
  std::vector<std::int32_t> problem{};  ///< by event
  std::vector<std::int32_t> severity{}; ///< by case

  static constexpr const char* names[] = {"register", "answer", "object", "shout"};
  static constexpr const char* roles[] = {"hotline", "lead", "customer"};

  void open(instant when, std::int32_t how_bad = 1) {
    owner.push_back(severity.empty() ? 0 : owner.back() + 1);
    severity.push_back(how_bad);
    add(-1, when, 2);
  }
  void happens(std::int32_t what, instant when, std::int32_t who, std::int32_t about = -1) {
    owner.push_back(owner.back());
    add(what, when, who, about);
  }

  [[nodiscard]] case_log log(std::optional<instant> as_of = {}, duration slack = {}) const {
    case_log all{.cases = severity.size(),
                 .owner = owner,
                 .event = event,
                 .at = at,
                 .event_names = {std::begin(names), std::end(names)},
                 .role_names = {std::begin(roles), std::end(roles)},
                 .role = role,
                 .as_of = as_of,
                 .slack = slack};
    all.attributes.push_back({"severity", category_column{severity, {"minor", "severe"}}});
    all.data.push_back({"problem", category_column{problem, {"noise", "smell", std::string(201, 'x')}}});
    return all;
  }

private:
  void add(std::int32_t what, instant when, std::int32_t who, std::int32_t about = -1) {
    event.push_back(what);
    at.push_back(when.time_since_epoch().count());
    role.push_back(who);
    problem.push_back(about);
  }
};

/// What `open`, `apply` and `advance` make of one case.
void check_alone(const policy& rules, const recorded& from, const case_outcomes& bulk, std::uint32_t which,
                 instant as_of) {
  complaint c{};
  std::uint32_t accepted = 0;
  bool opened = false;
  for (std::size_t i = 0; i < from.event.size(); ++i) {
    if (from.owner[i] != which) {
      continue;
    }
    node data = node::mapping_of();
    if (from.event[i] < 0) {
      data.add("severity", node::text_of(from.severity[which] == 0 ? "minor" : "severe"));
    } else if (from.problem[i] >= 0) {
      data.add("problem", node::text_of(from.problem[i] == 2   ? std::string(201, 'x')
                                        : from.problem[i] == 1 ? "smell"
                                                               : "noise"));
    }
    const instant when(duration{from.at[i]});
    event e{.effective_at = when, .recorded_at = when, .actor = {.role = recorded::roles[from.role[i]]}, .data = data};
    if (from.event[i] < 0) {
      auto [made, did] = open(rules, "", e);
      opened = did.accepted;
      c = made;
    } else if (opened) {
      e.name = recorded::names[from.event[i]];
      auto [after, did] = apply(rules, c, e);
      accepted += did.accepted ? 1 : 0;
      c = after;
    }
  }
  if (!opened) {
    RC_ASSERT(bulk.state[which] == case_outcomes::never_opened);
    return;
  }
  c = advance(rules, c, as_of).complaint;
  RC_ASSERT(bulk.accepted[which] == accepted);
  RC_ASSERT(bulk.state[which] == rules.lifecycle().leaves(c.where).front());
  for (std::size_t k = 0; k < rules.named_clocks(); ++k) {
    const auto& column = bulk.clocks[k];
    const auto* cycle = c.clocks[k].latest();
    RC_ASSERT((cycle == nullptr) == (column.outcome[which] == clock_outcome::none));
    if (cycle == nullptr) {
      RC_ASSERT(column.due[which] == no_instant);
      continue;
    }
    RC_ASSERT(column.started[which] == cycle->started.time_since_epoch().count());
    RC_ASSERT(column.due[which] == cycle->due.time_since_epoch().count());
    RC_ASSERT((column.stopped[which] == no_instant) == cycle->running());
    const auto breached = cycle->breached(c.last_at);
    RC_ASSERT((breached ? breached->time_since_epoch().count() : no_instant) == column.breached[which]);
    RC_ASSERT((column.outcome[which] == clock_outcome::met) == (cycle->verdict() == verdict::met));
    RC_ASSERT((column.outcome[which] == clock_outcome::missed) == (cycle->verdict() == verdict::missed));
  }
}

std::string why(const case_outcomes& all, std::size_t n) {
  return std::string(all.refused.why(n));
}

} // namespace

TEST_CASE("complaints in bulk come out as each of them does alone", "[desk]") {
  const auto rules = hotline::rules();
  const auto first = hotline::at("2026-11-16T00:00:00Z");
  CHECK(rc::check([&] {
    recorded all;
    const auto cases = *rc::gen::inRange<std::uint32_t>(1, 6);
    instant last = first;
    for (std::uint32_t c = 0; c < cases; ++c) {
      auto now = first + std::chrono::minutes{*rc::gen::inRange(0, 20'000)};
      all.open(now, *rc::gen::inRange<std::int32_t>(0, 2));
      for (int n = *rc::gen::inRange(0, 6); n > 0; --n) {
        now += std::chrono::minutes{*rc::gen::inRange(0, 8'000)};
        const auto what = *rc::gen::weightedElement<std::int32_t>({{4, 0}, {4, 1}, {3, 2}, {1, 3}});
        const auto who = *rc::gen::weightedElement<std::int32_t>({{9, what}, {1, 0}}) % 3;
        all.happens(what, now, who, *rc::gen::weightedElement<std::int32_t>({{2, -1}, {4, 0}, {4, 1}, {1, 2}}));
      }
      last = std::max(last, now);
    }
    const auto as_of = last + std::chrono::hours{*rc::gen::inRange(0, 1'000)};
    const auto bulk = replay_cases(rules, all.log(as_of));
    for (std::uint32_t c = 0; c < cases; ++c) {
      check_alone(rules, all, bulk, c, as_of);
    }
  }));
}

TEST_CASE("a refused event is noted with its place and reason, and the rest of the case goes on", "[desk]") {
  recorded all;
  all.open(hotline::at("2026-11-20T15:00:00Z"));
  all.happens(1, hotline::at("2026-11-20T15:10:00Z"), 1);
  all.happens(0, hotline::at("2026-11-20T15:20:00Z"), 0, 2);
  all.happens(0, hotline::at("2026-11-20T15:30:00Z"), 0, 0);
  all.happens(1, hotline::at("2026-11-20T15:29:00Z"), 1);
  const auto out = replay_cases(hotline::rules(), all.log());
  CHECK(out.accepted == std::vector<std::uint32_t>{1});
  REQUIRE(out.refused.event == std::vector<std::int64_t>{1, 2, 4});
  CHECK(why(out, 0).find("answer") != std::string::npos);
  CHECK(why(out, 1) == "\"problem\" must not be longer than 200");
  CHECK(why(out, 2) == "an event must not be earlier than the one before it");
}

TEST_CASE("an event within the slack happens at the last instant of its case", "[desk]") {
  recorded all;
  all.open(hotline::at("2026-11-20T15:00:00Z"));
  all.happens(0, hotline::at("2026-11-20T14:59:00Z"), 0, 0);
  const auto out = replay_cases(hotline::rules(), all.log({}, std::chrono::minutes{1}));
  CHECK(out.refused.size() == 0);
  CHECK(out.clocks[0].stopped[0] == all.at[0]);
  CHECK(out.clocks[0].outcome[0] == clock_outcome::met);
}

TEST_CASE("what meets the horizon of a calendar is refused, and nothing of it stays", "[desk]") {
  recorded all;
  all.open(hotline::at("2026-11-20T15:00:00Z"));
  all.happens(0, hotline::at("2026-11-20T15:30:00Z"), 0, 0);
  all.happens(1, hotline::at("2026-11-20T15:40:00Z"), 1);
  all.happens(2, hotline::at("2027-12-31T12:00:00Z"), 2); // the silent closing was long before
  all.open(hotline::at("2029-11-20T15:00:00Z"));
  all.happens(0, hotline::at("2029-11-20T15:30:00Z"), 0, 0);
  all.open(hotline::at("2026-11-20T15:00:00Z"));
  const auto out = replay_cases(hotline::rules(), all.log());
  CHECK(out.accepted == std::vector<std::uint32_t>{2, 0, 0});
  CHECK(out.state[1] == case_outcomes::never_opened);
  CHECK(out.state[2] == 0);
  CHECK(out.refused.event == std::vector<std::int64_t>{3, 4, 5});
  CHECK(why(out, 2) == "the complaint was not opened");
}

TEST_CASE("a log that does not fit is refused as a whole, with what would fit", "[desk]") {
  const auto rules = hotline::rules();
  recorded all;
  all.open(hotline::at("2026-11-20T15:00:00Z"));
  all.happens(0, hotline::at("2026-11-20T15:30:00Z"), 0, 0);
  const auto refused = [&](auto change) {
    auto log = all.log();
    change(log);
    try {
      (void)replay_cases(rules, log);
    } catch (const std::invalid_argument& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  CHECK(refused([](case_log&) {}).empty());
  CHECK(refused([](case_log& l) { l.role_names[0] = "boss"; }) == "\"boss\" is no role of the policy");
  CHECK(refused([](case_log& l) { l.data[0].name = "problm"; }).find("did you mean \"problem\"?") != std::string::npos);
  CHECK(refused([](case_log& l) { l.data[0].name = "reopened"; }) == "the column of \"reopened\" must be of type int");
  CHECK(refused([](case_log& l) { l.event_names.clear(); }) == "an event must be a place in the list of names");
  CHECK(refused([](case_log& l) { l.cases = 0; }) == "cases must be in order");
  CHECK(refused([](case_log& l) { l.owner = l.owner.first(1); }) ==
        "case, event and at must have one value for each event");
  CHECK(refused([](case_log& l) {
          l.attributes[0].values = category_column{{}, {"minor"}};
        }) == "the column of \"severity\" has another length");
  const std::vector<std::int32_t> twice{-1, -1};
  CHECK(refused([&](case_log& l) { l.event = twice; }) == "each case begins with its opening, and has but one");
}
