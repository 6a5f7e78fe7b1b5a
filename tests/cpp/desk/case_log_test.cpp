// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/desk/case_log.hpp>

using namespace plaint;

TEST_CASE("a column of a log has as many rows as its values, whatever they are", "[desk]") {
  const std::int64_t wholes[] = {1, 2, 3};
  const std::int32_t codes[] = {0, -1};
  const double reals[] = {0.5};
  CHECK(log_column{"at", instant_column{wholes}}.size() == 3);
  CHECK(log_column{"count", whole_column{wholes}}.size() == 3);
  CHECK(log_column{"kind", category_column{codes, {"noise"}}}.size() == 2);
  CHECK(log_column{"loss", real_column{reals}}.size() == 1);
  CHECK(log_column{"none", truth_column{}}.size() == 0);
}
