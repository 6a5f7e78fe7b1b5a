// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/posix_rule.hpp>
#include <plaint/time/tzif.hpp>
#include <plaint/time/wall_lookup.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace plaint::detail {

inline constexpr std::int64_t second_us = 1'000'000;
inline constexpr std::int64_t hour_us = 3'600 * second_us;
inline constexpr std::int64_t earliest_us = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t latest_us = std::numeric_limits<std::int64_t>::max();

/// The sum, or the nearest end of the range.
[[nodiscard]] constexpr std::int64_t saturated(std::int64_t a, std::int64_t b) noexcept {
  if (b > 0 && a > latest_us - b) {
    return latest_us;
  }
  if (b < 0 && a < earliest_us - b) {
    return earliest_us;
  }
  return a + b;
}

/// A stretch of time with one local time type; the ends of the range stand for "always" and "for ever".
struct zone_period {
  std::int64_t from;
  std::int64_t to;
  const local_time_type* type;
};

/// The changes of a zone in order, exact at every instant: the calendar repeats after 400 years (146,097 days are
/// whole weeks), so a footer rule is written out once for that long, and what lies beyond is folded into it.
class zone_changes {
public:
  explicit zone_changes(local_time_type only) : types_{std::move(only)}, changes_{{earliest_us, 0}} {}

  /// The rule holds at all times, before 1970 too.
  explicit zone_changes(const posix_rule& rule) : changes_{{earliest_us, 0}} { follow(rule, earliest_us, 1960); }

  /// Requires data that `parse_tzif` gave.
  explicit zone_changes(const tzif_data& data) : changes_{{earliest_us, 0}} {
    changes_.front().type = number_of(data.types.front());
    for (const auto& t : data.transitions) {
      append(to_us(t.at), number_of(data.types[t.type]));
    }
    if (data.footer && data.transitions.empty()) {
      follow(*data.footer, earliest_us, 1960);
    } else if (data.footer) {
      const std::int64_t last = data.transitions.back().at;
      const std::int64_t day = last / 86'400 - (last % 86'400 < 0 ? 1 : 0);
      follow(*data.footer, to_us(last), date_from_days(day).year);
    }
  }

  [[nodiscard]] zone_period period_at(std::int64_t t) const noexcept {
    const folded f = fold(t);
    const std::size_t i = index_at(f.at);
    return {i == 0 ? earliest_us : unfold(changes_[i].at, f.cycles), unfold(end_of(i), f.cycles),
            &types_[changes_[i].type]};
  }

  [[nodiscard]] std::int32_t offset_at(std::int64_t t) const noexcept {
    return changes_.size() == 1 ? types_[changes_[0].type].offset : offset_of(index_at(fold(t).at));
  }

  [[nodiscard]] wall_lookup lookup(std::int64_t wall) const noexcept {
    const folded f = fold(wall);
    std::size_t i = index_at(saturated(f.at, -26 * hour_us));
    const std::int64_t last = saturated(f.at, 25 * hour_us);
    std::int64_t shown[2] = {0, 0};
    int times = 0;
    std::int64_t back = 0;
    std::size_t gap = changes_.size();
    for (;; ++i) {
      const std::int64_t end = end_of(i);
      const std::int64_t t = saturated(f.at, -offset_of(i) * second_us);
      if (t >= changes_[i].at && (t < end || end == latest_us)) {
        shown[times == 0 ? 0 : 1] = t;
        back = changes_[i].at;
        ++times;
      }
      if (end == latest_us || end > last) {
        break;
      }
      const bool jumps_over =
          saturated(end, offset_of(i) * second_us) <= f.at && f.at < saturated(end, offset_of(i + 1) * second_us);
      gap = jumps_over && gap == changes_.size() ? i : gap;
    }
    const auto at = [&f](std::int64_t t) { return instant{duration{unfold(t, f.cycles)}}; };
    if (times == 0 && gap != changes_.size()) {
      return {wall_kind::skipped, at(saturated(f.at, -offset_of(gap) * second_us)),
              at(saturated(f.at, -offset_of(gap + 1) * second_us)), at(end_of(gap))};
    }
    if (times > 1) {
      return {wall_kind::repeated, at(shown[0]), at(shown[1]), at(back)};
    }
    return {wall_kind::unique, at(shown[0]), at(shown[0]), at(shown[0])};
  }

