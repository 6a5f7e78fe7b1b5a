// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/parsed.hpp>
#include <plaint/time/posix_rule.hpp>
#include <plaint/time/zone_source.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// One kind of local time: how far the wall is ahead of UTC, and what people call it.
struct local_time_type {
  std::int32_t offset = 0; ///< seconds east of UTC
  bool is_daylight = false;
  std::string abbreviation;

  friend bool operator==(const local_time_type&, const local_time_type&) = default;
};

/// What a TZif file (RFC 9636) says, checked: times ascend, type numbers exist, the footer reads.
struct tzif_data {
  struct transition {
    std::int64_t at; ///< seconds since 1970-01-01T00:00:00Z
    std::uint8_t type;

    friend bool operator==(const transition&, const transition&) = default;
  };

  std::vector<local_time_type> types; ///< the first holds before the first transition
  std::vector<transition> transitions;
  std::optional<posix_rule> footer; ///< holds from the last transition on

  friend bool operator==(const tzif_data&, const tzif_data&) = default;
};

namespace detail {

/// Big-endian reads from bytes whose length was checked before.
class tzif_bytes {
public:
  explicit tzif_bytes(std::span<const std::byte> bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] std::uint8_t u8(std::size_t at) const noexcept { return std::to_integer<std::uint8_t>(bytes_[at]); }
  [[nodiscard]] std::uint32_t u32(std::size_t at) const noexcept {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value = (value << 8) | u8(at + i);
    }
    return value;
  }
  [[nodiscard]] std::int64_t time(std::size_t at, std::size_t width) const noexcept {
    if (width == 4) {
      return static_cast<std::int32_t>(u32(at));
    }
    return static_cast<std::int64_t>((std::uint64_t{u32(at)} << 32) | u32(at + 4));
  }
  [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

private:
  std::span<const std::byte> bytes_;
};

/// A header of a TZif file and where the parts of its data block lie.
struct tzif_block {
  std::uint8_t version = 0;
  std::uint64_t ut_count = 0, standard_count = 0, leap_count = 0, time_count = 0, type_count = 0, char_count = 0;
  std::uint64_t times = 0, indexes = 0, types = 0, chars = 0, standards = 0, uts = 0, end = 0;
};

[[nodiscard]] inline parsed<tzif_block> read_tzif_block(const tzif_bytes& in, std::uint64_t begin, unsigned width) {
  constexpr std::uint64_t header = 44;
  if (in.size() < header || begin > in.size() - header || in.u32(begin) != 0x545A6966) { // "TZif"
    return parse_fault{"TZif header required", begin};
  }
  tzif_block block;
  block.version = in.u8(begin + 4);
  if (block.version != 0 && (block.version < '2' || block.version > '9')) {
    return parse_fault{"TZif version 1 to 9 required", begin + 4};
  }
  block.ut_count = in.u32(begin + 20);
  block.standard_count = in.u32(begin + 24);
  block.leap_count = in.u32(begin + 28);
  block.time_count = in.u32(begin + 32);
  block.type_count = in.u32(begin + 36);
  block.char_count = in.u32(begin + 40);
  block.times = begin + header;
  block.indexes = block.times + block.time_count * width;
  block.types = block.indexes + block.time_count;
  block.chars = block.types + block.type_count * 6;
  block.standards = block.chars + block.char_count + block.leap_count * (width + 4);
  block.uts = block.standards + block.standard_count;
  block.end = block.uts + block.ut_count;
  if (block.end > in.size()) { // each count is below 2^32, so the sums cannot wrap
    return parse_fault{"as many bytes as the counts of the header announce required", begin + 20};
  }
  return block;
}

[[nodiscard]] inline std::optional<parse_fault> check_tzif_counts(const tzif_block& block) {
  const std::uint64_t counts = block.times - 24;
  if (block.type_count == 0 || block.type_count > 256 || block.char_count == 0) {
    return parse_fault{"1 to 256 local time types with abbreviations required", counts + 16};
  }
  if (block.leap_count != 0) {
    return parse_fault{"zone without leap seconds required, as instants do not count them", counts + 8};
  }
  if ((block.ut_count != 0 && block.ut_count != block.type_count) ||
      (block.standard_count != 0 && block.standard_count != block.type_count)) {
    return parse_fault{"no indicator or one for each type required", counts};
  }
  return std::nullopt;
}

[[nodiscard]] inline parsed<std::vector<local_time_type>> read_tzif_types(const tzif_bytes& in,
                                                                          const tzif_block& block) {
  std::vector<local_time_type> types;
  types.reserve(block.type_count);
  for (std::uint64_t i = 0; i < block.type_count; ++i) {
    const std::uint64_t at = block.types + i * 6;
    local_time_type type;
    type.offset = static_cast<std::int32_t>(in.u32(at));
    if (type.offset <= -25 * 3'600 || type.offset >= 26 * 3'600) { // RFC 9636 section 3.2
      return parse_fault{"offset more than -25 h and less than 26 h required", at};
    }
    if (in.u8(at + 4) > 1) {
      return parse_fault{"daylight flag of 0 or 1 required", at + 4};
    }
    type.is_daylight = in.u8(at + 4) == 1;
    for (std::uint64_t c = in.u8(at + 5);; ++c) {
      if (c >= block.char_count) {
        return parse_fault{"abbreviation that ends within its table required", at + 5};
      }
      const auto sign = static_cast<char>(in.u8(block.chars + c));
      if (sign == '\0') {
        break;
      }
      if (sign <= ' ' || sign > '~') { // the bytes end up in texts, so only visible ASCII
        return parse_fault{"abbreviation in visible ASCII required", block.chars + c};
      }
      type.abbreviation += sign;
    }
    types.push_back(std::move(type));
  }
  return types;
}

[[nodiscard]] inline parsed<std::vector<tzif_data::transition>>
read_tzif_transitions(const tzif_bytes& in, const tzif_block& block, unsigned width) {
  constexpr std::int64_t year_10000 = 253'402'300'800;
  std::vector<tzif_data::transition> transitions;
  transitions.reserve(block.time_count);
  for (std::uint64_t i = 0; i < block.time_count; ++i) {
    const tzif_data::transition next{in.time(block.times + i * width, width), in.u8(block.indexes + i)};
    if (next.type >= block.type_count) {
      return parse_fault{"number of a type that exists required", block.indexes + i};
    }
    if ((!transitions.empty() && next.at <= transitions.back().at) || next.at >= year_10000) {
      return parse_fault{"ascending times before the year 10000 required", block.times + i * width};
    }
    transitions.push_back(next);
  }
  return transitions;
}

[[nodiscard]] inline parsed<std::optional<posix_rule>> read_tzif_footer(const tzif_bytes& in, std::uint64_t begin) {
  std::string text;
  std::uint64_t at = begin;
  if (at >= in.size() || in.u8(at) != '\n') {
    return parse_fault{"footer after the data required", begin};
  }
  for (++at; at < in.size() && in.u8(at) != '\n'; ++at) {
    text += static_cast<char>(in.u8(at));
  }
  if (at + 1 != in.size()) {
    return parse_fault{"one footer line that ends the file required", begin};
  }
  if (text.empty()) {
    return std::optional<posix_rule>{};
  }
  auto rule = parse_posix_rule(text);
  if (!rule) {
    return parse_fault{rule.fault().message, begin + 1 + rule.fault().position};
  }
  return std::optional<posix_rule>{*std::move(rule)};
}

} // namespace detail

