// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/case_graph.hpp>
#include <plaint/analysis/detail/case_search.hpp>
#include <plaint/clock/clock_set.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace plaint::detail {

/// What is certain of a clock after a history.
struct clock_life {
  bool runs = false;  ///< certainly
  bool used = false;  ///< it may have had a cycle
  bool fresh = false; ///< the last move may have begun the cycle that runs
  bool sure = false;  ///< ... and if so, it certainly did
};

/// What the moves of cases do to clocks: the named ones first, then one for each timer of the lifecycle. What hangs on
/// values that no situation knows may happen and is not certain.
class clock_moves {
public:
  clock_moves(const case_graph& in, const policy& by) : in_(in), by_(by) {
    const auto first = by.named_clocks();
    for (std::size_t c = 0; c < first; ++c) {
      places_.push_back({c, no_id});
    }
    named_ = places_.size();
    const auto& timers = in.lifecycle().timers();
    for (std::size_t t = 0; t < timers.size(); ++t) {
      if (timers[t].kind == timer_kind::after && first + t < by.clocks().size()) {
        places_.push_back({first + t, static_cast<std::uint16_t>(t)});
      }
    }
  }

  /// The conditions of a policy's clocks that tell by attributes alone whether, when and for how long they run.
  [[nodiscard]] static std::vector<program> conditions_of(const policy& by) {
    std::vector<program> all;
    const auto add = [&](const program& p) {
      if (!p.is_default() && p.reads_attributes_only() && !p.reads().empty()) {
        all.push_back(p);
      }
    };
    for (std::size_t c = 0; c < by.named_clocks(); ++c) {
      const auto& clock = by.clocks()[c];
      add(clock.applies);
      for (const auto* list : {&clock.start, &clock.stop, &clock.cancel, &clock.waive, &clock.reset}) {
        for (const auto& t : list->all()) {
          add(t.guard);
        }
      }
      for (const auto* table : {&clock.rows, &clock.calendar_rows}) {
        std::for_each(table->rows().begin(), table->rows().end(), add);
      }
    }
    return all;
  }

  [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }
  [[nodiscard]] std::size_t named() const noexcept { return named_; }
  [[nodiscard]] const clock_definition& definition(std::size_t c) const noexcept { return at(c).definition; }

  /// The calendar by which it goes in a situation; null where values decide that are not known.
  [[nodiscard]] const calendar* hours(std::size_t c, std::uint32_t node) const {
    const auto& rows = at(c).definition.calendars;
    std::string name;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto is = rows[row].guard.empty() ? truth::yes : holds_at(at(c).calendar_rows.rows()[row], node);
      if (is == truth::unknown) {
        return nullptr;
      }
      if (is == truth::yes) {
        name = rows[row].calendar;
        break;
      }
      if (row + 1 == rows.size()) {
        return nullptr;
      }
    }
    for (const auto& each : by_.calendars()) {
      if (name.empty() || each.name == name) {
        return &each.calendar;
      }
    }
    return nullptr;
  }

  /// What is certain of it after a move, by what was before.
  [[nodiscard]] clock_life after(std::size_t c, const clock_life& was, const case_move& m) const {
    if (in_.where(m.to).terminated) {
      return {false, true};
    }
    const auto& clock = at(c);
    const auto starts = any(clock.start, m);
    const auto stops = any(clock.stop, m);
    const auto resets = any(clock.reset, m);
    const auto cancels = std::max(any(clock.cancel, m), any(clock.waive, m), less_certain);
    const bool lapses = clock.definition.cancel_when_not_applicable && holds_at(clock.applies, m.to) != truth::yes;
    const bool again = clock.definition.cycles != clock_cycles::once;
    const bool attaches = starts == truth::yes && can_begin(c, m.to) && cancels == truth::no && !lapses;
    clock_life now{.used = was.used || was.runs || starts != truth::no};
    const bool may_end = stops != truth::no || resets != truth::no || cancels != truth::no || lapses;
    if (was.runs && !may_end) {
      now.runs = true;
      return now;
    }
    now.runs = attaches && (was.runs ? again || stops == truth::no : stops == truth::no && (again || !was.used));
    now.fresh = now.runs;
    now.sure = now.runs && (!was.runs || stops == truth::yes || resets == truth::yes);
    return now;
  }

  /// By node: whether the clock runs there in every history that comes to it.
  [[nodiscard]] std::vector<bool> certainly_running(std::size_t c) const {
    std::vector<bool> used(in_.node_count());
    std::vector<bool> runs(in_.node_count(), true);
    runs[0] = false;
    for (bool changed = true; changed;) {
      changed = false;
      for (const auto& m : in_.moves()) {
        const auto now = after(c, {.runs = runs[m.from], .used = used[m.from]}, m);
        changed = changed || (runs[m.to] && !now.runs) || (!used[m.to] && now.used);
        runs[m.to] = runs[m.to] && now.runs;
        used[m.to] = used[m.to] || now.used;
      }
    }
    return runs;
  }

  /// True if the move may end its cycle in any way.
  [[nodiscard]] bool ends(std::size_t c, const case_move& m) const { return !after(c, {.runs = true}, m).runs; }

  /// True if somebody owes what the clock asks for: no window of the customer, and no time that a policy only watches.
  [[nodiscard]] bool is_owed(std::size_t c) const {
    const auto& d = definition(c);
    return d.side != clock_side::customer && d.kind != clock_kind::internal;
  }

  /// True if time cannot pass its due instant here: a promise that is kept, or a timer that leaves its state.
  [[nodiscard]] bool forces(std::size_t c, std::uint32_t node) const {
    if (c < named_) {
      return is_owed(c);
    }
    const auto& t = in_.lifecycle().timers()[places_[c].timer];
    const auto out = in_.from(node);
    return std::any_of(out.begin(), out.end(), [&](const case_move& m) { return m.event == t.event && m.moves; });
  }

  /// Whether a row of the goals matches, by what the node knows; unknown where it does not.
  [[nodiscard]] truth row_applies(std::size_t c, std::size_t row, std::uint32_t node) const {
    return holds_at(at(c).rows.rows()[row], node);
  }

