// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/case_graph.hpp>
#include <plaint/analysis/detail/case_search.hpp>
#include <plaint/expr/compile.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace plaint::detail {

/// What the moves of cases do to clocks: the named ones first, then one for each timer of the lifecycle.
class clock_moves {
public:
  clock_moves(const case_graph& in, const policy& by) : in_(in) {
    const auto& l = in.lifecycle();
    for (const auto& d : by.definition().clocks) {
      definitions_.push_back(d);
      timers_.push_back(no_id);
      hours_.push_back(hours_of(d, by));
    }
    named_ = definitions_.size();
    const auto first = by.named_clocks();
    for (std::size_t t = 0; t < l.timers().size(); ++t) {
      if (l.timers()[t].kind == timer_kind::after && first + t < by.clocks().size()) {
        definitions_.push_back(by.clocks()[first + t].definition);
        timers_.push_back(static_cast<std::uint16_t>(t));
        hours_.push_back(by.calendars().empty() ? nullptr : &by.calendars().front().calendar);
      }
    }
    for (const auto& d : definitions_) {
      auto& rows = guards_.emplace_back();
      for (const auto& g : d.goals) {
        findings ignored;
        rows.push_back(g.guard.empty() ? std::optional(program())
                                       : try_compile(g.guard, l.schema(), type::boolean(), ignored));
      }
    }
  }

  [[nodiscard]] std::size_t size() const noexcept { return definitions_.size(); }
  [[nodiscard]] std::size_t named() const noexcept { return named_; }
  [[nodiscard]] const clock_definition& definition(std::size_t c) const noexcept { return definitions_[c]; }
  [[nodiscard]] const calendar* hours(std::size_t c) const noexcept { return hours_[c]; }

  /// True if the move certainly starts the clock, where it does not run.
  [[nodiscard]] bool begins(std::size_t c, const case_move& m) const {
    const auto& d = definitions_[c];
    return d.applies.empty() && std::any_of(d.start.begin(), d.start.end(),
                                            [&](const trigger& t) { return t.guard.empty() && triggers(t, m); });
  }
  /// True if the move may end its cycle in any way.
  [[nodiscard]] bool ends(std::size_t c, const case_move& m) const {
    const auto& d = definitions_[c];
    const auto any = [&](const std::vector<trigger>& all) {
      return std::any_of(all.begin(), all.end(), [&](const trigger& t) { return triggers(t, m); });
    };
    return any(d.stop) || any(d.cancel) || any(d.waive) || any(d.reset.on);
  }

  /// By node: whether the clock runs there in every history that comes to it.
  [[nodiscard]] std::vector<bool> certainly_running(std::size_t c) const {
    std::vector<bool> runs(in_.node_count(), true);
    runs[0] = false;
    for (bool changed = true; changed;) {
      changed = false;
      for (const auto& m : in_.moves()) {
        if (runs[m.to] && !((runs[m.from] && !ends(c, m)) || begins(c, m))) {
          runs[m.to] = false;
          changed = true;
        }
      }
    }
    return runs;
  }

  /// True if somebody owes what the clock asks for: no window of the customer, and no time that a policy only watches.
  [[nodiscard]] bool is_owed(std::size_t c) const {
    const auto& d = definitions_[c];
    return d.side != clock_side::customer && d.kind != clock_kind::internal;
  }

  /// True if time cannot pass its due instant here: a promise that is kept, or a timer that leaves its state.
  [[nodiscard]] bool forces(std::size_t c, std::uint32_t node) const {
    if (c < named_) {
      return is_owed(c);
    }
    const auto& t = in_.lifecycle().timers()[timers_[c]];
    const auto out = in_.from(node);
    return std::any_of(out.begin(), out.end(), [&](const case_move& m) { return m.event == t.event && m.moves; });
  }

  /// Whether a row of the goals is the one, by what the node knows; unknown where it does not.
  [[nodiscard]] truth row_applies(std::size_t c, std::size_t row, std::uint32_t node) const {
    const auto& guard = guards_[c][row];
    if (!guard) {
      return truth::unknown;
    }
    if (guard->is_default()) {
      return truth::yes;
    }
    auto values = initial_values(in_.lifecycle().schema());
    const auto& model = in_.model();
    for (const auto slot : guard->reads()) {
      const auto place = model.place[slot];
      if (place == no_id || in_.codes(node)[place] < is_unset) {
        return truth::unknown;
      }
      const auto code = in_.codes(node)[place];
      values[slot] = code == is_unset ? value{} : model.values[slot][code - first_value];
    }
    if (!guard->reads_attributes_only()) {
      return truth::unknown;
    }
    return evaluate(*guard, scope{.attributes = values}).is == truth::yes ? truth::yes : truth::no;
  }

  [[nodiscard]] bool triggers(const trigger& t, const case_move& m) const {
    const auto& l = in_.lifecycle();
    if (t.kind == trigger_kind::opened) {
      return m.event == no_id;
    }
    if (t.kind == trigger_kind::event) {
      return m.event != no_id && m.event < l.event_count() && l.event_name(m.event) == t.name;
    }
    const auto done = in_.happenings(m);
    return std::any_of(done.begin(), done.end(), [&](const happening& h) {
      switch (t.kind) {
      case trigger_kind::enter:
        return h.kind == happening_kind::entered && l.name(h.id) == t.name;
      case trigger_kind::exit:
        return h.kind == happening_kind::left && l.name(h.id) == t.name;
      case trigger_kind::notice:
        return h.kind == happening_kind::effect && l.effect_at(h.id).kind == "notice" &&
               effect_subject(l.effect_at(h.id)) == t.name;
      default:
        return false;
      }
    });
  }

private:
  [[nodiscard]] static const calendar* hours_of(const clock_definition& d, const policy& by) {
    if (d.calendars.size() > 1 || (d.calendars.size() == 1 && !d.calendars.front().guard.empty())) {
      return nullptr; // which one, values decide
    }
    const auto name = d.calendars.empty() ? std::string{} : d.calendars.front().calendar;
    for (const auto& c : by.calendars()) {
      if (name.empty() || c.name == name) {
        return &c.calendar;
      }
    }
    return nullptr;
  }

  const case_graph& in_;
  std::vector<clock_definition> definitions_{};
  std::vector<std::uint16_t> timers_{};
  std::vector<const calendar*> hours_{};
  std::vector<std::vector<std::optional<program>>> guards_{};
  std::size_t named_ = 0;
};

} // namespace plaint::detail
