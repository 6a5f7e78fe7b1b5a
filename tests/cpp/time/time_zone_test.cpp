// SPDX-License-Identifier: BSL-1.0
#include "../support/print_time.hpp"
#include "../support/zone_bytes.hpp"

#include <plaint/time/iso8601.hpp>
#include <plaint/time/time_zone.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#ifdef PLAINT_TEST_DATE
#include <date/tz.h>
#endif

using namespace plaint;
using namespace std::chrono_literals;
using plaint::test::at;
using plaint::test::pinned_zone;
using plaint::test::wall;

namespace {

std::string code_of(const policy_error& error) {
  return error.all().at(0).code;
}

/// Every hard zone, and some rules that hold for ever.
std::vector<time_zone> all_pinned() {
  std::vector<time_zone> zones;
  for (const auto& [name, facts] : test::hard_zones()) {
    zones.push_back(pinned_zone(name));
  }
  for (const char* rule :
       {"GMT0BST,M3.5.0/1,M10.5.0", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "EST5EDT,0/0,J365/25",
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "IST-2IDT,M3.4.4/26,M10.5.0", "AAA-1BBB-12,J60/167,300/-167"}) {
    zones.push_back(time_zone::from_rule(rule));
  }
  zones.push_back(time_zone::utc());
  return zones;
}

/// A time zone worked out the slow way: which instants show this wall time?
std::vector<instant> instants_showing(const time_zone& zone, wall_time w) {
  std::set<std::int64_t> offsets;
  for (auto t = w.time_since_epoch() - 30h; t <= w.time_since_epoch() + 30h; t += 30min) {
    offsets.insert(zone.info_at(instant{t}).offset.count());
  }
  std::set<instant> found;
  for (const auto offset : offsets) {
    const instant t{w.time_since_epoch() - std::chrono::seconds{offset}};
    if (zone.info_at(t).offset.count() == offset) {
      found.insert(t);
    }
  }
  return {found.begin(), found.end()};
}

rc::Gen<std::int64_t> some_second() {
  return rc::gen::inRange<std::int64_t>(-5'000'000'000, 8'000'000'000);
}

} // namespace

TEST_CASE("the hour that London skips on 29 March 2026", "[zone]") {
  const auto london = pinned_zone("Europe/London");
  CHECK(london.offset_at(at("2026-03-29T00:59:59.999999Z")) == 0s);
  CHECK(london.offset_at(at("2026-03-29T01:00:00Z")) == 1h);
  const auto found = london.lookup(wall("2026-03-29T01:30"));
  CHECK(found.kind == wall_kind::skipped);
  CHECK(found.jump == at("2026-03-29T01:00:00Z"));
  CHECK(found.first == at("2026-03-29T01:30:00Z"));
  CHECK(found.second == at("2026-03-29T00:30:00Z"));
  CHECK(london.lookup(wall("2026-03-29T01:00")).kind == wall_kind::skipped);
  CHECK(london.lookup(wall("2026-03-29T00:59:59.999999")).kind == wall_kind::unique);
  CHECK(london.lookup(wall("2026-03-29T02:00")) ==
        wall_lookup{wall_kind::unique, at("2026-03-29T01:00Z"), at("2026-03-29T01:00Z"), at("2026-03-29T01:00Z")});
  CHECK(london.to_instant(wall("2026-03-29T01:30")) == at("2026-03-29T01:00Z"));
  CHECK(london.to_instant(wall("2026-03-29T01:30"), gap_policy::shift) == at("2026-03-29T01:30Z"));
  CHECK(london.to_instant(wall("2026-03-29T01:30"), gap_policy::refuse) == std::nullopt);
}

