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

namespace {

/// Draws a policy that is plain: which goals, which triggers, one cycle or several.
policy draw_plain_rules() {
  const auto goal = [] {
    return *rc::gen::element<std::string>(
        "4h", "4h elapsed", "24h elapsed, from the next full hour", "90 minutes", "1 business day", "5 days", "2 weeks",
        "1 month", "end of the next business day", "3 business days, due at close of business, cut-off 16:00",
        "15 days, roll modified following", "10 business days, received at the next opening", "end of same day",
        "until promised", "earliest of (2 days; 3 business days)", "latest of (8h; until promised)");
  };
  const auto moments = [](std::size_t least, const std::vector<std::string>& of) {
    std::string text;
    for (auto n = least + *rc::gen::inRange<std::size_t>(0, 2); n > 0; --n) {
      text += (text.empty() ? "" : ", ") + *rc::gen::elementOf(of);
    }
    return "[" + text + "]";
  };
  const std::vector<std::string> begins{"opened", "enter(open)", "event(object)", "event(answer)"};
  const std::vector<std::string> ends{"exit(open)",   "enter(closed)",   "notice(final)", "enter(lost)",
                                      "event(shout)", "event(register)", "exit(lodged)"};
  std::string rules = R"(
plaint: 1
id: counter
version: 1
calendars:
  office:
    zone: Europe/London
    hours: { mon-fri: ["09:00-17:00"] }
    holidays: ["2026-12-25"]
    horizon: { from: 2026, to: 2026 }
attributes:
  severity: { enum: [minor, severe, odd], default: minor }
  promised: timestamp
roles: { hotline: {}, lead: {}, customer: { class: customer } }
lifecycle:
  initial: lodged
  states:
    lodged:
      on: { register: { target: open, by: hotline }, shout: {} }
    open:
      on: { answer: { target: answered, by: [lead, hotline], do: [{ notice: final }] }, shout: { target: lost } }
    answered:
      on: { object: { target: open, by: customer }, register: { target: closed } }
    closed: { on: { object: { target: open } } }
    lost: { type: final }
clocks:
)";
  for (int n = *rc::gen::inRange(1, 4); n > 0; --n) {
    rules += "  clock_" + std::to_string(n) + ":\n    start: " + moments(1, begins) +
             "\n    stop: " + moments(1, ends) + "\n    cancel: " + moments(0, ends) +
             "\n    retarget: " + *rc::gen::element<std::string>("pin", "restart") +
             "\n    cycles: " + *rc::gen::element<std::string>("once", "independent") + "\n" +
             (*rc::gen::arbitrary<bool>() ? "    applies: severity != 'odd'\n" : "") +
             "    goals:\n      - { if: severity == 'odd' && has(promised), goal: '" + goal() +
             "' }\n      - { if: severity == 'severe', goal: '" + goal() + "' }\n" +
             (*rc::gen::arbitrary<bool>() ? "      - { goal: '" + goal() + "' }\n" : "") +
             "    thresholds: { over: { at: at due, do: [{ notify: lead }] } }\n";
  }
  return load_policy(read_yaml(rules));
}

struct plain_log {
  recorded all{};
  std::vector<std::int64_t> promised{}; ///< by case
};

plain_log draw_plain_log() {
  const auto first = hotline::at("2026-11-16T00:00:00Z");
  plain_log drawn;
  for (auto c = *rc::gen::inRange(1, 8); c > 0; --c) {
    // Now and then so late that the calendar's last day is near.
    auto now = first + std::chrono::minutes{*rc::gen::weightedOneOf<int>(
                           {{5, rc::gen::inRange(0, 20'000)}, {1, rc::gen::inRange(50'000, 64'000)}})};
    drawn.all.open(now, *rc::gen::inRange<std::int32_t>(-1, 3));
    const auto until = now + std::chrono::minutes{*rc::gen::inRange(-500, 9'000)};
    drawn.promised.push_back(*rc::gen::inRange(0, 5) < 2 ? no_instant : until.time_since_epoch().count());
    for (auto n = *rc::gen::inRange(0, 8); n > 0; --n) {
      now += std::chrono::minutes{*rc::gen::inRange(-30, 4'000)};
      const auto what = *rc::gen::weightedElement<std::int32_t>({{4, 0}, {4, 1}, {3, 2}, {1, 3}});
      drawn.all.happens(what, now, *rc::gen::inRange<std::int32_t>(-1, 3));
    }
  }
  return drawn;
}

void check_same(const case_outcomes& a, const case_outcomes& b) {
  RC_ASSERT(a.accepted == b.accepted);
  RC_ASSERT(a.state == b.state);
  RC_ASSERT(a.refused.event == b.refused.event);
  for (std::size_t i = 0; i < a.refused.size(); ++i) {
    RC_ASSERT(a.refused.why(i) == b.refused.why(i));
  }
  for (std::size_t k = 0; k < a.clocks.size(); ++k) {
    RC_ASSERT(a.clocks[k].outcome == b.clocks[k].outcome);
    RC_ASSERT(a.clocks[k].due == b.clocks[k].due);
    RC_ASSERT(a.clocks[k].started == b.clocks[k].started);
    RC_ASSERT(a.clocks[k].stopped == b.clocks[k].stopped);
    RC_ASSERT(a.clocks[k].breached == b.clocks[k].breached);
  }
}

} // namespace

TEST_CASE("the short way through a plain policy comes to what the long one does", "[desk]") {
  REQUIRE_FALSE(detail::is_plain(hotline::rules()));
  CHECK(rc::check([] {
    const auto rules = draw_plain_rules();
    RC_ASSERT(detail::is_plain(rules));
    const auto drawn = draw_plain_log();
    std::optional<instant> as_of;
    if (*rc::gen::arbitrary<bool>()) {
      as_of = hotline::at("2026-11-16T00:00:00Z") + std::chrono::minutes{*rc::gen::inRange(0, 60'000)};
    }
    auto log = drawn.all.log(as_of, std::chrono::minutes{10});
    log.attributes[0].values = category_column{drawn.all.severity, {"minor", "severe", "odd"}};
    log.attributes.push_back({"promised", instant_column{drawn.promised}});
    log.data.clear();
    check_same(detail::log_run(rules, log).run(), detail::log_run(rules, log, false).run());
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
