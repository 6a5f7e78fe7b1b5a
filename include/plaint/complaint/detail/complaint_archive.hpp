// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/byte_archive.hpp>

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace plaint::detail {

/// The state of a complaint in few bytes, by places: for one process, or between two with the same policy digest and
/// format. The id is left to whoever holds many complaints; the policy is the same for all of them.

/// Numbers that count from 0, with an extreme that stands for none.
template <class Archive, class T>
void archive_place(Archive& a, T& n) {
  using number = std::remove_const_t<T>;
  number shifted = static_cast<number>(n + 1);
  a.number(shifted);
  if constexpr (!Archive::writes) {
    n = static_cast<number>(shifted - 1);
  }
}

/// A member of an enumeration with so many members.
template <class Archive, class T>
void archive_word(Archive& a, T& member, std::uint8_t members) {
  auto n = static_cast<std::uint8_t>(member);
  a.number(n);
  if constexpr (!Archive::writes) {
    if (n >= members) {
      throw bad_bytes("a word is not known");
    }
    member = static_cast<std::remove_const_t<T>>(n);
  }
}

/// Flags as bits of one number.
template <class Archive, class... Flags>
void archive_flags(Archive& a, Flags&... each_flag) {
  std::uint32_t bits = 0;
  std::uint32_t bit = 1;
  (((bits |= each_flag ? bit : 0U), bit <<= 1U), ...);
  a.number(bits);
  if constexpr (!Archive::writes) {
    if (bits >= bit) {
      throw bad_bytes("a flag is not known");
    }
    bit = 1;
    (((each_flag = (bits & bit) != 0), bit <<= 1U), ...);
  }
}

template <class Archive>
void archive(Archive& a, archived<Archive, clock_generation>& g) {
  a.at(g.since);
  a.at(g.due);
  a.at(g.crossed);
  a.number(g.amount);
  a.number(g.added);
  a.number(g.row);
  a.number(g.calendar);
  archive_place(a, g.replaced);
  archive_flags(a, g.late);
}

template <class Archive>
void archive(Archive& a, archived<Archive, clock_segment>& s) {
  a.at(s.from);
  a.at(s.to);
  a.number(s.sequence);
  archive_place(a, s.event);
  a.number(s.generation);
  a.number(s.calendar);
  archive_place(a, s.reason);
  archive_word(a, s.cause, static_cast<std::uint8_t>(segment_cause_words.size()));
  archive_flags(a, s.paused);
}

template <class Archive>
void archive(Archive& a, archived<Archive, clock_fired>& f) {
  a.at(f.at);
  a.number(f.threshold);
  a.number(f.repetition);
  a.number(f.generation);
  archive_flags(a, f.skipped);
}

template <class Archive>
void archive(Archive& a, archived<Archive, clock_extension>& e) {
  a.at(e.at);
  a.at(e.due_before);
  a.at(e.due_after);
  a.number(e.sequence);
  a.number(e.amount_before);
  a.number(e.added_before);
  archive_place(a, e.replaced_before);
  a.number(e.extension);
  archive_place(a, e.reason);
  archive_flags(a, e.revokes);
}

template <class Archive>
void archive(Archive& a, archived<Archive, clock_revision>& r) {
  a.at(r.at);
  a.at(r.due_before);
  a.at(r.due_after);
  a.at(r.crossed_before);
  a.at(r.crossed_after);
  archive_word(a, r.before, static_cast<std::uint8_t>(verdict_words.size()));
  archive_word(a, r.after, static_cast<std::uint8_t>(verdict_words.size()));
  a.number(r.calendar);
}

/// True if a cycle has more than most have: the thresholds that fired aside.
[[nodiscard]] inline bool has_rare(const clock_cycle& c) noexcept {
  return c.carried != 0 || c.pause_used != 0 || c.reviews != 0 || c.edition != no_id || !c.extensions.empty() ||
         !c.revisions.empty() || !c.parts.empty();
}
/// Leaves nothing of another cycle that stood here, what follows from the rest of it included.
inline void clear_rare(clock_cycle& c) noexcept {
  c.hint = {};
  c.carried = c.pause_used = 0;
  c.reviews = 0;
  c.edition = no_id;
  c.extensions.clear();
  c.revisions.clear();
  c.parts.clear();
}
/// `fired` puts the thresholds in their place, where they belong here.
template <class Archive, class Fired>
void archive_rare(Archive& a, archived<Archive, clock_cycle>& c, Fired fired) {
  a.number(c.carried);
  a.number(c.pause_used);
  a.number(c.reviews);
  archive_place(a, c.edition);
  fired();
  archive_each<Archive, clock_extension>(a, c.extensions, [&](auto& e) { archive(a, e); });
  archive_each<Archive, clock_revision>(a, c.revisions, [&](auto& r) { archive(a, r); });
  archive_each<Archive, std::int64_t>(a, c.parts, [&](auto& n) { a.number(n); });
}

/// Most cycles are plain: lists that are empty, and extremes, cost a byte for all of them together.
template <class Archive>
void archive(Archive& a, archived<Archive, clock_cycle>& c) {
  archive_flags(a, c.paused, c.held, c.overridden, c.exceeded, c.late, c.waived, c.recurring);
  a.at(c.started);
  a.at(c.anchor);
  a.at(c.since);
  a.at(c.due);
  a.at(c.crossed);
  a.at(c.stopped);
  a.at(c.next);
  a.number(c.closed);
  bool rare = false;
  if constexpr (Archive::writes) {
    rare = has_rare(c) || !c.fired.empty();
  }
  a.flag(rare);
  archive_word(a, c.result, static_cast<std::uint8_t>(verdict_words.size()));
  archive_each<Archive, clock_generation>(a, c.generations, [&](auto& g) { archive(a, g); });
  archive_each<Archive, clock_segment>(a, c.segments, [&](auto& s) { archive(a, s); });
  if constexpr (!Archive::writes) {
    c.fired.clear();
    clear_rare(c);
  }
  if (rare) {
    archive_rare(a, c, [&] { archive_each<Archive, clock_fired>(a, c.fired, [&](auto& f) { archive(a, f); }); });
  }
}

/// A ladder that was never climbed is one byte.
template <class Archive>
void archive(Archive& a, archived<Archive, ladder_state>& l) {
  bool fresh = false;
  if constexpr (Archive::writes) {
    fresh = l == ladder_state{};
  }
  a.flag(fresh);
  if (fresh) {
    if constexpr (!Archive::writes) {
      l = ladder_state{};
    }
    return;
  }
  archive_flags(a, l.active, l.acknowledged, l.pass_begun, l.holds, l.requested, l.silence_told);
  a.number(l.level);
  a.number(l.high_water);
  a.number(l.token);
  a.number(l.runs);
  a.number(l.step);
  a.number(l.pass);
  archive_place(a, l.last_step);
  archive_place(a, l.cycle);
  a.at(l.began);
  a.at(l.previous);
  a.at(l.pass_base);
  a.at(l.forced);
  a.at(l.frozen_since);
  a.at(l.acknowledged_at);
  a.at(l.cooldown_until);
  a.at(l.last_sign);
  a.at(l.next);
  archive_each<Archive, ladder_freeze>(a, l.freezes, [&](auto& f) {
    a.at(f.from);
    a.at(f.to);
    if constexpr (!Archive::writes) {
      f.open = -1; // it follows, and may be left from another complaint
    }
  });
  archive_each<Archive, ladder_reminder>(a, l.reminders, [&](auto& r) {
    a.at(r.let_out);
    a.number(r.step);
    a.number(r.pass);
    a.number(r.sent);
    a.number(r.again);
  });
  archive_each<Archive, ladder_record>(a, l.history, [&](auto& r) {
    a.at(r.at);
    archive_word(a, r.act, static_cast<std::uint8_t>(ladder_act_words.size()));
    archive_place(a, r.step);
    a.number(r.pass);
    a.number(r.run);
    a.number(r.repetition);
    a.number(r.level);
  });
}

template <class Archive>
void archive(Archive& a, archived<Archive, configuration>& c) {
  std::uint8_t used = 0; // the words behind the last one that is not zero are left out
  if constexpr (Archive::writes) {
    for (std::size_t i = 0; i < configuration::words; ++i) {
      used = c.choices[i] != 0 ? static_cast<std::uint8_t>(i + 1) : used;
    }
    used = static_cast<std::uint8_t>(used | (c.started ? 16U : 0U) | (c.terminated ? 32U : 0U));
  }
  a.number(used);
  if constexpr (!Archive::writes) {
    c = configuration{};
    c.started = (used & 16U) != 0;
    c.terminated = (used & 32U) != 0;
    if ((used & 15U) > configuration::words || used > 63) {
      throw bad_bytes("a configuration has too many words");
    }
  }
  for (std::size_t i = 0; i < (used & 15U); ++i) {
    a.number(c.choices[i]);
  }
  if constexpr (!Archive::writes) {
    if ((used & 15U) != 0 && c.choices[(used & 15U) - 1] == 0) {
      throw bad_bytes("a configuration has a word too many");
    }
  }
}

template <class Archive>
void archive(Archive& a, archived<Archive, complaint>& c) {
  a.number(c.sequence);
  a.at(c.opened_at);
  a.at(c.happened_at);
  a.at(c.last_at);
  archive(a, c.where);
  archive_each<Archive, value>(a, c.attributes, [&](auto& v) { archive(a, v); });
  archive_each<Archive, clock_state>(a, c.clocks, [&](auto& s) {
    archive_each<Archive, clock_cycle>(a, s.cycles, [&](auto& cycle) { archive(a, cycle); });
  });
  archive_each<Archive, ladder_state>(a, c.ladders, [&](auto& l) { archive(a, l); });
  archive_each<Archive, stay>(a, c.trail, [&](auto& s) {
    a.at(s.from);
    archive_place(a, s.state);
    archive_place(a, s.owner);
    archive_place(a, s.unit);
  });
  archive_each<Archive, std::string>(a, c.parties, [&](auto& name) { a.text(name); });
  a.at(c.next);
  archive_each<Archive, known_event>(a, c.known, [&](auto& k) {
    a.text(k.key);
    a.number(k.sequence);
    a.number(k.content);
  });
}

} // namespace plaint::detail