private:
  struct change {
    std::int64_t at;
    std::uint16_t type;
  };
  struct folded {
    std::int64_t at;
    std::int64_t cycles;
  };

  static constexpr std::int64_t cycle = 146'097 * 24 * hour_us;

  [[nodiscard]] static std::int64_t to_us(std::int64_t seconds) noexcept {
    return seconds < earliest_us / second_us ? earliest_us : seconds * second_us;
  }

  [[nodiscard]] folded fold(std::int64_t t) const noexcept {
    if (t >= cycle_from_ && cycle_from_ != latest_us) {
      const std::int64_t cycles = (t - cycle_from_) / cycle; // neither is negative
      return {t - cycles * cycle, cycles};
    }
    if (t < 0 && repeats_backwards_) { // then the cycle starts at 0
      return {t % cycle + cycle, t / cycle - 1};
    }
    return {t, 0};
  }

  [[nodiscard]] static std::int64_t unfold(std::int64_t at, std::int64_t cycles) noexcept {
    if (cycles < 0) {
      return saturated(at - cycle, (cycles + 1) * cycle);
    }
    return saturated(at, cycles * cycle);
  }

  [[nodiscard]] std::size_t index_at(std::int64_t t) const noexcept {
    const auto after = std::upper_bound(changes_.begin(), changes_.end(), t,
                                        [](std::int64_t at, const change& c) { return at < c.at; });
    return static_cast<std::size_t>(after - changes_.begin()) - 1;
  }
  [[nodiscard]] std::int64_t end_of(std::size_t i) const noexcept {
    return i + 1 < changes_.size() ? changes_[i + 1].at : latest_us;
  }
  [[nodiscard]] std::int32_t offset_of(std::size_t i) const noexcept { return types_[changes_[i].type].offset; }

  [[nodiscard]] std::uint16_t number_of(const local_time_type& type) {
    const auto found = std::find(types_.begin(), types_.end(), type);
    if (found != types_.end()) {
      return static_cast<std::uint16_t>(found - types_.begin());
    }
    types_.push_back(type);
    return static_cast<std::uint16_t>(types_.size() - 1);
  }

  /// From `at` on the type holds; what was to change at the same instant never takes effect.
  void append(std::int64_t at, std::uint16_t type) {
    if (at == earliest_us) {
      changes_.front().type = type;
      return;
    }
    if (changes_.back().at == at) {
      changes_.pop_back();
    }
    if (changes_.back().type != type) {
      changes_.push_back({at, type});
    }
  }

  /// Appends what the rule says from `from` on, an instant of the year `first`.
  void follow(const posix_rule& rule, std::int64_t from, std::int64_t first) {
    const std::uint16_t standard =
        number_of({static_cast<std::int32_t>(rule.offset.count()), false, rule.abbreviation});
    if (!rule.daylight) {
      append(from, standard);
      return;
    }
    const auto& summer = *rule.daylight;
    const std::uint16_t daylight =
        number_of({static_cast<std::int32_t>(summer.offset.count()), true, summer.abbreviation});
    const std::int64_t base = std::max<std::int64_t>(first + 10, 1970);
    std::vector<change> changes;
    for (std::int64_t year = first - 2; year <= base + 410; ++year) {
      changes.push_back({(summer.start.wall_seconds(year) - rule.offset.count()) * second_us, daylight});
      changes.push_back({(summer.end.wall_seconds(year) - summer.offset.count()) * second_us, standard});
    }
    // Stable: where one year's end is the next year's start, the start comes last, and daylight time never stops.
    std::stable_sort(changes.begin(), changes.end(), [](const change& a, const change& b) { return a.at < b.at; });
    std::uint16_t now = standard;
    for (const auto& c : changes) {
      if (c.at <= from) {
        now = c.type;
      }
    }
    append(from, now);
    for (const auto& c : changes) {
      if (c.at > from) {
        append(c.at, c.type);
      }
    }
    cycle_from_ = days_from_date(base, 1, 1) * 24 * hour_us;
    repeats_backwards_ = from == earliest_us;
  }

  std::vector<local_time_type> types_;
  std::vector<change> changes_;         ///< ascending; the first holds from the earliest instant
  std::int64_t cycle_from_ = latest_us; ///< from here on the changes repeat; not negative
  bool repeats_backwards_ = false;
};

} // namespace plaint::detail
