// SPDX-License-Identifier: BSL-1.0
#include <plaint/io/yaml.hpp>
#include <plaint/policy/policy_versions.hpp>

#include <catch.hpp>

#include <string>

using namespace plaint;

namespace {

policy version(const std::string& name, const std::string& effective, const std::string& id = "au") {
  return load_policy(read_yaml("{ plaint: 1, id: " + id + ", version: " + name + ", effective: " + effective +
                               ", calendars: { sydney: { zone: Australia/Sydney, hours: { mon-fri: [\"09:00-17:00\"] } "
                               "} }, lifecycle: { states: { open: {} } } }"));
}

std::string name_of(const policy* found) {
  return found == nullptr ? "none" : found->version();
}

} // namespace

TEST_CASE("a complaint stays under the rules of the day on which it was received", "[policy]") {
  const policy_versions all(
      {version("new", "{ from: 2021-10-05 }"), version("old", "{ from: 2010-01-01, to: 2021-10-05 }")});
  CHECK(name_of(all.at(*parse_civil_day("2021-10-04"))) == "old");
  CHECK(name_of(all.at(*parse_civil_day("2021-10-05"))) == "new");
  CHECK(name_of(all.at(*parse_civil_day("2009-12-31"))) == "none");
  // The day is the one in Sydney: 13:30 UTC on the 4th is half past midnight on the 5th there.
  CHECK(name_of(all.at(*parse_instant("2021-10-04T12:30:00Z"))) == "old");
  CHECK(name_of(all.at(*parse_instant("2021-10-04T13:30:00Z"))) == "new");
  CHECK(all.all().front().version() == "old");
}

TEST_CASE("versions that both take a day, and versions of two policies, are refused", "[policy]") {
  const auto code = [](std::vector<policy> all) {
    try {
      (void)policy_versions(std::move(all));
      return std::string("fine");
    } catch (const policy_error& e) {
      return e.all().front().code;
    }
  };
  CHECK(code({version("a", "{ from: 2020-01-01 }"), version("b", "{ from: 2021-01-01 }")}) == "overlapping-versions");
  CHECK(code({version("a", "{ to: 2021-01-02 }"), version("b", "{ from: 2021-01-01 }")}) == "overlapping-versions");
  CHECK(code({version("a", "{ to: 2021-01-01 }"), version("b", "{ from: 2021-01-01 }", "nz")}) == "different-policies");
  CHECK(code({version("a", "{ to: 2021-01-01 }"), version("b", "{ from: 2022-01-01 }")}) == "fine");
}
