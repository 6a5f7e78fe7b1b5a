// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/desk/detail/number_pile.hpp>
#include <plaint/time/instant.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Who is to be woken when: a number is put on the pile of its hours, and whoever was moved since is skipped when the
/// pile is taken apart into minutes, once their time has come. So pushing and moving touch the end of one of few piles,
/// however many wait.
class wake_queue {
public:
  void push(std::uint32_t who, instant when) {
    if (when != instant::max()) {
      put(who, minute_of(when));
    }
  }

  /// How many stand in it, those included who were moved since.
  [[nodiscard]] std::size_t entries() const noexcept { return entries_; }

  /// True if most of those in it were moved since: `refill` is worth its time.
  [[nodiscard]] bool is_crowded(std::size_t waiting) const noexcept { return entries_ > 2 * waiting + 4096; }

  /// Begins anew with so many, as `when(who)` says.
  template <class When>
  void refill(std::uint32_t count, When when) {
    clear();
    for (std::uint32_t who = 0; who < count; ++who) {
      push(who, when(who));
    }
  }

  /// Nobody is due before the beginning of this minute.
  [[nodiscard]] instant earliest() const noexcept {
    return earliest_ == none                        ? instant::max()
           : earliest_ <= minute_of(instant::min()) ? instant::min()
                                                    : instant(std::chrono::minutes(earliest_));
  }

  void clear() noexcept {
    spans_.clear();
    cached_ = {};
    earliest_ = none;
    entries_ = 0;
  }

  /// The earliest instant of all, as `when(who)` says; forgets on the way who was moved since.
  template <class When>
  [[nodiscard]] instant next(When when) {
    while (earliest_ != none) {
      auto* list = minute_list(when);
      if (list == nullptr) {
        continue;
      }
      instant first = instant::max();
      entries_ -= std::erase_if(*list, [&](std::uint32_t who) {
        const auto at = when(who);
        const bool moved = at == instant::max() || minute_of(at) != earliest_;
        first = moved ? first : std::min(first, at);
        return moved;
      });
      if (first != instant::max()) {
        return first;
      }
      go_on();
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
      auto* found = minute_list(when, seat);
      if (found == nullptr) {
        continue;
      }
      const auto minute = earliest_;
      std::swap(taken_, *found);
      found->clear();
      auto& list = taken_;
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
      for (std::size_t i = 0; i < kept; ++i) {
        put(list[i], minute);
      }
      list.clear();
      const bool over = earliest_ != minute || is_empty(minute); // it may have been filled again
      if (!over && minute == last) {
        return;
      }
      if (over && earliest_ == minute) {
        go_on();
      }
    }
  }

  [[nodiscard]] std::size_t bytes() const noexcept {
    std::size_t all = taken_.capacity() * sizeof(std::uint32_t);
    for (const auto& [number, held] : spans_) {
      all += sizeof(span);
      for (const auto& h : held->all) {
        all += h.pile.bytes() + (h.apart ? sizeof(minutes) : 0);
        for (std::size_t m = 0; h.apart && m < size; ++m) {
          all += h.apart->lists[m].capacity() * sizeof(std::uint32_t);
        }
      }
    }
    return all;
  }

private:
  static constexpr std::size_t size = 256; ///< minutes that make one pile, and piles that make one span
  static constexpr std::size_t far = 16;   ///< how far ahead memory is asked for
  static constexpr std::size_t near = 6;
  static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

  /// Which of 256 hold something.
  class marks {
  public:
    void set(std::size_t i) noexcept { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
    void clear(std::size_t i) noexcept { words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }
    /// The first one at or behind a place.
    [[nodiscard]] std::optional<std::size_t> first(std::size_t from) const noexcept {
      for (auto word = from / 64; word < words_.size(); ++word) {
        const auto left = words_[word] & (word == from / 64 ? ~std::uint64_t{0} << (from % 64) : ~std::uint64_t{0});
        if (left != 0) {
          return word * 64 + static_cast<std::size_t>(std::countr_zero(left));
        }
      }
      return std::nullopt;
    }

  private:
    std::array<std::uint64_t, size / 64> words_{};
  };
  struct minutes {
    std::array<std::vector<std::uint32_t>, size> lists{};
    marks filled{};
  };
  /// Four hours and a quarter: a pile until their time has come, then a list for each minute.
  struct hours {
    number_pile pile{};
    std::unique_ptr<minutes> apart{};
  };
  /// Six weeks and a half.
  struct span {
    std::array<hours, size> all{};
    marks filled{};
  };
  struct cached_span {
    std::int64_t number = none;
    span* held = nullptr;
  };

