// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// A second engine, as slow and as literal as can be: sets of names, the text of SCXML's appendix D line by line. It
/// knows only the guards and assignments that `random_chart` draws: n, m, in_state.
class naive_engine {
public:
  using names = std::set<std::string>;
  using definition = plaint::state_definition;

  explicit naive_engine(const plaint::lifecycle_definition& d) : d_(d) { index(d.states, ""); }

  names active{};
  long n = 0;
  std::optional<long> m{};
  std::vector<std::string> effects{};
  bool ended = false;

  bool begin() {
    std::vector<std::string> targets = d_.initial.targets;
    if (targets.empty()) {
      targets.push_back(children("").front());
    }
    collecting_ = {};
    for (const auto& t : targets) {
      descend(t);
    }
    for (const auto& t : targets) {
      ascend(t, "");
    }
    enter();
    return settle();
  }

  /// False if the event is refused; then everything is as before.
  bool handle(const std::string& event, const std::string& role, std::optional<long> new_m) {
    const naive_engine before = *this;
    effects.clear();
    queue_.clear();
    if (ended) {
      effects = before.effects;
      return false;
    }
    if (new_m) {
      m = new_m;
    }
    const auto enabled = filter(select(event, role, true));
    bool done = !enabled.empty();
    if (done) {
      microstep(enabled);
      done = settle();
    }
    if (!done) {
      active = before.active;
      history_ = before.history_;
      n = before.n;
      m = before.m;
      effects.clear();
      ended = before.ended;
    }
    return done;
  }

  [[nodiscard]] std::string leaves() const {
    std::vector<std::string> all;
    for (const auto& name : order_) {
      if (active.count(name) != 0 && is_leaf(name)) {
        all.push_back(name);
      }
    }
    std::string text;
    for (const auto& name : all) {
      text += (text.empty() ? "" : " ") + name;
    }
    return text;
  }

private:
  struct way {
    std::string source;
    const plaint::transition_definition* is;
    friend bool operator==(const way&, const way&) = default;
  };

  void index(const std::vector<definition>& states, const std::string& parent) {
    for (const auto& s : states) {
      order_.push_back(s.name);
      place_[s.name] = static_cast<int>(order_.size());
      by_name_[s.name] = &s;
      parent_[s.name] = parent;
      index(s.children, s.name);
    }
  }

