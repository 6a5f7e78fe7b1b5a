// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/time/civil.hpp>
#include <plaint/time/detail/format_steps.hpp>
#include <plaint/time/instant.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// How some file writes its times, as a pattern of strptime; compiled once, reads a text in some 20 ns, without locale
/// and without allocation. Names are English, in any case of letters.
///
/// - `%Y` four digits, `%y` two (69-99 are 1969-1999), `%m` `%d` `%H` `%I` `%M` `%S` one or two
/// - `%p` AM or PM (with `%I`), `%f` a fraction of one to nine digits, cut off after the microsecond
/// - `%b` `%B` a month's name, `%a` `%A` a weekday's, which must be right; both short or whole
/// - `%z` Z, +hh, +hhmm or +hh:mm; `%e` a day that a space may pad; `%F` `%T` `%R` `%D` as in C; `%%`
/// - white space stands for one or more blanks; anything else for itself
///
///     const wall_format boston("%m/%d/%Y %I:%M:%S %p");
///     boston.parse("03/29/2015 02:05:00 PM"); // 2015-03-29T14:05:00
class wall_format {
public:
  /// Throws `policy_error` ("bad-time-format") with every fault of the pattern; a year, a month and a day are required.
  explicit wall_format(std::string_view pattern) : pattern_(pattern) {
    auto compiled = detail::compile_format(pattern);
    throw_if_error(compiled.faults);
    steps_ = std::move(compiled.steps);
    has_offset_ = compiled.has_offset;
  }

  [[nodiscard]] const std::string& pattern() const noexcept { return pattern_; }

  /// True if the texts say their offset from UTC (`%z`), and so name instants.
  [[nodiscard]] bool has_offset() const noexcept { return has_offset_; }

  /// The wall time as written, or nothing where the text does not fit or names no time (31 June, a 60th second).
  [[nodiscard]] std::optional<wall_time> parse(std::string_view text) const noexcept {
    detail::format_fields fields;
    if (!fields.read(steps_, text)) {
      return std::nullopt;
    }
    return fields.wall();
  }

  /// The instant, or nothing where the text does not fit or the pattern has no `%z`.
  [[nodiscard]] std::optional<instant> parse_instant(std::string_view text) const noexcept {
    detail::format_fields fields;
    if (!has_offset_ || !fields.read(steps_, text)) {
      return std::nullopt;
    }
    const auto wall = fields.wall();
    return wall ? std::optional(instant{wall->time_since_epoch() - std::chrono::seconds{fields.offset}}) : std::nullopt;
  }

  [[nodiscard]] friend bool operator==(const wall_format& a, const wall_format& b) noexcept {
    return a.pattern_ == b.pattern_;
  }

private:
  std::string pattern_;
  std::vector<detail::format_step> steps_;
  bool has_offset_ = false;
};

} // namespace plaint
