// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/io/json.hpp>
#include <plaint/policy/value_document.hpp>

#include <rapidcheck.h>

using namespace plaint;

namespace {

std::optional<value> read(std::string_view json, const type& as, findings& out) {
  const auto doc = read_json(json);
  return read_value({doc.root, "/default", out}, as);
}

value any_value(const type& of) {
  switch (of.kind()) {
  case type_kind::boolean:
    return *rc::gen::arbitrary<bool>();
  case type_kind::integer:
    return *rc::gen::arbitrary<std::int64_t>();
  case type_kind::real:
    return *rc::gen::arbitrary<double>();
  case type_kind::string:
    return *rc::gen::arbitrary<std::string>();
  case type_kind::timestamp:
    return instant{duration{*rc::gen::inRange<std::int64_t>(-4'000'000'000'000'000, 4'000'000'000'000'000)}};
  case type_kind::duration:
    return duration{*rc::gen::arbitrary<std::int32_t>()};
  case type_kind::enumeration:
    return enum_member{*rc::gen::inRange<std::uint16_t>(0, 2)};
  default:
    break;
  }
  value::list items;
  const int size = *rc::gen::inRange(0, 4);
  for (int i = 0; i < size; ++i) {
    items.push_back(any_value(of.item()));
  }
  return items;
}

} // namespace

TEST_CASE("a value is read as its type says", "[policy]") {
  findings out;
  CHECK(read("true", type::boolean(), out) == value(true));
  CHECK(read("7", type::integer(), out) == value(7));
  CHECK(read("7", type::real(), out) == value(7.0));
  CHECK(read("2026.10", type::string(), out) == value("2026.10"));
  CHECK(read("\"severe\"", type::enumeration({"minor", "severe"}), out) == value(enum_member{1}));
  CHECK(read("\"2026-03-29T01:00:00Z\"", type::timestamp(), out)->is<instant>());
  CHECK(read("\"PT1H30M\"", type::duration(), out) == value(duration{std::chrono::minutes{90}}));
  CHECK(read("[1, 2]", type::list(type::integer()), out) == value(value::list{value(1), value(2)}));
  CHECK(read("null", type::integer(), out)->is_absent());
  CHECK(out.empty());
}

TEST_CASE("a value that does not fit its type is a finding with what was required", "[policy]") {
  const auto code = [](std::string_view json, const type& as) {
    findings out;
    CHECK_FALSE(read(json, as, out).has_value());
    return out.size() == 1 ? out[0].code + " " + out[0].pointer + " " + out[0].suggestion : std::to_string(out.size());
  };
  CHECK(code("\"yes\"", type::boolean()) == "wrong-type /default ");
  CHECK(code("1.5", type::integer()) == "wrong-type /default ");
  CHECK(code("\"1.5\"", type::real()) == "wrong-type /default ");
  CHECK(code("\"sever\"", type::enumeration({"minor", "severe"})) == "unknown-word /default severe");
  CHECK(code("\"P15D\"", type::duration()) == "bad-value /default ");
  CHECK(code("\"yesterday\"", type::timestamp()) == "bad-value /default ");
  CHECK(code("[1, \"x\"]", type::list(type::integer())) == "wrong-type /default/1 ");
  CHECK(code("1", type::list(type::integer())) == "wrong-type /default ");
}

TEST_CASE("every value reads back as it was written", "[policy]") {
  const std::vector<type> types{type::boolean(),
                                type::integer(),
                                type::real(),
                                type::string(),
                                type::timestamp(),
                                type::duration(),
                                type::enumeration({"a", "b"}),
                                type::list(type::integer()),
                                type::list(type::list(type::string()))};
  for (const auto& t : types) {
    CAPTURE(to_string(t));
    CHECK(rc::check([&] {
      const auto written = any_value(t);
      RC_PRE(written == written); // no NaN
      const auto* number = written.get_if<double>();
      const bool finite = number == nullptr || std::isfinite(*number);
      RC_PRE(finite);
      findings out;
      const auto as_node = write_value(written, t);
      const auto back = read_value({as_node, "", out}, t);
      RC_ASSERT(out.empty());
      RC_ASSERT(back == written);
    }));
  }
}
