// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/civil.hpp>
#include <plaint/time/time_zone.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Local days over one zone, or over several that follow one another from a local date on.
class zone_frame {
public:
  struct stretch {
    civil_day from; ///< of the first: ignored, it holds since ever
    instant start;
    time_zone zone;
  };

  zone_frame() : stretches_{{{}, {}, time_zone::utc()}} {}
  explicit zone_frame(time_zone zone) : stretches_{{{}, {}, std::move(zone)}} {}

  /// From that day on another zone; days ascend.
  void change(civil_day from, time_zone zone) {
    if (zone == stretches_.back().zone) {
      return;
    }
    const instant start = *zone.to_instant(wall_at(from));
    stretches_.push_back({from, start, std::move(zone)});
  }

  [[nodiscard]] const std::vector<stretch>& stretches() const noexcept { return stretches_; }
  [[nodiscard]] const time_zone& last() const noexcept { return stretches_.back().zone; }

  [[nodiscard]] const time_zone& zone_of(civil_day day) const noexcept {
    std::size_t i = stretches_.size() - 1;
    while (i > 0 && day < stretches_[i].from) {
      --i;
    }
    return stretches_[i].zone;
  }
  [[nodiscard]] const time_zone& zone_at(instant t) const noexcept {
    std::size_t i = stretches_.size() - 1;
    while (i > 0 && t < stretches_[i].start) {
      --i;
    }
    return stretches_[i].zone;
  }

  /// Midnight, or the instant of the jump where the clocks skip it; of two midnights the first.
  [[nodiscard]] instant start_of(civil_day day) const noexcept { return *zone_of(day).to_instant(wall_at(day)); }
  [[nodiscard]] span day_span(civil_day day) const noexcept {
    return {start_of(day), start_of(day + std::chrono::days{1})};
  }
  [[nodiscard]] wall_time wall_of(instant t) const noexcept { return zone_at(t).to_wall(t); }
  [[nodiscard]] civil_day day_at(instant t) const noexcept { return day_of(wall_of(t)); }
  [[nodiscard]] instant at_wall(wall_time wall, gap_policy gap, overlap_policy overlap) const noexcept {
    return *zone_of(day_of(wall)).to_instant(wall, gap, overlap);
  }

  /// The days, in order, from which up to 48 hours later the clocks change or the zone does. On all others a time of
  /// that day or of the next is the start of the day and what the clock shows.
  [[nodiscard]] std::vector<civil_day> restless_days(civil_day first, civil_day end) const {
    using std::chrono::days;
    std::vector<civil_day> found;
    const span all{start_of(first) - days{3}, start_of(end) + days{3}};
    for (std::size_t i = 0; i < stretches_.size(); ++i) {
      const auto& [from, start, zone] = stretches_[i];
      const instant until = i + 1 < stretches_.size() ? stretches_[i + 1].start : all.to;
      auto changes = zone.changes({i == 0 ? all.from : std::max(all.from, start), std::min(all.to, until)});
      if (i > 0) {
        changes.push_back(start);
      }
      for (const instant t : changes) {
        const civil_day day = day_of(zone.to_wall(t));
        for (int k = -3; k <= 1; ++k) { // the day before the change may have another date
          found.push_back(day + days{k});
        }
      }
    }
    if (!std::is_sorted(found.begin(), found.end())) {
      std::sort(found.begin(), found.end());
    }
    return found;
  }

private:
  std::vector<stretch> stretches_;
};

} // namespace plaint::detail
