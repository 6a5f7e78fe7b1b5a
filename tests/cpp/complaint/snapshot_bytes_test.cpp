// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/complaint/snapshot_bytes.hpp>

#include <rapidcheck.h>

#include <random>

using namespace plaint;

namespace {

std::string refused(const policy& by, std::string_view bytes) {
  try {
    (void)from_bytes(by, bytes);
  } catch (const policy_error& e) {
    return e.all().front().code;
  }
  return "read";
}

} // namespace

TEST_CASE("the compact form holds the same complaint in fewer bytes", "[complaint]") {
  const auto rules = hotline::rules();
  CHECK(rc::check([&] {
    const auto c = random_case::run(rules, random_case::story(*rc::gen::inRange(1, 40))).now;
    const auto bytes = to_bytes(rules, c);
    RC_ASSERT(from_bytes(rules, bytes) == c);
    RC_ASSERT(bytes.size() < canonical(write_snapshot(rules, c)).size());
  }));
}

TEST_CASE("bytes that were cut, flipped, written by a newer version or by another policy are refused", "[complaint]") {
  const auto rules = hotline::rules();
  const auto kept = random_case::run(rules, random_case::fixed_story()).now;
  const auto bytes = to_bytes(rules, kept);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    REQUIRE(refused(rules, bytes.substr(0, cut)) != "read");
  }
  auto newer = bytes;
  newer[7] = 2;
  CHECK(refused(rules, newer) == "newer-format");
  CHECK(refused(rules, "no snapshot at all") == "not-a-snapshot");
  auto other = rules.definition();
  other.version = "2";
  CHECK(refused(policy::compile(other), bytes) == "other-policy");
  std::mt19937 random(3);
  for (int i = 0; i < 5000; ++i) {
    auto flipped = bytes;
    flipped[random() % flipped.size()] ^= static_cast<char>(1U << random() % 8);
    REQUIRE(refused(rules, flipped) != "read");
    std::string inner(detail::snapshot_mark); // past the sum, as somebody would who knows how to make one
    inner += flipped.substr(inner.size(), flipped.size() - inner.size() - detail::snapshot_sum);
    inner += detail::sum_of(inner);
    if (refused(rules, inner) == "read") {
      REQUIRE(from_bytes(rules, inner) == kept);
    }
  }
}
