// SPDX-License-Identifier: BSL-1.0
#include <plaint/lifecycle/role.hpp>

#include <catch.hpp>

TEST_CASE("a title is given in the language asked for, else in the first", "[lifecycle]") {
  const plaint::titles t{{"en", "Closed"}, {"zh", "关闭"}};
  CHECK(plaint::in_language(t, "zh") == "关闭");
  CHECK(plaint::in_language(t, "fr") == "Closed");
  CHECK(plaint::in_language({}, "en").empty());
}

TEST_CASE("each side has its word", "[lifecycle]") {
  CHECK(plaint::actor_class_words[static_cast<std::size_t>(plaint::actor_class::supplier)] == "supplier");
}
