// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/complaint_archive.hpp>
#include <plaint/desk/detail/packed_clock.hpp>
#include <plaint/desk/detail/packing.hpp>
#include <plaint/desk/detail/stored_check.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// The latest cycle of a clock among packed bytes; as large as nothing where there is none.
struct packed_cycle {
  instant next = instant::max();
  instant due = instant::max();
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t cycles = 0; ///< how many there are
  bool running = false;
  bool only_runs = false; ///< and that since the complaint was opened
  bool rare = false;      ///< it has what few have, which says how it differs from what stands before
};

/// Goes over the bytes of a packed complaint without making one: what is asked for often, where its clocks stand, and,
/// for bytes from elsewhere, whether all of it could be so. It reads what `pack` writes, and refuses what that refuses.
class packed_scan {
public:
  packed_scan(const policy& by, const std::vector<value>& initial)
      : by_(by), initial_(initial), clocks_(by.clocks().size()) {}

  /// What it finds is good until next time, as long as the bytes are there. Throws `bad_bytes`.
  void read(std::string_view bytes, stored_check* check = nullptr) {
    bytes_ = bytes;
    check_ = check;
    pack_reader a(bytes);
    a.text(id_);
    a.at(opened_);
    archive(a, where_);
    if (check_ != nullptr && !(is_known_ && where_ == known_)) {
      check_->where(where_);
      known_ = where_;
      is_known_ = true;
    }
    read_attributes(a);
    std::size_t n = 0;
    a.size(n, 1);
    must_be(n == clocks_.size());
    const auto& clocks = by_.clocks().clocks();
    for (std::size_t i = 0; i < n; ++i) {
      read_clock(a, clocks[i], clocks_[i]);
    }
    read_ladders(a);
    read_trail(a);
    read_tail(a);
    if (!a.done()) {
      throw bad_bytes("something follows the end");
    }
  }

  [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }
  [[nodiscard]] std::string_view id() const noexcept { return id_; }
  [[nodiscard]] instant opened_at() const noexcept { return opened_; }
  [[nodiscard]] instant happened_at() const noexcept { return happened_; }
  [[nodiscard]] std::uint64_t sequence() const noexcept { return sequence_; }
  [[nodiscard]] const configuration& where() const noexcept { return where_; }
  [[nodiscard]] const std::vector<packed_cycle>& clocks() const noexcept { return clocks_; }
  [[nodiscard]] std::int64_t level() const noexcept { return level_; }
  /// When a ladder will do something by itself.
  [[nodiscard]] instant next_rung() const noexcept { return rung_; }
  /// The next thing that time alone will do.
  [[nodiscard]] instant next() const noexcept { return next_; }
  /// False if it knows of a later instant than the last thing that happened, or waits for another than its clocks do.
  [[nodiscard]] bool is_settled() const noexcept { return (tail_bits_ & 12U) == 0; }
  /// The earliest of what runs, of so many clocks.
  [[nodiscard]] instant due(std::size_t named) const noexcept {
    instant least = instant::max();
    for (std::size_t i = 0; i < named; ++i) {
      least = clocks_[i].running ? std::min(least, clocks_[i].due) : least;
    }
    return least;
  }

  /// Where the last fields stand, which of them there are, and what follows those that are numbers.
  [[nodiscard]] std::size_t tail() const noexcept { return tail_; }
  [[nodiscard]] std::uint32_t tail_bits() const noexcept { return tail_bits_; }
  [[nodiscard]] std::string_view rest() const noexcept { return bytes_.substr(rest_); }

private:
  static void must_be(bool so) {
    if (!so) {
      throw bad_bytes("a complaint has another number of attributes, clocks or ladders");
    }
  }
  static void known_bits(std::uint32_t bits, std::uint32_t end) {
    if (bits >= end) {
      throw bad_bytes("a field is not known");
    }
  }
  [[nodiscard]] std::uint32_t place(const pack_reader& a) const noexcept {
    return static_cast<std::uint32_t>(bytes_.size() - a.left());
  }
  /// Reads a field that is not what is expected.
  template <class T>
  static void number(pack_reader& a, T& n, T expected) {
    a.number(n);
    pack_reader::must(n != expected);
  }
  static void at(pack_reader& a, instant& t, instant expected, instant from) {
    a.at(t, from);
    pack_reader::must(t != expected);
  }

