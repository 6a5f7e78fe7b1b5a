// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/holiday/holiday_dates.hpp>
#include <plaint/time/civil.hpp>
#include <plaint/time/time_zone.hpp>

#include <algorithm>
#include <optional>
#include <vector>

/// What a calendar says, found by looking at every second anew; slow, and nothing of the library's tables in it.
namespace plaint::test {

class calendar_oracle {
public:
  calendar_oracle(const calendar_definition& d, time_zone zone) : d_(&d), zone_(std::move(zone)) {}

  [[nodiscard]] bool is_open(instant t) const {
    using std::chrono::days;
    const civil_day today = local_day(t);
    bool open = false;
    for (int back = -2; back <= 2; ++back) {
      const civil_day day = today + days{back};
      for (const auto& hours : weekly(day)) {
        const bool kept =
            d_->options.holiday == holiday_cut::cut ? !worked(day) && !shut(today) : !shut(day) && !worked(day);
        open = open || (kept && holds(day, hours, t));
      }
      for (const auto& hours : own(day)) {
        open = open || holds(day, hours, t);
      }
    }
    return open && !in_break(t, today);
  }

  /// A day is one for business if some second of it is open by hours that begin on it.
  [[nodiscard]] bool is_business_day(civil_day day, std::chrono::seconds step) const {
    auto hours = own(day);
    if (!worked(day) && !shut(day)) {
      const auto usual = weekly(day);
      hours.insert(hours.end(), usual.begin(), usual.end());
    }
    for (instant t = start(day); t < start(day + std::chrono::days{1}); t += step) {
      for (const auto& h : hours) {
        if (holds(day, h, t) && !in_break(t, day)) {
          return true;
        }
      }
    }
    return false;
  }

  [[nodiscard]] instant start(civil_day day) const { return *zone_.to_instant(wall_at(day)); }

private:
  /// The day whose midnight is the last at or before an instant.
  [[nodiscard]] civil_day local_day(instant t) const {
    civil_day day = day_of(zone_.to_wall(t)) + std::chrono::days{1};
    while (t < start(day)) {
      day -= std::chrono::days{1};
    }
    return day;
  }
  [[nodiscard]] bool holds(civil_day day, const daily_interval& h, instant t) const {
    return at(day, h.from) <= t && t < at(day, h.to);
  }
  [[nodiscard]] instant at(civil_day day, std::int32_t s) const {
    return *zone_.to_instant(wall_at(day, std::chrono::seconds{s}), d_->options.gap, d_->options.overlap);
  }
  [[nodiscard]] const weekly_hours& week(civil_day day) const {
    const hours_version* found = &d_->versions.front();
    for (const auto& v : d_->versions) {
      found = v.from && *v.from <= day ? &v : found;
    }
    return found->hours;
  }
  [[nodiscard]] std::vector<daily_interval> weekly(civil_day day) const { return week(day).on(day); }

  template <class Use>
  void each_exception(civil_day day, Use use) const {
    for (const auto& e : d_->exceptions) {
      if (e.day == day) {
        use(e);
      }
    }
  }
  [[nodiscard]] bool worked(civil_day day) const {
    bool found = false;
    each_exception(day, [&](const auto& e) { found = found || e.kind == exception_kind::work; });
    return found;
  }
  [[nodiscard]] bool shut(civil_day day) const {
    bool replaced = false;
    each_exception(day, [&](const auto& e) { replaced = replaced || e.kind == exception_kind::replace; });
    bool holiday = false;
    for (const auto& set : d_->holidays) {
      for (const auto& h : set.dates) {
        holiday = holiday || h.day == day;
      }
    }
    return replaced || (holiday && !worked(day));
  }
  [[nodiscard]] std::vector<daily_interval> own(civil_day day) const {
    std::vector<daily_interval> all;
    each_exception(day, [&](const auto& e) {
      auto hours = e.hours;
      if (e.kind == exception_kind::work) {
        hours = e.like ? week(day).days[*e.like] : weekly(day);
        for (std::size_t i = 0; i < 7 && hours.empty(); ++i) {
          hours = week(day).days[i];
        }
      }
      if (e.kind != exception_kind::close) {
        all.insert(all.end(), hours.begin(), hours.end());
      }
    });
    return all;
  }
  [[nodiscard]] bool in_break(instant t, civil_day today) const {
    bool inside = false;
    for (int back = -2; back <= 2; ++back) {
      const civil_day day = today + std::chrono::days{back};
      each_exception(day, [&](const auto& e) {
        for (const auto& hours : e.hours) {
          inside = inside || (e.kind == exception_kind::close && holds(day, hours, t));
        }
      });
    }
    return inside;
  }

  const calendar_definition* d_;
  time_zone zone_;
};

} // namespace plaint::test
