// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/calendar_document.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <initializer_list>
#include <string>
#include <support/random_calendar.hpp>
#include <utility>
#include <vector>

using namespace plaint;

namespace {

node map(std::initializer_list<std::pair<const char*, node>> members) {
  node all = node::mapping_of();
  for (const auto& [name, value] : members) {
    all.add(name, value);
  }
  return all;
}
node list(std::initializer_list<node> items) {
  node all = node::sequence_of();
  for (const auto& item : items) {
    all.push(item);
  }
  return all;
}
node text(const char* t) {
  return node::text_of(t);
}

calendar_definition read(const node& from, findings& out) {
  return read_calendar(value_reader(from, "", out), "test");
}

} // namespace

TEST_CASE("a calendar is read as policies write it", "[calendar]") {
  findings out;
  const auto d = read(
      map({{"zone", text("Europe/London")},
           {"hours",
            map({{"mon-thu", list({text("09:00-12:30"), text("13:00-17:00")})}, {"fri", text("09:00-15:00")}})},
           {"holidays", list({text("england-and-wales"), text("2026-06-01"),
                              map({{"date", text("2026-06-02")}, {"name", text("outing")}}),
                              map({{"name", text("own")},
                                   {"rules", list({map({{"name", text("Tuesday after Easter")},
                                                        {"on", text("easter")},
                                                        {"offset", node::integer_of(2)}})})}})})},
           {"exceptions", map({{"2026-12-24", list({text("09:00-12:00")})}, {"2026-12-23", list({})}})},
           {"breaks", map({{"2026-05-04", text("10:00-11:00")}})},
           {"working_days", list({text("2026-02-14"), map({{"date", text("2026-02-28")}, {"like", text("fri")}})})},
           {"horizon",
            map({{"from", node::integer_of(2020)}, {"to", node::integer_of(2030)}, {"past", text("weekly")}})},
           {"exact_end", text("latest")}}),
      out);
  CHECK(out.empty());
  CHECK(d.zone == "Europe/London");
  CHECK(d.versions.front().hours.days[3].size() == 2);
  CHECK(d.versions.front().hours.days[4] == std::vector<daily_interval>{{32'400, 54'000}});
  REQUIRE(d.holidays.size() == 3);
  CHECK(d.holidays[0].name == "england-and-wales");
  CHECK(d.holidays[1].rules.front().offset == 2);
  CHECK(d.holidays[2].dates.size() == 2);
  CHECK(d.exceptions.size() == 5);
  CHECK(d.first_year == 2020);
  CHECK(d.options.past_horizon == past_horizon::weekly);
  CHECK(d.options.exact_end == exact_end::latest);
  CHECK_NOTHROW(calendar::compile(d));
}

TEST_CASE("hours that never end keep their holidays", "[calendar]") {
  findings out;
  CHECK(read(map({{"zone", text("UTC")}, {"hours", text("always")}}), out).kind == calendar_kind::always);
  CHECK(read(map({{"zone", text("UTC")}, {"hours", text("never")}}), out).kind == calendar_kind::never);
  const auto d = read(map({{"zone", text("UTC")}, {"hours", text("always")}, {"holidays", text("2026-12-25")}}), out);
  CHECK(out.empty());
  CHECK(d.kind == calendar_kind::hours);
  CHECK(d.versions.front().hours == weekly_hours::always());
}

TEST_CASE("every fault of a calendar's document is reported in one pass", "[calendar]") {
  findings out;
  (void)read(map({{"zone", text("Europe/London")},
                  {"hours",
                   map({{"mon-fry", text("09:00-17:00")}, {"mon", list({text("nine to five"), text("09:00-17:00")})}})},
                  {"holidays", list({text("england-and-whales"), text("2026-02-30")})},
                  {"exceptions", map({{"christmas", list({})}})},
                  {"gap", text("jump")},
                  {"zoen", text("UTC")}}),
             out);
  std::vector<std::string> found;
  for (const auto& f : out) {
    found.push_back(f.code + " " + f.pointer + (f.suggestion.empty() ? "" : " -> " + f.suggestion));
  }
  CHECK(found == std::vector<std::string>{"bad-weekday /hours/mon-fry", "bad-interval /hours/mon/0",
                                          "unknown-holidays /holidays/0 -> england-and-wales", "bad-date /holidays/1",
                                          "bad-date /exceptions/christmas", "unknown-word /gap",
                                          "unknown-key /zoen -> zone"});
}

TEST_CASE("every definition reads back from its document", "[calendar][property]") {
  CHECK(rc::check("round trip", [] {
    auto d = test::make_random_calendar().definition;
    std::stable_sort(d.exceptions.begin(), d.exceptions.end(),
                     [](const auto& a, const auto& b) { return a.kind < b.kind; });
    if (*rc::gen::arbitrary<bool>()) {
      d = d - during({{instant{}, instant{std::chrono::hours{1}}}});
    }
    const auto written = write_calendar(d);
    findings out;
    const auto back = read_calendar(value_reader(written, "", out));
    RC_ASSERT(out.empty());
    RC_ASSERT(write_calendar(back) == written);
    RC_ASSERT(calendar::compile(back) == calendar::compile(d));
  }));
}
