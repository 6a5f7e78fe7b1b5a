// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_state.hpp>
#include <plaint/complaint/detail/complaint_archive.hpp>
#include <plaint/desk/detail/packing.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Writes or reads values of which each has one that it is expected to have: only what is otherwise costs bytes, beside
/// one bit for each in a number that stands before them.
template <class Archive>
class packed_fields {
public:
  explicit packed_fields(Archive& a) noexcept : a_(a) {}

  /// Goes through the fields: once to read, twice to write. `each` calls `field` in the same order every time.
  template <class Each>
  void run(Each each) {
    if constexpr (Archive::writes) {
      counting_ = true;
      each(*this);
      counting_ = false;
    }
    a_.number(bits_);
    bit_ = 1;
    each(*this);
    if constexpr (!Archive::writes) {
      if (bits_ >= bit_) {
        throw bad_bytes("a field is not known");
      }
    }
  }

  template <class T, class Put>
  void field(T& held, const std::remove_const_t<T>& expected, Put put) {
    bool other = false;
    if constexpr (Archive::writes) {
      if (counting_) {
        bits_ |= held == expected ? 0U : bit_;
        bit_ <<= 1U;
        return;
      }
      other = (bits_ & bit_) != 0;
    } else {
      other = (bits_ & bit_) != 0;
      if (!other) {
        held = expected;
      }
    }
    bit_ <<= 1U;
    if (other) {
      put(a_, held);
    }
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
  /// What is mostly not there at all.
  template <class Put>
  void rare(bool there, Put put) {
    bool held = there;
    field(held, false, [&](Archive& a, auto&) { put(a); });
  }

private:
  Archive& a_;
  std::uint32_t bits_ = 0;
  std::uint32_t bit_ = 1;
  bool counting_ = false;
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

template <class Archive>
void pack_rare(Archive& a, archived<Archive, clock_cycle>& c) {
  a.number(c.carried);
  a.number(c.pause_used);
  a.number(c.reviews);
  archive_place(a, c.edition);
  archive_each<Archive, clock_extension>(a, c.extensions, [&](auto& e) { archive(a, e); });
  archive_each<Archive, clock_revision>(a, c.revisions, [&](auto& r) { archive(a, r); });
  archive_each<Archive, std::int64_t>(a, c.parts, [&](auto& n) { a.number(n); });
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
    ledger = c.generations.size() != 1 || c.segments.size() != 1 ||
             !(c.generations.front() == plain_generation(c, row, calendar)) ||
             !(c.segments.front() == plain_segment(c, sequence, event));
    rare = c.carried != 0 || c.pause_used != 0 || c.reviews != 0 || c.edition != no_id || !c.extensions.empty() ||
           !c.revisions.empty() || !c.parts.empty();
    flags = packed_flags(c);
  } else {
    c.carried = c.pause_used = 0;
    c.reviews = 0;
    c.edition = no_id;
    c.fired.clear();
    c.extensions.clear();
    c.revisions.clear();
    c.parts.clear();
  }
  packed_fields<Archive>(a).run([&](auto& f) {
    f.at(c.due, instant::max(), opened);
    f.number(row, 0);
    f.at(c.crossed, instant::max(), c.due);
    f.rare(!c.fired.empty(), [&](Archive& to) {
      pack_list(to, c.fired, 0, [&](auto& each, std::size_t i) {
        auto& fired = c.fired[i];
        each.at(fired.at, c.due, c.due);
        each.number(fired.threshold, static_cast<std::uint16_t>(i));
        each.number(fired.repetition, 0);
        each.number(fired.generation, 0);
        each.field(fired.skipped, false, [](Archive& deeper, auto& skipped) { deeper.flag(skipped); });
      });
    });
    f.at(c.stopped, instant::max(), opened);
    f.word(c.result, c.is_open() ? verdict::none : verdict::met, verdict_words.size());
    f.at(c.started, opened, opened);
    f.at(c.anchor, c.started, c.started);
    f.at(c.since,
         c.is_open() ? (c.anchor == instant::max() ? c.started : std::max(c.anchor, c.started))
                     : std::max(c.stopped, c.started),
         opened);
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
    f.rare(rare, [&](Archive& to) { pack_rare(to, c); });
    if constexpr (!Archive::writes) {
      if (!ledger) {
        c.generations.resize(1);
        c.segments.resize(1);
        c.generations.front() = plain_generation(c, row, calendar);
        c.segments.front() = plain_segment(c, sequence, event);
      }
    }
  });
}

} // namespace plaint::detail
