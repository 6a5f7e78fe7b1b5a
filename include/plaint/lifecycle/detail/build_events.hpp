// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/build_code.hpp>
#include <plaint/lifecycle/detail/building.hpp>
#include <plaint/lifecycle/detail/event_names.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace plaint::detail {

/// Collects the alphabet: what transitions listen to, what is raised, done events that somebody hears, timers.
class alphabet_builder {
public:
  explicit alphabet_builder(building& b) : b_(b) {}

  void all() {
    auto& in = b_.chart;
    for (const auto* t : in.transition_definitions) {
      for (const auto& descriptor : t->events) {
        listen(descriptor, t->pointer);
      }
    }
    each_action(in, [&](const action& a) {
      const auto* r = std::get_if<raised_event>(&a.what);
      if (r != nullptr && check_name(r->event, r->pointer)) {
        add(r->event);
        if (!is_heard(r->event)) {
          b_.warning("unheard-event", "no transition listens to \"" + r->event + "\"", r->pointer);
        }
      }
    });
    for (std::size_t s = 0; s < in.states.size(); ++s) {
      const auto name = done_event(in.state_definitions[s]->name);
      const bool ends = in.states[s].type == state_type::compound || in.states[s].type == state_type::parallel;
      in.done.push_back(ends && is_heard(name) ? add(name) : no_id);
    }
    in.first_timer = static_cast<event_id>(in.events.size());
    for (const auto& name : in.events) {
      in.heard_by_name.push_back(heard_.count(name) != 0);
    }
    sort_names();
    add_timers();
    if (in.events.size() > lifecycle_limits::events) {
      b_.error("too-many-events", "a lifecycle knows at most " + std::to_string(lifecycle_limits::events) + " events",
               "");
    }
  }

  /// The event of a transition's timer, or no_id.
  [[nodiscard]] event_id timer_event(std::size_t transition) const { return timer_events_[transition]; }

private:
  bool check_name(const std::string& name, const std::string& pointer) {
    const bool odd = name.empty() || name.size() > 200 || name.find_first_of(" \t\n\"") != std::string::npos ||
                     name.starts_with("after(") || name.find("..") != std::string::npos || name.front() == '.';
    if (odd) {
      b_.error("bad-name",
               "an event name is tokens joined by dots, without spaces or quotes, and does not begin with \"after(\"",
               pointer);
    }
    return !odd;
  }

  void listen(const std::string& descriptor, const std::string& pointer) {
    const std::string tokens(tokens_of(descriptor));
    if (!check_name(tokens, pointer)) {
      return;
    }
    if (tokens == any_event) {
      any_ = true;
    } else {
      heard_.insert(tokens);
      add(tokens);
    }
  }

  event_id add(const std::string& name) {
    const auto [found, fresh] = known_.emplace(name, static_cast<event_id>(b_.chart.events.size()));
    if (fresh) {
      b_.chart.events.push_back(name);
    }
    return found->second;
  }

  /// True if a descriptor matches the name: it, one of its beginnings by token, or "*".
  [[nodiscard]] bool is_heard(const std::string& name) const {
    bool heard = any_ || heard_.count(name) != 0;
    for (auto dot = name.rfind('.'); dot != std::string::npos && !heard && dot > 0; dot = name.rfind('.', dot - 1)) {
      heard = heard_.count(name.substr(0, dot)) != 0;
    }
    return heard;
  }

  void sort_names() {
    auto& in = b_.chart;
    for (std::size_t e = 0; e < in.first_timer; ++e) {
      in.by_name.push_back(static_cast<event_id>(e));
    }
    std::sort(in.by_name.begin(), in.by_name.end(),
              [&](event_id a, event_id c) { return in.events[a] < in.events[c]; });
  }

