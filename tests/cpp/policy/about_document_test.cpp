// SPDX-License-Identifier: BSL-1.0
#include <plaint/canonical.hpp>
#include <plaint/io/yaml.hpp>
#include <plaint/policy/about_document.hpp>

#include <catch.hpp>

using namespace plaint;

TEST_CASE("for whom a policy is, and how it reads its source, reads back as it was written", "[policy]") {
  findings out;
  const auto doc = read_yaml(R"({ jurisdiction: GB, sector: [banking, payments], confidence: V1, reviewed: 2026-11-25,
    legal_note: { en: No legal advice. }, readings: { receipt: { en: The day of receipt is day 0., zh: 收到当日不计入。 }, other: One text. } })");
  object_reader all(doc.root, "", out);
  const auto about = read_about(all);
  all.finish();
  REQUIRE(out.empty());
  CHECK(about.jurisdiction == std::vector<std::string>{"GB"});
  CHECK(about.readings.size() == 2);
  CHECK(in_language(about.readings[0].text, "zh") == "收到当日不计入。");
  node written = node::mapping_of();
  write_about(written, about);
  object_reader again(written, "", out);
  CHECK(read_about(again) == about);
  CHECK(out.empty());
}

TEST_CASE("a review on a day that does not exist is refused", "[policy]") {
  findings out;
  const auto doc = read_yaml("{ reviewed: 2026-02-30 }");
  object_reader all(doc.root, "", out);
  (void)read_about(all);
  REQUIRE(out.size() == 1);
  CHECK(out[0].code == "bad-date");
}
