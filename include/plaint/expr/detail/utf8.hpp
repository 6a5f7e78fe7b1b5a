// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plaint::detail {

/// Unicode scalar values: everything up to U+10FFFF but the surrogates.
[[nodiscard]] constexpr bool is_scalar_value(std::uint32_t point) noexcept {
  return point < 0xD800U || (point > 0xDFFFU && point <= 0x10FFFFU);
}

/// Requires a scalar value.
inline void append_utf8(std::string& to, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { to += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (point < 0x80U) {
    put(point);
  } else if (point < 0x800U) {
    put(0xC0U | (point >> 6U));
    put(0x80U | (point & 0x3FU));
  } else if (point < 0x10000U) {
    put(0xE0U | (point >> 12U));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  } else {
    put(0xF0U | (point >> 18U));
    put(0x80U | ((point >> 12U) & 0x3FU));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  }
}

/// The place of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or npos.
[[nodiscard]] constexpr std::size_t first_bad_utf8(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size();) {
    const unsigned lead = byte(i);
    const std::size_t more = lead < 0x80U   ? 0
                             : lead < 0xC2U ? 9
                             : lead < 0xE0U ? 1
                             : lead < 0xF0U ? 2
                             : lead < 0xF5U ? 3
                                            : 9;
    if (more == 9) {
      return i;
    }
    std::uint32_t point = more == 0 ? lead : lead & (0x3FU >> more);
    for (std::size_t k = 1; k <= more; ++k) {
      if ((byte(i + k) & 0xC0U) != 0x80U) {
        return i;
      }
      point = (point << 6U) | (byte(i + k) & 0x3FU);
    }
    if (!is_scalar_value(point) || (more == 2 && point < 0x800U) || (more == 3 && point < 0x10000U)) {
      return i;
    }
    i += more + 1;
  }
  return std::string_view::npos;
}

} // namespace plaint::detail
