// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/desk/desk.hpp>
#include <plaint/desk/desk_file.hpp>

#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <vector>

using namespace plaint;

namespace {

/// Events of many complaints, in order of time: some possible, some not.
std::vector<desk_event> traffic(int complaints, int events, unsigned seed) {
  constexpr const char* names[] = {"register", "answer", "object", "answer", "shout"};
  constexpr const char* roles[] = {"hotline", "lead", "customer", "lead", "lead"};
  std::mt19937 random(seed);
  auto at = hotline::at("2026-03-02T10:00:00Z");
  std::vector<desk_event> all;
  for (int c = 0; c < complaints; ++c) {
    all.push_back(
        {"C-" + std::to_string(c), hotline::event("opened", to_iso8601(at + std::chrono::minutes{c}), "customer")});
  }
  at += std::chrono::minutes{complaints};
  for (int i = 0; i < events; ++i) {
    at += std::chrono::seconds{random() % 3000};
    const auto which = random() % 5;
    desk_event e{"C-" + std::to_string(random() % static_cast<unsigned>(complaints)),
                 hotline::event(names[which], to_iso8601(at), roles[which])};
    if (which == 0) {
      e.what.data.add("problem", node::text_of("noise"));
    }
    all.push_back(std::move(e));
  }
  return all;
}

/// Clocks of all kinds beside each other: most concern nobody else, a ladder listens to one and a timer sends an event.
policy workshop() {
  return load_policy(read_yaml(R"(
plaint: 1
id: workshop
version: 1
calendars: { office: { zone: Europe/London, hours: { mon-fri: ["09:00-17:00"] }, horizon: { from: 2026, to: 2028 } } }
attributes: { severity: { enum: [minor, severe], default: severe } }
roles: { agent: {}, customer: { class: customer } }
lifecycle:
  initial: open
  states:
    open: { on: { note: { by: agent, do: [{ notice: ack }] }, hold: held, answer: { target: answered, by: agent, do: [{ notice: final }] } } }
    held: { on: { go: open } }
    answered: { on: { object: { target: open, by: customer } }, after: { 30 days: closed } }
    closed: { type: final }
clocks:
  acknowledge: { start: opened, stop: notice(ack), goals: [{ goal: 1 business day }], thresholds: { late: { at: at due, do: [{ notify: agent }, { assign: agent }] }, later: { at: 1 business day after, do: [{ notify: agent }] } } }
  due_only: { start: opened, stop: notice(ack), goals: [{ goal: 2 business days }], thresholds: { late: { at: at due, do: [{ notify: agent }] }, also: { at: at due } }, breach: { do: [{ notify: agent }] } }
  hours: { start: opened, stop: notice(final), goals: [{ goal: 20h }], thresholds: { half: { at: 75%, do: [{ notify: agent }] }, again: { at: "every 4h after, at most 3", do: [{ notify: agent }] } } }
  answer: { start: opened, stop: notice(final), cycles: independent, retarget: pin, pause: { while: in_state("held"), reasons: [held], at_most: 9 days }, goals: [{ if: severity == "minor", goal: 4h }, { goal: 30h }], thresholds: { soon: { at: 1h before } } }
  resolve: { start: enter(open), stop: notice(final), cycles: independent, goals: [{ goal: 10 business days }], breach: { do: [{ notify: agent }] } }
  statutory: { start: opened, stop: notice(final), goals: [{ goal: 8 weeks }] }
  raised: { start: opened, stop: notice(final), goals: [{ goal: 20 days }], breach: { raise: note } }
ladders:
  late: { trigger: breach(resolve), steps: [{ notify: agent }, { after: 1 business day, notify: agent }], ends_on: stop(resolve) }
)"));
}

std::vector<std::string> keys_of(const std::vector<effect>& all) {
  std::vector<std::string> keys;
  for (const auto& e : all) {
    keys.push_back(e.key);
  }
  return keys;
}

} // namespace

TEST_CASE("a desk does what one complaint after the other would have done", "[desk]") {
  const auto rules = hotline::rules();
  const auto events = traffic(50, 1500, 1);
  desk many(rules);
  const auto outcome = many.apply_all(events);
  std::map<std::string, complaint> singles;
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto& e = events[i];
    auto [after, did] =
        e.what.name == "opened" ? open(rules, e.complaint, e.what) : apply(rules, singles.at(e.complaint), e.what);
    singles[e.complaint] = after;
    CHECK(did.accepted == (outcome.accepted[i] == 1));
    accepted += did.accepted ? 1U : 0U;
  }
  CHECK(accepted + outcome.rejections.size() == events.size());
  for (const auto& [id, single] : singles) {
    CHECK(many.find(id) == single);
  }
}

