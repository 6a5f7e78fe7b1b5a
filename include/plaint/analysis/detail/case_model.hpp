// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/value_domain.hpp>
#include <plaint/lifecycle/detail/chart.hpp>

#include <algorithm>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// How a node remembers an attribute: by one of these, or by `first_value` and more, a place in the table of its
/// values.
inline constexpr std::uint16_t may_be_anything = 0; ///< unset, or any value
inline constexpr std::uint16_t may_be_any_value = 1;
inline constexpr std::uint16_t is_unset = 2;
inline constexpr std::uint16_t first_value = 3;

enum class slot_use : unsigned char {
  ignored, ///< nothing looks at it
  free,    ///< only the data of events sets it
  own      ///< the lifecycle sets it
};

/// Who may act: each role, each side that a transition names, and somebody without a role.
struct acting {
  std::string role{};
  actor_class side = actor_class::none;
};
using acting_set = std::bitset<72>;

/// Actors for whom an event is the same.
struct acting_group {
  acting_set who{};
  std::size_t example = 0;
};

/// What is followed though no condition of the lifecycle reads it.
struct case_interest {
  std::vector<std::uint16_t> slots{}; ///< whether these attributes are set
  std::vector<program> conditions{};  ///< what these come to, by attributes alone
};

/// What there is to know about a lifecycle before its cases are enumerated.
struct case_model {
  explicit case_model(const chart& of, const case_interest& also = {}) : in(of) {
    for (const auto& p : in.programs) {
      views.push_back(views_of(p));
    }
    find_uses(also);
    find_values(also);
    find_sticky();
    find_questions();
    find_actors();
  }

  const chart& in;
  std::vector<program_views> views{};
  std::vector<slot_use> use{};
  std::vector<std::uint16_t> tracked{};           ///< the slots that nodes remember
  std::vector<std::uint16_t> place{};             ///< by slot: its place in `tracked`
  std::vector<std::vector<value>> values{};       ///< by slot: those that stand for all
  std::vector<std::vector<value>> field_values{}; ///< by event field
  std::vector<std::optional<std::pair<std::int64_t, std::int64_t>>>
      window{};                   ///< by slot: numbers beyond are held at its ends
  std::vector<bool> followed{};   ///< by slot: its value is settled in every situation
  std::vector<bool> sticky{};     ///< by slot: timers see it, or states keep it
  std::vector<bool> questioned{}; ///< by slot: a condition asks whether it is set
  std::vector<std::vector<std::uint16_t>>
      timer_slots{}; ///< by state, then of the whole: what its timers' conditions read
  std::vector<acting> actors{};
  std::vector<std::vector<acting_group>> groups{}; ///< by column
  std::vector<std::vector<std::string>> reasons{}; ///< by column: codes that transitions ask for

private:
  template <class Visit>
  void each_program_of_interest(const Visit& visit) const {
    for (const auto& t : in.transitions) {
      if (t.guard != no_program) {
        visit(t.guard);
      }
    }
    for (const auto& d : in.code) {
      if (d.kind == deed_kind::skip_unless) {
        visit(d.argument);
      }
    }
  }

  void find_uses(const case_interest& also) {
    const auto slots = in.names.attributes.size();
    std::vector<bool> seen(slots);
    for (const auto slot : also.slots) {
      seen[slot] = true;
    }
    followed.assign(slots, false);
    for (const auto& p : also.conditions) {
      for (const auto slot : p.reads()) {
        seen[slot] = followed[slot] = true;
      }
    }
    std::vector<bool> written(slots);
    const auto look = [&](std::uint32_t p) {
      for (const auto s : in.programs[p].reads()) {
        seen[s] = true;
      }
    };
    each_program_of_interest(look);
    for (const auto& t : in.transitions) {
      for (const auto s : chart::part(in.slots_pool, t.require)) {
        seen[s] = true;
      }
    }
    for (const auto& s : in.states) {
      for (const auto slot : chart::part(in.slots_pool, s.required)) {
        seen[slot] = true;
      }
    }
    for (const auto& d : in.code) {
      if (d.kind != deed_kind::assign) {
        continue;
      }
      written[d.subject] = true;
      if (d.argument == no_program) {
        continue;
      }
      const auto& to = in.names.attributes[d.subject];
      const auto& reads = in.programs[d.argument].reads();
      for (const auto s : reads) { // an own sum without a bound that nobody asks for can grow as it likes
        const bool only_itself =
            reads.size() == 1 && s == d.subject && !to.least && !to.most && !to.initial.is_absent();
        seen[s] = seen[s] || !only_itself;
      }
    }
    place.assign(slots, no_id);
    for (std::size_t s = 0; s < slots; ++s) {
      use.push_back(!seen[s] ? slot_use::ignored : written[s] ? slot_use::own : slot_use::free);
      if (seen[s]) {
        place[s] = static_cast<std::uint16_t>(tracked.size());
        tracked.push_back(static_cast<std::uint16_t>(s));
      }
    }
  }

