// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/case_graph.hpp>
#include <plaint/analysis/property.hpp>
#include <plaint/suggestion.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// A final state of the whole, or one that is tagged closed or lies in such a one.
[[nodiscard]] inline bool is_end(const lifecycle& in, state_id s) {
  for (auto a = s; a != no_id; a = in.parent_of(a)) {
    const auto& tags = in.state_at(a).tags;
    if (std::find(tags.begin(), tags.end(), "closed") != tags.end()) {
      return true;
    }
  }
  return in.type_of(s) == state_type::final && in.parent_of(s) == no_id;
}

/// "notice(final)", "notify": how an effect is written in properties and counterexamples.
[[nodiscard]] inline std::string effect_subject(const effect_definition& e) {
  for (const auto& p : e.parameters) {
    if (p.name == e.kind && p.expression.empty()) {
      return p.value.text;
    }
  }
  return {};
}
[[nodiscard]] inline std::string effect_text(const effect_definition& e) {
  const auto subject = effect_subject(e);
  return subject.empty() ? e.kind : e.kind + "(" + subject + ")";
}
[[nodiscard]] inline bool effect_carries(const effect_definition& e, std::string_view word) {
  for (const auto& p : e.parameters) {
    if (p.name == "carries") {
      if (p.value.is_scalar() && p.value.text == word) {
        return true;
      }
      for (const auto& item : p.value.items) {
        if (item.text == word) {
          return true;
        }
      }
    }
  }
  return false;
}

/// The states, events and effects that a property means by a list of subjects.
struct subject_set {
  std::vector<bool> states{};
  std::vector<bool> events{};
  std::vector<bool> effects{};
  std::vector<std::string> clocks{};
  std::vector<std::string> unknown{}; ///< names of nothing
  bool opening = false;
  bool reopening = false;

  explicit subject_set(const lifecycle& in)
      : states(in.state_count()), events(in.event_count() + 1), effects(in.effect_count()) {}
  subject_set(const lifecycle& in, const std::vector<property_subject>& all,
              const std::vector<std::string>& clock_names = {})
      : subject_set(in) {
    for (const auto& s : all) {
      add(in, s, clock_names);
    }
  }

  [[nodiscard]] bool has_states() const { return std::find(states.begin(), states.end(), true) != states.end(); }
  [[nodiscard]] bool has_events() const { return std::find(events.begin(), events.end(), true) != events.end(); }

private:
  void add(const lifecycle& in, const property_subject& s, const std::vector<std::string>& clock_names) {
    bool known = false;
    const bool any = s.kind == subject_kind::name;
    switch (s.kind) {
    case subject_kind::everything:
      for (std::size_t i = 0; i < states.size(); ++i) {
        const auto type = in.type_of(static_cast<state_id>(i));
        states[i] = states[i] || type == state_type::atomic || type == state_type::final;
      }
      return;
    case subject_kind::end:
      add_ends(in);
      return;
    case subject_kind::reopening:
      reopening = true;
      return;
    case subject_kind::carrying:
      add_carrying(in, s.name);
      return;
    case subject_kind::notice:
      known = add_effects(in, "notice", s.name) || true;
      return;
    case subject_kind::effect:
      add_effect(in, s.name);
      return;
    default:
      break;
    }
    if (s.name == "opened" && s.kind != subject_kind::state) {
      opening = known = true;
    }
    if (any || s.kind == subject_kind::state) {
      if (const auto id = in.state(s.name)) {
        states[*id] = known = true;
      }
    }
    if ((any && !known) || s.kind == subject_kind::event) {
      known = add_event(in, s.name) || known;
    }
    if ((any && !known) || s.kind == subject_kind::clock) {
      if (std::find(clock_names.begin(), clock_names.end(), s.name) != clock_names.end()) {
        clocks.push_back(s.name);
        known = true;
      }
    }
    if (any && !known) {
      known = add_effects(in, "notice", s.name) || add_effects(in, s.name, "");
    }
    if (any && !known && (s.name == "closed" || s.name == "done" || s.name == "terminal")) {
      add_ends(in);
      known = true;
    }
    if (!known && s.kind != subject_kind::event) {
      unknown.push_back(s.name);
    }
  }

  bool add_event(const lifecycle& in, std::string name) {
    if (name.ends_with(".*")) {
      name.resize(name.size() - 2);
    }
    bool found = false;
    for (std::size_t e = 0; e < in.event_count(); ++e) {
      const auto known = in.event_name(static_cast<event_id>(e));
      const bool timer = name.starts_with("after(") && known.starts_with(name + "@"); // of whichever state
      if (known == name || known.starts_with(name + ".") || timer) {
        events[e] = found = true;
      }
    }
    return found;
  }
  bool add_effects(const lifecycle& in, std::string_view kind, std::string_view subject) {
    bool found = false;
    for (std::size_t e = 0; e < effects.size(); ++e) {
      const auto& d = in.effect_at(static_cast<effect_id>(e));
      if (d.kind == kind && (subject.empty() || subject == "*" || effect_subject(d) == subject)) {
        effects[e] = found = true;
      }
    }
    return found;
  }
  void add_effect(const lifecycle& in, const std::string& name) {
    const auto colon = name.find(':');
    if (colon == std::string::npos) {
      (void)add_effects(in, name, "");
    } else {
      (void)add_effects(in, name.substr(0, colon), name.substr(colon + 1));
    }
  }
  void add_carrying(const lifecycle& in, const std::string& word) {
    for (std::size_t e = 0; e < effects.size(); ++e) {
      const auto& d = in.effect_at(static_cast<effect_id>(e));
      if (effect_carries(d, word) || (word == "right_external" && effect_carries(d, "external_contact"))) {
        effects[e] = true;
      }
    }
  }
  void add_ends(const lifecycle& in) {
    for (std::size_t i = 0; i < states.size(); ++i) {
      states[i] = states[i] || is_end(in, static_cast<state_id>(i));
    }
  }
};

} // namespace plaint::detail
