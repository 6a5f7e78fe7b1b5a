// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/complaint/possible_event.hpp>

using namespace plaint;

namespace {

possible_event find(const std::vector<possible_event>& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.name == name; });
  REQUIRE(found != all.end());
  return *found;
}

} // namespace

TEST_CASE("a complaint tells what may happen next, and what each event lacks", "[complaint]") {
  const auto rules = hotline::rules();
  const auto c = hotline::opened(rules);
  const auto seen = possible(rules, c, {.role = "hotline"});
  CHECK(find(seen, "register").lacking == std::vector<std::string>{"problem"});
  CHECK(find(seen, "answer").reasons.front().kind == "wrong-state");
  const auto with = possible(rules, c, {.role = "hotline"}, std::nullopt, read_yaml("{ problem: noise }").root);
  CHECK(find(with, "register").enabled);
  CHECK(find(possible(rules, c, {.role = "customer"}), "register").reasons.front().kind == "role");
}

TEST_CASE("what is possible at a later instant counts what falls due before it", "[complaint]") {
  const auto rules = hotline::rules();
  auto c = apply(rules, hotline::opened(rules),
                 hotline::event("register", "2026-11-20T15:30:00Z", "hotline", "{ problem: noise }"))
               .complaint;
  c = apply(rules, c, hotline::event("answer", "2026-11-23T10:00:00Z", "lead")).complaint;
  CHECK(find(possible(rules, c, {.role = "customer"}), "object").enabled);
  CHECK(find(possible(rules, c, {.role = "customer"}, hotline::at("2026-12-24T00:00:00Z")), "object")
            .reasons.front()
            .kind == "terminated");
}
