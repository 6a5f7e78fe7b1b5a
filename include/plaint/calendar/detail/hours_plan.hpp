// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/detail/span_algebra.hpp>
#include <plaint/calendar/detail/zone_frame.hpp>
#include <plaint/calendar/holiday/holiday_dates.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// All that is said about one day besides its weekly hours.
struct special_day {
  std::vector<std::string> holidays{};
  bool replaced = false;
  bool work = false;
  std::optional<std::size_t> like{};
  std::vector<daily_interval> hours{}; ///< where replaced
  std::vector<daily_interval> added{};
  std::vector<daily_interval> closed{};
  std::string name{};

  /// The usual hours do not hold: the day is a holiday that nobody works, or has hours of its own.
  [[nodiscard]] bool shut() const noexcept { return replaced || (!holidays.empty() && !work); }
};

/// The hours of a definition, day by day, before they are flattened.
class hours_plan {
public:
  hours_plan() = default;

  /// Holidays are looked up from the first to the last known year; the frame has the zones of the versions.
  hours_plan(const calendar_definition& d, const zone_frame& frame, int first_known_year, int last_known_year)
      : versions_(d.versions), options_(d.options), frame_(frame) {
    for (auto& version : versions_) {
      for (auto& hours : version.hours.days) {
        std::sort(hours.begin(), hours.end());
        most_intervals_ = std::max(most_intervals_, hours.size());
      }
    }
    for (const auto& set : d.holidays) {
      for (const auto& h : holidays_in(set, first_known_year, last_known_year)) {
        specials_[h.day].holidays.push_back(h.name.empty() ? set.name : h.name);
      }
      for (const auto& w : set.working_days) {
        specials_[w.day].work = true;
        specials_[w.day].name = w.name;
      }
    }
    for (const auto& e : d.exceptions) {
      take(specials_[e.day], e);
    }
  }

  [[nodiscard]] const std::map<civil_day, special_day>& specials() const noexcept { return specials_; }
  [[nodiscard]] const calendar_options& options() const noexcept { return options_; }
  [[nodiscard]] const std::vector<hours_version>& versions() const noexcept { return versions_; }
  [[nodiscard]] std::size_t most_intervals() const noexcept { return most_intervals_; } ///< of one weekday

  [[nodiscard]] const special_day* special(civil_day day) const noexcept {
    const auto found = specials_.find(day);
    return found == specials_.end() ? nullptr : &found->second;
  }

  [[nodiscard]] const weekly_hours& week_of(civil_day day) const noexcept {
    std::size_t i = versions_.size() - 1;
    while (i > 0 && day < *versions_[i].from) {
      --i;
    }
    static const weekly_hours nothing{};
    return versions_[i].from && day < *versions_[i].from ? nothing : versions_[i].hours;
  }

  /// An interval of a day as instants; empty where the clocks jump over it.
  [[nodiscard]] span on(civil_day day, const daily_interval& hours) const noexcept {
    return {at(day, hours.from), at(day, hours.to)};
  }

  /// The same on a day that is not restless and begins then.
  [[nodiscard]] static span from_midnight(instant midnight, const daily_interval& hours) noexcept {
    return {midnight + std::chrono::seconds{hours.from}, midnight + std::chrono::seconds{hours.to}};
  }

  /// The weekly hours of a day, where they hold at all: under `owner` a shut day has none, under `cut` it keeps what
  /// runs into the next day, so that a shift means the same whether or not it is written split at midnight.
  [[nodiscard]] bool has_weekly(const special_day* s) const noexcept {
    return s == nullptr || (options_.holiday == holiday_cut::cut ? !s->work : !s->shut() && !s->work);
  }

  /// Hours that beat holidays and weekends: replaced ones, those of a make-up day, added ones.
  [[nodiscard]] std::vector<daily_interval> own_hours(civil_day day, const special_day& s) const {
    std::vector<daily_interval> own = s.hours;
    if (s.work && !s.replaced) {
      own = working_hours(day, s);
    }
    own.insert(own.end(), s.added.begin(), s.added.end());
    return own;
  }

  /// Whether hours begin on a day, whatever breaks and jumps of the clocks leave of them.
  [[nodiscard]] bool has_hours(civil_day day, const special_day* s) const {
    const bool weekly = s == nullptr || (!s->shut() && has_weekly(s));
    return (weekly && !week_of(day).on(day).empty()) || (s != nullptr && !own_hours(day, *s).empty());
  }

  /// What remains open of the intervals that begin on a day, after midnight of the next day too.
  [[nodiscard]] span_list owned(civil_day day) const {
    const special_day* s = special(day);
    std::vector<span> base;
    if (has_weekly(s)) {
      for (const auto& hours : week_of(day).on(day)) {
        base.push_back(on(day, hours));
      }
    }
    auto open = without(joined(std::move(base)), shut_around(day));
    if (s != nullptr) {
      std::vector<span> own;
      for (const auto& hours : own_hours(day, *s)) {
        own.push_back(on(day, hours));
      }
      open = unite(open, joined(std::move(own)));
    }
    return without(open, closed_around(day));
  }

private:
  static void take(special_day& s, const day_exception& e) {
    if (!e.name.empty()) {
      s.name = e.name;
    }
    switch (e.kind) {
    case exception_kind::replace:
      s.replaced = true;
      s.hours.insert(s.hours.end(), e.hours.begin(), e.hours.end());
      break;
    case exception_kind::add:
      s.added.insert(s.added.end(), e.hours.begin(), e.hours.end());
      break;
    case exception_kind::close:
      s.closed.insert(s.closed.end(), e.hours.begin(), e.hours.end());
      break;
    case exception_kind::work:
      s.work = true;
      s.like = e.like;
      break;
    }
  }

  [[nodiscard]] instant at(civil_day day, std::int32_t seconds) const noexcept {
    return frame_.at_wall(wall_at(day, std::chrono::seconds{seconds}), options_.gap, options_.overlap);
  }

  [[nodiscard]] std::vector<daily_interval> working_hours(civil_day day, const special_day& s) const {
    const auto& week = week_of(day);
    if (s.like) {
      return week.days[*s.like];
    }
    if (!week.on(day).empty()) {
      return week.on(day);
    }
    for (const auto& hours : week.days) {
      if (!hours.empty()) {
        return hours;
      }
    }
    return {};
  }

  /// The shut days among a day and the next, under `cut`.
  [[nodiscard]] span_list shut_around(civil_day day) const {
    std::vector<span> shut;
    for (int i = 0; options_.holiday == holiday_cut::cut && i < 2; ++i) {
      const civil_day d = day + std::chrono::days{i};
      const special_day* s = special(d);
      if (s != nullptr && s->shut()) {
        shut.push_back(frame_.day_span(d));
      }
    }
    return joined(std::move(shut));
  }

  [[nodiscard]] span_list closed_around(civil_day day) const {
    std::vector<span> closed;
    for (int i = -1; i < 2; ++i) {
      const civil_day d = day + std::chrono::days{i};
      if (const special_day* s = special(d)) {
        for (const auto& hours : s->closed) {
          closed.push_back(on(d, hours));
        }
      }
    }
    return joined(std::move(closed));
  }

  std::vector<hours_version> versions_;
  calendar_options options_;
  zone_frame frame_;
  std::map<civil_day, special_day> specials_;
  std::size_t most_intervals_ = 0;
};

} // namespace plaint::detail
