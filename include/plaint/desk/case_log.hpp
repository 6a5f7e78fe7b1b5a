// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/instant.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace plaint {

/// In a column of instants: there is none.
inline constexpr std::int64_t no_instant = std::numeric_limits<std::int64_t>::min();

/// Microseconds since 1970 in UTC; `no_instant` where there is none.
struct instant_column {
  std::span<const std::int64_t> at{};
};

/// Whole numbers; absent where `there` is false. Without `there` all are.
struct whole_column {
  std::span<const std::int64_t> values{};
  std::span<const bool> there{};
};

/// As `whole_column`, of truth values.
struct truth_column {
  std::span<const bool> values{};
  std::span<const bool> there{};
};

/// Numbers; NaN where there is none.
struct real_column {
  std::span<const double> values{};
};

/// Texts or members of an enumeration as places in a list of names; negative where there is none.
struct category_column {
  std::span<const std::int32_t> codes{};
  std::vector<std::string> names{};
};

/// Values of one attribute or event field.
struct log_column {
  std::string name;
  std::variant<instant_column, whole_column, truth_column, real_column, category_column> values{};

  [[nodiscard]] std::size_t size() const noexcept {
    return std::visit(
        [](const auto& c) {
          if constexpr (requires { c.at; }) {
            return c.at.size();
          } else if constexpr (requires { c.codes; }) {
            return c.codes.size();
          } else {
            return c.values.size();
          }
        },
        values);
  }
};

/// Recorded complaints as columns: views, which whoever holds the memory keeps alive.
///
/// Events of one case follow each other, the cases in order; each case begins with its opening.
struct case_log {
  static constexpr std::int32_t opening = -1;

  std::size_t cases = 0;
  std::span<const std::uint32_t> owner{}; ///< by event: its case, from 0, never falling
  std::span<const std::int32_t> event{};  ///< by event: its place in `event_names`, or `opening`
  std::span<const std::int64_t> at{};     ///< by event: microseconds since 1970 in UTC
  std::vector<std::string> event_names{};
  std::vector<std::string> role_names{};
  std::span<const std::int32_t>
      role{}; ///< by event: its place in `role_names`, negative for nobody; empty: nobody ever
  std::vector<log_column> attributes{}; ///< by case: what the opening gives
  std::vector<log_column> data{};       ///< by event: what it sets or carries
  std::optional<instant> as_of{};       ///< time passes up to here once a case has no more events
  duration slack{};                     ///< an event this much too early happens at the last instant of its case
};

} // namespace plaint
