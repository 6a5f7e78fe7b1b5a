// SPDX-License-Identifier: BSL-1.0
#include "support/fixed_story.hpp"

#include <plaint/complaint/snapshot_bytes.hpp>
#include <plaint/io/journal_lines.hpp>

#include <cstdint>
#include <cstdlib>

// Journals and snapshots that were flipped, cut or reordered are refused, or they are what they were.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const auto rules = hotline::rules();
  static auto kept = random_case::run(rules, random_case::fixed_story());
  static const auto lines = plaint::to_json_lines(kept.journal);
  static const auto packed = plaint::to_bytes(rules, kept.now);
  if (size < 6) {
    return 0;
  }
  const auto from = static_cast<std::size_t>(bytes[0] | bytes[1] << 8);
  const auto length = static_cast<std::size_t>(bytes[2]);
  const auto change = [&](std::string text) {
    const auto at = from % text.size();
    switch (bytes[3] % 3) {
    case 0:
      return text.replace(at, length % (text.size() - at), reinterpret_cast<const char*>(bytes + 4), size - 4);
    case 1:
      return text.erase(at, 1 + length);
    default:
      break;
    }
    text[at] = static_cast<char>(text[at] ^ bytes[4]);
    return text;
  };
  const auto other = change(lines);
  if (other != lines && !plaint::verify_lines(rules, other)) {
    std::abort();
  }
  try {
    if (const auto flipped = change(packed); flipped != packed && !(plaint::from_bytes(rules, flipped) == kept.now)) {
      std::abort();
    }
  } catch (const plaint::policy_error&) {
  }
  return 0;
}
