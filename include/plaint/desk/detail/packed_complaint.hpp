// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/complaint_archive.hpp>
#include <plaint/complaint/detail/reducer.hpp>
#include <plaint/desk/detail/packed_clock.hpp>
#include <plaint/desk/detail/packing.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plaint::detail {

/// Attributes that are still what they were at the beginning cost a bit.
template <class Archive>
void pack_attributes(Archive& a, archived<Archive, std::vector<value>>& all, const std::vector<value>& initial) {
  constexpr std::size_t together = 28;
  const auto n = initial.size();
  if constexpr (!Archive::writes) {
    all.resize(n);
  }
  for (std::size_t begin = 0; begin < n; begin += together) {
    packed_fields<Archive>(a).run([&](auto& f) {
      for (auto i = begin; i < std::min(n, begin + together); ++i) {
        f.field(all[i], initial[i], [](Archive& to, auto& v) { archive(to, v); });
      }
    });
  }
}

/// What is said to be there must be.
template <class Archive, class List>
void must_have([[maybe_unused]] Archive& a, [[maybe_unused]] const List& all) {
  if constexpr (!Archive::writes) {
    Archive::must(!all.empty());
  }
}

template <class Archive>
void pack_trail(Archive& a, archived<Archive, complaint>& c) {
  pack_list(a, c.trail, 0, [&](auto& f, std::size_t i) {
    auto& s = c.trail[i];
    f.at(s.from, c.opened_at, i == 0 ? c.opened_at : c.trail[i - 1].from);
    f.number(s.state, 0);
    f.number(s.owner, i == 0 ? no_id : c.trail[i - 1].owner);
    f.number(s.unit, i == 0 ? no_id : c.trail[i - 1].unit);
  });
}

/// Everything of a complaint behind its id, by places: for one process, or between two with the same policy digest and
/// format. The policy is the same for all.
template <class Archive>
void pack(Archive& a, archived<Archive, complaint>& c, const std::vector<value>& initial) {
  a.at(c.opened_at);
  archive(a, c.where);
  pack_attributes(a, c.attributes, initial);
  archive_each<Archive, clock_state>(a, c.clocks, [&](auto& s) {
    archive_each<Archive, clock_cycle>(a, s.cycles, [&](auto& cycle) { pack(a, cycle, c.opened_at); });
  });
  archive_each<Archive, ladder_state>(a, c.ladders, [&](auto& l) { archive(a, l); });
  pack_trail(a, c);
  if constexpr (!Archive::writes) {
    c.parties.clear();
    c.known.clear();
  }
  packed_fields<Archive>(a).run([&](auto& f) {
    f.number(c.sequence, 1);
    f.at(c.happened_at, c.opened_at, c.opened_at);
    f.at(c.last_at, c.happened_at, c.happened_at);
    f.at(c.next, next_of(c), c.happened_at);
    f.rare(!c.parties.empty(), [&](Archive& to) {
      archive_each<Archive, std::string>(to, c.parties, [&](auto& name) { to.text(name); });
      must_have(to, c.parties);
    });
    f.rare(!c.known.empty(), [&](Archive& to) {
      archive_each<Archive, known_event>(to, c.known, [&](auto& k) {
        to.text(k.key);
        to.number(k.sequence);
        to.number(k.content);
      });
      must_have(to, c.known);
    });
  });
}

} // namespace plaint::detail
