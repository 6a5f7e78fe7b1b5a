// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/instant.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <vector>

namespace plaint::detail {

/// Who is to be woken when, by minutes: a number is put into the bucket of its minute, and whoever was moved since is
/// skipped when the bucket is emptied. Pushing and moving touch one bucket, however many wait.
class wake_queue {
public:
  void push(std::uint32_t who, instant when) {
    if (when == instant::max()) {
      return;
    }
    const auto minute = minute_of(when);
    bucket(minute).push_back(who);
    ++entries_;
    earliest_ = std::min(earliest_, minute);
  }

  /// How many stand in it, those included who were moved since.
  [[nodiscard]] std::size_t entries() const noexcept { return entries_; }

  /// Nobody is due before the beginning of this minute.
  [[nodiscard]] instant earliest() const noexcept {
    return earliest_ == none ? instant::max() : instant(std::chrono::minutes(earliest_));
  }

  void clear() noexcept {
    days_.clear();
    cached_day_ = earliest_ = none;
    entries_ = 0;
  }

  /// The earliest instant of all, as `when(who)` says; forgets on the way who was moved since.
  template <class When>
  [[nodiscard]] instant next(When when) {
    while (earliest_ != none) {
      auto& list = bucket(earliest_);
      instant first = instant::max();
      entries_ -= std::erase_if(list, [&](std::uint32_t who) {
        const auto at = when(who);
        const bool moved = at == instant::max() || minute_of(at) != earliest_;
        first = moved ? first : std::min(first, at);
        return moved;
      });
      if (first != instant::max()) {
        return first;
      }
      earliest_ = next_after(earliest_);
    }
    return instant::max();
  }

  /// Hands over everybody whose time is at or before an instant, as `when(who)` says; the order is that of minutes
  /// only, and somebody may be named more than once. `seat` and `bytes` are told who is soon to be asked for, one after
  /// the other.
  template <class When, class Due, class Seat, class Bytes>
  void pop(instant until, When when, Due due, Seat seat, Bytes bytes) {
    const auto last = minute_of(until);
    while (earliest_ <= last) {
      const auto minute = earliest_;
      auto list = std::move(bucket(minute));
      bucket(minute).clear();
      std::size_t kept = 0;
      entries_ -= list.size();
      for (std::size_t i = 0; i < std::min(list.size(), far); ++i) {
        seat(list[i]);
      }
      for (std::size_t i = 0; i < list.size(); ++i) {
        if (i + far < list.size()) {
          seat(list[i + far]);
        }
        if (i + near < list.size()) {
          bytes(list[i + near]);
        }
        const auto who = list[i];
        const auto at = when(who);
        if (at == instant::max() || minute_of(at) != minute) {
          continue; // moved since
        }
        if (at <= until) {
          due(who);
        } else {
          list[kept++] = who;
        }
      }
      if (kept != 0) {
        list.resize(kept);
        auto& fresh = bucket(minute);
        fresh.insert(fresh.end(), list.begin(), list.end());
        entries_ += kept;
      }
      if (!bucket(minute).empty()) {
        return; // the minute is not over, or was filled again
      }
      earliest_ = next_after(minute);
    }
  }

  [[nodiscard]] std::size_t bytes() const noexcept {
    std::size_t all = 0;
    for (const auto& [number, minutes] : days_) {
      all += sizeof(*minutes);
      for (const auto& list : *minutes) {
        all += list.capacity() * sizeof(std::uint32_t);
      }
    }
    return all;
  }

private:
  using day = std::array<std::vector<std::uint32_t>, 1440>;
  static constexpr std::size_t far = 16; ///< how far ahead memory is asked for
  static constexpr std::size_t near = 6;
  static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

  [[nodiscard]] static std::int64_t minute_of(instant t) noexcept {
    return std::chrono::floor<std::chrono::minutes>(t).time_since_epoch().count();
  }
  [[nodiscard]] static std::int64_t day_of(std::int64_t minute) noexcept {
    return minute >= 0 ? minute / 1440 : -((1439 - minute) / 1440);
  }

  std::vector<std::uint32_t>& bucket(std::int64_t minute) {
    const auto number = day_of(minute);
    if (number != cached_day_) {
      auto& held = days_[number];
      if (!held) {
        held = std::make_unique<day>();
      }
      cached_ = held.get();
      cached_day_ = number;
    }
    return (*cached_)[static_cast<std::size_t>(minute - number * 1440)];
  }

  [[nodiscard]] std::int64_t next_after(std::int64_t minute) {
    auto at = days_.find(day_of(minute));
    auto from = minute - at->first * 1440 + 1;
    while (at != days_.end()) {
      for (auto m = from; m < 1440; ++m) {
        if (!(*at->second)[static_cast<std::size_t>(m)].empty()) {
          return at->first * 1440 + m;
        }
      }
      cached_day_ = none;
      at = days_.erase(at); // it is over
      from = 0;
    }
    return none;
  }

  std::map<std::int64_t, std::unique_ptr<day>> days_{};
  day* cached_ = nullptr;
  std::int64_t cached_day_ = none;
  std::int64_t earliest_ = none;
  std::size_t entries_ = 0;
};

} // namespace plaint::detail