  void read_attributes(pack_reader& a) {
    constexpr std::size_t together = 28;
    for (std::size_t begin = 0; begin < initial_.size(); begin += together) {
      const auto end = std::min(initial_.size(), begin + together);
      std::uint32_t bits = 0;
      a.number(bits);
      known_bits(bits, std::uint32_t{1} << (end - begin));
      for (auto i = begin; bits != 0; ++i, bits >>= 1U) {
        if ((bits & 1U) != 0) {
          archive(a, value_);
          pack_reader::must(!(value_ == initial_[i]));
          if (check_ != nullptr) {
            check_->attribute(i, value_);
          }
        }
      }
    }
  }

  void read_clock(pack_reader& a, const compiled_clock& by, packed_cycle& into) {
    std::size_t n = 0;
    a.size(n, 1);
    if (n == 0) {
      into = {};
      return;
    }
    for (std::size_t i = 0; i < n; ++i) {
      into.begin = place(a);
      if (only_runs(a.peek())) { // as most are
        read_running(a, by, into);
      } else {
        read_cycle(a, by, into);
      }
    }
    into.end = place(a);
    into.cycles = static_cast<std::uint32_t>(n);
  }

  void read_running(pack_reader& a, const compiled_clock& by, packed_cycle& into) {
    const auto bits = a.peek();
    (void)a.pass(static_cast<char>(bits));
    into.running = into.only_runs = true;
    into.rare = false;
    into.due = instant::max();
    if ((bits & 1U) != 0) {
      a.usual_at(into.due, opened_);
      pack_reader::must(into.due != instant::max());
    }
    into.next = into.due;
    std::uint16_t row = 0;
    if ((bits & 2U) != 0) {
      number<std::uint16_t>(a, row, 0);
    }
    if (check_ != nullptr) {
      stored_check::must_be(stored_check::is_known(by, row, 0));
    }
  }

  void read_cycle(pack_reader& a, const compiled_clock& by, packed_cycle& into) {
    constexpr std::uint32_t ledger = 1U << 15U;
    constexpr std::uint32_t rare = 1U << 16U;
    const auto before = a;
    std::uint32_t bits = 0;
    a.number(bits);
    known_bits(bits, 1U << 17U);
    into.rare = (bits & rare) != 0;
    into.only_runs = false;
    if ((bits & (ledger | rare)) != 0) {
      a = before;
      pack(a, cycle_, opened_);
      into.due = cycle_.due;
      into.next = cycle_.next;
      into.running = cycle_.running();
      if (check_ != nullptr) {
        stored_check::ledger(by, cycle_);
      }
      return;
    }
    into.due = instant::max();
    if ((bits & 1U) != 0) {
      at(a, into.due, instant::max(), opened_);
    }
    std::uint16_t row = 0;
    if ((bits & 2U) != 0) {
      number<std::uint16_t>(a, row, 0);
    }
    std::uint16_t calendar = 0;
    read_rest(a, bits, by, calendar, into);
    if (check_ != nullptr) {
      stored_check::must_be(stored_check::is_known(by, row, calendar));
    }
  }

  void read_rest(pack_reader& a, std::uint32_t bits, const compiled_clock& by, std::uint16_t& calendar,
                 packed_cycle& into) {
    instant crossed = instant::max();
    instant stopped = instant::max();
    instant started = opened_;
    if ((bits & 4U) != 0) {
      at(a, crossed, instant::max(), into.due);
    }
    if ((bits & 8U) != 0) {
      read_fired(a, by, into.due);
    }
    if ((bits & 16U) != 0) {
      at(a, stopped, instant::max(), opened_);
    }
    const bool is_open = stopped == instant::max();
    if ((bits & 32U) != 0) {
      auto result = verdict::none;
      archive_word(a, result, static_cast<std::uint8_t>(verdict_words.size()));
      pack_reader::must(result != (is_open ? verdict::none : verdict::met));
    }
    if ((bits & 64U) != 0) {
      at(a, started, opened_, opened_);
    }
    auto anchor = started;
    if ((bits & 128U) != 0) {
      at(a, anchor, started, started);
    }
    if ((bits & 256U) != 0) {
      instant since{};
      at(a, since, expected_since(started, anchor, stopped), opened_);
    }
    into.next = is_open && crossed == instant::max() ? into.due : instant::max();
    if ((bits & 512U) != 0) {
      const auto expected = into.next;
      at(a, into.next, expected, into.due);
    }
    if ((bits & 1024U) != 0) {
      instant closed{};
      at(a, closed, instant{}, instant{});
    }
    cycle_head flagged;
    if ((bits & 2048U) != 0) {
      std::uint32_t flags = 0;
      number<std::uint32_t>(a, flags, 0);
      unpack_flags(flagged, flags);
    }
    into.running = is_open && !flagged.paused;
    if ((bits & 4096U) != 0) {
      number<std::uint16_t>(a, calendar, 0);
    }
    if ((bits & 8192U) != 0) {
      std::uint64_t sequence = 1;
      number<std::uint64_t>(a, sequence, 1);
    }
    if ((bits & 16384U) != 0) {
      event_id event = no_id;
      number<event_id>(a, event, no_id);
    }
  }

