// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/clock/calendar_edit.hpp>
#include <plaint/io/yaml.hpp>

using namespace plaint;

TEST_CASE("edits of calendars read back as they were written, and a bad instant is told at its place", "[clock]") {
  findings out;
  const auto doc = read_yaml(R"(
office:
  - { from: "2026-07-01T00:00:00Z", calendar: office_b }
  - { from: "2026-09-01T00:00:00Z", calendar: office_c }
field: { from: "2026-07-01T00:00:00Z", calendar: field_b }
)");
  const auto read = read_calendar_edits({doc.root, "/calendar_edits", out});
  REQUIRE(out.empty());
  REQUIRE(read.size() == 3);
  CHECK(read[1].becomes == "office_c");
  const auto written = write_calendar_edits(read);
  CHECK(read_calendar_edits({written, "", out}) == read);
  const auto bad = read_yaml("office: { from: tomorrow, calendar: x }");
  CHECK(read_calendar_edits({bad.root, "/calendar_edits", out}).empty());
  REQUIRE(out.size() == 1);
  CHECK(out.front().pointer == "/calendar_edits/office/from");
}
