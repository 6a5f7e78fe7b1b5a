// SPDX-License-Identifier: BSL-1.0
#include <plaint/calendar/calendar_definition.hpp>

#include <catch.hpp>

using namespace plaint;

TEST_CASE("combined definitions keep their parts in order and the options of the first", "[calendar]") {
  auto a = always("Europe/London");
  a.options.exact_end = exact_end::latest;
  const auto b = never();
  CHECK((a | b).kind == calendar_kind::any_of);
  CHECK((a & b).kind == calendar_kind::all_of);
  const auto rest = a - b;
  CHECK(rest.kind == calendar_kind::first_without);
  CHECK(rest.parts == std::vector<calendar_definition>{a, b});
  CHECK(rest.options == a.options);
  CHECK(rest.zone.empty());
  CHECK_FALSE((a | b) == (b | a));
}

TEST_CASE("explicit spans are a calendar", "[calendar]") {
  const span s{instant{std::chrono::hours{1}}, instant{std::chrono::hours{2}}};
  CHECK(during({s}).kind == calendar_kind::spans);
  CHECK(during({s}).spans == std::vector<span>{s});
  CHECK(during({s}, "Asia/Tokyo").zone == "Asia/Tokyo");
}
