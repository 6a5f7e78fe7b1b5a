// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/certainty.hpp>
#include <plaint/calendar/detail/compile_calendar.hpp>
#include <plaint/calendar/detail/day_arithmetic.hpp>
#include <plaint/calendar/detail/explain_node.hpp>
#include <plaint/calendar/detail/open_arithmetic.hpp>
#include <plaint/calendar/explained_time.hpp>
#include <plaint/calendar/horizon_error.hpp>
#include <plaint/calendar/period_range.hpp>
#include <plaint/time/time_zone.hpp>
#include <plaint/time/zone_source.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

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
  [[nodiscard]] static calendar compile(const calendar_definition& definition,
                                        const zone_source& source = system_source());

  /// When that much open time after `t` is used up; adding nothing gives `t`, adding -d is subtracting d.
  [[nodiscard]] instant add(instant t, duration open) const;

  /// The instant before `t` from which that much open time lies between; the mirror of `add`.
  [[nodiscard]] instant subtract(instant t, duration open) const;

  /// Open time from `a` to `b`; negative where `b` is before `a`.
  [[nodiscard]] duration between(instant a, instant b) const;

  /// Open time from the beginning of the horizon to `t`, for those who need it of one instant more than once:
  /// `between(a, b)` is the difference of two, `add(t, d)` is `used_up(open_before(t) + d)` for every d above zero.
  [[nodiscard]] duration open_before(instant t) const;

  /// When that much open time from the beginning of the horizon, above zero, is used up.
  [[nodiscard]] instant used_up(duration open) const;

  /// The same of all copies of one calendar, and of no other.
  [[nodiscard]] const void* identity() const noexcept { return data_.get(); }

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

  /// Business days from `a` to `b`, negative when reversed; whether `a` itself and `b` itself count is said for each.
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

  /// The span in stretches that touch, each with the reason why it is open or not.
  [[nodiscard]] std::vector<explained_time> explain(span within) const;

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

inline calendar calendar::compile(const calendar_definition& definition, const zone_source& source) {
  return calendar(detail::compile_calendar(definition, source));
}

inline instant calendar::add(instant t, duration open) const {
  return detail::from_micros(detail::adder(*data_)(detail::micros(t), open.count()));
}

inline instant calendar::subtract(instant t, duration open) const {
  if (open == duration::min()) {
    detail::refuse_past_horizon(*data_, "the answer");
  }
  return add(t, -open);
}

inline duration calendar::between(instant a, instant b) const {
  const auto& look = data_->table.look();
  const std::int64_t before = detail::open_before(*data_, look, detail::micros(a));
  return duration{detail::open_before(*data_, look, detail::micros(b)) - before};
}

inline duration calendar::open_before(instant t) const {
  return duration{detail::open_before(*data_, data_->table.look(), detail::micros(t))};
}

inline instant calendar::used_up(duration open) const {
  return detail::from_micros(detail::adder(*data_).used_up(open.count()));
}

inline bool calendar::is_open(instant t) const {
  return detail::is_open(*data_, detail::micros(t));
}

inline std::optional<instant> calendar::next_open(instant t, bool strict) const {
  return detail::next_open(*data_, t, strict);
}
inline std::optional<instant> calendar::next_close(instant t, bool strict) const {
  return detail::next_close(*data_, t, strict);
}
inline std::optional<instant> calendar::previous_open(instant t, bool strict) const {
  return detail::previous_open(*data_, t, strict);
}
inline std::optional<instant> calendar::previous_close(instant t, bool strict) const {
  return detail::previous_close(*data_, t, strict);
}
inline instant calendar::next_open_or_self(instant t) const {
  return detail::next_open_or_self(*data_, t);
}
inline period_range calendar::periods(span within) const {
  return detail::periods(data_, within);
}

inline bool calendar::is_business_day(civil_day day) const {
  return detail::is_business_day(*data_, day);
}

inline civil_day calendar::add_business_days(civil_day day, std::int64_t n, std::optional<roll> rolled,
                                             std::optional<day_rule> rule) const {
  const roll by = rolled.value_or(options().roll.value_or(roll::following));
  return detail::add_business_days(*data_, day, n, by, rule.value_or(options().day_rule));
}

