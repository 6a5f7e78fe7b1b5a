// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/instant.hpp>

#include <optional>

namespace plaint {

/// How often a zone's clocks show a wall time: once, never (they jumped over it), or twice (they went back).
enum class wall_kind : unsigned char { unique, skipped, repeated };

/// What a wall time means in a zone.
///
/// `first` is what the offset before the change gives, `second` what the offset after it gives:
/// - unique: both are the one instant, and `jump` is that instant too;
/// - repeated: the two occurrences in order, `jump` the instant at which the clocks went back;
/// - skipped: `jump` is the instant of the change; `first` lies after it, later by the length of the gap,
///   `second` before it, earlier by that length. Neither shows the wall time that was asked for.
struct wall_lookup {
  wall_kind kind;
  instant first;
  instant second;
  instant jump;

  friend constexpr bool operator==(const wall_lookup&, const wall_lookup&) = default;
};

/// Which instant a wall time gets that the clocks jump over.
enum class gap_policy : unsigned char {
  snap,   ///< the instant of the jump: the order of wall times is kept
  shift,  ///< later by the length of the gap (RFC 5545 section 3.3.5; "compatible" of ECMAScript's Temporal)
  refuse, ///< none
};

/// Which instant a wall time gets that the clocks show twice.
enum class overlap_policy : unsigned char { first, last, refuse };

/// The instant that the policies choose, or nothing where they refuse.
[[nodiscard]] constexpr std::optional<instant> resolve(const wall_lookup& found, gap_policy gap,
                                                       overlap_policy overlap) noexcept {
  if (found.kind == wall_kind::unique) {
    return found.first;
  }
  if (found.kind == wall_kind::repeated) {
    if (overlap == overlap_policy::refuse) {
      return std::nullopt;
    }
    return overlap == overlap_policy::first ? found.first : found.second;
  }
  if (gap == gap_policy::refuse) {
    return std::nullopt;
  }
  return gap == gap_policy::snap ? found.jump : found.first;
}

} // namespace plaint