TEST_CASE("the hour that London repeats on 25 October 2026", "[zone]") {
  const auto london = pinned_zone("Europe/London");
  const auto found = london.lookup(wall("2026-10-25T01:30"));
  CHECK(found ==
        wall_lookup{wall_kind::repeated, at("2026-10-25T00:30Z"), at("2026-10-25T01:30Z"), at("2026-10-25T01:00Z")});
  CHECK(london.lookup(wall("2026-10-25T01:00")).kind == wall_kind::repeated);
  CHECK(london.lookup(wall("2026-10-25T02:00")).kind == wall_kind::unique);
  CHECK(london.lookup(wall("2026-10-25T00:59:59.999999")).kind == wall_kind::unique);
  using enum overlap_policy;
  CHECK(london.to_instant(wall("2026-10-25T01:30")) == at("2026-10-25T00:30Z"));
  CHECK(london.to_instant(wall("2026-10-25T01:30"), gap_policy::snap, last) == at("2026-10-25T01:30Z"));
  CHECK(london.to_instant(wall("2026-10-25T01:30"), gap_policy::snap, refuse) == std::nullopt);
  CHECK(london.to_wall(at("2026-10-25T00:30Z")) == london.to_wall(at("2026-10-25T01:30Z")));
}

TEST_CASE("London kept its own mean time until the end of November 1847", "[zone]") {
  const auto london = pinned_zone("Europe/London");
  CHECK(london.offset_at(at("1847-12-01T00:01:14Z")) == -75s);
  CHECK(london.offset_at(at("1847-12-01T00:01:15Z")) == 0s);
  CHECK(london.info_at(at("1700-01-01T00:00Z")).abbreviation == "LMT");
  CHECK(london.info_at(at("1700-01-01T00:00Z")).from == instant::min());
}

TEST_CASE("Lord Howe's clocks jump by half an hour on 4 October 2026", "[zone]") {
  const auto zone = pinned_zone("Australia/Lord_Howe");
  CHECK(zone.lookup(wall("2026-10-04T02:15")).kind == wall_kind::skipped);
  CHECK(zone.to_instant(wall("2026-10-04T02:15")) == at("2026-10-03T15:30Z"));
  CHECK(zone.to_instant(wall("2026-10-04T02:15"), gap_policy::shift) == zone.to_instant(wall("2026-10-04T02:45")));
  CHECK(zone.lookup(wall("2026-10-04T02:30")).kind == wall_kind::unique);
  CHECK(zone.lookup(wall("2026-04-05T01:29")).kind == wall_kind::unique);
  CHECK(zone.lookup(wall("2026-04-05T01:45")).kind == wall_kind::repeated);
}

TEST_CASE("Apia skips the whole of 30 December 2011", "[zone]") {
  const auto apia = pinned_zone("Pacific/Apia");
  const instant jump = at("2011-12-30T10:00Z");
  CHECK(apia.to_wall(jump - 1us) == wall("2011-12-29T23:59:59.999999"));
  CHECK(apia.to_wall(jump) == wall("2011-12-31T00:00"));
  for (const char* text : {"2011-12-30T00:00", "2011-12-30T12:00", "2011-12-30T23:59:59.999999"}) {
    CHECK(apia.lookup(wall(text)).kind == wall_kind::skipped);
    CHECK(apia.to_instant(wall(text)) == jump);
  }
  CHECK(apia.to_instant(wall("2011-12-30T12:00"), gap_policy::shift) == apia.to_instant(wall("2011-12-31T12:00")));
  CHECK(apia.lookup(wall("2011-12-31T00:00")).kind == wall_kind::unique);
}

TEST_CASE("Casablanca's clocks go back for Ramadan 2026 and forward after it", "[zone]") {
  const auto zone = pinned_zone("Africa/Casablanca");
  CHECK(zone.offset_at(at("2026-02-15T01:59:59Z")) == 1h);
  CHECK(zone.offset_at(at("2026-02-15T02:00:00Z")) == 0s);
  CHECK(zone.info_at(at("2026-03-01T00:00Z")).is_daylight);
  CHECK(zone.to_instant(wall("2026-02-15T02:30")) == at("2026-02-15T01:30Z"));
  CHECK(zone.lookup(wall("2026-03-22T02:30")).kind == wall_kind::skipped);
  CHECK(zone.changes({at("2026-01-01T00:00Z"), at("2027-01-01T00:00Z")}) ==
        std::vector{at("2026-02-15T02:00Z"), at("2026-03-22T02:00Z")});
}