TEST_CASE("a desk says of each event what the complaint alone would have said", "[desk]") {
  const auto rules = hotline::rules();
  CHECK(rc::check([&] {
    desk d(rules);
    const auto story = random_case::story(*rc::gen::inRange(0, 25));
    auto single = open(rules, "C-1", story.front());
    RC_ASSERT(d.open("C-1", story.front()) == single.did);
    for (std::size_t i = 1; i < story.size(); ++i) {
      auto what = story[i];
      if (*rc::gen::inRange(0, 8) == 0) {
        what.effective_at -= std::chrono::hours{200};
      }
      if (*rc::gen::inRange(0, 8) == 0) {
        what.data.add("severity", node::text_of(*rc::gen::element<std::string>("minor", "huge")));
      }
      single = apply(rules, single.complaint, what);
      RC_ASSERT(d.apply("C-1", what) == single.did);
      RC_ASSERT(d.find("C-1") == single.complaint);
    }
  }));
}

TEST_CASE("in one go, in pieces, through files and on any number of threads a desk ends the same", "[desk]") {
  const auto rules = hotline::rules();
  const auto events = traffic(300, 6000, 2);
  desk whole(rules);
  const auto all = whole.apply_all(events);
  const auto end = events.back().what.effective_at + std::chrono::days{40};
  const auto told = keys_of(whole.advance(end));
  for (const unsigned threads : {1U, 2U, 5U}) {
    desk pieces(rules, threads);
    std::vector<std::string> keys;
    std::mt19937 random(threads);
    for (std::size_t from = 0; from < events.size();) {
      const auto size = std::min<std::size_t>(1 + random() % 900, events.size() - from);
      const auto part = pieces.apply_all(std::span(events).subspan(from, size));
      from += size;
      for (const auto& e : pieces.advance(events[from - 1].what.effective_at)) { // noticed sooner, at the same instant
        keys.push_back(e.key);
      }
      for (const auto& e : part.effects) {
        keys.push_back(e.key);
      }
      if (random() % 3 == 0) {
        save(pieces, "desk_pieces.bin");
        pieces = load_desk(rules, "desk_pieces.bin", threads);
      }
    }
    for (const auto& key : keys_of(pieces.advance(end))) {
      keys.push_back(key);
    }
    CHECK(pieces.digest() == whole.digest());
    auto expected = keys_of(all.effects);
    expected.insert(expected.end(), told.begin(), told.end());
    std::sort(expected.begin(), expected.end());
    std::sort(keys.begin(), keys.end());
    CHECK(keys == expected);
  }
}

