// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/digest.hpp>

#include <rapidcheck.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace plaint;

// The expected digests are the examples that NIST publishes for FIPS 180-4.
TEST_CASE("SHA-256 gives the digests that NIST publishes", "[digest]") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a digest does not depend on how the bytes were cut into pieces", "[digest]") {
  const std::string text(200, 'x');
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    const auto pieces = sha256{}.update(text.substr(0, cut)).update(text.substr(cut)).finish();
    REQUIRE(pieces == sha256{}.update(text).finish());
  }
}

TEST_CASE("the processor's own instructions for SHA-256 come to what any machine comes to", "[digest]") {
  CHECK(rc::check([] {
    const auto bytes = *rc::gen::container<std::vector<std::uint8_t>>(64 * *rc::gen::inRange<std::size_t>(0, 5),
                                                                      rc::gen::arbitrary<std::uint8_t>());
    auto anywhere = *rc::gen::container<detail::sha256_state>(rc::gen::arbitrary<std::uint32_t>());
    auto here = anywhere;
    detail::take_blocks_anywhere(anywhere, bytes.data(), bytes.size() / 64);
    detail::take_blocks(here, bytes.data(), bytes.size() / 64);
    RC_ASSERT(here == anywhere);
  }));
}
