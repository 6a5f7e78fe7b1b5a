// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/certainty.hpp>
#include <plaint/calendar/detail/compiled_calendar.hpp>
#include <plaint/calendar/horizon_error.hpp>
#include <plaint/calendar/period_range.hpp>
#include <plaint/time/iso8601.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace plaint::detail {

[[nodiscard]] inline std::int64_t micros(instant t) noexcept {
  return t.time_since_epoch().count();
}
[[nodiscard]] inline instant from_micros(std::int64_t us) noexcept {
  return instant{duration{us}};
}

[[noreturn]] inline void refuse_past_horizon(const compiled_calendar& c, const std::string& what) {
  const auto day = [&](instant t) { return to_iso8601(c.node.frame.day_at(t)); };
  const auto named = c.definition.id.empty() ? std::string("the calendar") : "calendar \"" + c.definition.id + "\"";
  throw horizon_error(named + " knows the days from " + day(c.reach.from) + " to " + day(c.reach.to - duration{1}) +
                          "; " + what + " lies outside",
                      c.reach);
}

/// The open time before an instant that the calendar knows.
[[nodiscard]] inline std::int64_t open_before(const compiled_calendar& c, const open_table::view& look,
                                              std::int64_t t) {
  if (!look.knows(t)) [[unlikely]] {
    refuse_past_horizon(c, to_iso8601(from_micros(t)));
  }
  return look.before(t);
}

/// Open time is counted from the start of the table: the answer is the instant at which a count is used up, or the one
/// at which it begins. Between two periods all instants have the same count; of them the first is a closing and the
/// last an opening.
class adder {
public:
  explicit adder(const compiled_calendar& c) noexcept
      : c_(&c), look_(c.table.look()), total_(c.table.total()),
        earliest_(c.definition.options.exact_end == exact_end::earliest) {}

  [[nodiscard]] std::int64_t operator()(std::int64_t t, std::int64_t open) const {
    const std::int64_t before = open_before(*c_, look_, t);
    if (open == 0) [[unlikely]] {
      return t;
    }
    const bool closing = (open > 0) == earliest_;
    const std::int64_t first = closing ? 1 : 0; // the least count that there is a closing or opening for
    if (open > total_ - before + first - 1 || open < first - before) [[unlikely]] {
      refuse_past_horizon(*c_, "the answer");
    }
    return look_.at(before + open - first) + first;
  }

  /// The same from the beginning of the table, for a count above zero.
  [[nodiscard]] std::int64_t used_up(std::int64_t count) const {
    const std::int64_t first = earliest_ ? 1 : 0;
    if (count < 1 || count > total_ + first - 1) [[unlikely]] {
      refuse_past_horizon(*c_, "the answer");
    }
    return look_.at(count - first) + first;
  }

private:
  const compiled_calendar* c_;
  open_table::view look_;
  std::int64_t total_;
  bool earliest_;
};

[[nodiscard]] inline bool is_open(const compiled_calendar& c, std::int64_t t) {
  if (!c.table.knows(t)) [[unlikely]] {
    refuse_past_horizon(c, to_iso8601(from_micros(t)));
  }
  return c.table.look().is_open(t);
}

/// The place of the first period that closes after a known instant.
[[nodiscard]] inline std::size_t next_closing(const compiled_calendar& c, instant t) {
  if (!c.table.knows(micros(t))) [[unlikely]] {
    refuse_past_horizon(c, to_iso8601(t));
  }
  return c.table.next_closing(micros(t));
}

/// Nothing comes: for ever where the calendar has settled, else nobody knows.
[[nodiscard]] inline std::optional<instant> none_known(const compiled_calendar& c, const std::string& what) {
  if (!c.node.settled) {
    refuse_past_horizon(c, what);
  }
  return std::nullopt;
}

[[nodiscard]] inline std::optional<instant> next_open(const compiled_calendar& c, instant t, bool strict) {
  const auto& periods = c.table.periods();
  auto i = next_closing(c, t);
  if (i < periods.size() && (periods[i].from < t || (strict && periods[i].from == t))) {
    ++i;
  }
  return i < periods.size() ? periods[i].from : none_known(c, "the next opening");
}

[[nodiscard]] inline std::optional<instant> next_close(const compiled_calendar& c, instant t, bool strict) {
  const auto& periods = c.table.periods();
  auto i = next_closing(c, t);
  if (!strict && i > 0 && periods[i - 1].to == t) {
    --i;
  }
  const bool known =
      i < periods.size() && periods[i].to < c.reach.to; // one cut off at the horizon does not close there
  return known ? periods[i].to : none_known(c, "the next closing");
}

[[nodiscard]] inline std::optional<instant> previous_open(const compiled_calendar& c, instant t, bool strict) {
  const auto& periods = c.table.periods();
  auto i = next_closing(c, t);
  const bool begun = i < periods.size() && (strict ? periods[i].from < t : periods[i].from <= t);
  i += begun ? 1 : 0;
  const bool known = i > 0 && c.reach.from < periods[i - 1].from;
  return known ? periods[i - 1].from : none_known(c, "the previous opening");
}

[[nodiscard]] inline std::optional<instant> previous_close(const compiled_calendar& c, instant t, bool strict) {
  const auto& periods = c.table.periods();
  auto i = next_closing(c, t); // those before it have closed by t
  if (strict && i > 0 && periods[i - 1].to == t) {
    --i;
  }
  return i > 0 ? periods[i - 1].to : none_known(c, "the previous closing");
}

[[nodiscard]] inline instant next_open_or_self(const compiled_calendar& c, instant t) {
  if (is_open(c, micros(t))) {
    return t;
  }
  const auto next = next_open(c, t, false);
  if (!next) {
    refuse_past_horizon(c, "the next opening");
  }
  return *next;
}

[[nodiscard]] inline period_range periods(const std::shared_ptr<const compiled_calendar>& c, span within) {
  const auto& all = c->table.periods();
  const auto first = next_closing(*c, within.from);
  auto last = next_closing(*c, within.to);
  if (within.empty()) {
    return {};
  }
  last += last < all.size() && all[last].from < within.to ? 1 : 0;
  return {c, std::span(all).subspan(first, last - first), within};
}

[[nodiscard]] inline certainty certainty_of(const compiled_calendar& c, span within) {
  if (within.from < c.known.from || c.known.to < within.to) {
    return certainty::extrapolated;
  }
  const auto& doubtful = c.node.provisional;
  const bool touched = std::any_of(doubtful.begin(), doubtful.end(), [&](const span& year) {
    return year.overlaps(within) || year.contains(within.from);
  });
  return touched ? certainty::provisional : certainty::known;
}

/// Null in a column of microseconds, as in NumPy.
inline constexpr std::int64_t null_micros = std::numeric_limits<std::int64_t>::min();

} // namespace plaint::detail