  void find_values(const case_interest& also) {
    const auto& names = in.names;
    for (std::size_t s = 0; s < names.attributes.size(); ++s) {
      value_domain domain(names.attributes[s]);
      const auto slot = static_cast<std::uint16_t>(s);
      for (std::size_t p = 0; p < in.programs.size(); ++p) {
        const auto& reads = in.programs[p].reads();
        if (std::binary_search(reads.begin(), reads.end(), slot)) {
          domain.see(in.programs[p], views[p].measures);
        }
      }
      for (const auto& p : also.conditions) {
        if (std::binary_search(p.reads().begin(), p.reads().end(), slot)) {
          domain.see(p, views_of(p).measures);
        }
      }
      for (const auto& d : in.code) {
        if (d.kind == deed_kind::assign && d.subject == slot && d.argument != no_program) {
          domain.see(in.programs[d.argument], false);
        }
      }
      values.push_back(use[s] == slot_use::ignored ? std::vector<value>{} : domain.values());
      window.push_back(window_of(slot));
      if (use[s] == slot_use::own && names.attributes[s].type.is(type_kind::string)) {
        values[s].insert(values[s].end(), {value("someone"), value("somebody else")}); // `actor.id`
      }
    }
    for (std::size_t f = 0; f < names.event_fields.size(); ++f) {
      value_domain domain(names.event_fields[f]);
      for (std::size_t p = 0; p < in.programs.size(); ++p) {
        const auto& fields = views[p].fields;
        if (std::find(fields.begin(), fields.end(), f) != fields.end()) {
          domain.see(in.programs[p], views[p].measures);
        }
      }
      field_values.push_back(domain.values());
    }
  }

  /// A number that the lifecycle counts up is followed exactly if its declared range is small, else around what is
  /// asked.
  [[nodiscard]] std::optional<std::pair<std::int64_t, std::int64_t>> window_of(std::uint16_t slot) const {
    constexpr std::int64_t small = 4096;
    const auto& a = in.names.attributes[slot];
    if (use[slot] != slot_use::own || !a.type.is(type_kind::integer)) {
      return std::nullopt;
    }
    const auto* least = a.least ? a.least->get_if<std::int64_t>() : nullptr;
    const auto* most = a.most ? a.most->get_if<std::int64_t>() : nullptr;
    if (least != nullptr && most != nullptr && *most - *least <= small) {
      return std::nullopt;
    }
    std::int64_t low = 0;
    std::int64_t high = 0;
    for (const auto& v : values[slot]) {
      if (const auto* i = v.get_if<std::int64_t>(); i != nullptr && *i > -small && *i < small) {
        low = std::min(low, *i);
        high = std::max(high, *i);
      }
    }
    return std::pair(low - 2, high + 2);
  }

  void find_sticky() {
    sticky = followed;
    timer_slots.resize(in.states.size() + 1);
    for (std::size_t t = 0; t < in.transitions.size(); ++t) {
      if (in.transition_definitions[t]->after.empty()) {
        continue;
      }
      const auto& way = in.transitions[t];
      auto& into = timer_slots[way.source == no_id ? in.states.size() : way.source];
      const auto required = chart::part(in.slots_pool, way.require);
      into.insert(into.end(), required.begin(), required.end());
      if (way.guard != no_program) {
        const auto& reads = in.programs[way.guard].reads();
        into.insert(into.end(), reads.begin(), reads.end());
      }
    }
    const auto look = [&](std::uint32_t p) {
      for (const auto s : in.programs[p].reads()) {
        sticky[s] = true;
      }
    };
    for (std::size_t t = 0; t < in.transitions.size(); ++t) {
      if (in.transition_definitions[t]->events.empty()) { // timers and eventless: no data of the same event to blame
        if (in.transitions[t].guard != no_program) {
          look(in.transitions[t].guard);
        }
        for (const auto s : chart::part(in.slots_pool, in.transitions[t].require)) {
          sticky[s] = true;
        }
      }
    }
    for (const auto& d : in.code) {
      if (d.argument != no_program && (d.kind == deed_kind::skip_unless || d.kind == deed_kind::assign)) {
        look(d.argument);
      }
    }
    for (const auto& s : in.states) {
      for (const auto slot : chart::part(in.slots_pool, s.kept)) {
        sticky[slot] = true;
      }
    }
  }

