// SPDX-License-Identifier: BSL-1.0
#include <plaint/canonical.hpp>
#include <plaint/io/yaml.hpp>
#include <plaint/policy/notice_document.hpp>
#include <plaint/policy/policy_document.hpp>

#include <catch.hpp>

#include <string>

using namespace plaint;

namespace {

policy_definition with_notice(const std::string& effect, findings& out) {
  return read_policy(read_yaml("{ plaint: 1, id: a, version: 1, notices: { ack: { title: { en: Acknowledgement, zh: "
                               "受理告知 }, carries: [received, due_date] } },"
                               " lifecycle: { states: { open: { on: { acknowledge: { do: [{ if: true, do: [" +
                               effect + "] }] } } } } } }")
                         .root,
                     out);
}

} // namespace

TEST_CASE("a notice carries what is declared for it", "[policy]") {
  findings out;
  const auto d = with_notice("{ notice: ack }", out);
  CHECK(out.empty());
  CHECK(canonical(write_lifecycle(d.lifecycle)).find(R"({"notice":"ack","carries":["received","due_date"]})") !=
        std::string::npos);
  CHECK(in_language(d.notices[0].title, "zh") == "受理告知");
  CHECK(write_notices(read_notices({write_notices(d.notices), "", out})) == write_notices(d.notices));
}

TEST_CASE("a notice that leaves out what it must carry is a finding, more is welcome", "[policy]") {
  findings out;
  (void)with_notice("{ notice: ack, carries: [due_date, received, leaflet] }", out);
  CHECK(out.empty());
  (void)with_notice("{ notice: ack, carries: [received] }", out);
  REQUIRE(out.size() == 1);
  CHECK(out[0].code == "notice-lacks");
  CHECK(out[0].message == "the notice \"ack\" must carry \"due_date\"");
}

TEST_CASE("a notice that nobody declared is named with the one that was meant", "[policy]") {
  findings out;
  (void)with_notice("{ notice: akc }", out);
  REQUIRE(out.size() == 1);
  CHECK(out[0].code == "unknown-notice");
  CHECK(out[0].suggestion == "ack");
}