  void read_fired(pack_reader& a, const compiled_clock& by, instant due) {
    cycle_.due = due;
    cycle_.fired.clear();
    pack_fired(a, cycle_);
    for (const auto& f : cycle_.fired) {
      stored_check::must_be(check_ == nullptr || f.threshold < by.thresholds.size());
    }
  }

  void read_ladders(pack_reader& a) {
    std::size_t n = 0;
    a.size(n, 1);
    must_be(n == by_.ladders().size());
    level_ = 0;
    rung_ = instant::max();
    for (std::size_t i = 0; i < n; ++i) {
      if (a.pass('\x01')) {
        continue; // never climbed
      }
      archive(a, ladder_);
      pack_reader::must(!(ladder_ == ladder_state{}));
      level_ = std::max(level_, ladder_.level);
      rung_ = std::min(rung_, ladder_.next);
    }
  }

  void read_trail(pack_reader& a) {
    std::size_t n = 0;
    a.size(n, 1);
    stay now{.from = opened_};
    for (std::size_t i = 0; i < n; ++i) {
      std::uint32_t bits = 0;
      a.number(bits);
      known_bits(bits, 16);
      const auto before = now.from;
      now.from = opened_;
      if ((bits & 1U) != 0) {
        at(a, now.from, opened_, before);
      }
      if ((bits & 2U) != 0) {
        number<state_id>(a, now.state, 0);
      }
      if ((bits & 4U) != 0) {
        number<std::uint16_t>(a, now.owner, now.owner);
      }
      if ((bits & 8U) != 0) {
        number<std::uint16_t>(a, now.unit, now.unit);
      }
    }
  }

  void read_tail(pack_reader& a) {
    tail_ = place(a);
    a.number(tail_bits_);
    known_bits(tail_bits_, 64);
    sequence_ = 1;
    if ((tail_bits_ & 1U) != 0) {
      number<std::uint64_t>(a, sequence_, 1);
    }
    happened_ = opened_;
    if ((tail_bits_ & 2U) != 0) {
      at(a, happened_, opened_, opened_);
    }
    if ((tail_bits_ & 4U) != 0) {
      instant last{};
      at(a, last, happened_, happened_);
    }
    next_ = rung_;
    for (const auto& c : clocks_) {
      next_ = std::min(next_, c.next);
    }
    if ((tail_bits_ & 8U) != 0) {
      const auto expected = next_;
      at(a, next_, expected, happened_);
    }
    rest_ = place(a);
    std::string_view text;
    std::size_t n = 0;
    if ((tail_bits_ & 16U) != 0) {
      a.size(n, 1);
      pack_reader::must(n != 0);
      for (std::size_t i = 0; i < n; ++i) {
        a.text(text);
      }
    }
    if ((tail_bits_ & 32U) != 0) {
      a.size(n, 1);
      pack_reader::must(n != 0);
      std::uint64_t number = 0;
      for (std::size_t i = 0; i < n; ++i) {
        a.text(text);
        a.number(number);
        a.number(number);
      }
    }
  }

  const policy& by_;
  const std::vector<value>& initial_;
  stored_check* check_ = nullptr;
  std::string_view bytes_{};
  std::string_view id_{};
  instant opened_{};
  instant happened_{};
  instant next_{};
  instant rung_{};
  std::uint64_t sequence_ = 1;
  std::int64_t level_ = 0;
  std::uint32_t tail_ = 0;
  std::uint32_t tail_bits_ = 0;
  std::uint32_t rest_ = 0;
  configuration where_{};
  configuration known_{}; ///< one that exists
  bool is_known_ = false;
  std::vector<packed_cycle> clocks_{};
  clock_cycle cycle_{}; ///< these keep their memory
  ladder_state ladder_{};
  value value_{};
};

} // namespace plaint::detail
