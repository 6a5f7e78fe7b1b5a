// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/canonical.hpp>
#include <plaint/io/yaml.hpp>
#include <plaint/policy/attribute_document.hpp>

using namespace plaint;

namespace {

std::vector<attribute> read(std::string_view yaml, findings& out) {
  const auto doc = read_yaml(yaml);
  return read_attributes({doc.root, "/attributes", out});
}

std::string faults(std::string_view yaml) {
  findings out;
  (void)read(yaml, out);
  std::string all;
  for (const auto& f : out) {
    all += (all.empty() ? "" : ", ") + f.code + " " + f.pointer;
  }
  return all;
}

constexpr std::string_view hotline = R"(
channel: { enum: [visit, phone, web] }
severity: { enum: [minor, severe], default: severe }
problem: { string: { max: 4000 } }
redispatches: { int: { min: 0, max: 20 }, default: 0 }
amount: { double: { min: 0 }, required: true }
reply_by: timestamp
codes: { list: string }
told: { type: list(timestamp) }
grace: { duration: { max: PT4H } }
)";

} // namespace

TEST_CASE("attributes are declared in one line each", "[policy]") {
  findings out;
  const auto all = read(hotline, out);
  REQUIRE(out.empty());
  REQUIRE(all.size() == 9);
  CHECK(all[0].type == type::enumeration({"visit", "phone", "web"}));
  CHECK(all[1].initial == value(enum_member{1}));
  CHECK(all[2].max_size == std::size_t{4000});
  CHECK(all[3].least == value(0));
  CHECK(all[3].most == value(20));
  CHECK(all[3].initial == value(0));
  CHECK(all[4].required);
  CHECK(all[5].type == type::timestamp());
  CHECK(all[7].type == type::list(type::timestamp()));
  CHECK(all[8].most == value(duration{std::chrono::hours{4}}));
}

TEST_CASE("declarations read back as they were written", "[policy]") {
  findings out;
  const auto all = read(hotline, out);
  const auto written = write_attributes(all);
  CHECK(read_attributes({written, "", out}) == all);
  CHECK(out.empty());
}

TEST_CASE("each mistake in a declaration is told at its place", "[policy]") {
  CHECK(faults("a: strin") == "unknown-type /attributes/a");
  CHECK(faults("a: { enum: [] }") == "empty-enum /attributes/a/enum");
  CHECK(faults("a: { int: { mn: 0 } }") == "unknown-key /attributes/a/int/mn");
  CHECK(faults("a: { int: { min: x } }") == "wrong-type /attributes/a/int/min");
  CHECK(faults("a: { default: 3 }") == "type-required /attributes/a");
  CHECK(faults("a: { int: {}, string: {} }") == "type-required /attributes/a");
  CHECK(faults("a: { enum: [x, y], default: z }\nb: { string: {}, requird: true }") ==
        "unknown-word /attributes/a/default, unknown-key /attributes/b/requird");
  CHECK(faults("[a, b]") == "wrong-type /attributes");
}
