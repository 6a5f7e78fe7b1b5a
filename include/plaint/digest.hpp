// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace plaint {

namespace detail {

using sha256_state = std::array<std::uint32_t, 8>;

inline constexpr std::array<std::uint32_t, 64> sha256_rounds{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// Takes whole blocks of 64 bytes into the state, on any machine.
inline void take_blocks_anywhere(sha256_state& state, const std::uint8_t* from, std::size_t blocks) noexcept {
  for (; blocks > 0; --blocks, from += 64) {
    std::array<std::uint32_t, 64> w{};
    for (std::size_t i = 0; i < 16; ++i) {
      w[i] = std::uint32_t{from[4 * i]} << 24 | std::uint32_t{from[4 * i + 1]} << 16 |
             std::uint32_t{from[4 * i + 2]} << 8 | from[4 * i + 3];
    }
    for (std::size_t i = 16; i < 64; ++i) {
      const auto s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
      const auto s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < 64; ++i) {
      const auto s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
      const auto t1 = h + s1 + ((e & f) ^ (~e & g)) + sha256_rounds[i] + w[i];
      const auto s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
      const auto t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    const sha256_state sums{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < sums.size(); ++i) {
      state[i] += sums[i];
    }
  }
}

#if defined(__x86_64__) && defined(__GNUC__)
/// Whether this processor has instructions for SHA-256, and those that go with them.
[[nodiscard]] inline bool has_sha_instructions() noexcept {
  constexpr unsigned shuffles = 1U << 9; // SSSE3
  constexpr unsigned blends = 1U << 19;  // SSE4.1
  constexpr unsigned sha = 1U << 29;
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  const bool mixes = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & shuffles) != 0 && (c & blends) != 0;
  return mixes && __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0;
}

/// As `take_blocks_anywhere`, by the processor's own instructions, which take the state as the words abef and cdgh.
[[gnu::target("sha,sse4.1,ssse3")]] inline void
take_blocks_by_instructions(sha256_state& state, const std::uint8_t* from, std::size_t blocks) noexcept {
  const auto read = [](const void* at) { return _mm_loadu_si128(static_cast<const __m128i*>(at)); };
  const auto big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  const auto badc = _mm_shuffle_epi32(read(state.data()), 0xb1);
  const auto efgh = _mm_shuffle_epi32(read(state.data() + 4), 0x1b);
  auto abef = _mm_alignr_epi8(badc, efgh, 8);
  auto cdgh = _mm_blend_epi16(efgh, badc, 0xf0);
  for (; blocks > 0; --blocks, from += 64) {
    const auto abef_before = abef;
    const auto cdgh_before = cdgh;
    auto w0 = _mm_shuffle_epi8(read(from), big_endian);
    auto w1 = _mm_shuffle_epi8(read(from + 16), big_endian);
    auto w2 = _mm_shuffle_epi8(read(from + 32), big_endian);
    auto w3 = _mm_shuffle_epi8(read(from + 48), big_endian);
    for (std::size_t i = 0; i < 64; i += 4) {
      const auto keyed = _mm_add_epi32(w0, read(sha256_rounds.data() + i));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, keyed);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(keyed, 0x0e));
      const auto sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4));
      const auto next = _mm_sha256msg2_epu32(sum, w3); // the last four times nobody needs it
      w0 = w1;
      w1 = w2;
      w2 = w3;
      w3 = next;
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const auto feba = _mm_shuffle_epi32(abef, 0x1b);
  const auto dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(state.data()), _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(state.data() + 4), _mm_alignr_epi8(dchg, feba, 8));
}
#endif

inline void take_blocks(sha256_state& state, const std::uint8_t* from, std::size_t blocks) noexcept {
#if defined(__x86_64__) && defined(__GNUC__)
  static const bool at_hand = has_sha_instructions();
  if (at_hand) {
    take_blocks_by_instructions(state, from, blocks);
    return;
  }
#endif
  take_blocks_anywhere(state, from, blocks);
}

} // namespace detail

/// SHA-256 of bytes that come in pieces (FIPS 180-4); ours because Boost has none before 1.86.
class sha256 {
public:
  sha256& update(std::string_view bytes) noexcept {
    length_ += bytes.size();
    if (filled_ > 0 && !bytes.empty()) {
      const auto fits = std::min(bytes.size(), block_.size() - filled_);
      std::memcpy(block_.data() + filled_, bytes.data(), fits);
      filled_ += fits;
      bytes.remove_prefix(fits);
      if (filled_ < block_.size()) {
        return *this;
      }
      detail::take_blocks(state_, block_.data(), 1);
      filled_ = 0;
    }
    const auto whole = bytes.size() / block_.size();
    if (whole > 0) {
      detail::take_blocks(state_, reinterpret_cast<const std::uint8_t*>(bytes.data()), whole);
      bytes.remove_prefix(whole * block_.size());
    }
    if (!bytes.empty()) {
      std::memcpy(block_.data(), bytes.data(), bytes.size());
      filled_ = bytes.size();
    }
    return *this;
  }

  [[nodiscard]] std::array<std::uint8_t, 32> finish() noexcept {
    const std::uint64_t bits = length_ * 8;
    std::array<char, 72> end{'\x80'}; // a one, zeros up to eight bytes before the end of a block, and the length
    const auto zeros = (119 - filled_) % 64;
    for (std::size_t i = 0; i < 8; ++i) {
      end[1 + zeros + i] = static_cast<char>(bits >> (56 - 8 * i));
    }
    update(std::string_view(end.data(), 1 + zeros + 8));
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      bytes[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
    }
    return bytes;
  }

private:
  detail::sha256_state state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                              0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> block_{};
  std::size_t filled_ = 0;
  std::uint64_t length_ = 0;
};

/// A digest as 64 lower-case hexadecimal digits.
[[nodiscard]] inline std::string to_hex(const std::array<std::uint8_t, 32>& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(2 * digest.size(), '0');
  for (std::size_t i = 0; i < digest.size(); ++i) {
    text[2 * i] = digits[digest[i] >> 4];
    text[2 * i + 1] = digits[digest[i] & 15];
  }
  return text;
}

/// The SHA-256 digest of some bytes in hexadecimal.
[[nodiscard]] inline std::string sha256_hex(std::string_view bytes) {
  return to_hex(sha256{}.update(bytes).finish());
}

} // namespace plaint
