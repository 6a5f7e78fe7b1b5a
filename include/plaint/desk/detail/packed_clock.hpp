// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_state.hpp>
#include <plaint/complaint/detail/complaint_archive.hpp>
#include <plaint/desk/detail/packing.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Writes or reads values of which each has one that it is expected to have: only what is otherwise costs bytes, beside
/// one bit for each in a number that stands before them.
template <class Archive>
class packed_fields {
public:
  explicit packed_fields(Archive& a) noexcept : a_(a) {}

  /// Goes through the fields.
  template <class Each>
  void run(Each each) {
    if constexpr (Archive::writes) {
      const auto behind = a_.leave();
      each(*this);
      a_.fill(behind, bits_);
    } else {
      a_.number(bits_);
      each(*this);
      if (bits_ >= bit_) {
        throw bad_bytes("a field is not known");
      }
    }
  }

  template <class T, class Put>
  void field(T& held, const std::remove_const_t<T>& expected, Put put) {
    if constexpr (Archive::writes) {
      if (!(held == expected)) {
        bits_ |= bit_;
        put(a_, held);
      }
    } else if ((bits_ & bit_) != 0) {
      put(a_, held);
      Archive::must(!(held == expected));
    } else {
      held = expected;
    }
    bit_ <<= 1U;
  }

  template <class T>
  void at(T& held, instant expected, instant from) {
    field(held, expected, [&](Archive& a, auto& t) { a.at(t, from); });
  }
  template <class T>
  void number(T& held, std::remove_const_t<T> expected) {
    field(held, expected, [](Archive& a, auto& n) { a.number(n); });
  }
  /// A length of time, or a number of days.
  template <class T>
  void length(T& held, std::int64_t expected) {
    field(held, expected, [](Archive& a, auto& n) {
      instant t{duration{n}};
      a.at(t, instant{});
      if constexpr (!Archive::writes) {
        n = t.time_since_epoch().count();
      }
    });
  }
  template <class T>
  void word(T& held, std::remove_const_t<T> expected, std::size_t members) {
    field(held, expected,
          [&](Archive& a, auto& member) { archive_word(a, member, static_cast<std::uint8_t>(members)); });
  }
  /// What is mostly not there at all; reading, it is there where its bit says so.
  template <class Put>
  void rare(bool there, Put put) {
    if constexpr (Archive::writes) {
      bits_ |= there ? bit_ : 0U;
    } else {
      there = (bits_ & bit_) != 0;
    }
    bit_ <<= 1U;
    if (there) {
      put(a_);
    }
  }

private:
  Archive& a_;
  std::uint32_t bits_ = 0;
  std::uint32_t bit_ = 1;
};

/// A list whose items are told by how they differ from the one before.
template <class Archive, class List, class Each>
void pack_list(Archive& a, List& all, std::size_t at_least, Each each) {
  std::size_t n = all.size();
  a.size(n, 1);
  if constexpr (!Archive::writes) {
    if (n < at_least) {
      throw bad_bytes("a list is empty");
    }
    all.resize(n);
  }
  for (std::size_t i = 0; i < n; ++i) {
    packed_fields<Archive>(a).run([&](auto& fields) { each(fields, i); });
  }
}

template <class Archive>
void pack_generations(Archive& a, archived<Archive, clock_cycle>& c) {
  auto& all = c.generations;
  pack_list(a, all, 1, [&](auto& f, std::size_t i) {
    auto& g = all[i];
    const bool last = i + 1 == all.size();
    f.at(g.since, i == 0 ? c.started : instant::max(), c.started);
    f.at(g.due, last && c.is_open() ? instant::max() : c.due, c.started);
    f.at(g.crossed, last ? c.crossed : instant::max(), c.started);
    f.number(g.row, i == 0 ? std::uint16_t{0} : all[i - 1].row);
    f.number(g.calendar, i == 0 ? std::uint16_t{0} : all[i - 1].calendar);
    f.length(g.amount, -1);
    f.length(g.added, i == 0 ? 0 : all[i - 1].added);
    f.number(g.replaced, i == 0 ? no_id : all[i - 1].replaced);
    f.field(g.late, last && c.late, [](Archive& to, auto& late) { to.flag(late); });
  });
}

