// SPDX-License-Identifier: BSL-1.0
#include <plaint/lifecycle/step_result.hpp>

#include <catch.hpp>

#include <set>
#include <string_view>

TEST_CASE("every kind of reason has a name of its own", "[lifecycle]") {
  const std::set<std::string_view> all(plaint::reason_names.begin(), plaint::reason_names.end());
  CHECK(all.size() == static_cast<std::size_t>(plaint::reason_kind::microsteps) + 1);
  CHECK(plaint::to_string(plaint::reason_kind::too_late) == "too-late");
}

TEST_CASE("a cleared result is as new", "[lifecycle]") {
  plaint::step_result r;
  r.accepted = true;
  r.taken.push_back(1);
  r.reasons.push_back({plaint::reason_kind::role});
  r.clear();
  CHECK(r == plaint::step_result{});
}
