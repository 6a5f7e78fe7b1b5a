// SPDX-License-Identifier: BSL-1.0
#include "support/host.hpp"
#include "support/random_chart.hpp"

#include <plaint/lifecycle/dispatch_table.hpp>

#include <catch.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace {

/// Holds one cell against `step` on given attributes; true if the table answered by itself.
bool agrees(const plaint::lifecycle& rules, const plaint::dispatch_table& table, std::uint32_t row,
            plaint::event_id event, const std::vector<plaint::value>& values, const std::string& role) {
  plaint::occurrence what;
  what.event = event;
  what.actor.role = role;
  const auto expected = plaint::step(rules, table.configuration_of(row), values, what);
  std::vector<std::int64_t> slots(values.size());
  std::uint64_t set = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    REQUIRE(plaint::to_slot(values[i], i, slots, set));
  }
  const auto before = slots;
  const auto set_before = set;
  auto to = row;
  std::uint32_t way = 0;
  const auto got = table.step(to, slots, set, event, plaint::dispatch_table::rights_of(rules, what.actor), way);
  if (got == plaint::fired::to_step) {
    return false;
  }
  REQUIRE((got == plaint::fired::moved) == expected.accepted);
  if (!expected.accepted) {
    REQUIRE(to == row);
    REQUIRE(slots == before);
    REQUIRE(set == set_before);
    return true;
  }
  REQUIRE(table.configuration_of(to) == expected.after);
  auto after = values;
  for (const auto& c : expected.changes) {
    after[c.slot] = c.to;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::vector<std::int64_t> want(values.size());
    std::uint64_t want_set = 0;
    REQUIRE(plaint::to_slot(after[i], i, want, want_set));
    REQUIRE((set >> i & 1U) == (want_set >> i & 1U));
    REQUIRE((!(set >> i & 1U) || slots[i] == want[i]));
  }
  std::vector<plaint::effect_id> effects;
  for (const auto& e : expected.effects) {
    effects.push_back(e.effect);
  }
  REQUIRE(std::vector<plaint::effect_id>(table.effects(way).begin(), table.effects(way).end()) == effects);
  REQUIRE(std::vector<plaint::transition_id>(table.taken(way).begin(), table.taken(way).end()) == expected.taken);
  return true;
}

} // namespace

TEST_CASE("the table says what the interpreter says, on every configuration that can be reached", "[lifecycle]") {
  std::size_t tables = 0;
  std::size_t own = 0;
  std::size_t all = 0;
  for (std::uint64_t seed = 1; seed <= 700; ++seed) {
    random_chart draw(seed);
    plaint::findings found;
    const auto rules = plaint::lifecycle::try_compile(draw.draw(), counters(), {{"lead"}, {"unit"}}, found);
    const auto table = rules ? plaint::dispatch_table::build(*rules, {.rows = 300, .traces = 4000}) : std::nullopt;
    if (!table) {
      continue;
    }
    ++tables;
    INFO("seed " << seed << "\n" << plaint::canonical(plaint::write_lifecycle(rules->definition())));
    for (std::size_t n = 0; n < table->row_count(); ++n) {
      const auto row = table->row(n);
      REQUIRE(table->row_of(table->configuration_of(row)) == row);
      for (std::size_t e = 0; e <= rules->event_count(); ++e) {
        const std::vector<plaint::value> values{plaint::value(static_cast<int>(draw.pick(4))),
                                                draw.chance(2) ? plaint::value()
                                                               : plaint::value(static_cast<int>(draw.pick(3)))};
        own += agrees(*rules, *table, row, static_cast<plaint::event_id>(e), values, draw.chance(2) ? "lead" : "unit")
                   ? 1U
                   : 0U;
        ++all;
      }
    }
  }
  CHECK(tables > 300);
  CHECK(all > 10000);
  CHECK(own > all * 9 / 10);
}