template <class Archive>
void pack_segments(Archive& a, archived<Archive, clock_cycle>& c) {
  auto& all = c.segments;
  pack_list(a, all, 1, [&](auto& f, std::size_t i) {
    auto& s = all[i];
    const clock_segment before = i == 0 ? clock_segment{.to = c.started, .sequence = 1, .paused = true} : all[i - 1];
    f.at(s.from, before.to, c.started);
    f.at(s.to, i + 1 == all.size() ? c.stopped : instant::max(), c.started);
    f.number(s.sequence, before.sequence);
    f.number(s.event, no_id);
    f.field(s.paused, !before.paused, [](Archive& to, auto& paused) { to.flag(paused); });
    f.number(s.reason, no_id);
    f.word(s.cause,
           i == 0     ? segment_cause::start
           : s.paused ? segment_cause::pause
                      : segment_cause::resume,
           segment_cause_words.size());
    f.number(s.generation, before.generation);
    f.number(s.calendar, i == 0 ? c.generations.front().calendar : before.calendar);
  });
}

/// One generation and one stretch, as cycles have that were never paused, moved or extended.
[[nodiscard]] inline clock_generation plain_generation(const clock_cycle& c, std::uint16_t row,
                                                       std::uint16_t calendar) {
  return {.since = c.started,
          .due = c.is_open() ? instant::max() : c.due,
          .crossed = c.crossed,
          .row = row,
          .calendar = calendar,
          .late = c.late};
}
[[nodiscard]] inline clock_segment plain_segment(const clock_cycle& c, std::uint64_t sequence, event_id event) {
  return {.from = c.anchor == instant::max() ? c.started : c.anchor,
          .to = c.stopped,
          .sequence = sequence,
          .event = event,
          .calendar = c.generations.front().calendar};
}

/// When the stretch began that runs, or after which the cycle was closed, if it never paused.
[[nodiscard]] inline instant expected_since(instant started, instant anchor, instant stopped) noexcept {
  return std::max(started, stopped != instant::max() ? stopped : anchor == instant::max() ? started : anchor);
}

[[nodiscard]] inline std::uint32_t packed_flags(const cycle_head& c) noexcept {
  return (c.paused ? 1U : 0U) | (c.held ? 2U : 0U) | (c.overridden ? 4U : 0U) | (c.exceeded ? 8U : 0U) |
         (c.late ? 16U : 0U) | (c.waived ? 32U : 0U) | (c.recurring ? 64U : 0U);
}
inline void unpack_flags(cycle_head& c, std::uint32_t flags) {
  if (flags > 127) {
    throw bad_bytes("a flag is not known");
  }
  c.paused = (flags & 1U) != 0;
  c.held = (flags & 2U) != 0;
  c.overridden = (flags & 4U) != 0;
  c.exceeded = (flags & 8U) != 0;
  c.late = (flags & 16U) != 0;
  c.waived = (flags & 32U) != 0;
  c.recurring = (flags & 64U) != 0;
}

/// True if a cycle's ledger says no more than `plain_generation` and `plain_segment`.
[[nodiscard]] inline bool has_plain_ledger(const clock_cycle& c) {
  const auto& g = c.generations.front();
  const auto& s = c.segments.front();
  return c.generations.size() == 1 && c.segments.size() == 1 && g == plain_generation(c, g.row, g.calendar) &&
         s == plain_segment(c, s.sequence, s.event);
}

