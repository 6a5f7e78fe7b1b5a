// SPDX-License-Identifier: BSL-1.0
#include <plaint/expr/compile.hpp>
#include <plaint/expr/decision_table.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <optional>
#include <string>
#include <vector>

using namespace plaint;

namespace {

std::vector<std::string> members(std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    names.push_back("m" + std::to_string(i));
  }
  return names;
}

schema complaints_of(std::size_t categories) {
  schema s;
  s.add({.name = "category", .type = type::enumeration(members(categories))});
  s.add({.name = "channel", .type = type::enumeration(members(5))});
  s.add({.name = "amount", .type = type::integer()});
  return s;
}

std::optional<std::size_t> scanned(const decision_table& table, const scope& seen) {
  for (std::size_t i = 0; i < table.rows().size(); ++i) {
    if (evaluate(table.rows()[i], seen)) {
      return i;
    }
  }
  return std::nullopt;
}

std::string quote(const std::string& name) {
  return "\"" + name + "\"";
}

} // namespace

TEST_CASE("the first row that holds wins, and a row that is unknown does not hold", "[expr]") {
  const auto s = complaints_of(3);
  const decision_table table(
      {compile("amount > 100", s), compile("category == 'm1'", s), compile("category in ['m1', 'm2']", s), program{}});
  std::vector<value> values{enum_member{1}, value(), value()};
  scope seen;
  seen.attributes = values;
  CHECK(table.indexed_by() == std::uint16_t{0});
  CHECK(table.first_match(seen) == 1U);
  values[2] = 101;
  CHECK(table.first_match(seen) == 0U);
  values = {enum_member{2}, value(), value(100)};
  seen.attributes = values;
  CHECK(table.first_match(seen) == 2U);
  values[0] = value();
  CHECK(table.first_match(seen) == 3U);
  values[0] = value("not a member");
  CHECK(table.first_match(seen) == 3U);
  CHECK(table.first_match({}) == 3U);
  CHECK(decision_table().first_match(seen) == std::nullopt);
}

TEST_CASE("two hundred rows over one enumeration are found by the member", "[expr]") {
  const auto s = complaints_of(200);
  std::vector<program> rows;
  for (const auto& name : members(200)) {
    rows.push_back(compile("category == " + quote(name), s));
  }
  const decision_table table(rows);
  REQUIRE(table.indexed_by() == std::uint16_t{0});
  for (std::uint16_t m = 0; m < 200; ++m) {
    const std::vector<value> values{enum_member{m}};
    scope seen;
    seen.attributes = values;
    CHECK(table.first_match(seen) == std::size_t{m});
  }
}

TEST_CASE("an indexed table answers as one that looks at every row", "[expr]") {
  CHECK(rc::check("tables", [] {
    const auto count = *rc::gen::element<std::size_t>(3, 64, 65, 130);
    const auto s = complaints_of(count);
    const auto name = [&] {
      return quote("m" + std::to_string(*rc::gen::inRange<std::size_t>(0, *rc::gen::element(count, std::size_t{3}))));
    };
    std::vector<program> rows;
    for (auto left = *rc::gen::inRange(0, 12); left > 0; --left) {
      std::string guard = "amount > " + std::to_string(*rc::gen::inRange(0, 5));
      switch (*rc::gen::inRange(0, 7)) {
      case 0:
        guard = "category == " + name();
        break;
      case 1:
        guard = "category in [" + name() + ", " + name() + "]";
        break;
      case 2:
        guard = "category == " + name() + " && " + guard;
        break;
      case 3:
        guard = "category in [" + name() + "] && channel == 'm1'";
        break;
      case 4:
        guard = "category != " + name();
        break;
      case 5:
        guard = "category == " + name() + " || " + guard;
        break;
      default:
        break;
      }
      rows.push_back(compile(guard, s));
    }
    const decision_table table(rows);
    const auto pick = [&](value v) { return *rc::gen::inRange(0, 5) == 0 ? value() : v; };
    const std::vector<value> values{
        pick(enum_member{*rc::gen::inRange<std::uint16_t>(0, static_cast<std::uint16_t>(count))}),
        pick(enum_member{*rc::gen::inRange<std::uint16_t>(0, 5)}), pick(*rc::gen::inRange(0, 6))};
    scope seen;
    seen.attributes = values;
    RC_TAG(table.indexed_by().has_value());
    RC_ASSERT(table.first_match(seen) == scanned(table, seen));
  }));
}