  [[nodiscard]] static std::int64_t minute_of(instant t) noexcept {
    return std::chrono::floor<std::chrono::minutes>(t).time_since_epoch().count();
  }
  [[nodiscard]] static std::size_t place_of(std::int64_t minute) noexcept {
    return static_cast<std::size_t>(minute >> 8 & 0xff);
  }
  [[nodiscard]] static std::size_t minute_in(std::int64_t minute) noexcept {
    return static_cast<std::size_t>(minute & 0xff);
  }

  [[nodiscard]] span& span_of(std::int64_t minute) {
    const auto number = minute >> 16;
    auto& cached = cached_[static_cast<std::size_t>(number & 3)];
    if (cached.number != number) {
      auto& held = spans_[number];
      if (!held) {
        held = std::make_unique<span>();
      }
      cached = {number, held.get()};
    }
    return *cached.held;
  }

  void put(std::uint32_t who, std::int64_t minute) {
    auto& in = span_of(minute);
    auto& h = in.all[place_of(minute)];
    if (h.apart) {
      h.apart->lists[minute_in(minute)].push_back(who);
      h.apart->filled.set(minute_in(minute));
    } else {
      h.pile.push(who);
    }
    in.filled.set(place_of(minute));
    ++entries_;
    earliest_ = std::min(earliest_, minute);
  }

  [[nodiscard]] bool is_empty(std::int64_t minute) {
    const auto& h = span_of(minute).all[place_of(minute)];
    return !h.apart || h.apart->lists[minute_in(minute)].empty();
  }

  /// The list of the earliest minute; nothing where it turned out that there is none, `earliest_` is then another one.
  template <class When>
  [[nodiscard]] std::vector<std::uint32_t>* minute_list(When when) {
    return minute_list(when, [](std::uint32_t) {});
  }
  template <class When, class Seat>
  [[nodiscard]] std::vector<std::uint32_t>* minute_list(When when, Seat seat) {
    const auto minute = earliest_;
    auto& h = span_of(minute).all[place_of(minute)];
    if (!h.apart) {
      take_apart(h, minute >> 8, when, seat);
    }
    auto& list = h.apart->lists[minute_in(minute)];
    if (list.empty()) {
      go_on();
      return nullptr;
    }
    return &list;
  }

  /// Makes lists of a pile.
  template <class When, class Seat>
  void take_apart(hours& h, std::int64_t number, When when, Seat seat) {
    const auto pile = std::exchange(h.pile, {});
    h.apart = spare_ ? std::move(spare_) : std::make_unique<minutes>();
    pile.for_each([&](const std::uint32_t* who, const std::uint32_t* end) {
      if (end - who > static_cast<std::ptrdiff_t>(far)) {
        seat(who[far]);
      }
      const auto at = when(*who);
      const auto minute = minute_of(at);
      if (at == instant::max() || minute >> 8 != number) {
        --entries_; // moved since
        return;
      }
      h.apart->lists[minute_in(minute)].push_back(*who);
      h.apart->filled.set(minute_in(minute));
    });
  }

  /// From the earliest minute, which is empty, to the next one that may hold somebody. What is over is given back.
  void go_on() {
    const auto minute = earliest_;
    auto at = spans_.find(minute >> 16);
    auto place = place_of(minute);
    auto& in = *at->second;
    if (auto& h = in.all[place]; h.apart) {
      h.apart->filled.clear(minute_in(minute));
      if (const auto next = h.apart->filled.first(minute_in(minute))) {
        earliest_ = (minute & ~std::int64_t{0xff}) + static_cast<std::int64_t>(*next);
        return;
      }
      if (!h.apart->filled.first(0)) {
        spare_ = std::move(h.apart);
        in.filled.clear(place);
      }
    }
    for (;;) {
      if (const auto next = at->second->filled.first(place)) {
        const auto number = at->first * static_cast<std::int64_t>(size) + static_cast<std::int64_t>(*next);
        const auto& h = at->second->all[*next];
        const auto first = h.apart ? h.apart->filled.first(0).value_or(0) : 0;
        earliest_ = number * static_cast<std::int64_t>(size) + static_cast<std::int64_t>(first);
        return;
      }
      cached_ = {};
      at = spans_.erase(at); // it is over
      place = 0;
      if (at == spans_.end()) {
        earliest_ = none;
        return;
      }
    }
  }

  std::map<std::int64_t, std::unique_ptr<span>> spans_{};
  std::array<cached_span, 4> cached_{};
  std::unique_ptr<minutes> spare_{}; ///< empty, its lists have kept their memory
  std::vector<std::uint32_t> taken_{};
  std::int64_t earliest_ = none;
  std::size_t entries_ = 0;
};

} // namespace plaint::detail
