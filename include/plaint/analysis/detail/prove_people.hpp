// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/clock_moves.hpp>
#include <plaint/analysis/detail/judgement.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace plaint::detail {

/// Proofs about who may do what, what notices say, what is possible where and which clocks run.
class people_proofs {
public:
  people_proofs(const case_graph& in, const policy& by) : in_(in), by_(by) {}

  /// `allowed`: the roles named may do it and nobody else; otherwise they may not.
  [[nodiscard]] judgement roles(const property& p, const subject_set& what, bool allowed) const {
    const auto named = acting_by_name(p.words);
    bool happens = false;
    std::size_t who = 0;
    auto path = shortest_history(in_, [&](std::uint64_t, const case_move& m) {
      if (m.event == no_id || in_.lifecycle().is_timer_event(m.event) || !does(in_, m, what)) {
        return monitor_answer{};
      }
      happens = true;
      const auto wrong = in_.group(m).who & (allowed ? ~named : named);
      for (std::size_t a = 0; a < in_.model().actors.size(); ++a) {
        if (wrong.test(a)) {
          who = a;
          return monitor_answer{0, false, true};
        }
      }
      return monitor_answer{};
    });
    if (path) {
      const auto& actor = in_.model().actors[who];
      const auto name =
          !actor.role.empty() ? in_quotes(actor.role)
          : actor.side == actor_class::none
              ? std::string("somebody without a role")
              : "somebody of class " + std::string(actor_class_words[static_cast<std::size_t>(actor.side)]);
      auto j = fails(name + " can do " + written(p.subject), *path);
      j.last = judgement::refused_event{no_id, who, {}, false}; // by this one, not by the example of the group
      return j;
    }
    return happens ? holds(allowed ? "nobody else can do " + written(p.subject)
                                   : "none of them can do " + written(p.subject))
                   : holds("nobody can ever do " + written(p.subject), true);
  }

  [[nodiscard]] judgement carries(const property& p, const subject_set& what) const {
    const auto lacking = [&](const effect_definition& e) {
      std::string text;
      for (const auto& word : p.words) {
        text += effect_carries(e, word) ? "" : (text.empty() ? "" : ", ") + word;
      }
      return text;
    };
    const auto asked = [&](effect_id e) {
      return p.subject.empty() ? in_.lifecycle().effect_at(e).kind == "notice" : static_cast<bool>(what.effects[e]);
    };
    bool sent = false;
    std::string because;
    auto path = shortest_history(in_, [&](std::uint64_t, const case_move& m) {
      const bool hit = in_order(in_, m, [&](int kind, std::uint16_t id) {
        if (kind != 2 || !asked(id)) {
          return false;
        }
        sent = true;
        const auto text = lacking(in_.lifecycle().effect_at(id));
        because = text.empty() ? because : effect_text(in_.lifecycle().effect_at(id)) + " does not carry " + text;
        return !text.empty();
      });
      return monitor_answer{0, false, hit};
    });
    if (path) {
      return fails(because, *path);
    }
    for (const auto& clock : by_.definition().clocks) { // what a threshold sends hangs on time alone
      for (const auto& t : clock.thresholds) {
        for (const auto& e : t.effects) {
          const bool named = std::any_of(p.subject.begin(), p.subject.end(),
                                         [&](const property_subject& s) { return s.name == effect_subject(e); });
          if (e.kind != "notice" || !(p.subject.empty() || named)) {
            continue;
          }
          sent = true;
          if (const auto text = lacking(e); !text.empty()) {
            return fails(effect_text(e) + ", sent by clock " + in_quotes(clock.id) + " at " + t.id +
                         ", does not carry " + text);
          }
        }
      }
    }
    const auto subject = p.subject.empty() ? std::string("every notice") : written(p.subject);
    return sent ? holds(subject + " carries all of it wherever it is sent")
                : holds("no notice of this kind is ever sent", true);
  }

  [[nodiscard]] judgement possible(const property& p, const subject_set& what, const subject_set& where,
                                   bool wanted) const {
    bool any = false;
    for (std::uint32_t n = 1; n < in_.node_count(); ++n) {
      if (!(p.target.empty() ? counts(p, n) : stands_in(in_, n, where))) {
        continue;
      }
      any = true;
      std::uint32_t found = graph_none;
      for (const auto& m : in_.from(n)) {
        found = does(in_, m, what) ? static_cast<std::uint32_t>(&m - in_.moves().data()) : found;
      }
      if ((found != graph_none) == wanted) {
        continue;
      }
      auto path = history_to(in_, n);
      if (wanted) {
        return fails("nobody can do " + written(p.subject) + " in " + standing(in_, n), path);
      }
      path.push_back(found);
      return fails(written(p.subject) + " is possible in " + standing(in_, n), path);
    }
    return any ? holds(wanted ? "in each of them somebody can do " + written(p.subject)
                              : "in none of them anybody can do " + written(p.subject))
               : holds("no history comes there", true);
  }