TEST_CASE("what fell due is told by instant, then complaint, and only once", "[desk]") {
  const auto rules = hotline::rules();
  desk d(rules, 2);
  for (const char* id : {"B", "A", "C"}) {
    REQUIRE(d.open(id, hotline::event("", "2026-11-20T15:00:00Z", "customer")).accepted);
  }
  CHECK(d.next_wake_up() == hotline::at("2026-11-20T16:00:00.000001Z"));
  CHECK(d.advance(hotline::at("2026-11-20T16:00:00Z")).empty());
  const auto told = d.advance(hotline::at("2026-11-20T16:00:01Z"));
  REQUIRE(told.size() == 3);
  CHECK(told[0].complaint == "A");
  CHECK(told[2].complaint == "C");
  CHECK(told[0].at == hotline::at("2026-11-20T16:00:00Z"));
  CHECK(d.advance(hotline::at("2026-11-20T16:00:01Z")).empty());
  CHECK(d.due_before(hotline::at("2026-11-21T00:00:00Z")).size() == 3);
  CHECK(d.overdue(hotline::at("2026-11-20T17:00:00Z")).empty());
  CHECK(d.overdue(hotline::at("2026-11-20T17:00:01Z")).front() ==
        desk_promise{"A", "acknowledge", hotline::at("2026-11-20T17:00:00Z")});
  CHECK(d.count_by_state() == std::map<std::string, std::size_t>{{"lodged", 3}});
  CHECK(d.count_by_level() == std::map<int, std::size_t>{{0, 3}});
}

TEST_CASE("time passes at the desk as it does for each complaint alone", "[desk]") {
  const auto rules = GENERATE(hotline::rules(), workshop());
  const auto first = hotline::at("2026-03-02T10:00:00Z");
  CHECK(rc::check([&] {
    desk d(rules);
    std::map<std::string, complaint> singles;
    auto now = first;
    const auto steps = *rc::gen::inRange(1, 30);
    for (int i = 0; i < steps; ++i) {
      now += duration{*rc::gen::inRange<std::int64_t>(
          0, *rc::gen::element<std::int64_t>(2, 60'000'000, 36'000'000'000, 900'000'000'000))};
      const auto id = "C-" + std::to_string(*rc::gen::inRange(0, 4));
      event what{.effective_at = now, .recorded_at = now, .actor = {.role = "agent"}};
      if (!singles.contains(id)) {
        if (*rc::gen::inRange(0, 2) == 0 && rules.id() == "workshop") {
          what.data.add("severity", node::text_of("minor"));
        }
        what.actor.role = "customer";
        singles[id] = open(rules, id, what).complaint;
        RC_ASSERT(d.open(id, what).accepted);
      } else {
        what.name = *rc::gen::element<std::string>("note", "hold", "go", "answer", "object");
        what.actor.role = what.name == "object" ? "customer" : "agent";
        auto after = apply(rules, singles.at(id), what);
        RC_ASSERT(d.apply(id, what) == after.did);
        singles[id] = std::move(after.complaint);
      }
      if (*rc::gen::inRange(0, 2) == 0) {
        now += duration{*rc::gen::inRange<std::int64_t>(1, 3'000'000'000'000)};
        std::vector<effect> expected;
        std::size_t fired = 0;
        for (auto& [name, single] : singles) {
          auto after = advance(rules, single, now);
          fired += after.did.firings.size() + after.did.rungs.size();
          std::move(after.did.effects.begin(), after.did.effects.end(), std::back_inserter(expected));
          single = std::move(after.complaint);
          single.last_at = single.happened_at;
        }
        std::stable_sort(expected.begin(), expected.end(), [](const effect& a, const effect& b) {
          return a.at != b.at ? a.at < b.at : a.complaint < b.complaint;
        });
        RC_ASSERT(d.advance(now) == expected);
        RC_ASSERT(d.fired() == fired);
        for (const auto& [name, single] : singles) {
          RC_ASSERT(d.find(name) == single);
        }
      }
    }
    std::optional<instant> next;
    for (const auto& [name, single] : singles) {
      const auto wakes = detail::wake_up(single);
      next = wakes && (!next || *wakes < *next) ? wakes : next;
    }
    RC_ASSERT(d.next_wake_up() == next);
    save(d, "desk_passing.bin");
    const auto back = load_desk(rules, "desk_passing.bin");
    RC_ASSERT(back.digest() == d.digest());
    RC_ASSERT(back.next_wake_up() == next);
    RC_ASSERT(back.count_by_state() == d.count_by_state());
    RC_ASSERT(back.count_by_level() == d.count_by_level());
    RC_ASSERT(back.due_before(instant::max()) == d.due_before(instant::max()));
  }));
}

