// SPDX-License-Identifier: BSL-1.0
#include "support/host.hpp"
#include "support/random_chart.hpp"

#include <plaint/lifecycle/step_many.hpp>

#include <catch.hpp>

#include <cstdint>
#include <stdexcept>
#include <vector>

TEST_CASE("many complaints step as each of them would", "[lifecycle]") {
  std::size_t moved = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    random_chart draw(seed);
    plaint::findings found;
    const auto rules = plaint::lifecycle::try_compile(draw.draw(), counters(), {{"lead"}, {"unit"}}, found);
    const auto table = rules ? plaint::dispatch_table::build(*rules, {.rows = 200, .traces = 3000}) : std::nullopt;
    if (!table) {
      continue;
    }
    const auto rights = plaint::dispatch_table::rights_of(*rules, {.role = "lead"});
    std::vector<std::uint32_t> rows;
    std::vector<plaint::event_id> events;
    std::vector<std::int64_t> attributes;
    for (std::size_t i = 0; i < 200; ++i) {
      rows.push_back(table->row(draw.pick(table->row_count())));
      events.push_back(static_cast<plaint::event_id>(draw.pick(rules->event_count() + 1)));
      attributes.insert(attributes.end(),
                        {static_cast<std::int64_t>(draw.pick(4)), static_cast<std::int64_t>(draw.pick(3)),
                         static_cast<std::int64_t>(draw.pick(4))});
    }
    const auto rows_before = rows;
    const auto before = attributes;
    std::vector<plaint::fired> results(rows.size());
    moved += plaint::step_many(*table, *rules,
                               {.rows = rows, .events = events, .attributes = attributes, .results = results}, rights);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      auto row = rows_before[i];
      std::vector<std::int64_t> slots{before[3 * i], before[3 * i + 1]};
      auto set = static_cast<std::uint64_t>(before[3 * i + 2]);
      std::uint32_t way = 0;
      REQUIRE(table->step(row, slots, set, events[i], rights, way) == results[i]);
      REQUIRE(row == rows[i]);
      REQUIRE(std::vector<std::int64_t>{slots[0], slots[1], static_cast<std::int64_t>(set)} ==
              std::vector<std::int64_t>(attributes.begin() + static_cast<std::ptrdiff_t>(3 * i),
                                        attributes.begin() + static_cast<std::ptrdiff_t>(3 * i + 3)));
    }
  }
  CHECK(moved > 1000);
}

TEST_CASE("without attributes a column is a walk through the table alone", "[lifecycle]") {
  const auto rules = host::compile_json(
      R"({"states": {"red": {"on": {"go": "green", "off": "dark"}}, "green": {"on": {"stop": "red"}}, "dark": {"tags": "closed"}}})");
  const auto table = plaint::dispatch_table::build(rules);
  REQUIRE(table);
  CHECK(table->is_bare());
  CHECK(table->is_whole());
  const auto red = *table->row_of(plaint::start(rules, {}).after);
  std::vector<std::uint32_t> rows(4, red);
  const std::vector<plaint::event_id> events{rules.event("go"), rules.event("stop"), rules.event("off"),
                                             rules.unknown_event()};
  CHECK(plaint::step_many(*table, rules, {.rows = rows, .events = events}, 0) == 2);
  CHECK(rows[1] == red);
  CHECK(rows[3] == red);
  CHECK(rules.name(rules.leaves(table->configuration_of(rows[0])).at(0)) == "green");
  CHECK(rules.name(rules.leaves(table->configuration_of(rows[2])).at(0)) == "dark");
}

TEST_CASE("a column that does not fit is refused before anything has changed", "[lifecycle]") {
  const auto rules = host::compile_json(R"({"states": {"a": {"on": {"x": "b"}}, "b": {"on": {"x": "a"}}}})");
  const auto table = *plaint::dispatch_table::build(rules);
  const auto first = *table.row_of(plaint::start(rules, {}).after);
  std::vector<std::uint32_t> rows{first, first + 1};
  std::vector<plaint::event_id> events{rules.event("x"), rules.event("x")};
  CHECK_THROWS_AS(plaint::step_many(table, rules, {.rows = rows, .events = events}, 0), std::out_of_range);
  CHECK(rows[0] == first);
  rows[1] = first;
  events[1] = 999;
  CHECK_THROWS_AS(plaint::step_many(table, rules, {.rows = rows, .events = events}, 0), std::out_of_range);
  events.pop_back();
  CHECK_THROWS_AS(plaint::step_many(table, rules, {.rows = rows, .events = events}, 0), std::invalid_argument);
}