  [[nodiscard]] judgement has_clock(const property& p, const subject_set& where) const {
    const auto asked = waiting_states(p, where);
    bool any = false;
    const clock_moves clocks(in_, by_);
    constexpr std::size_t most = 32;
    auto path = shortest_history(in_, [&](std::uint64_t state, const case_move& m) { // two bits for each clock
      bool running = false;
      for (std::size_t c = 0; c < clocks.named() && c < most; ++c) {
        const auto shift = 2 * c;
        const auto now = clocks.after(c, {.runs = (state >> shift & 1U) != 0, .used = (state >> shift & 2U) != 0}, m);
        state &= ~(std::uint64_t{3} << shift);
        state |= std::uint64_t{(now.runs ? 1U : 0U) | (now.used ? 2U : 0U)} << shift;
        running = running || now.runs;
      }
      const bool waits = stands_in(in_, m.to, asked);
      any = any || waits;
      return monitor_answer{state, false, waits && !running && !times_out(m.to)};
    });
    if (path) {
      return fails("no clock runs in " + standing(in_, in_.moves()[path->back()].to), *path);
    }
    return any ? holds("a clock runs in each of them") : holds("there are no such states", true);
  }

  /// Are these attributes set whenever something of the target has happened?
  [[nodiscard]] judgement always_set(const property& p, const subject_set& where) const {
    const auto& model = in_.model();
    bool any = false;
    std::string lacking;
    auto path = shortest_history(in_, [&](std::uint64_t, const case_move& m) {
      if (!does(in_, m, where)) {
        return monitor_answer{};
      }
      any = true;
      for (const auto& name : p.words) {
        const auto slot = by_.schema().slot(name);
        const auto place = slot ? model.place[*slot] : no_id;
        const bool set =
            place != no_id && in_.codes(m.to)[place] != may_be_anything && in_.codes(m.to)[place] != is_unset;
        if (!set) {
          lacking = name;
          return monitor_answer{0, false, true};
        }
      }
      return monitor_answer{};
    });
    if (path) {
      return fails(in_quotes(lacking) + " need not be set at " + written(p.target), *path);
    }
    return any ? holds("they are set at " + written(p.target) + " in every history")
               : holds("no history comes to " + written(p.target), true);
  }

private:
  static constexpr std::uint32_t graph_none = 0xffffffff;

  [[nodiscard]] acting_set acting_by_name(const std::vector<std::string>& names) const {
    acting_set all;
    const auto& actors = in_.model().actors;
    for (const auto& name : names) {
      const bool role = std::any_of(actors.begin(), actors.end(), [&](const acting& a) { return a.role == name; });
      const auto side = std::find(actor_class_words.begin(), actor_class_words.end(), name) - actor_class_words.begin();
      for (std::size_t a = 0; a < actors.size(); ++a) {
        if (role ? actors[a].role == name : static_cast<std::ptrdiff_t>(actors[a].side) == side) {
          all.set(a);
        }
      }
    }
    return all;
  }

  [[nodiscard]] bool is_open(std::uint32_t n) const {
    const auto& active = in_.active(n);
    for (std::size_t s = 0; s < active.size(); ++s) {
      if (active[s] && is_end(in_.lifecycle(), static_cast<state_id>(s))) {
        return false;
      }
    }
    return !in_.where(n).terminated;
  }
  [[nodiscard]] bool counts(const property& p, std::uint32_t n) const {
    if (!p.words.empty() && p.words.front() == "any") {
      return true;
    }
    if (!p.words.empty() && p.words.front() == "waiting") {
      return is_open(n) && stands_in(in_, n, waiting_states(p, subject_set(in_.lifecycle())));
    }
    return is_open(n) == (p.words.empty() || p.words.front() != "closed");
  }

  /// Those asked for; else those tagged waiting; else those named for it; else all that are open.
  [[nodiscard]] subject_set waiting_states(const property& p, const subject_set& where) const {
    if (!p.subject.empty()) {
      return where;
    }
    const auto& l = in_.lifecycle();
    const auto pick = [&](const auto& test) {
      subject_set set(l);
      for (std::size_t s = 0; s < set.states.size(); ++s) {
        const auto id = static_cast<state_id>(s);
        set.states[s] = l.type_of(id) == state_type::atomic && !is_end(l, id) && test(id);
      }
      return set;
    };
    if (!p.words.empty() && p.words.front() == "waiting") {
      auto tagged = pick([&](state_id s) {
        const auto& tags = l.state_at(s).tags;
        return std::find(tags.begin(), tags.end(), "waiting") != tags.end();
      });
      if (tagged.has_states()) {
        return tagged;
      }
      auto named =
          pick([&](state_id s) { return l.name(s).starts_with("awaiting") || l.name(s).starts_with("waiting"); });
      if (named.has_states()) {
        return named;
      }
    }
    return pick([](state_id) { return true; });
  }

  [[nodiscard]] bool times_out(std::uint32_t n) const {
    for (const auto& m : in_.from(n)) {
      if (m.moves && in_.lifecycle().is_timer_event(m.event)) {
        return true;
      }
    }
    return false;
  }

  const case_graph& in_;
  const policy& by_;
};

} // namespace plaint::detail
