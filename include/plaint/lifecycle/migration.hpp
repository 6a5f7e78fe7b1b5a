// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/lifecycle/snapshot_names.hpp>
#include <plaint/pointer.hpp>
#include <plaint/suggestion.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// Where complaints go when their lifecycle is replaced: old names to new ones. What keeps its name needs no word.
struct migration_map {
  std::map<std::string, std::string, std::less<>> states{};
  std::map<std::string, std::string, std::less<>> attributes{}; ///< to an empty name: given up on purpose

  friend bool operator==(const migration_map&, const migration_map&) = default;
};

namespace detail {

[[nodiscard]] inline std::string mapped(const std::map<std::string, std::string, std::less<>>& map,
                                        const std::string& name) {
  const auto found = map.find(name);
  return found == map.end() ? name : found->second;
}

class migration_check {
public:
  migration_check(const lifecycle& from, const lifecycle& to, const migration_map& map)
      : from_(from), to_(to), map_(map) {}

  findings all() {
    check_names();
    for (std::size_t s = 0; s < from_.state_count(); ++s) {
      check_state(static_cast<state_id>(s));
    }
    check_attributes();
    check_timers();
    return std::move(out_);
  }

private:
  void add(severity weight, std::string code, std::string message, std::string pointer, std::string suggestion = {}) {
    out_.push_back({std::move(code), std::move(message), std::move(pointer), std::move(suggestion), weight});
  }

  void check_names() {
    for (const auto& [old_name, new_name] : map_.states) {
      if (!from_.state(old_name)) {
        add(severity::error, "unknown-state", "the old lifecycle has no state \"" + old_name + "\"",
            child("/states", old_name), nearest(old_name, from_.schema().states));
      }
    }
    for (const auto& [old_name, new_name] : map_.attributes) {
      if (!from_.schema().slot(old_name)) {
        add(severity::error, "unknown-attribute", "the old lifecycle has no attribute \"" + old_name + "\"",
            child("/attributes", old_name));
      }
    }
  }

  void check_state(state_id s) {
    const auto& name = from_.name(s);
    const auto pointer = child("/states", name);
    const auto target = to_.state(mapped(map_.states, name));
    const auto type = from_.type_of(s);
    const bool leaf = from_.chart().is_leaf(s);
    if (!target) {
      if (leaf) {
        add(severity::error, "lost-state", "complaints in \"" + name + "\" have nowhere to go", pointer,
            nearest(name, to_.schema().states));
      } else if (from_.chart().is_history(s)) {
        add(severity::warning, "lost-history", "what \"" + name + "\" remembers is lost", pointer);
      }
      return;
    }
    if (leaf && !to_.chart().is_leaf(*target)) {
      add(severity::error, "not-a-leaf", "\"" + to_.name(*target) + "\" has states inside; one of them must be named",
          pointer);
    }
    const bool final = type == state_type::final;
    if (leaf && to_.chart().is_leaf(*target) && final != (to_.type_of(*target) == state_type::final)) {
      add(severity::warning, final ? "reopened-end" : "new-end",
          final ? "\"" + name + "\" was final and no longer is"
                : "\"" + to_.name(*target) + "\" is final: complaints end there",
          pointer);
    }
    if (leaf) {
      check_regions(s, *target, pointer);
    }
  }

  [[nodiscard]] static std::vector<std::string> regions_of(const lifecycle& in, state_id s) {
    std::vector<std::string> all;
    for (auto a = s; a != no_id; a = in.parent_of(a)) {
      if (in.parent_of(a) != no_id && in.type_of(in.parent_of(a)) == state_type::parallel) {
        all.push_back(in.name(in.parent_of(a)));
      }
    }
    return all;
  }

  /// A leaf that moves out of, or into, a parallel state leaves regions without a state.
  void check_regions(state_id s, state_id target, const std::string& pointer) {
    auto before = regions_of(from_, s);
    for (auto& name : before) {
      name = mapped(map_.states, name);
    }
    if (before != regions_of(to_, target)) {
      add(severity::error, "regions-differ", "\"" + to_.name(target) + "\" does not lie in the same regions as before",
          pointer);
    }
  }

  void check_attributes() {
    for (const auto& a : from_.schema().attributes) {
      const auto pointer = child("/attributes", a.name);
      const auto name = mapped(map_.attributes, a.name);
      const auto slot = to_.schema().slot(name);
      if (!slot) {
        if (!name.empty()) {
          std::vector<std::string> known;
          for (const auto& b : to_.schema().attributes) {
            known.push_back(b.name);
          }
          add(severity::error, "lost-attribute", "the value of \"" + a.name + "\" is lost", pointer,
              nearest(name, known));
        }
      } else if (!(to_.schema().attributes[*slot].type == a.type)) {
        add(severity::error, "type-differs",
            "\"" + name + "\" is now of type " + to_string(to_.schema().attributes[*slot].type) + ", was " +
                to_string(a.type),
            pointer);
      } else if (narrower(to_.schema().attributes[*slot], a)) {
        add(severity::warning, "range-differs", "values of \"" + a.name + "\" may lie outside of the new range",
            pointer);
      }
    }
  }

  [[nodiscard]] static bool narrower(const attribute& now, const attribute& before) {
    return (now.least && now.least != before.least) || (now.most && now.most != before.most) ||
           (now.max_size && (!before.max_size || *now.max_size < *before.max_size));
  }

  void check_timers() {
    const auto& now = to_.timers();
    for (const auto& t : from_.timers()) {
      const auto state = t.state == no_id ? std::string{} : mapped(map_.states, from_.name(t.state));
      const bool kept = std::any_of(now.begin(), now.end(), [&](const lifecycle_timer& n) {
        return n.kind == t.kind && n.duration == t.duration && (n.state == no_id ? "" : to_.name(n.state)) == state;
      });
      if (!kept) {
        add(severity::warning, "lost-timer", "running clocks of \"" + t.name + "\" have no successor",
            child("/timers", t.name));
      }
    }
  }

  const lifecycle& from_;
  const lifecycle& to_;
  const migration_map& map_;
  findings out_{};
};

} // namespace detail

/// What would be lost if complaints moved from one lifecycle to another; errors mean that some could not move.
[[nodiscard]] inline findings check_migration(const lifecycle& from, const lifecycle& to,
                                              const migration_map& map = {}) {
  return detail::migration_check(from, to, map).all();
}

/// The names of a configuration in the new lifecycle; histories that are gone are left out.
[[nodiscard]] inline configuration_names migrated(configuration_names names, const lifecycle& to,
                                                  const migration_map& map) {
  const auto rename = [&](std::vector<std::string>& all) {
    for (auto& name : all) {
      name = detail::mapped(map.states, name);
    }
  };
  rename(names.active);
  for (auto& r : names.remembered) {
    r.history = detail::mapped(map.states, r.history);
    rename(r.states);
  }
  std::erase_if(names.remembered, [&](const remembered_names& r) {
    const auto h = to.state(r.history);
    return !h || !to.chart().is_history(*h) ||
           std::any_of(r.states.begin(), r.states.end(), [&](const std::string& s) { return !to.state(s); });
  });
  return names;
}

} // namespace plaint
