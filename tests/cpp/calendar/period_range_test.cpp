// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/period_range.hpp>

#include <catch.hpp>

#include <iterator>
#include <memory>
#include <support/print_time.hpp>
#include <vector>

using namespace plaint;
using plaint::test::at;

TEST_CASE("periods are cut to the span, both ways, and keep their table alive", "[calendar]") {
  auto table = std::make_shared<const std::vector<span>>(
      std::vector<span>{{at("2026-01-01T09:00:00Z"), at("2026-01-01T17:00:00Z")},
                        {at("2026-01-02T09:00:00Z"), at("2026-01-02T17:00:00Z")}});
  const span within{at("2026-01-01T12:00:00Z"), at("2026-01-02T10:00:00Z")};
  const std::weak_ptr<const std::vector<span>> watched = table;
  period_range range(table, *table, within);
  table.reset();
  CHECK_FALSE(watched.expired());
  REQUIRE(range.size() == 2);
  CHECK(range[0] == span{at("2026-01-01T12:00:00Z"), at("2026-01-01T17:00:00Z")});
  CHECK(range[1] == span{at("2026-01-02T09:00:00Z"), at("2026-01-02T10:00:00Z")});
  CHECK(*std::prev(range.end()) == range[1]);
  const std::vector<span> reversed(std::make_reverse_iterator(range.end()), std::make_reverse_iterator(range.begin()));
  CHECK(reversed == std::vector<span>{range[1], range[0]});
  range = {};
  CHECK(watched.expired());
  CHECK(range.empty());
}
