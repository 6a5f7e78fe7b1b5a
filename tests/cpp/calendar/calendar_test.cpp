// SPDX-License-Identifier: BSL-1.0
#include "support/hour.hpp"

#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/calendar_document.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <chrono>
#include <optional>
#include <string>
#include <support/calendar_oracle.hpp>
#include <support/print_time.hpp>
#include <support/random_calendar.hpp>
#include <vector>

using namespace plaint;
using namespace std::chrono_literals;
using plaint::test::at;
using plaint::test::day;

namespace {

calendar_definition office(std::string zone = "Europe/London") {
  calendar_definition d{.id = "office", .zone = std::move(zone)};
  d.versions.push_back({.hours = weekly_hours::from_to(0, 4, {{9 * hour, 17 * hour}})});
  return d;
}

calendar with(calendar_definition d, std::vector<day_exception> exceptions) {
  d.exceptions = std::move(exceptions);
  return calendar::compile(d);
}

std::vector<std::string> codes_of(const calendar_definition& d) {
  std::vector<std::string> codes;
  try {
    (void)calendar::compile(d);
  } catch (const policy_error& e) {
    for (const auto& f : e.all()) {
      codes.push_back(f.code + " " + f.pointer);
    }
  }
  return codes;
}

/// A random calendar around its change of clocks, looked at step by step: ten days of minutes or an hour of seconds.
struct steps_of {
  std::chrono::seconds step;
  test::random_calendar random;
  calendar c = calendar::compile(random.definition);
  time_zone zone = load_zone(random.definition.zone);
  test::calendar_oracle oracle{random.definition, zone};
  instant from = start();
  std::vector<bool> open{};

