// SPDX-License-Identifier: BSL-1.0
#include "desk_schema.hpp"

#include <plaint/expr/schema.hpp>

#include <catch.hpp>

#include <algorithm>
#include <limits>
#include <string>

using namespace plaint;

namespace {

bool has_code(const findings& all, const std::string& pointer, const std::string& code) {
  return std::any_of(all.begin(), all.end(), [&](const finding& f) { return f.pointer == pointer && f.code == code; });
}

} // namespace

TEST_CASE("a value outside of its declaration is told what it lacks", "[expr]") {
  schema s;
  const auto count = s.add({.name = "count", .type = type::integer(), .least = 0, .most = 3});
  const auto share = s.add({.name = "share", .type = type::real(), .least = 0.0, .most = 1.0});
  const auto note = s.add({.name = "note", .type = type::string(), .max_size = 3});
  const auto tags = s.add({.name = "tags", .type = type::list(type::string()), .max_size = 2});
  const auto level = s.add({.name = "level", .type = type::enumeration({"low", "high"})});
  CHECK(s.check(count, 4) == "\"count\" must be at most 3");
  CHECK(s.check(count, -1) == "\"count\" must be at least 0");
  CHECK(s.check(count, 1.0) == "\"count\" must be of type int");
  CHECK_FALSE(s.check(count, 3));
  CHECK_FALSE(s.check(count, value()));
  CHECK(s.check(share, std::numeric_limits<double>::quiet_NaN()));
  CHECK_FALSE(s.check(note, "\xC3\xA9\xC3\xA9\xC3\xA9"));
  CHECK(s.check(note, "four") == "\"note\" must not be longer than 3");
  CHECK(s.check(tags, value::list{"a", "b", "c"}));
  CHECK(s.check(tags, value::list{"a", 1}));
  CHECK(s.check(tags, value::list{"a", value()}));
  CHECK(s.check(level, enum_member{2}) == "\"level\" must be of type enum(low, high)");
}

TEST_CASE("a schema's faults are all found, each at its pointer", "[expr]") {
  schema s;
  s.add({.name = "a b", .type = type::integer()});
  s.add({.name = "event", .type = type::integer()});
  s.add({.name = "for", .type = type::integer()});
  s.add({.name = "twice", .type = type::integer()});
  s.add({.name = "twice", .type = type::integer()});
  s.add({.name = "none", .type = type::enumeration({})});
  s.add({.name = "crossed", .type = type::integer(), .least = 2, .most = 1});
  s.add({.name = "text_bound", .type = type::string(), .least = "a"});
  s.add({.name = "default", .type = type::integer(), .initial = 9, .most = 5});
  s.event_fields.push_back({.name = "for", .type = type::integer()});
  const auto all = check(s);
  CHECK(has_code(all, "/attributes/a b", "bad-name"));
  CHECK(has_code(all, "/attributes/event", "bad-name"));
  CHECK(has_code(all, "/attributes/for", "bad-name"));
  CHECK(has_code(all, "/attributes/twice", "repeated-name"));
  CHECK(has_code(all, "/attributes/none", "bad-type"));
  CHECK(has_code(all, "/attributes/crossed", "bad-range"));
  CHECK(has_code(all, "/attributes/text_bound", "bad-range"));
  CHECK(has_code(all, "/attributes/default", "bad-default"));
  CHECK(all.size() == 8); // a reserved word may stand after the point of event.for
  CHECK(check(desk::attributes()).empty());
}

TEST_CASE("a new complaint has the defaults, and nothing where there is none", "[expr]") {
  const auto s = desk::attributes();
  const auto values = initial_values(s);
  REQUIRE(values.size() == s.attributes.size());
  CHECK(values[*s.slot("reopened")] == value(2));
  CHECK(values[*s.slot("reopened_unset")].is_absent());
  CHECK_FALSE(s.slot("nobody"));
}