  [[nodiscard]] plaint::state_type type(const std::string& s) const {
    const auto& d = *by_name_.at(s);
    return d.type == plaint::state_type::atomic && !d.children.empty() ? plaint::state_type::compound : d.type;
  }
  [[nodiscard]] bool is_leaf(const std::string& s) const {
    return type(s) == plaint::state_type::atomic || type(s) == plaint::state_type::final;
  }
  [[nodiscard]] bool is_history(const std::string& s) const {
    return type(s) == plaint::state_type::shallow_history || type(s) == plaint::state_type::deep_history;
  }
  [[nodiscard]] std::vector<std::string> children(const std::string& s) const {
    std::vector<std::string> all;
    for (const auto& c : s.empty() ? d_.states : by_name_.at(s)->children) {
      if (!is_history(c.name)) {
        all.push_back(c.name);
      }
    }
    return all;
  }
  [[nodiscard]] bool is_descendant(const std::string& s, const std::string& of) const {
    for (auto a = s; !a.empty();) {
      a = parent_.at(a);
      if (a == of) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool holds(const std::string& guard) const {
    if (guard.empty()) {
      return true;
    }
    if (guard == "n < 2") {
      return n < 2;
    }
    if (guard == "n == 1") {
      return n == 1;
    }
    if (guard == "n < 3 && m > 0") {
      return n < 3 && m && *m > 0;
    }
    const bool negated = guard.front() == '!';
    const auto from = guard.find('"') + 1;
    return (active.count(guard.substr(from, guard.rfind('"') - from)) != 0) != negated;
  }

  [[nodiscard]] static bool hears(const plaint::transition_definition& t, const std::string& event) {
    if (event.empty()) {
      return t.events.empty();
    }
    return std::any_of(t.events.begin(), t.events.end(),
                       [&](const std::string& e) { return e == "*" || e == event || event.rfind(e + ".", 0) == 0; });
  }

  [[nodiscard]] std::vector<way> select(const std::string& event, const std::string& role, bool sent) const {
    std::vector<way> enabled;
    for (const auto& leaf : order_) {
      if (active.count(leaf) == 0 || !is_leaf(leaf)) {
        continue;
      }
      bool found = false;
      for (auto s = leaf; !found; s = parent_.at(s)) {
        for (const auto& t : s.empty() ? d_.transitions : by_name_.at(s)->transitions) {
          const bool allowed = !sent || t.by.empty() || std::find(t.by.begin(), t.by.end(), role) != t.by.end();
          const bool filled = t.require.empty() || m.has_value();
          if (!found && hears(t, event) && allowed && filled && holds(t.guard)) {
            found = true;
            if (std::find(enabled.begin(), enabled.end(), way{s, &t}) == enabled.end()) {
              enabled.push_back({s, &t});
            }
          }
        }
        if (s.empty()) {
          break;
        }
      }
    }
    return enabled;
  }

  void effective(const std::string& target, std::vector<std::string>& out) const {
    if (!is_history(target)) {
      out.push_back(target);
    } else if (const auto stored = history_.find(target); stored != history_.end()) {
      out.insert(out.end(), stored->second.begin(), stored->second.end());
    } else {
      for (const auto& t : defaults(target)) {
        effective(t, out);
      }
    }
  }
  [[nodiscard]] std::vector<std::string> defaults(const std::string& s) const {
    const auto& given = by_name_.at(s)->initial.targets;
    if (!given.empty()) {
      return given;
    }
    const auto of = is_history(s) ? parent_.at(s) : s;
    const auto all = children(of);
    return is_history(s) && type(of) == plaint::state_type::parallel ? all : std::vector<std::string>{all.front()};
  }

  /// Nothing for a targetless transition; "" is the whole.
  [[nodiscard]] std::optional<std::string> domain(const way& w) const {
    std::vector<std::string> targets;
    for (const auto& t : w.is->targets) {
      effective(t, targets);
    }
    if (targets.empty()) {
      return std::nullopt;
    }
    const auto all_in = [&](const std::string& s) {
      return std::all_of(targets.begin(), targets.end(), [&](const std::string& t) { return is_descendant(t, s); });
    };
    const bool compound = w.source.empty() || type(w.source) == plaint::state_type::compound;
    if (w.is->internal && compound && all_in(w.source)) {
      return w.source;
    }
    for (auto a = w.source; !a.empty();) {
      a = parent_.at(a);
      if ((a.empty() || type(a) == plaint::state_type::compound) && all_in(a)) {
        return a;
      }
    }
    return "";
  }
  [[nodiscard]] names exits(const way& w) const {
    names all;
    if (const auto d = domain(w)) {
      for (const auto& s : active) {
        if (is_descendant(s, *d)) {
          all.insert(s);
        }
      }
    }
    return all;
  }

  [[nodiscard]] std::vector<way> filter(const std::vector<way>& enabled) const {
    std::vector<way> kept;
    for (const auto& t : enabled) {
      bool preempted = false;
      std::vector<way> weaker;
      for (const auto& other : kept) {
        const auto a = exits(t);
        const auto b = exits(other);
        if (std::any_of(a.begin(), a.end(), [&](const std::string& s) { return b.count(s) != 0; })) {
          const bool inner = t.source != other.source && !t.source.empty() &&
                             (other.source.empty() || is_descendant(t.source, other.source));
          if (inner) {
            weaker.push_back(other);
          } else {
            preempted = true;
            break;
          }
        }
      }
      if (!preempted) {
        std::erase_if(kept, [&](const way& k) { return std::find(weaker.begin(), weaker.end(), k) != weaker.end(); });
        kept.push_back(t);
      }
    }
    return kept;
  }

  void microstep(const std::vector<way>& all) {
    names leaving;
    std::vector<std::optional<std::string>> domains;
    for (const auto& w : all) {
      const auto out = exits(w);
      leaving.insert(out.begin(), out.end());
      domains.push_back(domain(w));
    }
    for (const auto& s : leaving) {
      for (const auto& c : by_name_.at(s)->children) {
        if (is_history(c.name)) {
          std::vector<std::string> stored;
          for (const auto& name : order_) {
            const bool deep = type(c.name) == plaint::state_type::deep_history;
            if (active.count(name) != 0 && (deep ? is_leaf(name) && is_descendant(name, s) : parent_.at(name) == s)) {
              stored.push_back(name);
            }
          }
          history_[c.name] = stored;
        }
      }
    }
    for (auto s = order_.rbegin(); s != order_.rend(); ++s) {
      if (leaving.count(*s) != 0) {
        run(by_name_.at(*s)->exit);
        active.erase(*s);
      }
    }
    for (const auto& w : all) {
      run(w.is->actions);
    }
    collecting_ = {};
    for (std::size_t i = 0; i < all.size(); ++i) {
      std::vector<std::string> targets;
      for (const auto& t : all[i].is->targets) {
        descend(t);
        effective(t, targets);
      }
      for (const auto& t : targets) {
        ascend(t, *domains[i]);
      }
    }
    enter();
  }

  void descend(const std::string& s) {
    if (is_history(s)) {
      std::vector<std::string> stored;
      const auto found = history_.find(s);
      stored = found != history_.end() ? found->second : defaults(s);
      for (const auto& t : stored) {
        descend(t);
      }
      for (const auto& t : stored) {
        ascend(t, parent_.at(s));
      }
      return;
    }
    collecting_.insert(s);
    if (type(s) == plaint::state_type::compound) {
      for (const auto& t : defaults(s)) {
        descend(t);
      }
      for (const auto& t : defaults(s)) {
        ascend(t, s);
      }
    } else if (type(s) == plaint::state_type::parallel) {
      regions(s);
    }
  }
  void ascend(const std::string& s, const std::string& upto) {
    for (auto a = parent_.at(s); !a.empty() && a != upto; a = parent_.at(a)) {
      collecting_.insert(a);
      if (type(a) == plaint::state_type::parallel) {
        regions(a);
      }
    }
  }
  void regions(const std::string& s) {
    for (const auto& c : children(s)) {
      const auto all = collecting_;
      if (std::none_of(all.begin(), all.end(), [&](const std::string& t) { return is_descendant(t, c); })) {
        descend(c);
      }
    }
  }

  void enter() {
    for (const auto& s : order_) {
      if (collecting_.count(s) == 0) {
        continue;
      }
      active.insert(s);
      run(by_name_.at(s)->entry);
      if (type(s) == plaint::state_type::final) {
        const auto parent = parent_.at(s);
        if (parent.empty()) {
          ended = true;
          continue;
        }
        queue_.push_back("done.state." + parent);
        const auto grand = parent_.at(parent);
        if (!grand.empty() && type(grand) == plaint::state_type::parallel && is_final(grand)) {
          queue_.push_back("done.state." + grand);
        }
      }
    }
  }
  [[nodiscard]] bool is_final(const std::string& s) const {
    const auto all = children(s);
    if (type(s) == plaint::state_type::compound) {
      return std::any_of(all.begin(), all.end(), [&](const std::string& c) {
        return type(c) == plaint::state_type::final && active.count(c) != 0;
      });
    }
    return type(s) == plaint::state_type::parallel &&
           std::all_of(all.begin(), all.end(), [&](const std::string& c) { return is_final(c); });
  }

  void run(const plaint::actions& list) {
    for (const auto& a : list) {
      if (const auto* e = std::get_if<plaint::effect_definition>(&a.what)) {
        effects.push_back(e->kind);
      } else if (const auto* r = std::get_if<plaint::raised_event>(&a.what)) {
        queue_.push_back(r->event);
      } else if (const auto* s = std::get_if<plaint::assignment>(&a.what)) {
        n = s->expression == "0" ? 0 : n + 1;
      }
    }
  }

  bool settle() {
    for (int steps = 1; !ended; ++steps) {
      if (steps > 64) {
        return false;
      }
      auto enabled = filter(select("", "", false));
      if (enabled.empty()) {
        if (queue_.empty()) {
          return true;
        }
        const auto event = queue_.front();
        queue_.pop_front();
        // Done events that nobody hears are not even raised by the engine under test: they cost it no step.
        enabled = filter(select(event, "", false));
        if (enabled.empty() && event.rfind("done.state.", 0) == 0 && !anyone_hears(event)) {
          --steps;
        }
      }
      if (!enabled.empty()) {
        microstep(enabled);
      }
    }
    return true;
  }
  [[nodiscard]] bool anyone_hears(const std::string& event) const {
    const auto any = [&](const std::vector<plaint::transition_definition>& list) {
      return std::any_of(list.begin(), list.end(), [&](const auto& t) { return !t.events.empty() && hears(t, event); });
    };
    return any(d_.transitions) ||
           std::any_of(by_name_.begin(), by_name_.end(), [&](const auto& s) { return any(s.second->transitions); });
  }

  const plaint::lifecycle_definition& d_;
  std::vector<std::string> order_{};
  std::map<std::string, int> place_{};
  std::map<std::string, const definition*> by_name_{};
  std::map<std::string, std::string> parent_{};
  std::map<std::string, std::vector<std::string>> history_{};
  std::deque<std::string> queue_{};
  names collecting_{};
};
