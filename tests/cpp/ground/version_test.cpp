// SPDX-License-Identifier: BSL-1.0
#include <plaint/version.hpp>

#include <catch.hpp>

#include <fstream>
#include <string>

TEST_CASE("the version is three numbers that the preprocessor can compare", "[ground]") {
  STATIC_REQUIRE(PLAINT_VERSION_MAJOR >= 0);
  STATIC_REQUIRE(PLAINT_VERSION_MINOR >= 0);
  STATIC_REQUIRE(PLAINT_VERSION_PATCH >= 0);
#if PLAINT_VERSION_MAJOR == 0 && PLAINT_VERSION_MINOR == 0
  FAIL("a released version has a minor number");
#endif
}

TEST_CASE("the newest section of the changelog is this version or what comes after it", "[ground]") {
  std::ifstream changelog("CHANGELOG.md");
  REQUIRE(changelog);
  const std::string current = std::to_string(PLAINT_VERSION_MAJOR) + "." + std::to_string(PLAINT_VERSION_MINOR) + "." +
                              std::to_string(PLAINT_VERSION_PATCH);
  std::string line;
  while (std::getline(changelog, line) && line.rfind("## [", 0) != 0) {
  }
  CAPTURE(line, current);
  CHECK((line == "## [Unreleased]" || line.rfind("## [" + current + "]", 0) == 0));
}
