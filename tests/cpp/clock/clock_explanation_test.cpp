// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/story.hpp"

#include <plaint/clock/clock_explanation.hpp>

using namespace plaint;

TEST_CASE("an explanation tells every segment, and holidays by name, in English and Chinese", "[clock]") {
  auto text = std::string("{ a: { start: opened, stop: event(stop), goals: 12h, calendar: office, pause: { on: "
                          "event(pause), resume: event(resume), reasons: customer } } }");
  story::teller told(story::policy(text));
  const auto end = told.tell("2026-05-22T13:00Z open\n2026-05-22T15:00Z pause\n2026-05-22T16:00Z resume");
  const auto& y = *end.now.clocks[0].latest();
  const auto e = explain(told.by().clocks()[0], y, end.now.attributes, end.now.last_at);
  CHECK(to_string(e) == "a: 12h from 2026-05-22 13:00\n"
                        "2026-05-22 13:00 - 2026-05-22 15:00  ran 2 h (started)\n"
                        "2026-05-22 15:00 - 2026-05-22 16:00  paused: customer\n"
                        "2026-05-22 16:00 - 2026-05-22 16:00  ran 0 h (resumed)\n"
                        "2026-05-22 16:00 - 2026-05-27 10:00  to come 10 h\n"
                        "  2026-05-25  holiday\n"
                        "due 2026-05-27 10:00\n");
  const auto zh = to_string(e, "zh");
  CHECK(zh.find("暂停：customer") != zh.npos);
  CHECK(zh.find("节假日") != zh.npos);
  std::int64_t sum = e.carried;
  for (const auto& s : e.segments) {
    sum += s.consumed;
  }
  CHECK(sum == e.amount);
}
