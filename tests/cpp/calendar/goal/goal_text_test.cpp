// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/goal/goal_text.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

using namespace plaint;
using namespace std::chrono_literals;

namespace {

goal random_goal(int depth) {
  const auto n = *rc::gen::inRange<std::int64_t>(0, 1'000);
  const int kind = *rc::gen::inRange(0, depth > 0 ? 8 : 7);
  if (kind == 0) {
    return {elapsed_goal{std::chrono::seconds{n + 1}, *rc::gen::arbitrary<bool>()}};
  }
  if (kind == 1) {
    return business(*rc::gen::element<duration>(std::chrono::seconds{n + 1}, std::chrono::microseconds{n + 1}));
  }
  if (kind == 2) {
    return until("attribute_" + std::to_string(n));
  }
  if (kind == 7) {
    std::vector<goal> of{random_goal(depth - 1), random_goal(depth - 1)};
    return *rc::gen::arbitrary<bool>() ? earliest_of(of) : latest_of(of);
  }
  day_rules r;
  r.receipt_day_counts = *rc::gen::arbitrary<bool>();
  r.receipt = *rc::gen::element(receipt_rule::as_is, receipt_rule::next_opening, receipt_rule::next_business_day,
                                receipt_rule::after_closing);
  if (*rc::gen::arbitrary<bool>()) {
    r.cut_off = *rc::gen::inRange(0, 86'401);
  }
  r.at = *rc::gen::element(due_at::same_time, due_at::end_of_day, due_at::close_of_business);
  if (*rc::gen::arbitrary<bool>()) {
    r.roll = *rc::gen::element(roll::none, roll::open, roll::following, roll::preceding, roll::modified_following,
                               roll::nearest);
  }
  if (*rc::gen::arbitrary<bool>()) {
    r.from = *rc::gen::element(day_rule::next, day_rule::adjust);
  }
  r.least_business_days = *rc::gen::inRange(0, 3);
  return {days_goal{
      *rc::gen::element(day_unit::business_days, day_unit::calendar_days, day_unit::weeks, day_unit::months), n, r}};
}

} // namespace

TEST_CASE("goals are read as they are said", "[calendar]") {
  const std::vector<std::pair<const char*, goal>> all{
      {"4h", business(4h)},
      {"4 business hours", business(4h)},
      {"90 minutes", business(90min)},
      {"1h 30min", business(90min)},
      {"PT4H", business(4h)},
      {"4h elapsed", elapsed(4h)},
      {"24h elapsed, from the next full hour", {elapsed_goal{24h, true}}},
      {"3 business days", business_days(3)},
      {"1 business day", business_days(1)},
      {"3 working days", business_days(3)},
      {"15 days", calendar_days(15)},
      {"15 calendar days", calendar_days(15)},
      {"P15D", calendar_days(15)},
      {"8 weeks", weeks(8)},
      {"P8W", weeks(8)},
      {"2 months", months(2)},
      {"P1Y", months(12)},
      {"end of same day", calendar_days(0, {.at = due_at::end_of_day})},
      {"end of the next business day", business_days(1, {.at = due_at::end_of_day})},
      {"3 business days, due at close of business, cut-off 16:00",
       business_days(3, {.cut_off = 57'600, .at = due_at::close_of_business})},
      {"10 business days, received at the next opening", business_days(10, {.receipt = receipt_rule::next_opening})},
      {"15 days, roll modified following", calendar_days(15, {.roll = roll::modified_following})},
      {"until target_date", until("target_date")},
      {"earliest of (15 business days; 90 days)", earliest_of({business_days(15), calendar_days(90)})},
      {"latest of (2 months, due at end of day; earliest of (4h; until agreed))",
       latest_of({months(2, {.at = due_at::end_of_day}), earliest_of({business(4h), until("agreed")})})},
  };
  for (const auto& [text, wanted] : all) {
    INFO(text);
    CHECK(parse_goal(text) == wanted);
  }
}

TEST_CASE("a rule that ships is named in a goal", "[calendar]") {
  const auto eu = parse_goal("15 days, under eu-1182-71");
  CHECK(eu == calendar_days(15, {.at = due_at::end_of_day, .roll = roll::following, .least_business_days = 2}));
  CHECK(parse_goal(to_string(eu)) == eu);
  findings out;
  CHECK_FALSE(parse_goal("15 days, under eu-1182-72", out, "/goal").has_value());
  REQUIRE(out.size() == 1);
  CHECK(out[0].suggestion == "eu-1182-71");
}

TEST_CASE("goals are printed shortly", "[calendar]") {
  CHECK(to_string(business(4h)) == "4h");
  CHECK(to_string(business(90min)) == "1h 30min");
  CHECK(to_string(elapsed(4h)) == "4h elapsed");
  CHECK(to_string(business_days(1)) == "1 business day");
  CHECK(to_string(calendar_days(15)) == "15 days");
  CHECK(to_string(earliest_of({weeks(8), months(2)})) == "earliest of (8 weeks; 2 months)");
}

TEST_CASE("what is no goal is refused with its place", "[calendar]") {
  const std::vector<const char*> all{"",
                                     "soon",
                                     "3",
                                     "-3 days",
                                     "3 busines days",
                                     "0h",
                                     "P1DT4H",
                                     "P-3D",
                                     "3 days,",
                                     "3 days, soon",
                                     "4h, roll following",
                                     "until",
                                     "until a b",
                                     "earliest of 3 days",
                                     "earliest of (3 days)",
                                     "3 days, cut-off 25:00",
                                     "99999999 days",
                                     "end of day after",
                                     "earliest of (",
                                     "earliest of (3 days; nonsense)"};
  for (const auto* text : all) {
    findings out;
    INFO(text);
    CHECK_FALSE(parse_goal(text, out, "/clocks/answer/goal").has_value());
    REQUIRE(out.size() == 1);
    CHECK(out[0].code == "bad-goal");
    CHECK(out[0].pointer == "/clocks/answer/goal");
  }
  CHECK_THROWS_AS(parse_goal("soon"), policy_error);
  findings both;
  CHECK_FALSE(parse_goal("earliest of (soon; later)", both).has_value());
  CHECK(both.size() == 2);
}

TEST_CASE("every goal reads back from its text", "[calendar][property]") {
  CHECK(rc::check("round trip", [] {
    const auto g = random_goal(2);
    RC_ASSERT(parse_goal(to_string(g)) == g);
  }));
  CHECK(rc::check("any text is read or refused", [](const std::string& text) {
    findings out;
    const bool is_read = parse_goal(text, out).has_value();
    RC_ASSERT(is_read == out.empty());
  }));
}