private:
  struct clock_place {
    std::size_t clock = 0;
    std::uint16_t timer = no_id;
  };

  [[nodiscard]] const compiled_clock& at(std::size_t c) const noexcept { return by_.clocks()[places_[c].clock]; }

  /// Yes above unknown above no.
  static bool less_certain(truth a, truth b) noexcept {
    const auto rank = [](truth t) { return t == truth::yes ? 2 : t == truth::unknown ? 1 : 0; };
    return rank(a) < rank(b);
  }

  /// True if some goal and some calendar are certainly chosen.
  [[nodiscard]] bool can_begin(std::size_t c, std::uint32_t node) const {
    const auto& clock = at(c);
    const auto chosen = [&](const decision_table& table) {
      return table.rows().empty() || std::any_of(table.rows().begin(), table.rows().end(),
                                                 [&](const program& p) { return holds_at(p, node) == truth::yes; });
    };
    return holds_at(clock.applies, node) == truth::yes && chosen(clock.rows) && chosen(clock.calendar_rows);
  }

  /// Whether a condition holds where a move ends; unknown where it hangs on more than the node knows.
  [[nodiscard]] truth holds_at(const program& p, std::uint32_t node) const {
    if (p.is_default()) {
      return truth::yes;
    }
    const auto views = views_of(p);
    if (views.now || views.actor || !views.fields.empty() || !views.clocks.empty() || !views.ladders.empty()) {
      return truth::unknown;
    }
    auto values = initial_values(in_.lifecycle().schema());
    const auto& model = in_.model();
    for (const auto slot : p.reads()) {
      const auto place = model.place[slot];
      const auto code = place == no_id ? may_be_anything : in_.codes(node)[place];
      if (code < is_unset) {
        return truth::unknown;
      }
      values[slot] = code == is_unset ? value{} : model.values[slot][code - first_value];
    }
    std::vector<std::uint64_t> states((in_.lifecycle().state_count() + 63) / 64);
    for (std::size_t s = 0; s < in_.lifecycle().state_count(); ++s) {
      states[s / 64] |= in_.is_active(node, static_cast<state_id>(s)) ? std::uint64_t{1} << (s % 64) : 0;
    }
    return evaluate(p, scope{.attributes = values, .states = states}).is == truth::yes ? truth::yes : truth::no;
  }

  [[nodiscard]] truth any(const trigger_list& list, const case_move& m) const {
    auto is = truth::no;
    for (const auto& t : list.all()) {
      is = std::max(is, happens(t, m), less_certain);
    }
    return is;
  }

  [[nodiscard]] truth happens(const compiled_trigger& t, const case_move& m) const {
    const auto done = in_.happenings(m);
    const auto did = [&](happening_kind kind) {
      return std::find(done.begin(), done.end(), happening{kind, t.id}) != done.end();
    };
    switch (t.kind) {
    case trigger_kind::opened:
      return m.event == no_id ? holds_at(t.guard, m.to) : truth::no;
    case trigger_kind::event:
      return m.event == t.id && m.event != no_id ? holds_at(t.guard, m.to) : truth::no;
    case trigger_kind::enter:
      return did(happening_kind::entered) ? holds_at(t.guard, m.to) : truth::no;
    case trigger_kind::exit:
      return did(happening_kind::left) ? holds_at(t.guard, m.to) : truth::no;
    case trigger_kind::notice:
      return did(happening_kind::effect) ? holds_at(t.guard, m.to) : truth::no;
    default:
      break;
    }
    const auto& other = by_.clocks()[t.id];
    const auto may = [&](std::initializer_list<const trigger_list*> lists) {
      const bool is = std::any_of(lists.begin(), lists.end(), [&](auto* l) { return any(*l, m) != truth::no; });
      return is || other.definition.recurs ? truth::unknown : truth::no;
    };
    switch (t.kind) {
    case trigger_kind::start:
      return may({&other.start});
    case trigger_kind::stop:
      return may({&other.stop, &other.reset});
    case trigger_kind::cancel:
      return other.definition.cancel_when_not_applicable || in_.where(m.to).terminated
                 ? truth::unknown
                 : may({&other.cancel, &other.waive, &other.reset, &other.stop});
    default:
      return truth::unknown; // time decides
    }
  }

  const case_graph& in_;
  const policy& by_;
  std::vector<clock_place> places_{};
  std::size_t named_ = 0;
};

} // namespace plaint::detail