TEST_CASE("whoever waits is woken in time and only then, however often they were moved", "[desk]") {
  CHECK(rc::check([] {
    constexpr std::uint32_t people = 12;
    std::vector<instant> waits(people, instant::max());
    detail::wake_queue queue;
    const auto when = [&](std::uint32_t who) { return waits[who]; };
    auto now = hotline::at("2026-03-02T10:00:00Z");
    const auto acts = *rc::gen::inRange(1, 80);
    for (int i = 0; i < acts; ++i) {
      const std::int64_t reach =
          *rc::gen::element<std::int64_t>(1, 60'000'000, 20'000'000'000, 4'000'000'000'000, 400'000'000'000'000);
      const duration later{*rc::gen::inRange<std::int64_t>(0, reach)};
      switch (*rc::gen::inRange(0, 5)) {
      case 0: {
        now += later;
        std::vector<std::uint32_t> woken;
        queue.pop(
            now, when,
            [&](std::uint32_t who) {
              woken.push_back(who);
              RC_ASSERT(waits[who] <= now);
              waits[who] = who % 3 == 0 ? now + later + duration{1} : instant::max();
              queue.push(who, waits[who]);
            },
            [](std::uint32_t) {}, [](std::uint32_t) {});
        RC_ASSERT(std::none_of(waits.begin(), waits.end(), [&](instant t) { return t <= now; }));
        break;
      }
      case 1:
        RC_ASSERT(queue.next(when) == *std::min_element(waits.begin(), waits.end()));
        break;
      case 2:
        queue.refill(people, when);
        RC_ASSERT(queue.entries() <= people);
        break;
      default:
        const auto who = *rc::gen::inRange<std::uint32_t>(0, people);
        waits[who] = *rc::gen::inRange(0, 6) == 0 ? now - later : now + later;
        queue.push(who, waits[who]);
        break;
      }
      RC_ASSERT(queue.earliest() <= *std::min_element(waits.begin(), waits.end()));
    }
  }));
}

TEST_CASE("what is kept at hand of one complaint's promise is not taken for another's", "[desk]") {
  const auto rules = workshop();
  desk d(rules);
  auto opening = hotline::event("", "2026-03-02T10:00:00Z", "customer");
  REQUIRE(d.open("long", opening).accepted);
  opening.data.add("severity", node::text_of("minor"));
  REQUIRE(d.open("short", opening).accepted);
  for (const char* id : {"long", "short"}) {
    REQUIRE(d.apply(id, hotline::event("hold", "2026-03-02T11:00:00Z", "agent")).accepted);
  }
  for (const char* id : {"short", "long"}) {
    REQUIRE(d.apply(id, hotline::event("go", "2026-03-02T12:00:00Z", "agent")).accepted);
  }
  const auto answer = *rules.clocks().find("answer");
  CHECK(d.find("short")->clocks[answer].latest()->due == hotline::at("2026-03-02T15:00:00Z"));
  CHECK(d.find("long")->clocks[answer].latest()->due == hotline::at("2026-03-05T17:00:00Z"));
}

TEST_CASE("a desk refuses strangers and twins, and a complaint of another policy", "[desk]") {
  const auto rules = hotline::rules();
  desk d(rules);
  REQUIRE(d.open("A", hotline::event("", "2026-11-20T15:00:00Z", "customer")).accepted);
  CHECK(d.open("A", hotline::event("", "2026-11-20T15:00:00Z", "customer")).reasons.front().kind == "known-complaint");
  auto keyed = hotline::event("", "2026-11-20T15:00:00Z", "customer");
  keyed.key = "web-1";
  REQUIRE(d.open("K", keyed).accepted);
  CHECK(d.open("K", keyed).repeated);
  keyed.actor.id = "somebody else";
  CHECK(d.open("K", keyed).reasons.front().kind == "key-reused");
  CHECK(d.apply("B", hotline::event("answer", "2026-11-20T15:00:00Z", "lead")).reasons.front().kind ==
        "unknown-complaint");
  auto other = rules.definition();
  other.version = "2";
  CHECK_THROWS_AS(d.put(hotline::opened(policy::compile(other))), std::invalid_argument);
  CHECK_FALSE(d.find("B"));
  CHECK(d.size() == 2);
}

TEST_CASE("a complaint at the desk is the one that was put there, whatever has happened to it", "[desk]") {
  const auto rules = hotline::rules();
  CHECK(rc::check([&] {
    desk d(rules);
    const auto story = random_case::story(*rc::gen::inRange(0, 25));
    auto now = open(rules, "C-1", story.front()).complaint;
    for (std::size_t i = 1; i < story.size(); ++i) {
      now = apply(rules, now, story[i]).complaint;
      if (*rc::gen::inRange(0, 4) == 0) {
        now = advance(rules, now, now.last_at + std::chrono::hours{*rc::gen::inRange(0, 900)}).complaint;
      }
      d.put(now);
      auto expected = now;
      expected.last_at = now.happened_at; // how far somebody has looked is the desk's affair
      RC_ASSERT(d.find("C-1") == expected);
    }
  }));
}

TEST_CASE("instants as far apart as there are, odd numbers and long texts are kept at the desk", "[desk]") {
  const auto rules = hotline::rules();
  desk d(rules);
  auto odd = hotline::opened(rules);
  odd.id = std::string(5000, 'x');
  odd.attributes[1] = value(std::string(200, 'y'));
  odd.attributes[3] = value(instant::min());
  odd.parties = {"", "somebody"};
  odd.known = {{"key", std::numeric_limits<std::uint64_t>::max(), 0},
               {"", 0, std::numeric_limits<std::uint64_t>::max()}};
  auto& cycle = odd.clocks[0].cycles.front();
  cycle.closed = std::numeric_limits<std::int64_t>::min();
  cycle.due = instant(duration{std::numeric_limits<std::int64_t>::min() + 1});
  cycle.crossed = instant(duration{std::numeric_limits<std::int64_t>::max() - 1});
  cycle.since = instant(duration{-1});
  cycle.segments.push_back(cycle.segments.front());
  cycle.segments.back().paused = true;
  cycle.segments.back().reason = 7;
  cycle.generations.push_back({.since = instant::min(), .amount = 12, .late = true});
  cycle.fired.push_back({instant::max(), 3, 2, 1, true});
  cycle.extensions.emplace_back();
  cycle.revisions.emplace_back();
  cycle.parts = {-1, 0, 1};
  odd.clocks[1].cycles.assign(3, cycle);
  d.put(odd);
  CHECK(d.find(odd.id) == odd);
  CHECK(d.size() == 1);
  auto other = odd;
  other.attributes.pop_back();
  CHECK_THROWS_AS(d.put(other), std::invalid_argument);
}

TEST_CASE("moved to and fro, a complaint waits in one place", "[desk]") {
  const auto rules = hotline::rules();
  desk d(rules);
  auto near = hotline::opened(rules);
  auto far = near;
  far.clocks[0].cycles.front().next += std::chrono::hours{5};
  far.next += std::chrono::hours{5};
  for (int i = 0; i < 10'000; ++i) {
    d.put(far);
    d.put(near);
  }
  CHECK(d.bytes() < 2'000'000);
  CHECK(d.next_wake_up() == hotline::at("2026-11-20T16:00:00.000001Z"));
  CHECK(d.advance(hotline::at("2026-11-20T16:00:01Z")).size() == 1);
  CHECK(d.fired() == 1);
  CHECK(d.advance(hotline::at("2026-11-20T16:00:01Z")).empty());
  CHECK(d.fired() == 0);
}
