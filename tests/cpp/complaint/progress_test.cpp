// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/complaint/progress.hpp>

using namespace plaint;

TEST_CASE("a host is told when to ask again: one microsecond after what is next due", "[complaint]") {
  const auto rules = hotline::rules();
  const auto opened = open(rules, "C-1", hotline::event("", "2026-11-20T15:00:00Z", "customer"));
  CHECK(opened.did.next_wake_up == hotline::at("2026-11-20T16:00:00.000001Z"));
}

TEST_CASE("a step tells which states were left and entered", "[complaint]") {
  const auto rules = hotline::rules();
  const auto did = apply(rules, hotline::opened(rules),
                         hotline::event("register", "2026-11-20T15:30:00Z", "hotline", "{ problem: noise }"))
                       .did;
  CHECK(did.left == std::vector<std::string>{"lodged"});
  CHECK(did.entered == std::vector<std::string>{"open"});
  CHECK(did.sequence == 2);
}