inline instant calendar::add_business_days(instant t, std::int64_t n, std::optional<roll> rolled,
                                           std::optional<day_rule> rule) const {
  const auto wall = wall_of(t);
  const instant there = at_wall(wall_at(add_business_days(day_of(wall), n, rolled, rule), time_of_day(wall)));
  return rolled.value_or(options().roll.value_or(roll::none)) == roll::open ? next_open_or_self(there) : there;
}

inline std::int64_t calendar::count_business_days(civil_day a, civil_day b, std::optional<counted> ends) const {
  return detail::count_business_days(*data_, a, b, ends.value_or(options().counted));
}
inline std::vector<civil_day> calendar::business_days(civil_day from, civil_day to) const {
  return detail::list_business_days(*data_, from, to);
}
inline civil_day calendar::roll_day(civil_day day, roll rule) const {
  return detail::roll_day(*data_, day, rule);
}

inline civil_day calendar::day_at(instant t) const {
  return data_->node.frame.day_at(t);
}
inline instant calendar::start_of(civil_day day) const {
  return data_->node.frame.start_of(day);
}
inline wall_time calendar::wall_of(instant t) const {
  return data_->node.frame.wall_of(t);
}
inline instant calendar::at_wall(wall_time wall) const {
  return data_->node.frame.at_wall(wall, options().gap, options().overlap);
}

inline std::optional<instant> calendar::close_of(civil_day day) const {
  const auto open = detail::periods_of_day(*data_, day);
  return open.empty() ? std::nullopt : std::optional(open.back().to);
}
inline std::optional<instant> calendar::opening_of(civil_day day) const {
  const auto open = detail::periods_of_day(*data_, day);
  return open.empty() ? std::nullopt : std::optional(open.front().from);
}

inline const time_zone& calendar::zone() const noexcept {
  return data_->node.frame.last();
}
inline span calendar::horizon() const noexcept {
  return data_->reach;
}
inline certainty calendar::certainty_of(span within) const {
  return detail::certainty_of(*data_, within);
}
inline std::vector<explained_time> calendar::explain(span within) const {
  const auto open = periods(within);
  return detail::explain_node(data_->node, detail::span_list(open.begin(), open.end()), within);
}
inline const calendar_definition& calendar::definition() const noexcept {
  return data_->definition;
}
inline const calendar_options& calendar::options() const noexcept {
  return data_->definition.options;
}
inline const std::string& calendar::digest() const noexcept {
  return data_->digest;
}

inline void calendar::between(std::span<const std::int64_t> a, std::span<const std::int64_t> b,
                              std::span<std::int64_t> out) const {
  const auto look = data_->table.look();
  std::size_t i = 0;
  for (; look.is_plain() && i < out.size() && look.knows(a[i]) && look.knows(b[i]); ++i) {
    out[i] = look.before_plain(b[i]) - look.before_plain(a[i]);
  }
  for (; i < out.size(); ++i) {
    if (look.knows(a[i]) && look.knows(b[i])) [[likely]] {
      out[i] = look.before(b[i]) - look.before(a[i]);
    } else { // a null or an error
      const bool null = a[i] == detail::null_micros || b[i] == detail::null_micros;
      out[i] = null ? detail::null_micros
                    : detail::open_before(*data_, look, b[i]) - detail::open_before(*data_, look, a[i]);
    }
  }
}

inline void calendar::add(std::span<const std::int64_t> t, std::span<const std::int64_t> open,
                          std::span<std::int64_t> out) const {
  const detail::adder sum(*data_);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool null = t[i] == detail::null_micros || open[i] == detail::null_micros;
    out[i] = null ? detail::null_micros : sum(t[i], open[i]);
  }
}

inline void calendar::add(std::span<const std::int64_t> t, duration open, std::span<std::int64_t> out) const {
  const detail::adder sum(*data_);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = t[i] == detail::null_micros ? detail::null_micros : sum(t[i], open.count());
  }
}

inline void calendar::subtract(std::span<const std::int64_t> t, std::span<const std::int64_t> open,
                               std::span<std::int64_t> out) const {
  const detail::adder sum(*data_);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const bool null = t[i] == detail::null_micros || open[i] == detail::null_micros;
    out[i] = null ? detail::null_micros : sum(t[i], -open[i]);
  }
}

inline void calendar::is_open(std::span<const std::int64_t> t, std::span<std::uint8_t> out) const {
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = t[i] != detail::null_micros && detail::is_open(*data_, t[i]) ? 1 : 0;
  }
}

} // namespace plaint
