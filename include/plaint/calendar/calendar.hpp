// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/certainty.hpp>
#include <plaint/calendar/horizon_error.hpp>
#include <plaint/calendar/period_range.hpp>
#include <plaint/time/time_zone.hpp>
#include <plaint/time/zone_source.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace plaint {

namespace detail {
struct compiled_calendar;
}

/// A compiled calendar: immutable, cheap to copy, safe to share between threads.
///
/// Measuring and adding open time touch a constant number of table rows, whatever the span. Everything throws
/// `horizon_error` for instants and days that the calendar does not know.
///
///     calendar_definition d{.zone = "Europe/London"};
///     d.versions.push_back({.hours = weekly_hours::from_to(0, 4, {{9 * 3600, 17 * 3600}})});
///     const auto office = calendar::compile(d);
///     office.add(friday_1600, hours{2});          // Monday 10:00
///     office.between(friday_1600, monday_1000);   // 2 h
class calendar {
public:
  /// Throws `policy_error` with all faults at once, each at its JSON pointer.
  [[nodiscard]] static calendar compile(const calendar_definition& definition, const zone_source& source = system_source());

  /// When that much open time after `t` is used up; adding nothing gives `t`, adding -d is subtracting d.
  [[nodiscard]] instant add(instant t, duration open) const;

  /// The instant before `t` from which that much open time lies between; the mirror of `add`.
  [[nodiscard]] instant subtract(instant t, duration open) const;

  /// Open time from `a` to `b`; negative where `b` is before `a`.
  [[nodiscard]] duration between(instant a, instant b) const;

  [[nodiscard]] bool is_open(instant t) const;

  /// The first opening at or after `t` (`strict`: after `t`); none only where the calendar never opens again.
  [[nodiscard]] std::optional<instant> next_open(instant t, bool strict = false) const;
  [[nodiscard]] std::optional<instant> next_close(instant t, bool strict = false) const;

  /// The last opening at or before `t` (`strict`: before `t`).
  [[nodiscard]] std::optional<instant> previous_open(instant t, bool strict = false) const;
  [[nodiscard]] std::optional<instant> previous_close(instant t, bool strict = false) const;

  /// `t` where it is open, else the next opening.
  [[nodiscard]] instant next_open_or_self(instant t) const;

  /// The open periods that meet the span, cut to it, without copying any.
  [[nodiscard]] period_range periods(span within) const;

  /// A day in the calendar's zone on which open time begins: an override makes one, a holiday none.
  [[nodiscard]] bool is_business_day(civil_day day) const;

  /// The n-th business day after (n < 0: before) a day; rules not given are the calendar's.
  [[nodiscard]] civil_day add_business_days(civil_day day, std::int64_t n, std::optional<roll> rolled = {},
                                            std::optional<day_rule> rule = {}) const;

  /// The same on instants: the wall-clock time stays; `roll::open` then goes to the first open instant.
  [[nodiscard]] instant add_business_days(instant t, std::int64_t n, std::optional<roll> rolled = {},
                                          std::optional<day_rule> rule = {}) const;

  /// Business days from `a` to `b`, negative when reversed: count(b, a) = -count(a, b).
  [[nodiscard]] std::int64_t count_business_days(civil_day a, civil_day b, std::optional<counted> ends = {}) const;

  /// The business days in [from, to).
  [[nodiscard]] std::vector<civil_day> business_days(civil_day from, civil_day to) const;

  /// The day itself if it is a business day, else where the roll sends it.
  [[nodiscard]] civil_day roll_day(civil_day day, roll rule) const;

  /// The local day of an instant, the instant at which a local day begins, and a wall time's instant by the options.
  [[nodiscard]] civil_day day_at(instant t) const;
  [[nodiscard]] instant start_of(civil_day day) const;
  [[nodiscard]] instant at_wall(wall_time wall) const;
  [[nodiscard]] wall_time wall_of(instant t) const;

  /// The last closing of what opens on that day; nothing on a day that is no business day.
  [[nodiscard]] std::optional<instant> close_of(civil_day day) const;
  [[nodiscard]] std::optional<instant> opening_of(civil_day day) const;

  /// The zone in force at the end of the horizon; earlier versions may have had others.
  [[nodiscard]] const time_zone& zone() const noexcept;

  /// What the calendar knows: [first known day's start, end of its last day).
  [[nodiscard]] span horizon() const noexcept;

  /// The least certain time that the span touches.
  [[nodiscard]] certainty certainty_of(span within) const;

  [[nodiscard]] const calendar_definition& definition() const noexcept;
  [[nodiscard]] const calendar_options& options() const noexcept;

  /// SHA-256 over the canonical form of the definition and the data of its zones.
  [[nodiscard]] const std::string& digest() const noexcept;

  /// Columns in microseconds since 1970-01-01T00:00:00Z; all of one size. `null` (the least int64) gives null.
  void between(std::span<const std::int64_t> a, std::span<const std::int64_t> b, std::span<std::int64_t> out) const;
  void add(std::span<const std::int64_t> t, std::span<const std::int64_t> open, std::span<std::int64_t> out) const;
  void add(std::span<const std::int64_t> t, duration open, std::span<std::int64_t> out) const;
  void subtract(std::span<const std::int64_t> t, std::span<const std::int64_t> open, std::span<std::int64_t> out) const;
  void is_open(std::span<const std::int64_t> t, std::span<std::uint8_t> out) const;

  /// Equal digests: the same definition over the same zone data.
  [[nodiscard]] friend bool operator==(const calendar& a, const calendar& b) noexcept {
    return a.data_ == b.data_ || a.digest() == b.digest();
  }

private:
  explicit calendar(std::shared_ptr<const detail::compiled_calendar> data) noexcept : data_(std::move(data)) {}

  std::shared_ptr<const detail::compiled_calendar> data_;
};

} // namespace plaint