  explicit steps_of(std::chrono::seconds each) : step(each), random(test::make_random_calendar(each == 1s ? 1 : 300)) {
    const instant to = each == 1s ? from + 1h : oracle.start(random.around + std::chrono::days{5});
    for (instant t = from; t < to; t += step) {
      open.push_back(oracle.is_open(t));
    }
  }
  [[nodiscard]] instant time(std::size_t i) const { return from + i * step; }
  [[nodiscard]] std::size_t some() const { return *rc::gen::inRange<std::size_t>(0, open.size()); }

private:
  [[nodiscard]] instant start() const {
    if (step != 1s) {
      return oracle.start(random.around - std::chrono::days{5});
    }
    const instant day = oracle.start(random.around);
    const auto changes = zone.changes({day - 24h, day + 36h});
    return (changes.empty() ? day : changes.front()) - std::chrono::seconds{*rc::gen::inRange(0, 3'600)};
  }
};

void open_as_the_rules_read(std::chrono::seconds step) {
  const steps_of m(step);
  duration sum{};
  std::vector<span> runs;
  for (std::size_t i = 0; i < m.open.size(); ++i) {
    const instant t = m.time(i);
    RC_ASSERT(m.c.is_open(t) == m.open[i]);
    RC_ASSERT(m.c.between(m.from, t) == sum);
    if (m.open[i] && (runs.empty() || runs.back().to < t)) {
      runs.push_back({t, t});
    }
    if (m.open[i]) {
      runs.back().to = t + step;
      sum += step;
    }
  }
  const auto listed = m.c.periods({m.from, m.time(m.open.size())});
  RC_ASSERT(std::vector<span>(listed.begin(), listed.end()) == runs);
}

void added_as_walked(std::chrono::seconds step) {
  const steps_of m(step);
  const bool latest = m.random.definition.options.exact_end == exact_end::latest;
  for (int n = 0; n < 20; ++n) {
    const std::size_t start = m.some();
    const int wanted = *rc::gen::inRange(1, 3'000);
    int open = 0;
    std::size_t i = start;
    for (; i < m.open.size() && open < wanted; ++i) {
      open += m.open[i] ? 1 : 0;
    }
    while (latest && i < m.open.size() && !m.open[i]) {
      ++i;
    }
    if (open == wanted && i < m.open.size()) {
      RC_ASSERT(m.c.add(m.time(start), wanted * step) == m.time(i));
    }
    open = 0;
    for (i = start; i > 0 && open < wanted; --i) {
      open += m.open[i - 1] ? 1 : 0;
    }
    while (latest && i > 0 && !m.open[i - 1]) {
      --i;
    }
    if (open == wanted && i > 0) {
      RC_ASSERT(m.c.subtract(m.time(start), wanted * step) == m.time(i));
    }
  }
}

void turned_as_seen(std::chrono::seconds step) {
  const steps_of m(step);
  const std::size_t last = m.open.size() - 1;
  for (int n = 0; n < 40; ++n) {
    const std::size_t start = 1 + *rc::gen::inRange<std::size_t>(0, last);
    const auto turns = [&](std::size_t i, bool to_open) { return m.open[i] == to_open && m.open[i - 1] != to_open; };
    const auto ahead = [&](std::size_t i, bool to_open) {
      while (i <= last && !turns(i, to_open)) {
        ++i;
      }
      return i;
    };
    const auto behind = [&](std::size_t i, bool to_open) {
      while (i > 0 && !turns(i, to_open)) {
        --i;
      }
      return i;
    };
    if (const auto i = ahead(start, true); i <= last) {
      RC_ASSERT(m.c.next_open(m.time(start)) == m.time(i));
    }
    if (const auto i = ahead(start + 1, false); i <= last) {
      RC_ASSERT(m.c.next_close(m.time(start), true) == m.time(i));
    }
    if (const auto i = behind(start, true); i > 0) {
      RC_ASSERT(m.c.previous_open(m.time(start)) == m.time(i));
    }
    if (const auto i = behind(start - 1, false); i > 0) {
      RC_ASSERT(m.c.previous_close(m.time(start), true) == m.time(i));
    }
  }
}

} // namespace

TEST_CASE("four hours from Friday afternoon end on Monday", "[calendar]") {
  const auto c = calendar::compile(office());
  CHECK(c.add(at("2026-11-20T15:00:00Z"), 4h) == at("2026-11-23T11:00:00Z"));
  CHECK(c.subtract(at("2026-11-23T11:00:00Z"), 4h) == at("2026-11-20T15:00:00Z"));
  CHECK(c.between(at("2026-11-20T15:00:00Z"), at("2026-11-23T11:00:00Z")) == 4h);
  CHECK(c.between(at("2026-11-23T11:00:00Z"), at("2026-11-20T15:00:00Z")) == -4h);
}

TEST_CASE("time used up at closing ends at closing, or at the next opening when the latest is asked for",
          "[calendar]") {
  auto d = office();
  const auto start = at("2026-11-20T16:00:00Z");
  CHECK(calendar::compile(d).add(start, 1h) == at("2026-11-20T17:00:00Z"));
  CHECK(calendar::compile(d).subtract(at("2026-11-23T10:00:00Z"), 1h) == at("2026-11-23T09:00:00Z"));
  d.options.exact_end = exact_end::latest;
  CHECK(calendar::compile(d).add(start, 1h) == at("2026-11-23T09:00:00Z"));
  CHECK(calendar::compile(d).subtract(at("2026-11-23T10:00:00Z"), 1h) == at("2026-11-20T17:00:00Z"));
}

TEST_CASE("adding nothing changes nothing, at night and at closing too", "[calendar]") {
  const auto c = calendar::compile(office());
  for (const auto* t : {"2026-11-21T03:00:00Z", "2026-11-20T17:00:00Z", "2026-11-20T12:00:00.000001Z"}) {
    CHECK(c.add(at(t), 0us) == at(t));
    CHECK(c.subtract(at(t), 0us) == at(t));
  }
}

TEST_CASE("a microsecond is kept", "[calendar]") {
  const auto c = calendar::compile(office());
  CHECK(c.add(at("2026-11-20T16:59:59.999999Z"), 2us) == at("2026-11-23T09:00:00.000001Z"));
  CHECK(c.between(at("2026-11-20T16:59:59.250000Z"), at("2026-11-23T09:00:00Z")) == 750'000us);
}

TEST_CASE("openings and closings at an instant count unless only later ones are asked for", "[calendar]") {
  const auto c = calendar::compile(office());
  const auto opening = at("2026-11-23T09:00:00Z");
  const auto closing = at("2026-11-23T17:00:00Z");
  CHECK(c.next_open(opening) == opening);
  CHECK(c.next_open(opening, true) == at("2026-11-24T09:00:00Z"));
  CHECK(c.next_open(opening + 1h) == at("2026-11-24T09:00:00Z"));
  CHECK(c.next_close(closing) == closing);
  CHECK(c.next_close(closing, true) == at("2026-11-24T17:00:00Z"));
  CHECK(c.next_close(opening) == closing);
  CHECK(c.previous_open(opening) == opening);
  CHECK(c.previous_open(opening, true) == at("2026-11-20T09:00:00Z"));
  CHECK(c.previous_close(closing) == closing);
  CHECK(c.previous_close(closing, true) == at("2026-11-20T17:00:00Z"));
  CHECK(c.next_open_or_self(opening + 1h) == opening + 1h);
  CHECK(c.is_open(opening));
  CHECK_FALSE(c.is_open(closing));
}

TEST_CASE("an office that never closes is plain arithmetic in one period", "[calendar]") {
  auto d = office();
  d.versions.front().hours = weekly_hours::always();
  for (const auto& c : {calendar::compile(d), calendar::compile(always("Europe/London"))}) {
    CHECK(c.add(at("2026-10-24T12:00:00Z"), 48h) == at("2026-10-26T12:00:00Z"));
    CHECK(c.between(at("2026-10-25T00:00:00Z"), at("2026-10-26T00:00:00Z")) == 24h);
    CHECK(c.periods({at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")}).size() == 1);
    CHECK(c.next_close(at("2026-01-01T00:00:00Z")) == std::nullopt);
    CHECK(c.next_open(at("2026-01-01T00:00:00Z")) == std::nullopt);
  }
  CHECK(calendar::compile(never()).between(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")) == 0h);
}

TEST_CASE("the hour that New York skips on 8 March 2026", "[calendar]") {
  auto d = office("America/New_York");
  d.versions.front().hours =
      weekly_hours::from_to(6, 6, {{2 * hour + 900, 2 * hour + 2'700}, {2 * hour + 2'700, 4 * hour}});
  const span night{at("2026-03-08T05:00:00Z"), at("2026-03-08T10:00:00Z")};
  CHECK(calendar::compile(d).periods(night)[0] == span{at("2026-03-08T07:00:00Z"), at("2026-03-08T08:00:00Z")});
  d.options.gap = gap_policy::shift;
  d.versions.front().hours.days[6] = {{2 * hour + 900, 2 * hour + 2'700}};
  CHECK(calendar::compile(d).periods(night)[0] == span{at("2026-03-08T07:15:00Z"), at("2026-03-08T07:45:00Z")});
}

TEST_CASE("the hour that New York repeats on 1 November 2026", "[calendar]") {
  auto d = office("America/New_York");
  d.versions.front().hours = weekly_hours::from_to(6, 6, {{1 * hour + 1'800, 4 * hour}});
  const span night{at("2026-11-01T04:00:00Z"), at("2026-11-01T12:00:00Z")};
  CHECK(calendar::compile(d).periods(night)[0] == span{at("2026-11-01T05:30:00Z"), at("2026-11-01T09:00:00Z")});
  d.options.overlap = overlap_policy::last;
  CHECK(calendar::compile(d).periods(night)[0] == span{at("2026-11-01T06:30:00Z"), at("2026-11-01T09:00:00Z")});
}

TEST_CASE("the day that Apia skipped has no hours and is no business day", "[calendar]") {
  auto d = office("Pacific/Apia");
  const auto c = calendar::compile(d);
  CHECK_FALSE(c.is_business_day(day("2011-12-30")));
  CHECK(c.is_business_day(day("2011-12-29")));
  CHECK(c.add_business_days(day("2011-12-29"), 1) == day("2012-01-02"));
}

TEST_CASE("a holiday cuts a night shift at midnight, or closes what begins on it", "[calendar]") {
  calendar_definition d{.zone = "UTC"};
  d.versions.push_back({.hours = weekly_hours::from_to(0, 6, {{22 * hour, 30 * hour}})});
  d.holidays.push_back({.name = "feast", .dates = {{day("2026-06-10"), "feast"}}});
  const span days{at("2026-06-09T12:00:00Z"), at("2026-06-11T12:00:00Z")};
  const auto cut = calendar::compile(d);
  CHECK(cut.between(days.from, days.to) == 2h + 6h);
  CHECK(cut.periods(days)[0] == span{at("2026-06-09T22:00:00Z"), at("2026-06-10T00:00:00Z")});
  CHECK(cut.periods(days)[1] == span{at("2026-06-11T00:00:00Z"), at("2026-06-11T06:00:00Z")});
  d.options.holiday = holiday_cut::owner;
  const auto owned = calendar::compile(d);
  CHECK(owned.periods(days).size() == 1);
  CHECK(owned.periods(days)[0] == span{at("2026-06-09T22:00:00Z"), at("2026-06-10T06:00:00Z")});
}

TEST_CASE("an override beats a holiday and makes the day a business day", "[calendar]") {
  auto d = office();
  d.holidays.push_back({.name = "uk", .dates = {{day("2026-12-24"), "eve"}, {day("2026-12-25"), "Christmas Day"}}});
  const auto c =
      with(d, {{.day = day("2026-12-24"), .kind = exception_kind::replace, .hours = {{9 * hour, 12 * hour}}},
               {.day = day("2026-12-26"), .kind = exception_kind::work},
               {.day = day("2026-12-23"), .kind = exception_kind::replace},
               {.day = day("2026-12-22"), .kind = exception_kind::add, .hours = {{18 * hour, 20 * hour}}},
               {.day = day("2026-12-22"), .kind = exception_kind::close, .hours = {{12 * hour, 13 * hour}}}});
  CHECK(c.is_business_day(day("2026-12-24")));
  CHECK_FALSE(c.is_business_day(day("2026-12-25")));
  CHECK(c.is_business_day(day("2026-12-26")));
  CHECK_FALSE(c.is_business_day(day("2026-12-23")));
  const auto open_on = [&](const char* date) {
    return c.between(c.start_of(day(date)), c.start_of(day(date) + std::chrono::days{1}));
  };
  CHECK(open_on("2026-12-24") == 3h);
  CHECK(open_on("2026-12-26") == 8h);
  CHECK(open_on("2026-12-22") == 9h);
  CHECK(c.close_of(day("2026-12-22")) == at("2026-12-22T20:00:00Z"));
  CHECK(c.opening_of(day("2026-12-22")) == at("2026-12-22T09:00:00Z"));
}

TEST_CASE("an override is found by the local date, in Tokyo's early morning too", "[calendar]") {
  auto d = office("Asia/Tokyo");
  d.versions.front().hours = weekly_hours::from_to(0, 4, {{6 * hour, 15 * hour}});
  const auto c =
      with(d, {{.day = day("2026-06-10"), .kind = exception_kind::replace, .hours = {{7 * hour, 8 * hour}}}});
  CHECK(c.between(at("2026-06-08T15:00:00Z"), at("2026-06-09T15:00:00Z")) == 9h);
  CHECK(c.between(at("2026-06-09T15:00:00Z"), at("2026-06-10T15:00:00Z")) == 1h);
}

TEST_CASE("business days are counted strictly after a day that is none, or after moving to one", "[calendar]") {
  const auto c = calendar::compile(office());
  const auto saturday = day("2026-11-21");
  CHECK(c.add_business_days(saturday, 1) == day("2026-11-23"));
  CHECK(c.add_business_days(saturday, 1, {}, day_rule::adjust) == day("2026-11-24"));
  CHECK(c.add_business_days(saturday, -1) == day("2026-11-20"));
  CHECK(c.add_business_days(saturday, -1, {}, day_rule::adjust) == day("2026-11-19"));
  CHECK(c.add_business_days(day("2026-11-20"), 1) == day("2026-11-23"));
  CHECK(c.add_business_days(day("2026-11-23"), -1) == day("2026-11-20"));
  CHECK(c.add_business_days(saturday, 0) == day("2026-11-23"));
  CHECK(c.add_business_days(saturday, 0, roll::preceding) == day("2026-11-20"));
  CHECK(c.add_business_days(saturday, 0, roll::none) == saturday);
  CHECK(c.add_business_days(saturday, 0, roll::nearest) == day("2026-11-20"));
  CHECK(c.roll_day(day("2026-11-22"), roll::nearest) == day("2026-11-23"));
  CHECK(c.roll_day(day("2026-10-31"), roll::modified_following) == day("2026-10-30"));
  CHECK(c.roll_day(day("2026-11-21"), roll::modified_following) == day("2026-11-23"));
  CHECK(c.add_business_days(at("2026-11-21T03:00:00Z"), 1) == at("2026-11-23T03:00:00Z"));
  CHECK(c.add_business_days(at("2026-11-21T03:00:00Z"), 1, roll::open) == at("2026-11-23T09:00:00Z"));
}

TEST_CASE("which ends of an interval of days count is said", "[calendar]") {
  const auto c = calendar::compile(office());
  const auto friday = day("2026-11-20");
  const auto tuesday = day("2026-11-24");
  CHECK(c.count_business_days(friday, tuesday) == 2);
  CHECK(c.count_business_days(friday, tuesday, counted::last) == 2);
  CHECK(c.count_business_days(friday, tuesday, counted::both) == 3);
  CHECK(c.count_business_days(friday, tuesday, counted::none) == 1);
  CHECK(c.count_business_days(tuesday, friday) == -2);
  const civil_day saturday = friday + std::chrono::days{1}; // it does not count, whichever end it is
  CHECK(c.count_business_days(saturday, friday) == 0);
  CHECK(c.count_business_days(saturday, friday, counted::last) == -1);
  CHECK(c.count_business_days(friday, saturday) == 1);
  CHECK(c.count_business_days(friday, saturday, counted::last) == 0);
  CHECK(c.count_business_days(friday, friday, counted::none) == 0);
  CHECK(c.business_days(friday, tuesday) == std::vector<civil_day>{friday, day("2026-11-23")});
}

TEST_CASE("hours and zone that change hold from their local date on", "[calendar]") {
  auto d = office();
  d.versions.push_back({.from = day("2026-06-10"),
                        .hours = weekly_hours::from_to(0, 4, {{10 * hour, 12 * hour}}),
                        .zone = "Asia/Tokyo"});
  const auto c = calendar::compile(d);
  CHECK(c.periods({at("2026-06-09T00:00:00Z"), at("2026-06-09T12:00:00Z")})[0].from == at("2026-06-09T08:00:00Z"));
  CHECK(c.opening_of(day("2026-06-10")) == at("2026-06-10T01:00:00Z"));
  CHECK(c.day_at(at("2026-06-09T14:59:00Z")) == day("2026-06-09"));
  CHECK(c.zone().name() == "Asia/Tokyo");
}

TEST_CASE("union, intersection and difference are calendars over all zones", "[calendar]") {
  const auto london = office();
  const auto new_york = office("America/New_York");
  const span day{at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z")};
  const auto measure = [&](const calendar_definition& d) { return calendar::compile(d).between(day.from, day.to); };
  CHECK(measure(london | new_york) == 13h);
  CHECK(measure(london & new_york) == 3h);
  CHECK(measure(london - new_york) == 5h);
  CHECK(measure(always() - london) == 16h);
  const auto pause = during({{at("2026-11-20T10:00:00.5Z"), at("2026-11-20T11:00:00Z")},
                             {at("2026-11-20T10:30:00Z"), at("2026-11-20T11:30:00Z")}});
  CHECK(measure(london - pause) == 8h - 90min + 500ms);
  CHECK(calendar::compile(london - pause).add(at("2026-11-20T09:30:00Z"), 1h) == at("2026-11-20T11:59:59.5Z"));
  CHECK(calendar::compile(london & new_york).is_business_day(test::day("2026-11-20")));
}

TEST_CASE("past the horizon there is an error that knows the horizon", "[calendar]") {
  auto d = office();
  d.first_year = 2020;
  d.last_year = 2030;
  const auto c = calendar::compile(d);
  CHECK(c.horizon() == span{at("2020-01-01T00:00:00Z"), at("2031-01-01T00:00:00Z")});
  CHECK_THROWS_AS(c.is_open(at("2019-12-31T23:59:59Z")), horizon_error);
  CHECK_THROWS_AS(c.add(at("2030-12-31T12:00:00Z"), 6h), horizon_error);
  CHECK_THROWS_AS(c.add(at("2030-12-31T12:00:00Z"), duration::max()), horizon_error);
  CHECK_THROWS_AS(c.subtract(at("2030-12-31T12:00:00Z"), duration::max()), horizon_error);
  CHECK_THROWS_AS(c.subtract(at("2030-12-31T12:00:00Z"), duration::min()), horizon_error);
  CHECK_THROWS_AS(c.next_open(at("2030-12-31T18:00:00Z")), horizon_error);
  CHECK_THROWS_AS(c.add_business_days(day("2030-12-31"), 1), horizon_error);
  CHECK_THROWS_AS(c.add_business_days(day("2025-12-31"), std::numeric_limits<std::int64_t>::max()), horizon_error);
  CHECK_THROWS_AS(c.is_business_day(day("2031-01-01")), horizon_error);
  CHECK_THROWS_AS(c.is_business_day(day("1999-01-01")), horizon_error);
  try {
    (void)c.add(at("2030-12-31T12:00:00Z"), 6h);
  } catch (const horizon_error& e) {
    CHECK(e.horizon() == c.horizon());
    CHECK(std::string(e.what()) ==
          "calendar \"office\" knows the days from 2020-01-01 to 2030-12-31; the answer lies outside");
  }
}

TEST_CASE("weekly hours past the horizon are flagged, and provisional years too", "[calendar]") {
  auto d = office();
  d.holidays.push_back({.name = "cn",
                        .dates = {{day("2026-10-01"), "national day"}},
                        .first_year = 2020,
                        .last_year = 2026,
                        .provisional_years = {2026}});
  CHECK_THROWS_AS(calendar::compile(d).is_open(at("2027-06-01T12:00:00Z")), horizon_error);
  d.options.past_horizon = past_horizon::weekly;
  const auto c = calendar::compile(d);
  CHECK(c.is_open(at("2027-06-01T12:00:00Z")));
  CHECK(c.certainty_of({at("2025-06-01T00:00:00Z"), at("2025-07-01T00:00:00Z")}) == certainty::known);
  CHECK(c.certainty_of({at("2025-06-01T00:00:00Z"), at("2026-07-01T00:00:00Z")}) == certainty::provisional);
  CHECK(c.certainty_of({at("2025-06-01T00:00:00Z"), at("2027-07-01T00:00:00Z")}) == certainty::extrapolated);
}

TEST_CASE("years after those that a government has announced are provisional", "[calendar]") {
  auto d = office();
  d.holidays.push_back({.name = "hk", .last_year = 2030, .announced_to = 2026});
  const auto c = calendar::compile(d);
  CHECK(c.certainty_of({at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z")}) == certainty::known);
  CHECK(c.certainty_of({at("2026-12-01T00:00:00Z"), at("2027-02-01T00:00:00Z")}) == certainty::provisional);
  CHECK(c.certainty_of({at("2029-12-01T00:00:00Z"), at("2030-02-01T00:00:00Z")}) == certainty::provisional);
}

TEST_CASE("all faults of a definition are reported at once, each at its place", "[calendar]") {
  calendar_definition d{.zone = "Europe/Londno"};
  d.versions.push_back({.hours = weekly_hours::from_to(0, 0, {{9 * hour, 12 * hour}, {11 * hour, 13 * hour}})});
  d.versions.front().hours.days[3] = {{9 * hour, 9 * hour}};
  d.exceptions.push_back({.day = day("2026-05-04"), .kind = exception_kind::close, .hours = {{11 * hour, 10 * hour}}});
  d.exceptions.push_back({.day = day("2099-05-04"), .kind = exception_kind::work, .like = 9});
  d.last_year = 2030;
  d.holidays.push_back({.rules = {{.name = "never", .base = fixed_date{2, 30}}}});
  CHECK(codes_of(d) ==
        std::vector<std::string>{"unknown-zone /zone", "empty-interval /hours/thu/0",
                                 "empty-interval /breaks/2026-05-04/0", "horizon-too-small /working_days/2099-05-04",
                                 "bad-weekday /working_days/2099-05-04", "bad-rule /holidays/0/rules/0"});
  auto overlapping = office();
  overlapping.versions.front().hours.days[0] = {{9 * hour, 12 * hour}, {10 * hour, 13 * hour}};
  CHECK(codes_of(overlapping) == std::vector<std::string>{"overlap /hours/mon/1"});
  overlapping.versions.front().hours.days[0] = {{12 * hour, 17 * hour}, {9 * hour, 12 * hour}};
  CHECK(codes_of(overlapping).empty());
  auto nightly = office();
  nightly.versions.front().hours.days[6] = {{22 * hour, 34 * hour}};
  CHECK(codes_of(nightly) == std::vector<std::string>{"overlap /hours/mon/0"});
  calendar_definition closed{.zone = "UTC"};
  closed.versions.push_back({});
  CHECK(codes_of(closed) == std::vector<std::string>{"no-open-time /hours"});
  auto never_in_time = office();
  never_in_time.versions.front().from = day("2050-01-01");
  never_in_time.last_year = 2049;
  CHECK(codes_of(never_in_time) == std::vector<std::string>{"no-open-time /hours"});
  CHECK(codes_of({}) == std::vector<std::string>{"missing ", "missing "});
  auto backwards = office();
  backwards.first_year = 2030;
  backwards.last_year = 2020;
  CHECK(codes_of(backwards).front() == "horizon-too-small /horizon");
}

TEST_CASE("overlapping ranges count once when they are to be merged", "[calendar]") {
  auto d = office();
  d.options.ranges = overlap_ranges::merge;
  d.versions.front().hours.days[0] = {{9 * hour, 12 * hour}, {10 * hour, 13 * hour}};
  CHECK(calendar::compile(d).between(at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z")) == 4h);
}

TEST_CASE("equal definitions over the same zone data are equal calendars", "[calendar]") {
  CHECK(calendar::compile(office()) == calendar::compile(office()));
  CHECK_FALSE(calendar::compile(office()) == calendar::compile(office("Europe/Paris")));
  CHECK(calendar::compile(office()).digest().size() == 64);
}

TEST_CASE("columns say what single calls say, nulls stay nulls", "[calendar]") {
  const auto c = calendar::compile(office());
  const std::int64_t null = std::numeric_limits<std::int64_t>::min();
  const std::vector<std::int64_t> from{at("2026-11-20T15:00:00Z").time_since_epoch().count(), null, 0};
  const std::vector<std::int64_t> length{4 * 3'600'000'000, 5, null};
  std::vector<std::int64_t> out(3);
  c.add(from, length, out);
  CHECK(out == std::vector<std::int64_t>{at("2026-11-23T11:00:00Z").time_since_epoch().count(), null, null});
  c.subtract(out, length, out);
  CHECK(out == std::vector<std::int64_t>{from[0], null, null});
  c.add(from, 4h, out);
  std::vector<std::int64_t> sums(3);
  c.between(from, out, sums);
  CHECK(sums == std::vector<std::int64_t>{4 * 3'600'000'000, null, 4 * 3'600'000'000});
  std::vector<std::uint8_t> open(3);
  c.is_open(from, open);
  CHECK(open == std::vector<std::uint8_t>{1, 0, 0});
}

TEST_CASE("every minute and every second of a random calendar is open or closed as the rules read",
          "[calendar][property]") {
  CHECK(rc::check("is_open, between and periods follow the minutes", [] { open_as_the_rules_read(60s); }));
  CHECK(rc::check("is_open, between and periods follow the seconds", [] { open_as_the_rules_read(1s); }));
}

TEST_CASE("added and subtracted open time ends where a walk over minutes or seconds ends", "[calendar][property]") {
  CHECK(rc::check("add and subtract follow the minutes", [] { added_as_walked(60s); }));
  CHECK(rc::check("add and subtract follow the seconds", [] { added_as_walked(1s); }));
}

TEST_CASE("openings and closings are where the minutes or the seconds change", "[calendar][property]") {
  CHECK(rc::check("they follow the minutes", [] { turned_as_seen(60s); }));
  CHECK(rc::check("they follow the seconds", [] { turned_as_seen(1s); }));
}

TEST_CASE("business days of a random calendar are the days with hours of their own", "[calendar][property]") {
  const auto agree = [](std::int32_t grid, int days) {
    const auto random = test::make_random_calendar(grid);
    const auto c = calendar::compile(random.definition);
    const test::calendar_oracle oracle(random.definition, load_zone(random.definition.zone));
    for (int i = -days; i <= days; ++i) {
      const civil_day d = random.around + std::chrono::days{i};
      RC_ASSERT(c.is_business_day(d) == oracle.is_business_day(d, std::chrono::seconds{grid}));
    }
  };
  CHECK(rc::check("is_business_day, by hours on the grid", [&] { agree(300, 7); }));
  CHECK(rc::check("is_business_day, by hours with seconds", [&] { agree(1, 0); }));
}

TEST_CASE("the laws of open time hold on random calendars", "[calendar][property]") {
  CHECK(rc::check("additive, monotone, inverse, mirrored", [] {
    const auto random = test::make_random_calendar();
    const auto c = calendar::compile(random.definition);
    const auto some_time = [&] {
      return c.start_of(random.around) + duration{*rc::gen::inRange<std::int64_t>(-600'000'000'000, 600'000'000'000)};
    };
    const instant t = some_time();
    const instant u = some_time();
    const instant v = some_time();
    RC_ASSERT(c.between(t, u) + c.between(u, v) == c.between(t, v));
    RC_ASSERT(c.between(t, u) == -c.between(u, t));
    const duration x{*rc::gen::inRange<std::int64_t>(0, 100'000'000'000)};
    const duration y{*rc::gen::inRange<std::int64_t>(0, 100'000'000'000)};
    RC_ASSERT(c.between(t, c.add(t, x)) == x);
    RC_ASSERT(c.between(c.subtract(t, x), t) == x);
    RC_ASSERT(c.add(c.add(t, x), y) == c.add(t, x + y) || x == 0us || y == 0us);
    RC_ASSERT(c.add(t, -x) == c.subtract(t, x));
    RC_ASSERT(c.open_before(u) - c.open_before(t) == c.between(t, u));
    RC_ASSERT(x == 0us || c.used_up(c.open_before(t) + x) == c.add(t, x));
    RC_ASSERT(x == 0us || t > u || c.add(t, x) <= c.add(u, x));
  }));
}

TEST_CASE("what is in either calendar and what is in both add up to what is in each", "[calendar][property]") {
  CHECK(rc::check("|a or b| + |a and b| = |a| + |b|, and a less b is a less what both have", [] {
    auto a = test::make_random_calendar();
    auto b = test::make_random_calendar();
    for (auto* each : {&a, &b}) {
      each->definition.first_year = 1985;
      each->definition.last_year = 2028;
    }
    for (const auto& around : {a.around, b.around}) {
      const span days{instant{(around - std::chrono::days{7}).time_since_epoch()},
                      instant{(around + std::chrono::days{7}).time_since_epoch()}};
      const auto measure = [&](const calendar_definition& d) {
        return calendar::compile(d).between(days.from, days.to);
      };
      const auto one = measure(a.definition);
      const auto both = measure(a.definition & b.definition);
      RC_ASSERT(measure(a.definition | b.definition) + both == one + measure(b.definition));
      RC_ASSERT(measure(a.definition - b.definition) == one - both);
    }
  }));
}

TEST_CASE("a shift written split at midnight is the same shift", "[calendar][property]") {
  CHECK(rc::check("split at 24:00", [] {
    auto random = test::make_random_calendar();
    auto& d = random.definition;
    d.options.holiday = holiday_cut::cut;
    d.options.gap = gap_policy::snap; // where a whole day is skipped, a shifted opening comes after midnight
    d.versions.resize(1);             // a shift keeps the version under which it opened, so there the two differ
    d.exceptions.erase(std::remove_if(d.exceptions.begin(), d.exceptions.end(),
                                      [](const auto& e) { return e.kind == exception_kind::work; }),
                       d.exceptions.end());
    auto split = d;
    auto& week = split.versions.front().hours.days;
    for (std::size_t i = 0; i < 7; ++i) {
      for (auto& hours : d.versions.front().hours.days[i]) {
        if (hours.to > seconds_a_day) {
          *std::find(week[i].begin(), week[i].end(), hours) = {hours.from, seconds_a_day};
          week[(i + 1) % 7].push_back({0, hours.to - seconds_a_day});
        }
      }
    }
    const auto whole = calendar::compile(d);
    const auto parts = calendar::compile(split);
    const span days{whole.start_of(random.around - std::chrono::days{8}),
                    whole.start_of(random.around + std::chrono::days{8})};
    const auto list = [&](const calendar& c) {
      const auto all = c.periods(days);
      return std::vector<span>(all.begin(), all.end());
    };
    RC_ASSERT(list(whole) == list(parts));
  }));
}
