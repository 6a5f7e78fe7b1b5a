// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_options.hpp>
#include <plaint/calendar/day_exception.hpp>
#include <plaint/calendar/holiday/holidays.hpp>
#include <plaint/calendar/weekly_hours.hpp>
#include <plaint/time/span.hpp>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// Where hours were written, for findings; no part of any value.
struct hours_source {
  std::string version{};                               ///< in its calendar: `/hours` or `/versions/0`
  std::array<std::vector<std::string>, 7> intervals{}; ///< of each weekday, below its hours: `/mon-fri/0`
};

/// Weekly hours in force from a local date on; the first version may leave it out and then holds since ever.
struct hours_version {
  std::optional<civil_day> from{};
  weekly_hours hours{};
  std::string zone{}; ///< IANA name; empty: the calendar's
  hours_source written{};

  friend bool operator==(const hours_version& a, const hours_version& b) {
    return a.from == b.from && a.hours == b.hours && a.zone == b.zone;
  }
};

/// Where a calendar's open time comes from.
enum class calendar_kind : unsigned char {
  hours,        ///< weekly hours, holidays, exceptions
  always,       ///< open at every instant
  never,        ///< closed at every instant
  spans,        ///< open in the listed spans (pauses, rotas)
  any_of,       ///< open where one of the parts is: a | b
  all_of,       ///< open where all of the parts are: a & b
  first_without ///< open where the first part is and none of the others: a - b
};

/// A calendar as plain data; `calendar::compile` checks it.
struct calendar_definition {
  std::string id{};
  calendar_kind kind = calendar_kind::hours;
  std::string zone{};                       ///< IANA name; combinations without one take that of their first part
  std::vector<hours_version> versions{};    ///< `hours`: ascending by date
  std::vector<plaint::holidays> holidays{}; ///< `hours`
  std::vector<day_exception> exceptions{};  ///< `hours`
  std::vector<span> spans{};                ///< `spans`: in any order; they may overlap
  std::vector<calendar_definition> parts{}; ///< the combinations
  std::optional<int> first_year{};          ///< of the horizon; default 1970, or the holidays' first year
  std::optional<int> last_year{};           ///< of the horizon; default 2099, or the holidays' last year
  calendar_options options{};

  friend bool operator==(const calendar_definition&, const calendar_definition&) = default;
};

/// Open at every instant, with days as UTC has them unless another zone is named.
[[nodiscard]] inline calendar_definition always(std::string zone = "UTC") {
  return {.id = "always", .kind = calendar_kind::always, .zone = std::move(zone)};
}

[[nodiscard]] inline calendar_definition never(std::string zone = "UTC") {
  return {.id = "never", .kind = calendar_kind::never, .zone = std::move(zone)};
}

/// Open in the listed spans; how pauses and rotas become calendars.
[[nodiscard]] inline calendar_definition during(std::vector<span> spans, std::string zone = "UTC") {
  return {.kind = calendar_kind::spans, .zone = std::move(zone), .spans = std::move(spans)};
}

namespace detail {

[[nodiscard]] inline calendar_definition combine(calendar_kind kind, calendar_definition a, calendar_definition b) {
  calendar_definition both{.kind = kind};
  both.parts.push_back(std::move(a));
  both.parts.push_back(std::move(b));
  both.options = both.parts.front().options;
  return both;
}

} // namespace detail

/// Open where one of both is; zone, days and options are the first one's.
[[nodiscard]] inline calendar_definition operator|(calendar_definition a, calendar_definition b) {
  return detail::combine(calendar_kind::any_of, std::move(a), std::move(b));
}

/// Open where both are.
[[nodiscard]] inline calendar_definition operator&(calendar_definition a, calendar_definition b) {
  return detail::combine(calendar_kind::all_of, std::move(a), std::move(b));
}

/// Open where the first is and the second is not: hours less a pause.
[[nodiscard]] inline calendar_definition operator-(calendar_definition a, calendar_definition b) {
  return detail::combine(calendar_kind::first_without, std::move(a), std::move(b));
}

} // namespace plaint