template <class Archive>
void pack_fired(Archive& a, archived<Archive, clock_cycle>& c) {
  pack_list(a, c.fired, 1, [&](auto& each, std::size_t i) {
    auto& fired = c.fired[i];
    each.at(fired.at, c.due, c.due);
    each.number(fired.threshold, static_cast<std::uint16_t>(i));
    each.number(fired.repetition, 0);
    each.number(fired.generation, 0);
    each.field(fired.skipped, false, [](Archive& to, auto& skipped) { to.flag(skipped); });
  });
}

/// A cycle of a complaint that was opened at an instant. One that has begun with it and only runs costs a byte and what
/// its due instant needs.
template <class Archive>
void pack(Archive& a, archived<Archive, clock_cycle>& c, instant opened) {
  bool ledger = false;
  bool rare = false;
  std::uint16_t row = 0;
  std::uint16_t calendar = 0;
  std::uint64_t sequence = 1;
  event_id event = no_id;
  std::uint32_t flags = 0;
  if constexpr (Archive::writes) {
    row = c.generations.front().row;
    calendar = c.generations.front().calendar;
    sequence = c.segments.front().sequence;
    event = c.segments.front().event;
    ledger = !has_plain_ledger(c);
    rare = has_rare(c);
    flags = packed_flags(c);
  } else {
    c.fired.clear();
    clear_rare(c);
  }
  packed_fields<Archive>(a).run([&](auto& f) {
    f.at(c.due, instant::max(), opened);
    f.number(row, 0);
    f.at(c.crossed, instant::max(), c.due);
    f.rare(!c.fired.empty(), [&](Archive& to) { pack_fired(to, c); });
    f.at(c.stopped, instant::max(), opened);
    f.word(c.result, c.is_open() ? verdict::none : verdict::met, verdict_words.size());
    f.at(c.started, opened, opened);
    f.at(c.anchor, c.started, c.started);
    f.at(c.since, expected_since(c.started, c.anchor, c.stopped), opened);
    f.at(c.next, c.is_open() && c.crossed == instant::max() ? c.due : instant::max(), c.due);
    f.length(c.closed, 0);
    f.number(flags, 0);
    if constexpr (!Archive::writes) {
      unpack_flags(c, flags);
    }
    f.number(calendar, 0);
    f.number(sequence, 1);
    f.number(event, no_id);
    f.rare(ledger, [&](Archive& to) {
      ledger = true;
      pack_generations(to, c);
      pack_segments(to, c);
    });
    if constexpr (!Archive::writes) {
      if (ledger) {
        const auto& g = c.generations.front();
        const auto& s = c.segments.front();
        Archive::must(!has_plain_ledger(c) && g.row == row && g.calendar == calendar && s.sequence == sequence &&
                      s.event == event);
      } else {
        c.generations.resize(1);
        c.segments.resize(1);
        c.generations.front() = plain_generation(c, row, calendar);
        c.segments.front() = plain_segment(c, sequence, event);
      }
    }
    f.rare(rare, [&](Archive& to) {
      archive_rare(to, c, [] {});
      if constexpr (!Archive::writes) {
        Archive::must(has_rare(c));
      }
    });
  });
}

/// True of the bits of a cycle that has begun with its complaint and only runs: what follows are its due instant and
/// its row, as far as they are not what is expected.
[[nodiscard]] constexpr bool only_runs(std::uint32_t bits) noexcept {
  return (bits & ~3U) == 0;
}

/// From the bytes of such a cycle those of the same after its due instant, where so many thresholds were reached, each
/// once and in their order.
inline void pack_broken(pack_writer& a, std::string_view running, std::size_t thresholds) {
  const auto bits = static_cast<std::uint32_t>(static_cast<unsigned char>(running.front()));
  a.number(bits | 4U | (thresholds != 0 ? 8U : 0U));
  a.append(running.substr(1));
  a.number(std::uint8_t{0}); // crossed when it was due
  if (thresholds != 0) {
    a.number(thresholds);
    for (std::size_t i = 0; i < thresholds; ++i) {
      a.number(std::uint8_t{0}); // at that instant too
    }
  }
}

} // namespace plaint::detail