TEST_CASE("in Dublin winter time is the daylight time, one hour behind", "[zone]") {
  const auto dublin = pinned_zone("Europe/Dublin");
  CHECK(dublin.info_at(at("2026-01-15T12:00Z")).is_daylight);
  CHECK(dublin.offset_at(at("2026-01-15T12:00Z")) == 0s);
  CHECK(dublin.info_at(at("2026-07-15T12:00Z")).abbreviation == "IST");
  CHECK(dublin.offset_at(at("2026-07-15T12:00Z")) == 1h);
  CHECK(dublin.to_instant(wall("2026-10-25T01:30")) == at("2026-10-25T00:30Z"));
}

TEST_CASE("Monrovia was 44 minutes and 30 seconds behind until 7 January 1972", "[zone]") {
  const auto zone = pinned_zone("Africa/Monrovia");
  CHECK(zone.to_wall(at("1972-01-07T00:44:29Z")) == wall("1972-01-06T23:59:59"));
  CHECK(zone.to_wall(at("1972-01-07T00:44:30Z")) == wall("1972-01-07T00:44:30"));
  CHECK(zone.to_instant(wall("1972-01-07T00:15")) == at("1972-01-07T00:44:30Z"));
}

TEST_CASE("New York keeps its daylight time after 2037, and in the year 200000", "[zone]") {
  const auto zone = pinned_zone("America/New_York");
  CHECK(zone.offset_at(at("2038-07-01T00:00Z")) == -4h);
  CHECK(zone.offset_at(at("2150-07-01T00:00Z")) == -4h);
  CHECK(zone.offset_at(at("+200000-07-01T00:00:00Z")) == -4h);
  CHECK(zone.offset_at(at("+200000-01-01T00:00:00Z")) == -5h);
  const auto info = zone.info_at(at("+200000-07-01T00:00:00Z"));
  CHECK(info.from == at("+200000-03-12T07:00:00Z"));
  CHECK(info.to == at("+200000-11-05T06:00:00Z"));
  CHECK(zone.to_instant(wall("+200000-11-05T01:30:00")) == at("+200000-11-05T05:30:00Z"));
}