/// Reads a TZif file of version 1 to 4 (RFC 9636); all counts are checked before anything is allocated.
[[nodiscard]] inline parsed<tzif_data> parse_tzif(std::span<const std::byte> bytes) {
  if (bytes.size() > zone_file_limit) {
    return parse_fault{"file of at most 1 MiB required", zone_file_limit};
  }
  const detail::tzif_bytes in(bytes);
  unsigned width = 4;
  auto block = detail::read_tzif_block(in, 0, width);
  const bool has_second = block && block->version != 0;
  if (has_second) { // the first block is for readers of 32-bit times only
    width = 8;
    block = detail::read_tzif_block(in, block->end, width);
  }
  if (!block) {
    return block.fault();
  }
  if (const auto fault = detail::check_tzif_counts(*block)) {
    return *fault;
  }
  auto types = detail::read_tzif_types(in, *block);
  if (!types) {
    return types.fault();
  }
  auto transitions = detail::read_tzif_transitions(in, *block, width);
  if (!transitions) {
    return transitions.fault();
  }
  tzif_data data{*std::move(types), *std::move(transitions), std::nullopt};
  if (has_second) {
    auto footer = detail::read_tzif_footer(in, block->end);
    if (!footer) {
      return footer.fault();
    }
    data.footer = *std::move(footer);
    constexpr std::int64_t year_1 = -62'135'596'800;
    if (data.footer && data.footer->daylight && !data.transitions.empty() && data.transitions.back().at < year_1) {
      return parse_fault{"last transition in the common era required before a daylight rule", block->times};
    }
  } else if (block->end != bytes.size()) {
    return parse_fault{"end of the file after the data required", block->end};
  }
  return data;
}

} // namespace plaint