  void add_timers() {
    auto& in = b_.chart;
    std::map<std::pair<state_id, std::string>, event_id> known;
    for (std::size_t t = 0; t < in.transitions.size(); ++t) {
      const auto& d = *in.transition_definitions[t];
      const auto source = in.transitions[t].source;
      const std::string at = source == no_id ? "" : "@" + in.state_definitions[source]->name;
      if (!d.after.empty()) {
        const auto [found, fresh] = known.emplace(std::pair(source, d.after), static_cast<event_id>(in.events.size()));
        if (fresh) {
          in.timers.push_back(
              {timer_kind::after, source, found->second, d.after, "after(" + d.after + ")" + at, d.pointer});
          in.events.push_back(in.timers.back().name);
        }
        timer_events_.push_back(found->second);
      } else {
        timer_events_.push_back(no_id);
      }
      if (!d.within.empty()) {
        in.transitions[t].within = static_cast<std::uint16_t>(in.timers.size());
        in.timers.push_back({timer_kind::within, source, no_id, d.within, "within(" + d.within + ")" + at, d.pointer});
      }
    }
  }

  building& b_;
  std::map<std::string, event_id> known_{};
  std::set<std::string> heard_{};
  std::vector<event_id> timer_events_{};
  bool any_ = false;
};

/// For every column the transitions that listen to it, state by state, in document order.
inline void build_candidates(building& b, const alphabet_builder& alphabet) {
  auto& in = b.chart;
  std::vector<std::vector<transition_id>> by_state(in.states.size());
  std::vector<transition_id> of_root;
  for (std::size_t t = 0; t < in.transitions.size(); ++t) {
    const auto source = in.transitions[t].source;
    (source == no_id ? of_root : by_state[source]).push_back(static_cast<transition_id>(t));
  }
  const auto listens = [&](transition_id t, std::size_t column) {
    const auto& d = *in.transition_definitions[t];
    if (column == in.eventless_column()) {
      return d.events.empty() && d.after.empty();
    }
    if (column >= in.first_timer && column < in.events.size()) {
      return alphabet.timer_event(t) == column;
    }
    return std::any_of(d.events.begin(), d.events.end(), [&](const std::string& descriptor) {
      return column == in.unknown_column() ? tokens_of(descriptor) == any_event
                                           : matches(descriptor, in.events[column]);
    });
  };
  const auto collect = [&](const std::vector<transition_id>& from, std::size_t column) {
    return building::append(in.candidates, [&] {
      for (const auto t : from) {
        if (listens(t, column)) {
          in.candidates.push_back(t);
        }
      }
    });
  };
  for (std::size_t column = 0; column <= in.eventless_column(); ++column) {
    in.first_list.push_back(static_cast<std::uint32_t>(in.lists.size()));
    const auto bits = in.listening.size();
    in.listening.resize(bits + in.words, 0);
    for (std::size_t s = 0; s < in.states.size(); ++s) {
      if (const auto list = collect(by_state[s], column); !list.empty()) {
        in.lists.push_back(list);
        in.listening[bits + s / 64] |= std::uint64_t{1} << (s % 64);
      }
    }
    in.root_lists.push_back(collect(of_root, column));
  }
  in.goes_on = in.first_list.back() != in.lists.size() || !in.root_lists.back().empty();
}

/// What the data of an event sets: the attributes that no assignment writes, or that a transition on it requires.
inline void build_brought(building& b) {
  auto& in = b.chart;
  std::vector<bool> written(in.names.attributes.size());
  each_action(in, [&](const action& a) {
    if (const auto* set = std::get_if<assignment>(&a.what)) {
      if (const auto slot = in.names.slot(set->attribute)) {
        written[*slot] = true;
      }
    }
  });
  for (const auto& f : in.names.event_fields) {
    in.field_slots.push_back(in.names.slot(f.name).value_or(no_id));
  }
  for (std::size_t column = 0; column <= in.unknown_column(); ++column) {
    std::vector<bool> required(in.names.attributes.size());
    for (std::size_t t = 0; t < in.transitions.size(); ++t) {
      const auto& d = *in.transition_definitions[t];
      const bool listens = column < in.first_timer &&
                           std::any_of(d.events.begin(), d.events.end(),
                                       [&](const auto& descriptor) { return matches(descriptor, in.events[column]); });
      for (const auto slot : chart::part(in.slots_pool, in.transitions[t].require)) {
        required[slot] = required[slot] || listens;
      }
    }
    auto& brings = in.brings.emplace_back();
    for (std::size_t f = 0; f < in.field_slots.size(); ++f) {
      const auto slot = in.field_slots[f];
      if (slot != no_id && (!written[slot] || required[slot])) {
        brings.push_back(static_cast<std::uint16_t>(f));
      }
    }
  }
}

} // namespace plaint::detail