TEST_CASE("the ends of time are answered without overflow", "[zone]") {
  for (const auto& zone : all_pinned()) {
    CAPTURE(zone.name());
    for (const instant t : {instant::min(), instant::min() + 1us, instant::max() - 1us, instant::max()}) {
      CHECK(std::abs(zone.offset_at(t).count()) < 26 * 3'600);
      CHECK(zone.info_at(t).from <= t);
      CHECK(zone.info_at(t).to >= t);
      CHECK(zone.to_wall(t).time_since_epoch() >= wall_time::min().time_since_epoch());
    }
    for (const wall_time w : {wall_time::min(), wall_time::max()}) {
      const auto found = zone.lookup(w);
      CHECK(found.first <= found.second);
    }
  }
  CHECK(time_zone::fixed(1h).to_wall(instant::max()) == wall_time::max());
  CHECK(time_zone::fixed(-1h).to_wall(instant::min()) == wall_time::min());
}

TEST_CASE("a zone says from when until when an offset holds", "[zone]") {
  const auto london = pinned_zone("Europe/London"); // kept, since the abbreviation is a view into it
  const auto info = london.info_at(at("2026-07-01T00:00Z"));
  CHECK(info.offset == 1h);
  CHECK(info.abbreviation == "BST");
  CHECK(info.is_daylight);
  CHECK(info.from == at("2026-03-29T01:00Z"));
  CHECK(info.to == at("2026-10-25T01:00Z"));
  const auto always = time_zone::utc().info_at(instant{});
  CHECK(always.from == instant::min());
  CHECK(always.to == instant::max());
}

TEST_CASE("the changes in a span include its start and exclude its end", "[zone]") {
  const auto london = pinned_zone("Europe/London");
  const instant spring = at("2026-03-29T01:00Z");
  const instant autumn = at("2026-10-25T01:00Z");
  CHECK(london.changes({spring, autumn}) == std::vector{spring});
  CHECK(london.changes({spring, autumn + 1us}) == std::vector{spring, autumn});
  CHECK(london.changes({spring + 1us, autumn}).empty());
  CHECK(london.changes({autumn, spring}).empty());
  CHECK(time_zone::utc().changes({instant::min(), instant::max()}).empty());
  CHECK(pinned_zone("Africa/Monrovia").changes({instant::min(), instant::max()}) ==
        std::vector{at("1972-01-07T00:44:30Z")});
}

TEST_CASE("a fixed zone is named by its offset", "[zone]") {
  CHECK(time_zone::utc().name() == "UTC");
  CHECK(time_zone::fixed(5h + 30min).name() == "+05:30");
  CHECK(time_zone::fixed(-2'670s).name() == "-00:44:30");
  CHECK(time_zone::fixed(0s) == time_zone::utc());
  CHECK(time_zone::fixed(1h) != time_zone::fixed(2h));
  CHECK(time_zone::fixed(5h + 30min).to_instant(wall("2026-01-01T05:30")) == at("2026-01-01T00:00Z"));
  CHECK_THROWS_AS(time_zone::fixed(26h), policy_error);
  CHECK_THROWS_AS(time_zone::fixed(-25h), policy_error);
  CHECK_THROWS_AS(time_zone::fixed(std::chrono::seconds::max()), policy_error);
}

TEST_CASE("a rule with daylight time all year never changes", "[zone]") {
  const auto zone = time_zone::from_rule("XXX3EDT4,0/0,J365/23");
  CHECK(zone.offset_at(at("2026-01-01T03:00Z")) == -4h);
  CHECK(zone.offset_at(at("2026-12-31T23:59Z")) == -4h);
  CHECK(zone.changes({at("1990-01-01T00:00Z"), at("2200-01-01T00:00Z")}).empty());
}

TEST_CASE("equal zones have the same name and the same data", "[zone]") {
  CHECK(pinned_zone("Europe/London") == pinned_zone("Europe/London"));
  CHECK(pinned_zone("Europe/London") != pinned_zone("Europe/Dublin"));
  const auto bytes = test::tzif_bytes(test::hard_zones().at("Europe/London"));
  const auto renamed = time_zone::from_tzif("GB", bytes);
  CHECK(renamed != pinned_zone("Europe/London"));
  CHECK(renamed.digest() == pinned_zone("Europe/London").digest());
  CHECK(renamed.digest().size() == 64);
  CHECK(std::vector(renamed.bytes().begin(), renamed.bytes().end()) == bytes);
  CHECK(time_zone::utc().bytes().empty());
}

TEST_CASE("an unknown zone is refused with a near name", "[zone]") {
  const auto source = test::pinned_zones();
  const auto suggestion = [&source](std::string_view name) -> std::string {
    try {
      (void)load_zone(name, source);
    } catch (const policy_error& error) {
      CHECK(code_of(error) == "unknown-zone");
      return error.all().at(0).suggestion;
    }
    return "loaded";
  };
  CHECK(suggestion("Europe/Londno") == "Europe/London");
  CHECK(suggestion("europe/london") == "Europe/London");
  CHECK(suggestion("Europe/Lndon") == "Europe/London");
  CHECK(suggestion("Europe/Londonn") == "Europe/London");
  CHECK(suggestion("america/new york") == "America/New_York");
  CHECK(suggestion("Mars/Olympus").empty());
  CHECK(suggestion("").empty());
  CHECK(suggestion("../Europe/London").empty());
  CHECK(suggestion(std::string(100'000, 'x')).empty());
  CHECK(suggestion(std::string_view("Europe/London\0", 14)) == "Europe/London");
  CHECK(load_zone("UTC", memory_source({})) == time_zone::utc());
}

TEST_CASE("a file that is no zone is refused with the place of its fault", "[zone]") {
  const auto source = memory_source({{"Bad/Zone", {std::byte{'T'}, std::byte{'Z'}}}});
  try {
    (void)load_zone("Bad/Zone", source);
    FAIL("must throw");
  } catch (const policy_error& error) {
    CHECK(code_of(error) == "bad-zone-file");
    CHECK(error.all().at(0).message == "zone \"Bad/Zone\": TZif header required, at position 0");
  }
  CHECK_THROWS_AS(time_zone::from_rule("GMT0BST"), policy_error);
}

TEST_CASE("the table of buckets says what the list of changes says", "[zone]") {
  for (const auto& zone : all_pinned()) {
    CAPTURE(zone.name());
    CHECK(rc::check("at random instants", [&zone] {
      const instant t{std::chrono::seconds{*some_second()}};
      RC_ASSERT(zone.offset_at(t) == zone.info_at(t).offset);
    }));
    for (const instant change : zone.changes({at("1899-01-01T00:00Z"), at("2110-01-01T00:00Z")})) {
      for (const auto delta : {-1us, 0us, 1us}) {
        if (zone.offset_at(change + delta) != zone.info_at(change + delta).offset) {
          FAIL(to_iso8601(change + delta));
        }
      }
    }
  }
}

TEST_CASE("every wall time is looked up as trying all offsets finds it", "[zone]") {
  for (const auto& zone : all_pinned()) {
    CAPTURE(zone.name());
    const auto agrees = [&zone](wall_time w) {
      const auto expected = instants_showing(zone, w);
      const auto found = zone.lookup(w);
      if (expected.empty()) {
        return found.kind == wall_kind::skipped && zone.to_wall(found.jump - 1us) < w && w < zone.to_wall(found.jump) &&
               found.second < found.jump && found.jump <= found.first;
      }
      const auto kind = expected.size() == 1 ? wall_kind::unique : wall_kind::repeated;
      return found.kind == kind && found.first == expected.front() && found.second == expected.back() &&
             (kind == wall_kind::unique || (found.first < found.jump && found.jump <= found.second));
    };
    CHECK(rc::check("at random wall times",
                    [&agrees] { RC_ASSERT(agrees(wall_time{std::chrono::seconds{*some_second()}})); }));
    const auto changes = zone.changes({at("1970-01-01T00:00Z"), at("2030-01-01T00:00Z")});
    for (std::size_t i = 0; i < changes.size(); i += 1 + changes.size() / 12) {
      for (auto around = -90min; around <= 90min; around += 15min) {
        const wall_time w = zone.to_wall(changes[i]) + around;
        if (!agrees(w) || !agrees(w - 1us)) {
          FAIL(to_iso8601(w));
        }
      }
    }
  }
}

TEST_CASE("an instant comes back from its wall time as the first or the last occurrence", "[zone]") {
  for (const auto& zone : all_pinned()) {
    CHECK(rc::check("there and back", [&zone] {
      const instant t{std::chrono::seconds{*some_second()} +
                      std::chrono::microseconds{*rc::gen::inRange(0, 1'000'000)}};
      const auto first = zone.to_instant(zone.to_wall(t), gap_policy::refuse, overlap_policy::first);
      const auto last = zone.to_instant(zone.to_wall(t), gap_policy::refuse, overlap_policy::last);
      RC_ASSERT(first && last && (*first == t || *last == t) && *first <= *last);
    }));
  }
}

TEST_CASE("a later wall time never gets an earlier instant", "[zone]") {
  // Not for rules whose changes are closer together than the wall moves.
  for (const char* name :
       {"Europe/London", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin"}) {
    const auto zone = pinned_zone(name);
    CHECK(rc::check("order is kept", [&zone] {
      const wall_time a{std::chrono::minutes{*rc::gen::inRange<std::int64_t>(20'000'000, 30'000'000)}};
      const wall_time b = a + std::chrono::minutes{*rc::gen::inRange(0, 3'000)};
      RC_ASSERT(*zone.to_instant(a) <= *zone.to_instant(b));
    }));
  }
}

TEST_CASE("a rule repeats every 400 years, forwards and backwards", "[zone]") {
  constexpr auto cycle = std::chrono::days{146'097};
  const auto rule = time_zone::from_rule("EST5EDT,M3.2.0,M11.1.0");
  CHECK(rc::check("shifted by whole cycles", [&rule, cycle] {
    const instant t{std::chrono::seconds{*some_second()}};
    const auto shift = *rc::gen::inRange(-700, 700) * cycle;
    RC_ASSERT(rule.offset_at(t + shift) == rule.offset_at(t));
    RC_ASSERT(rule.info_at(t + shift).from == rule.info_at(t).from + shift);
    RC_ASSERT(rule.info_at(t + shift).to == rule.info_at(t).to + shift);
    const auto here = rule.lookup(rule.to_wall(t));
    const auto there = rule.lookup(rule.to_wall(t) + shift);
    RC_ASSERT(there.kind == here.kind);
    RC_ASSERT(there.first == here.first + shift);
  }));
}

TEST_CASE("changed and cut zone files are refused or answered, never a crash", "[zone]") {
  std::mt19937 random(20'261'124);
  std::vector<std::vector<std::byte>> seeds;
  for (const auto& [name, facts] : test::hard_zones()) {
    seeds.push_back(test::tzif_bytes(facts));
    seeds.push_back(test::tzif_bytes_v1({facts.types, facts.changes, ""}));
  }
  int accepted = 0;
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    auto bytes = seeds[random() % seeds.size()];
    for (unsigned flips = random() % 4; flips > 0; --flips) {
      bytes[random() % bytes.size()] ^= static_cast<std::byte>(1U << random() % 8);
    }
    if (random() % 4 == 0) {
      bytes.resize(random() % bytes.size());
    } else if (random() % 8 == 0) {
      bytes[random() % bytes.size()] = static_cast<std::byte>(random());
    }
    try {
      const auto zone = time_zone::from_tzif("Some/Where", bytes);
      ++accepted;
      for (int k = 0; k < 8; ++k) {
        const instant t{std::chrono::seconds{static_cast<std::int32_t>(random())} * (k + 1)};
        const auto found = zone.lookup(zone.to_wall(t));
        REQUIRE(zone.offset_at(t) == zone.info_at(t).offset);
        REQUIRE(found.first <= found.second);
      }
    } catch (const policy_error&) {
      ++refused;
    }
  }
  CHECK(accepted > 1'000);
  CHECK(refused > 1'000);
}

TEST_CASE("the system's zones load, each of them", "[zone]") {
  const std::filesystem::path root = "/usr/share/zoneinfo";
  if (!std::filesystem::exists(root / "Europe/London")) {
    WARN("skipped: no zoneinfo folder here");
    return;
  }
  CHECK(load_zone("Europe/London").offset_at(at("2026-07-01T00:00Z")) == 1h);
  CHECK(load_zone("Asia/Kolkata").offset_at(at("2026-07-01T00:00Z")) == 5h + 30min);
  CHECK_THROWS_AS(load_zone("zone1970.tab"), policy_error);
}

#ifdef PLAINT_TEST_DATE
TEST_CASE("every zone agrees with the date library where that one is right", "[zone]") {
  // date 3.0.1 reads the explicit changes only, so it is trusted up to 2037, and not before the first of them.
  std::mt19937_64 random(7);
  const std::int64_t from = -2'208'988'800;
  const std::int64_t to = 2'114'380'800;
  int zones = 0;
  int different = 0;
  for (const auto& theirs : date::get_tzdb().zones) {
    if (!std::filesystem::exists(std::filesystem::path("/usr/share/zoneinfo") / theirs.name())) {
      continue;
    }
    const auto ours = load_zone(theirs.name());
    ++zones;
    for (int i = 0; i < 300; ++i) {
      const auto second = from + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(to - from));
      const auto info = theirs.get_info(date::sys_seconds{std::chrono::seconds{second}});
      const auto mine = ours.info_at(instant{std::chrono::seconds{second}});
      const bool same = mine.offset == info.offset && mine.abbreviation == info.abbrev;
      const auto local = theirs.get_info(date::local_seconds{std::chrono::seconds{second}});
      const auto found = ours.lookup(wall_time{std::chrono::seconds{second}});
      const bool same_kind = static_cast<int>(found.kind) == (local.result == date::local_info::unique        ? 0
                                                              : local.result == date::local_info::nonexistent ? 1
                                                                                                              : 2);
      if (!same || !same_kind) {
        CAPTURE(theirs.name(), second, mine.offset.count(), info.offset.count());
        CHECK(++different == 0);
      }
    }
  }
  CHECK(zones > 300);
  CHECK(different == 0);
}
#endif
