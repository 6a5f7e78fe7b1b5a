// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

#include <plaint/clock/clock_reading.hpp>

using namespace plaint;

namespace {

constexpr std::int64_t hour = 3'600'000'000;

} // namespace

TEST_CASE("what a clock has consumed can be read for any instant, past ones too", "[clock]") {
  story::teller told(story::policy("{ a: { start: opened, stop: event(stop), goals: 8h, calendar: office, pause: { on: "
                                   "event(pause), resume: event(resume), reasons: x } } }"));
  const auto end =
      told.tell("2026-03-02T09:00Z open\n2026-03-02T12:00Z pause\n2026-03-03T09:00Z resume\n2026-03-03T12:00Z .");
  const auto& c = told.by().clocks()[0];
  const auto& y = *end.now.clocks[0].latest();
  const auto by = [&](std::string_view when) { return consumed_by(c, y, end.now.attributes, story::at(when)); };
  CHECK(by("2026-03-02T11:00Z") == 2 * hour);
  CHECK(by("2026-03-02T20:00Z") == 3 * hour);
  CHECK(by("2026-03-03T12:00Z") == 6 * hour);
  CHECK(remaining_at(c, y, end.now.attributes, story::at("2026-03-03T16:00Z")) == duration{-2 * hour});
  CHECK(ran_by(c, y, story::at("2026-03-03T10:00Z")) == duration{4 * hour});
}

TEST_CASE("a paused clock tells when it would be due if it ran on", "[clock]") {
  story::teller told(story::policy("{ a: { start: opened, stop: event(stop), goals: 4h, calendar: office, pause: { on: "
                                   "event(pause), resume: event(resume), reasons: x } },"
                                   "  d: { start: opened, stop: event(stop), goals: 3 business days, calendar: office, "
                                   "pause: { on: event(pause), resume: event(resume), reasons: x } } }"));
  const auto end = told.tell("2026-03-02T09:00Z open\n2026-03-02T10:00Z pause");
  const auto due = [&](std::size_t clock, std::string_view when) {
    return due_if_resumed_at(told.by().clocks()[clock], *end.now.clocks[clock].latest(), end.now.attributes,
                             story::at(when));
  };
  CHECK(due(0, "2026-03-02T10:00Z") == story::at("2026-03-02T13:00Z"));
  CHECK(due(0, "2026-03-06T16:00Z") == story::at("2026-03-09T11:00Z"));
  CHECK(due(1, "2026-03-02T10:00Z") == story::at("2026-03-05T09:00Z"));
  CHECK(due(1, "2026-03-03T10:00Z") == story::at("2026-03-06T09:00Z")); // Tuesday's end fell into the pause
}