  void find_questions() {
    questioned.assign(in.names.attributes.size(), false);
    for (std::size_t p = 0; p < in.programs.size(); ++p) {
      for (const auto s : in.programs[p].reads()) {
        questioned[s] = questioned[s] || views[p].asks_set;
      }
    }
  }

  void find_actors() {
    std::uint8_t sides = 0;
    for (const auto& t : in.transitions) {
      sides = static_cast<std::uint8_t>(sides | t.sides);
    }
    for (const auto& r : in.roles) {
      actors.push_back({r.name, r.side});
    }
    for (std::size_t side = 0; side < actor_class_words.size(); ++side) {
      if ((sides >> side & 1U) != 0) {
        actors.push_back({"", static_cast<actor_class>(side)});
      }
    }
    actors.push_back({"", actor_class::none});
    for (std::size_t column = 0; column <= in.unknown_column(); ++column) {
      groups.push_back(groups_of(column));
      auto& codes = reasons.emplace_back();
      each_candidate(column, [&](transition_id t) {
        for (const auto& code : in.transition_definitions[t]->reasons) {
          if (std::find(codes.begin(), codes.end(), code) == codes.end()) {
            codes.push_back(code);
          }
        }
      });
    }
  }

  template <class Visit>
  void each_candidate(std::size_t column, const Visit& visit) const {
    const auto begin = in.first_list[column];
    const auto end =
        column + 1 < in.first_list.size() ? in.first_list[column + 1] : static_cast<std::uint32_t>(in.lists.size());
    for (auto l = begin; l < end; ++l) {
      for (const auto t : chart::part(in.candidates, in.lists[l])) {
        visit(t);
      }
    }
    for (const auto t : chart::part(in.candidates, in.root_lists[column])) {
      visit(t);
    }
  }

  [[nodiscard]] std::vector<acting_group> groups_of(std::size_t column) const {
    if (column >= in.first_timer && column != in.unknown_column()) {
      acting_group time;
      time.example = actors.size() - 1;
      return {time};
    }
    std::map<std::vector<bool>, acting_group> known;
    std::vector<std::vector<bool>> order;
    bool each_differs = false;
    for (std::size_t p = 0; p < views.size(); ++p) {
      each_differs = each_differs || views[p].actor;
    }
    for (std::size_t a = 0; a < actors.size() && a < acting_set().size(); ++a) {
      std::vector<bool> may;
      each_candidate(column, [&](transition_id t) { may.push_back(may_fire(t, a)); });
      if (each_differs) {
        may.resize(may.size() + a);
        may.push_back(true);
      }
      auto [found, fresh] = known.emplace(may, acting_group{{}, a});
      if (fresh) {
        order.push_back(may);
      } else if (actors[found->second.example].side == actor_class::customer &&
                 actors[a].side != actor_class::customer && !actors[a].role.empty()) {
        found->second.example = a; // a customer is named only where nobody else could do it
      }
      found->second.who.set(a);
    }
    std::vector<acting_group> all;
    for (const auto& key : order) {
      all.push_back(known.at(key));
    }
    return all;
  }

public:
  /// True if one of the active states keeps an attribute from being changed by data.
  template <class Active>
  [[nodiscard]] bool keeps(std::uint16_t slot, const Active& is_active) const {
    for (std::size_t s = 0; s < in.states.size(); ++s) {
      const auto kept = chart::part(in.slots_pool, in.states[s].kept);
      if (is_active(s) && std::find(kept.begin(), kept.end(), slot) != kept.end()) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool may_fire(transition_id id, std::size_t a) const {
    const auto& t = in.transitions[id];
    const auto& who = actors[a];
    const auto side = static_cast<unsigned>(who.side);
    return t.anyone || (side < actor_class_words.size() && (t.sides >> side & 1U) != 0) ||
           (a < in.roles.size() && (t.roles >> a & 1U) != 0);
  }
};

} // namespace plaint::detail
