// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/goal/goal_explanation.hpp>

#include <catch.hpp>

#include <string>
#include <support/print_time.hpp>

using namespace plaint;
using namespace std::chrono_literals;
using plaint::test::at;
using plaint::test::day;

namespace {

calendar plain_office() {
  calendar_definition d{.id = "office", .zone = "Europe/London"};
  d.versions.push_back({.hours = weekly_hours::from_to(0, 4, {{9 * 3'600, 17 * 3'600}})});
  d.holidays.push_back({.name = "uk", .dates = {{day("2026-12-25"), "Christmas Day"}}, .provisional_years = {2026}});
  return calendar::compile(d);
}

} // namespace

TEST_CASE("a goal in days lists every day and why it was skipped", "[calendar]") {
  const auto c = plain_office();
  const auto e = explain(parse_goal("2 business days, received at the next opening"), at("2026-12-23T20:00:00Z"), c);
  CHECK(e.received == at("2026-12-24T09:00:00Z"));
  CHECK(e.due == at("2026-12-29T09:00:00Z"));
  CHECK(e.how == certainty::provisional);
  CHECK(to_string(e, c) == "2 business days, received at the next opening from 2026-12-23 20:00: due 2026-12-29 09:00\n"
                           "counts as received 2026-12-24 09:00\n"
                           "2026-12-25  holiday (Christmas Day)\n"
                           "2026-12-26  closed\n"
                           "2026-12-27  closed\n"
                           "2026-12-28  business day\n"
                           "2026-12-29  business day\n");
}

TEST_CASE("a goal in hours lists the stretches of time", "[calendar]") {
  const auto c = plain_office();
  const auto e = explain(parse_goal("4h"), at("2026-12-24T15:00:00Z"), c);
  CHECK(to_string(e, c) == "4h from 2026-12-24 15:00: due 2026-12-28 11:00\n"
                           "2026-12-24 15:00 - 17:00  open 2 h\n"
                           "2026-12-24 17:00 - 2026-12-25 09:00  closed\n"
                           "2026-12-25 09:00 - 17:00  holiday (Christmas Day)\n"
                           "2026-12-25 17:00 - 2026-12-28 09:00  closed\n"
                           "2026-12-28 09:00 - 11:00  open 2 h\n");
}

TEST_CASE("a choice explains each of its goals, an unset attribute is not known yet", "[calendar]") {
  const auto c = plain_office();
  const auto e = explain(parse_goal("earliest of (1 business day; until agreed)"), at("2026-11-23T15:00:00Z"), c);
  REQUIRE(e.choices.size() == 2);
  CHECK(e.due == e.choices[0].due);
  CHECK_FALSE(e.choices[1].due.has_value());
  CHECK(to_string(e.choices[1], c) == "until agreed from 2026-11-23 15:00: due is not known yet\n");
}