TEST_CASE("sums alone and in pairs go as a step says where they stop, leave their range or overflow", "[lifecycle]") {
  auto sees = counters();
  sees.add({.name = "free", .type = plaint::type::integer(), .initial = plaint::value(0)});
  sees.add({.name = "flag", .type = plaint::type::boolean()});
  const auto rules = host::compile_json(R"({"states": {"open": {"on": {
      "plus": {"set": {"free": "free + 1"}}, "minus": {"set": {"free": "free - 2"}},
      "up": {"set": {"free": "free < 5 ? free + 1 : 5"}}, "later": {"set": {"free": "free <= 5 ? free + 2 : 8"}},
      "turned": {"set": {"free": "free >= 5 ? 5 : free + 1"}}, "lowered": {"set": {"free": "free < 5 ? free - 1 : 4"}},
      "down": {"set": {"free": "free > -2 ? free - 1 : -2"}}, "back": {"set": {"free": "free < 1 ? 0 : free - 1"}},
      "fork": {"set": {"free": "free < 5 ? free + 1 : 9"}},
      "narrow": {"set": {"n": "n < 3 ? n + 1 : 3"}}, "narrower": {"set": {"n": "free < 2 ? free + 1 : 2"}},
      "wide": {"set": {"n": "free < 5 ? free + 1 : 5"}}, "copy": {"set": {"n": "free"}}, "lone": {"set": {"m": "m + 1"}},
      "constant": {"set": {"m": "7", "flag": "true"}}, "unset": {"set": {"m": null}},
      "pair": {"set": {"n": "n + 1", "free": "free < 5 ? free + 1 : 5"}}, "crossed": {"set": {"n": "free", "free": "n"}},
      "three": {"set": {"n": "1", "m": "2", "free": "3"}},
      "guarded": {"guard": "free > 0", "set": {"n": "n + 1"}}, "other": {"guard": "m >= 2", "set": {"free": "free + n"}},
      "flagged": {"guard": "flag", "set": {"free": "1", "n": "n - 1"}}, "apart": {"guard": "n != 2 && free < 3"}}}}})",
                                        sees);
  const auto table = plaint::dispatch_table::build(rules);
  REQUIRE(table);
  CHECK(table->coverage() == std::pair<std::size_t, std::size_t>{22, 23}); // all but a sum of two attributes
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  std::size_t compared = 0;
  for (const std::int64_t free : {least, least + 1, std::int64_t{-3}, std::int64_t{-2}, std::int64_t{-1},
                                  std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{4},
                                  std::int64_t{5}, std::int64_t{6}, std::int64_t{7}, std::int64_t{8}, most - 1, most}) {
    for (int n = 0; n < 4; ++n) {
      for (const auto& m : {plaint::value(), plaint::value(1), plaint::value(2)}) {
        for (const auto& flag : {plaint::value(), plaint::value(false), plaint::value(true)}) {
          for (std::size_t e = 0; e < rules.event_count(); ++e) {
            INFO(rules.event_name(static_cast<plaint::event_id>(e)) << " with free " << free << ", n " << n);
            compared += agrees(rules, *table, table->row(0), static_cast<plaint::event_id>(e),
                               {plaint::value(n), m, plaint::value(free), flag}, "")
                            ? 1U
                            : 0U;
          }
        }
      }
    }
  }
  CHECK(compared == std::size_t{16} * 4 * 3 * 3 * 22);
}

TEST_CASE("where complaints go step by step, the table goes too", "[lifecycle]") {
  const auto rules = host::compile_json(R"({"states": {
      "open": {"on": {"note": {"set": {"n": "n + 1"}}, "close": {"target": "closed", "guard": "n > 0", "do": [{"notice": "final"}]}}},
      "closed": {"tags": "closed", "on": {"reopen": {"target": "open", "guard": "n < 3", "set": {"n": "n + 1"}}}}}})",
                                        counters());
  const auto table = plaint::dispatch_table::build(rules);
  REQUIRE(table);
  CHECK(table->row_count() == 2);
  CHECK(table->coverage() == std::pair<std::size_t, std::size_t>{3, 3});
  auto row = *table->row_of(plaint::start(rules, plaint::initial_values(rules.schema())).after);
  std::vector<std::int64_t> slots{0, 0};
  std::uint64_t set = 1;
  std::uint32_t way = 0;
  const auto rights = plaint::dispatch_table::rights_of(rules, {});
  CHECK(table->step(row, slots, set, rules.event("close"), rights, way) == plaint::fired::refused);
  CHECK(table->step(row, slots, set, rules.event("note"), rights, way) == plaint::fired::moved);
  CHECK(table->step(row, slots, set, rules.event("close"), rights, way) == plaint::fired::moved);
  CHECK(table->effects(way).size() == 1);
  CHECK(slots[0] == 1);
  slots[0] = 3; // its most: one more would leave the range, as the guard of reopen sees
  CHECK(table->step(row, slots, set, rules.event("reopen"), rights, way) == plaint::fired::refused);
  CHECK(slots[0] == 3);
}
