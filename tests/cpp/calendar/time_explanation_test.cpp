// SPDX-License-Identifier: BSL-1.0
#include "support/hour.hpp"

#include <plaint/calendar/time_explanation.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <string>
#include <support/print_time.hpp>
#include <support/random_calendar.hpp>
#include <vector>

using namespace plaint;
using namespace std::chrono_literals;
using plaint::test::at;
using plaint::test::day;

namespace {

calendar_definition office_with_exceptions() {
  calendar_definition d{.id = "office", .zone = "Europe/London"};
  d.versions.push_back({.hours = weekly_hours::from_to(0, 4, {{9 * hour, 17 * hour}})});
  d.holidays.push_back(
      {.name = "uk", .dates = {{day("2026-12-25"), "Christmas Day"}, {day("2026-12-26"), "Boxing Day"}}});
  d.exceptions = {{.day = day("2026-12-24"),
                   .kind = exception_kind::replace,
                   .hours = {{9 * hour, 12 * hour}},
                   .name = "early closing"},
                  {.day = day("2026-12-23"),
                   .kind = exception_kind::close,
                   .hours = {{10 * hour, 11 * hour}},
                   .name = "fire drill"}};
  return d;
}

} // namespace

TEST_CASE("an explanation names the holiday, the exception and the break", "[calendar]") {
  const auto c = calendar::compile(office_with_exceptions());
  const auto e = explain(c, at("2026-12-23T09:30:00Z"), at("2026-12-28T10:00:00Z"));
  CHECK(e.open == 6h + 30min + 3h + 1h);
  CHECK(e.how == certainty::known);
  CHECK(to_string(e, c) == "2026-12-23 09:30 - 10:00  open 30 min\n"
                           "2026-12-23 10:00 - 11:00  break (fire drill)\n"
                           "2026-12-23 11:00 - 17:00  open 6 h\n"
                           "2026-12-23 17:00 - 2026-12-24 09:00  closed\n"
                           "2026-12-24 09:00 - 12:00  open (early closing) 3 h\n"
                           "2026-12-24 12:00 - 17:00  exception (early closing)\n"
                           "2026-12-24 17:00 - 2026-12-25 09:00  closed\n"
                           "2026-12-25 09:00 - 17:00  holiday (Christmas Day)\n"
                           "2026-12-25 17:00 - 2026-12-28 09:00  closed\n"
                           "2026-12-28 09:00 - 10:00  open 1 h\n");
  CHECK(explain(c, e.within.to, e.within.from).open == -e.open);
}

TEST_CASE("an explanation names the calendar that paused another", "[calendar]") {
  auto pause = during({{at("2026-12-22T10:00:00Z"), at("2026-12-22T12:00:00Z")}});
  pause.id = "waiting for the customer";
  const auto c = calendar::compile(office_with_exceptions() - pause);
  const auto e = explain(c, at("2026-12-22T09:00:00Z"), at("2026-12-22T13:00:00Z"));
  REQUIRE(e.parts.size() == 3);
  CHECK(e.parts[1] == explained_time{{at("2026-12-22T10:00:00Z"), at("2026-12-22T12:00:00Z")},
                                     time_cause::pause,
                                     "waiting for the customer"});
  const auto both = calendar::compile(office_with_exceptions() & always());
  CHECK(explain(both, at("2026-12-25T08:00:00Z"), at("2026-12-25T18:00:00Z")).parts[1].name == "Christmas Day");
}

TEST_CASE("days are explained by what closed them", "[calendar]") {
  const auto c = calendar::compile(office_with_exceptions());
  std::string text;
  for (const auto& one : explain_days(c, day("2026-12-24"), day("2026-12-28"))) {
    text += to_string(one) + "\n";
  }
  CHECK(text ==
        "2026-12-24  business day\n2026-12-25  holiday (Christmas Day)\n2026-12-26  closed\n2026-12-27  closed\n");
}

TEST_CASE("an explanation fills its span and its open parts sum up to the measure", "[calendar][property]") {
  CHECK(rc::check("partition", [] {
    const auto a = test::make_random_calendar();
    auto b = test::make_random_calendar().definition;
    b.exceptions.clear();
    b.first_year = a.definition.first_year;
    b.last_year = a.definition.last_year;
    const auto kind = *rc::gen::inRange(0, 4);
    const auto d = kind == 0   ? a.definition
                   : kind == 1 ? a.definition | b
                   : kind == 2 ? a.definition & b
                               : a.definition - b;
    const auto c = calendar::compile(d);
    const span within{c.start_of(a.around - std::chrono::days{*rc::gen::inRange(1, 5)}),
                      c.start_of(a.around + std::chrono::days{4})};
    const auto e = explain(c, within.from, within.to);
    duration open{};
    instant t = within.from;
    std::vector<span> opened;
    for (const auto& part : e.parts) {
      RC_ASSERT(part.when.from == t);
      RC_ASSERT(!part.when.empty());
      t = part.when.to;
      if (part.cause == time_cause::open) {
        open += part.when.length();
        detail::append_span(opened, part.when);
      }
    }
    RC_ASSERT(t == within.to);
    RC_ASSERT(open == e.open);
    const auto listed = c.periods(within);
    RC_ASSERT(opened == std::vector<span>(listed.begin(), listed.end()));
  }));
}
