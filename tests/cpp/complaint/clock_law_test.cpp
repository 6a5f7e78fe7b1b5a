// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

#include <plaint/clock/clock_reading.hpp>
#include <plaint/clock/clock_state_document.hpp>
#include <plaint/complaint/attribution.hpp>
#include <plaint/ladder/ladder_state_document.hpp>

#include <rapidcheck.h>

#include <set>

using namespace plaint;

// The laws of promises over random stories, held against a simulation that counts second by second and knows nothing of
// how clocks compute.
namespace {

using std::chrono::seconds;

enum class act { note, pause, resume, high, low, normal, extend, stop };

struct deed {
  std::int64_t after = 0; ///< seconds after the deed before
  act what = act::note;
};

constexpr const char* zones[] = {"office", "london", "always"};

/// Opens between Thursday and the Sunday on which London's clocks go forward.
instant begin_of(std::int64_t offset) {
  return story::at("2026-03-26T08:00Z") + seconds{offset};
}

policy rules(const std::string& calendar, const std::string& mode = "carry") {
  return story::policy(
      "{ a: { start: opened, stop: event(stop), calendar: " + calendar + ", retarget: " + mode +
          ", goals: [{ if: 'priority == \"high\"', goal: 3h }, { if: 'priority == \"low\"', goal: 11h }, { goal: 6h "
          "30min }],"
          " pause: { on: event(pause), resume: event(resume), reasons: x },"
          " extensions: { e: { on: event(extend), by: 2h, at_most: 2 } },"
          " thresholds: { half: { at: 50%, do: [{ notify: h }] }, hour: { at: 1h before, rearm: true, do: [{ notify: w "
          "}] }, more: { at: \"every 1h after, at most 3\", do: [{ notify: o }] } } } }",
      "{ l: { trigger: breach(a), steps: [{ notify: x }, { after: 1h, notify: y, reminders: { every: 30min, at_most: 3 "
      "} }, { after: 2h elapsed, notify: z, gate: london }],"
      " repeat: { at_most: 1, wait: 1h }, ends_on: stop(a) } }");
}

event made(act what, instant now) {
  constexpr const char* names[] = {"note", "pause", "resume", "set", "set", "set", "extend", "stop"};
  constexpr const char* priorities[] = {"", "", "", "high", "low", "normal", "", ""};
  event e{.name = names[static_cast<int>(what)],
          .effective_at = now,
          .recorded_at = now,
          .actor = {.id = "a", .role = "agent"}};
  if (priorities[static_cast<int>(what)][0] != '\0') {
    e.data.add("priority", node::text_of(priorities[static_cast<int>(what)]));
  }
  return e;
}

rc::Gen<std::vector<deed>> deeds() {
  const auto one = rc::gen::build<deed>(
      rc::gen::set(&deed::after,
                   rc::gen::oneOf(rc::gen::inRange<std::int64_t>(0, 2), rc::gen::inRange<std::int64_t>(0, 20'000))),
      rc::gen::set(&deed::what, rc::gen::element(act::note, act::pause, act::pause, act::resume, act::resume, act::high,
                                                 act::low, act::normal, act::extend, act::stop)));
  return rc::gen::resize(12, rc::gen::container<std::vector<deed>>(one));
}

struct ran {
  complaint now{};
  std::vector<effect> effects{};
  std::vector<bool> accepted{};
};

ran run(const policy& by, instant start, const std::vector<deed>& all, instant end, duration poll = {}) {
  ran out;
  auto first = open(by, "C", made(act::note, start));
  out.now = std::move(first.complaint);
  const auto note = [&](stepped done) {
    out.now = std::move(done.complaint);
    out.effects.insert(out.effects.end(), done.did.effects.begin(), done.did.effects.end());
    return done.did.accepted;
  };
  const auto pass = [&](instant to) {
    for (auto t = out.now.last_at + poll; poll.count() > 0 && t < to; t += poll) {
      note(advance(by, out.now, t));
    }
  };
  auto now = start;
  for (const auto& d : all) {
    now += seconds{d.after};
    pass(now);
    out.accepted.push_back(note(apply(by, out.now, made(d.what, now))));
  }
  pass(end);
  note(advance(by, out.now, end));
  return out;
}

/// Counts second by second: what is consumed, when the goal was used up, what the verdict is.
struct counted {
  std::int64_t consumed = 0;
  std::int64_t goal = 23'400;
  std::int64_t base = 23'400;
  int granted = 0;
  bool paused = false;
  bool stopped = false;
  std::optional<instant> crossed{};
  std::optional<bool> met{};

  void take(act what, instant now) {
    if (stopped) {
      return;
    }
    const auto aim = [&](std::int64_t to) {
      if (to != base) {
        base = to;
        goal = base + granted * 7'200;
        crossed = consumed > goal ? std::optional(now) : std::nullopt;
      }
    };
    switch (what) {
    case act::note:
      break;
    case act::pause:
      paused = true;
      break;
    case act::resume:
      paused = false;
      break;
    case act::high:
      aim(10'800);
      break;
    case act::low:
      aim(39'600);
      break;
    case act::normal:
      aim(23'400);
      break;
    case act::extend:
      if (!crossed && granted < 2) {
        ++granted;
        goal += 7'200;
      }
      break;
    case act::stop:
      stopped = true;
      met = !crossed;
      break;
    }
  }
};

/// Forgets what is kept at hand, as a complaint that was written and read does: all of it is found anew.
void forget(complaint& c) {
  for (auto& clock : c.clocks) {
    for (auto& y : clock.cycles) {
      y.hint = {};
    }
  }
  for (auto& l : c.ladders) {
    l.hint = {};
  }
}

/// Promises that pause together, and ladders that stand still with one of them.
policy rules_that_pause() {
  constexpr const char* pause = ", pause: { on: event(pause), resume: event(resume), reasons: x }";
  const auto clock = [&](std::string name, std::string rest) {
    return name + ": { start: opened, stop: event(stop)" + pause + ", " + std::move(rest) + " }, ";
  };
  return story::policy(
      "{ " + clock("a", "calendar: office, goals: 9h, thresholds: { half: { at: 50% }, more: { at: 2h after } }") +
          clock("b", "calendar: london, goals: [{ if: 'priority == \"high\"', goal: 30h }, { goal: 40h }]") +
          clock("c", "calendar: london, goals: 25h elapsed, thresholds: { w: { at: 1h before } }") +
          clock("d", "calendar: office, goals: 1h") + "}",
      "{ l: { trigger: breach(d), steps: [{ notify: x }, { after: 3h, notify: y }, { after: 5h elapsed, notify: z }], "
      "acknowledge: { on: event(ask), timeout: 2h }, repeat: { at_most: 1, wait: 1h }, ends_on: stop(d) }, "
      "m: { trigger: breach(d), calendar: london, steps: [{ notify: x }, { after: 4h, notify: y, reminders: { every: "
      "1h, at_most: 2 } }, { after: 6h, notify: z }], on_reassign: restart, de_escalate: { on: event(calm), to: 1, "
      "cooldown: 2h }, ends_on: stop(d) }, "
      "n: { trigger: breach(d), steps: [{ notify: x }, { after: 2h, notify: y, gate: short }, { after: 400h, notify: z "
      "}], ends_on: stop(d) } }");
}

counted count(const plaint::calendar& c, instant start, const std::vector<deed>& all, instant end) {
  counted s;
  auto now = start;
  std::size_t next = 0;
  auto when = all.empty() ? instant::max() : start + seconds{all[0].after};
  for (;; now += seconds{1}) {
    while (now == when) {
      s.take(all[next].what, now);
      ++next;
      when = next < all.size() ? when + seconds{all[next].after} : instant::max();
    }
    if (now >= end || s.stopped) {
      return s;
    }
    if (!s.crossed && s.consumed >= s.goal) {
      s.crossed = now; // time moves past it
    }
    s.consumed += !s.paused && c.is_open(now) ? 1 : 0;
  }
}

} // namespace

TEST_CASE("a clock's arithmetic is that of counting seconds: consumed time, crossing, verdict, due instant", "[laws]") {
  for (const auto* calendar : zones) {
    const auto by = rules(calendar);
    const auto& c = by.clocks()[0];
    CHECK(rc::check([&] {
      const auto start = begin_of(*rc::gen::inRange<std::int64_t>(0, 400'000));
      const auto all = *deeds();
      auto end = start + seconds{*rc::gen::inRange<std::int64_t>(1, 90'000)};
      for (const auto& d : all) {
        end += seconds{d.after};
      }
      const auto ours = run(by, start, all, end);
      const auto theirs = count(c.calendars[0].calendar, start, all, end);
      const auto& y = *ours.now.clocks[0].latest();
      RC_ASSERT(consumed_by(c, y, ours.now.attributes, end) == theirs.consumed * 1'000'000);
      RC_ASSERT(y.breached(end) == theirs.crossed);
      RC_ASSERT((y.verdict() == verdict::met) == (theirs.met == true));
      RC_ASSERT((y.verdict() == verdict::missed) == (theirs.met == false));
      if (y.running() && y.crossed == instant::max()) { // what is projected comes true
        const auto later = count(c.calendars[0].calendar, start, all, y.due + seconds{1});
        RC_ASSERT(later.crossed == y.due);
      }
    }));
  }
}

TEST_CASE("how somebody polls changes neither state nor effects, and each key comes once", "[laws]") {
  const auto by = rules("london");
  CHECK(rc::check([&] {
    const auto start = begin_of(*rc::gen::inRange<std::int64_t>(0, 400'000));
    const auto all = *deeds();
    const auto end = start + seconds{400'000};
    const auto never = run(by, start, all, end);
    const auto often = run(by, start, all, end, seconds{*rc::gen::inRange<std::int64_t>(600, 90'000)});
    RC_ASSERT(often.now == never.now);
    RC_ASSERT(often.accepted == never.accepted);
    RC_ASSERT(often.effects.size() == never.effects.size());
    std::set<std::string> keys;
    for (std::size_t i = 0; i < never.effects.size(); ++i) {
      RC_ASSERT(often.effects[i].key == never.effects[i].key);
      RC_ASSERT(often.effects[i].at == never.effects[i].at);
      RC_ASSERT(keys.insert(never.effects[i].key).second);
    }
  }));
}

TEST_CASE("splitting a pause in two changes nothing; a pause outside of hours neither", "[laws]") {
  const auto by = rules("office");
  CHECK(rc::check([&] {
    const auto start = begin_of(*rc::gen::inRange<std::int64_t>(0, 400'000));
    const auto first = *rc::gen::inRange<std::int64_t>(0, 40'000);
    const auto half = *rc::gen::inRange<std::int64_t>(0, 40'000);
    const auto rest = *rc::gen::inRange<std::int64_t>(0, 40'000);
    const auto whole = run(by, start, {{first, act::pause}, {half + rest, act::resume}}, start + seconds{500'000});
    const auto split = run(by, start, {{first, act::pause}, {half, act::resume}, {0, act::pause}, {rest, act::resume}},
                           start + seconds{500'000});
    RC_ASSERT(whole.now.clocks[0].latest()->due == split.now.clocks[0].latest()->due);
    RC_ASSERT(whole.now.clocks[0].latest()->crossed == split.now.clocks[0].latest()->crossed);
    const auto none = run(by, story::at("2026-03-26T10:00Z"), {}, story::at("2026-03-31T10:00Z"));
    const auto night = run(by, story::at("2026-03-26T10:00Z"),
                           {{8 * 3600, act::pause}, {*rc::gen::inRange<std::int64_t>(0, 14 * 3600), act::resume}},
                           story::at("2026-03-31T10:00Z"));
    RC_ASSERT(none.now.clocks[0].latest()->due == night.now.clocks[0].latest()->due);
  }));
}

TEST_CASE("shifting by the business length of a pause is the same as counting what was consumed; the wall clock is not",
          "[laws]") {
  const auto by = rules("london");
  const auto& c = by.clocks()[0].calendars[0].calendar;
  int wall_clock_differs = 0;
  CHECK(rc::check([&] {
    const auto start = begin_of(*rc::gen::inRange<std::int64_t>(0, 400'000));
    const auto before = *rc::gen::inRange<std::int64_t>(1, 60'000);
    const auto pause = *rc::gen::inRange<std::int64_t>(1, 200'000);
    const auto plain = run(by, start, {}, start);
    const auto due = plain.now.clocks[0].latest()->due;
    RC_PRE(start + seconds{before} < due);
    const auto paused = run(by, start, {{before, act::pause}, {pause, act::resume}}, start + seconds{before + pause});
    const auto from = start + seconds{before};
    const auto shifted = c.add(due, c.between(from, from + seconds{pause}));
    RC_ASSERT(paused.now.clocks[0].latest()->due == shifted);
    wall_clock_differs += paused.now.clocks[0].latest()->due != due + seconds{pause} ? 1 : 0;
  }));
  CHECK(wall_clock_differs > 50);
}

TEST_CASE("consumed time never shrinks, and its parts by state and owner add up to it", "[laws]") {
  const auto by = rules("office");
  CHECK(rc::check([&] {
    const auto start = begin_of(*rc::gen::inRange<std::int64_t>(0, 400'000));
    const auto done = run(by, start, *deeds(), start + seconds{200'000});
    const auto& y = *done.now.clocks[0].latest();
    std::int64_t before = 0;
    for (std::int64_t t = 0; t <= 400'000; t += 25'000) {
      const auto now = consumed_by(by.clocks()[0], y, done.now.attributes, start + seconds{t});
      RC_ASSERT(now >= before);
      before = now;
    }
    std::int64_t sum = 0;
    for (const auto& part : attribute_time(by, done.now, 0, 0, done.now.last_at)) {
      sum += part.consumed;
    }
    RC_ASSERT(sum == consumed_by(by.clocks()[0], y, done.now.attributes, done.now.last_at));
  }));
}

TEST_CASE("carry and remeasure agree where the calendar stays, hours in another zone change nothing of local results",
          "[laws]") {
  const auto carry = rules("london");
  const auto remeasure = rules("london", "remeasure");
  CHECK(rc::check([&] {
    const auto start = begin_of(*rc::gen::inRange<std::int64_t>(0, 400'000));
    const auto all = *deeds();
    const auto a = run(carry, start, all, start + seconds{400'000});
    const auto b = run(remeasure, start, all, start + seconds{400'000});
    RC_ASSERT(a.now.clocks == b.now.clocks);
  }));
  const auto here = story::policy("{ a: { start: opened, stop: event(stop), goals: 20h, calendar: office } }");
  const auto there =
      story::policy("{ a: { start: opened, stop: event(stop), goals: 20h, calendar: office, zone: Asia/Tokyo } }");
  CHECK(rc::check([&] {
    const auto start = begin_of(*rc::gen::inRange<std::int64_t>(0, 4'000'000));
    constexpr std::chrono::hours tokyo{9};
    const auto a = run(here, start, {}, start);
    const auto b = run(there, start - tokyo, {}, start - tokyo);
    RC_ASSERT(a.now.clocks[0].latest()->due - tokyo == b.now.clocks[0].latest()->due);
  }));
}

TEST_CASE("written, read and continued, a complaint is the same", "[laws]") {
  const auto by = rules("office");
  CHECK(rc::check([&] {
    const auto start = begin_of(*rc::gen::inRange<std::int64_t>(0, 400'000));
    const auto first = *deeds();
    auto now = run(by, start, first, start + seconds{300'000}).now;
    const auto kept = now;
    findings out;
    now.clocks[0] = read_clock_state(by.clocks()[0], by.lifecycle(),
                                     {write_clock_state(by.clocks()[0], by.lifecycle(), now.clocks[0]), "", out});
    now.ladders[0] = read_ladder_state({write_ladder_state(now.ladders[0]), "", out}, by.ladders()[0].steps.size());
    RC_ASSERT(out.empty());
    RC_ASSERT(now == kept);
    RC_ASSERT(advance(by, now, start + seconds{900'000}).complaint ==
              advance(by, kept, start + seconds{900'000}).complaint);
  }));
}

TEST_CASE("what is kept at hand between steps changes nothing", "[laws]") {
  const auto by = rules_that_pause();
  constexpr const char* names[] = {"note",   "pause", "pause", "pause",     "resume",       "resume",
                                   "resume", "ask",   "calm",  "set owner", "set priority", "stop"};
  CHECK(rc::check([&] {
    auto now = begin_of(*rc::gen::inRange<std::int64_t>(0, 400'000));
    auto kept = open(by, "C", made(act::note, now));
    auto anew = kept;
    for (const auto which : *rc::gen::resize(40, rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12)))) {
      now += seconds{*rc::gen::inRange<std::int64_t>(0, 30'000)};
      const std::string name = names[which];
      event e = made(act::note, now);
      e.name = name.substr(0, 3) == "set" ? "set" : name;
      if (name == "set owner") {
        e.data.add("owner", node::text_of(which % 2 == 0 ? "bob" : "eve"));
      } else if (name == "set priority") {
        e.data.add("priority", node::text_of("high"));
      }
      forget(anew.complaint);
      kept = apply(by, std::move(kept.complaint), e);
      anew = apply(by, std::move(anew.complaint), e);
      RC_ASSERT(kept.complaint == anew.complaint);
      RC_ASSERT(kept.did == anew.did);
    }
    forget(anew.complaint);
    RC_ASSERT(advance(by, kept.complaint, now + seconds{4'000'000}).complaint ==
              advance(by, anew.complaint, now + seconds{4'000'000}).complaint);
  }));
}

TEST_CASE("a step that would pass a calendar's end takes back what other promises and ladders have done", "[laws]") {
  const std::string pauses = "stop: event(stop), pause: { on: event(pause), resume: event(resume), reasons: x }";
  const std::string a = "a: { start: opened, calendar: always, goals: 1h, " + pauses + " }";
  const std::string b = "b: { start: opened, calendar: office, goals: 400h, " + pauses + " }";
  const std::string l =
      "l: { trigger: breach(a), calendar: always, steps: [{ notify: x }, { after: 9h, notify: y }], ends_on: stop(a) }";
  const std::string m = "m: { trigger: breach(a), calendar: office, steps: [{ notify: x }, { after: 400h, notify: y "
                        "}], ends_on: stop(a) }";
  for (const auto& by : {story::policy("{ " + a + ", " + b + " }", "{ " + l + " }"),
                         story::policy("{ " + a + " }", "{ " + l + ", " + m + " }")}) {
    auto c = open(by, "C", made(act::note, story::at("2026-03-02T09:00Z"))).complaint;
    c = apply(by, c, made(act::pause, story::at("2026-03-02T10:30Z"))).complaint;
    REQUIRE(c.clocks[0].latest()->paused);
    REQUIRE(c.ladders[0].frozen_since != instant::max());
    const auto refused = apply(by, c, made(act::resume, story::at("2028-12-29T10:00Z")));
    REQUIRE_FALSE(refused.did.accepted);
    CHECK(refused.did.reasons.front().kind == "past-horizon");
    CHECK(refused.complaint == c);
    auto anew = c;
    forget(anew);
    const auto resume = made(act::resume, story::at("2026-03-02T11:00Z"));
    CHECK(apply(by, refused.complaint, resume).complaint == apply(by, anew, resume).complaint);
  }
}
