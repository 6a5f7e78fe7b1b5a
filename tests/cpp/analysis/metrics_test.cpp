// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/analysis/metrics.hpp>

using namespace plaint;

TEST_CASE("shares have no value where there is no whole", "[analysis][metrics]") {
  CHECK(attainment(3, 1) == 0.75);
  CHECK_FALSE(attainment(0, 0));
  CHECK(one_time_resolution(17, 20) == 0.85);
  CHECK(escalation_rate(0, 9) == 0.0);
  CHECK_FALSE(reopen_rate(0, 0));
  CHECK(acquisition_ratio(500, 100) == 5.0);
}

TEST_CASE("the manual's formulas count as it counts", "[analysis][metrics]") {
  CHECK(lost_value(200, 3) == 720'000); // 200 a month, three years, a hundred people
  CHECK(satisfaction_gap(5, 3.5) == 1.5);
  CHECK(*silent_customers(4) == Approx(100));
  CHECK_FALSE(silent_customers(4, 0));
  const auto heard = heard_by(10, 2);
  CHECK(heard.good_least == 20);
  CHECK(heard.good_most == 50);
  CHECK(heard.bad == 50);
  CHECK(replacement_cost(3) == 30'000);
  CHECK(loyal_value(80) == 800);
}

TEST_CASE("the five dimensions of service quality and their mean", "[analysis][metrics]") {
  const auto q = quality_gaps({5, 5, 5, 5, 5}, {4, 5, 3, 5, 6});
  CHECK(q.gaps == std::array<double, 5>{1, 0, 2, 0, -1});
  CHECK(q.mean == Approx(0.4));
}

TEST_CASE("the vital few are the fewest causes that have the share asked for", "[analysis][metrics]") {
  const std::vector<std::pair<std::string, std::size_t>> counts{
      {"price", 22}, {"product", 83}, {"unknown", 205}, {"service", 400}, {"none", 0}};
  const auto bars = pareto(counts);
  REQUIRE(bars.size() == 4);
  CHECK(bars[0].cause == "service");
  CHECK(bars[0].vital);
  CHECK(bars[1].vital);
  CHECK_FALSE(bars[2].vital);
  CHECK(bars.back().cumulative == 1.0);
}

TEST_CASE("percentiles are values that occur, ages fall below their edge", "[analysis][metrics]") {
  CHECK(percentile({4, 1, 3, 2}, 50) == 2.0);
  CHECK(percentile({4, 1, 3, 2}, 100) == 4.0);
  CHECK(percentile({7}, 1) == 7.0);
  CHECK_FALSE(percentile({}, 50));
  const std::vector<double> ages{0, 1, 5, 30};
  const std::vector<double> edges{1, 7};
  CHECK(ageing(ages, edges) == std::vector<std::size_t>{1, 2, 1});
}
