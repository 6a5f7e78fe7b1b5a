// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/complaint/effect.hpp>

using namespace plaint;

TEST_CASE("an effect of a step carries its parameters, its cause and a key", "[complaint]") {
  const auto rules = hotline::rules();
  const auto [complaint, did] =
      apply(rules, hotline::opened(rules),
            hotline::event("register", "2026-11-20T15:30:00Z", "hotline", "{ problem: noise }"));
  REQUIRE(did.effects.size() == 1);
  const auto& ack = did.effects.front();
  CHECK(ack.key == "C-1/2/0");
  CHECK(ack.kind == "notice");
  CHECK(ack.parameters.find("notice")->text == "ack");
  CHECK(ack.cause == "register");
  CHECK(ack.at == hotline::at("2026-11-20T15:30:00Z"));
}
