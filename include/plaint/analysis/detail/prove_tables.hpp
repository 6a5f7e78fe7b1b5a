// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/judgement.hpp>
#include <plaint/analysis/detail/table_finder.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/expr/value_text.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Decision tables: the transitions of one event in one state, all transitions of a state, the goals of a clock.
class table_proofs {
public:
  table_proofs(const case_graph& in, const policy& by) : in_(in), by_(by), chart_(in.lifecycle().chart()) {}

  [[nodiscard]] judgement judge(const property& p, const subject_set& what, const subject_set& where, bool complete) {
    auto tables = table_finder(in_, by_).tables_of(p, what, where, complete);
    if (tables.empty()) {
      return holds("there is no decision table", true);
    }
    bool asked = false;
    std::optional<judgement> nearest;
    for (auto& t : tables) {
      auto found = check(t, complete, asked);
      if (found && (!nearest || found->length() < nearest->length())) {
        nearest = std::move(found);
      }
    }
    if (nearest) {
      return std::move(*nearest);
    }
    if (!asked) {
      return holds("no history comes to a situation in which a table is asked with its attributes set", true);
    }
    auto j = holds(complete ? "some row matches, whatever the values" : "no two rows match the same values");
    if (opaque_) {
      j.verdict = proof_verdict::undecided;
      j.because = "a row hangs on time or on a clock, which cannot be enumerated";
    }
    return j;
  }

private:
  /// The programs that decide, each with who may be concerned.
  struct row {
    const program* guard = nullptr; ///< null: always
    transition_id transition = no_id;
  };

  [[nodiscard]] std::vector<row> rows_for(const rule_table& t, std::size_t actor) const {
    std::vector<row> all;
    for (const auto id : t.rows) {
      const bool may = t.event == no_id || in_.lifecycle().is_timer_event(t.event) || in_.model().may_fire(id, actor);
      if (may || t.whole_state) {
        const auto g = chart_.transitions[id].guard;
        all.push_back({g == no_program ? nullptr : &chart_.programs[g], id});
      }
    }
    for (const auto& g : t.goals) {
      all.push_back({g.is_default() ? nullptr : &g, no_id});
    }
    return all;
  }

  [[nodiscard]] std::optional<judgement> check(const rule_table& t, bool complete, bool& asked) {
    std::set<std::vector<std::vector<std::int32_t>>> seen;
    for (std::uint32_t n = 1; n < in_.node_count(); ++n) {
      if (t.clock == nullptr && t.state != no_id && !in_.is_active(n, t.state)) {
        continue;
      }
      const bool by_people = t.event != no_id && !in_.lifecycle().is_timer_event(t.event);
      const auto groups = by_people ? in_.model().groups[t.event] : std::vector<acting_group>{acting_group{}};
      for (std::size_t g = 0; g < groups.size(); ++g) {
        const auto rows = rows_for(t, groups[g].example);
        const bool open = std::none_of(rows.begin(), rows.end(), [](const row& r) { return r.guard != nullptr; });
        if (complete ? open : rows.size() < 2) { // nobody, or always; nothing to overlap with
          asked = asked || !rows.empty();
          continue;
        }
        if (auto found = check_at(t, n, groups[g].example, rows, complete, asked, seen, g)) {
          return found;
        }
      }
    }
    return std::nullopt;
  }

  struct input {
    bool field = false;
    std::uint16_t place = 0;
    bool brought = false;
    std::vector<value> options{};
    std::size_t chosen = 0;
  };

  /// What the rows read here, with the values that it can have; nothing if some attribute is not set.
  [[nodiscard]] std::optional<std::vector<input>> inputs_at(const rule_table& t, std::uint32_t n,
                                                            const std::vector<row>& rows) {
    std::vector<input> all;
    const auto& model = in_.model();
    std::set<std::uint16_t> slots;
    std::set<std::uint16_t> fields;
    const auto look = [&](const program& guard) {
      slots.insert(guard.reads().begin(), guard.reads().end());
      const auto views = views_of(guard);
      fields.insert(views.fields.begin(), views.fields.end());
      opaque_ = opaque_ || views.now || !views.clocks.empty() || !views.ladders.empty() || views.actor_id;
      return !(views.now || !views.clocks.empty() || !views.ladders.empty() || views.actor_id);
    };
    for (const auto& r : rows) {
      if (r.guard != nullptr && !look(*r.guard)) {
        return std::nullopt;
      }
    }
    const auto own = slots;
    for (const auto id : t.behind) {
      const auto g = chart_.transitions[id].guard;
      if (g != no_program && !look(chart_.programs[g])) {
        return std::nullopt;
      }
    }
    for (const auto slot : slots) {
      input in{false, slot, is_brought(t, n, slot), {}, 0};
      const auto place = model.place[slot];
      const auto code = place == no_id ? may_be_anything : in_.codes(n)[place];
      if (code >= first_value && !in.brought) {
        in.options = {model.values[slot][code - first_value]};
      } else if (code == is_unset && !in.brought) {
        if (own.count(slot) != 0) {
          return std::nullopt;
        }
        in.options = {value{}}; // a row behind is not enabled

      } else if (place != no_id && t.clock == nullptr) {
        in.options = model.values[slot];
      } else {
        value_domain domain(chart_.names.attributes[slot]);
        for (const auto& r : rows) {
          if (r.guard != nullptr) {
            domain.see(*r.guard, false);
          }
        }
        in.options = domain.values();
      }
      if (in.options.empty()) {
        return std::nullopt;
      }
      all.push_back(std::move(in));
    }
    for (const auto f : fields) {
      all.push_back({true, f, true, model.field_values[f], 0});
      if (all.back().options.empty()) {
        return std::nullopt;
      }
    }
    return all;
  }

  [[nodiscard]] bool is_brought(const rule_table& t, std::uint32_t n, std::uint16_t slot) const {
    const bool kept =
        in_.model().keeps(slot, [&](std::size_t s) { return in_.is_active(n, static_cast<state_id>(s)); });
    if (t.event == no_id) {
      return t.clock == nullptr && in_.model().use[slot] == slot_use::free && !kept;
    }
    const auto& brings = chart_.brings[t.event];
    return std::any_of(brings.begin(), brings.end(), [&](std::uint16_t f) { return chart_.field_slots[f] == slot; }) &&
           !kept;
  }

  [[nodiscard]] std::optional<judgement> check_at(const rule_table& t, std::uint32_t n, std::size_t actor,
                                                  const std::vector<row>& rows, bool complete, bool& asked,
                                                  std::set<std::vector<std::vector<std::int32_t>>>& seen,
                                                  std::size_t group) {
    const auto inputs_here = inputs_at(t, n, rows);
    if (!inputs_here) {
      return std::nullopt;
    }
    asked = true;
    auto inputs = inputs_here;
    std::vector<std::vector<std::int32_t>> key{{static_cast<std::int32_t>(group)}};
    for (const auto& i : *inputs) { // a situation that differs in nothing that is read was looked at already
      auto& part = key.emplace_back();
      part.push_back(static_cast<std::int32_t>(i.options.size()));
      const auto place = i.field ? no_id : in_.model().place[i.place];
      part.push_back(i.options.size() == 1 && place != no_id ? in_.codes(n)[place] : -1);
    }
    std::size_t combinations = 1;
    for (const auto& i : *inputs) {
      combinations *= i.options.size();
      if (combinations > most_combinations) {
        opaque_ = true;
        return std::nullopt;
      }
    }
    const bool hangs_on_states = std::any_of(
        rows.begin(), rows.end(), [](const row& r) { return r.guard != nullptr && !r.guard->states().empty(); });
    if (!hangs_on_states && !seen.insert(std::move(key)).second) {
      return std::nullopt;
    }
    std::vector<value> values = initial_values(chart_.names);
    std::vector<value> fields(chart_.names.event_fields.size());
    for (std::size_t c = 0; c < combinations; ++c) {
      std::size_t rest = c;
      for (auto& i : *inputs) {
        i.chosen = rest % i.options.size();
        rest /= i.options.size();
        (i.field ? fields : values)[i.place] = i.options[i.chosen];
      }
      if (auto found = check_values(t, n, actor, rows, complete, *inputs, values, fields)) {
        return found;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<judgement> check_values(const rule_table& t, std::uint32_t n, std::size_t actor,
                                                      const std::vector<row>& rows, bool complete,
                                                      const std::vector<input>& inputs, std::span<const value> values,
                                                      std::span<const value> fields) const {
    std::vector<std::uint64_t> bits(chart_.words);
    for (std::size_t s = 0; s < chart_.states.size(); ++s) {
      bits[s / 64] |= in_.is_active(n, static_cast<state_id>(s)) ? std::uint64_t{1} << (s % 64) : 0;
    }
    const auto& who = in_.model().actors[actor];
    const scope seen{.attributes = values,
                     .states = bits,
                     .actor = {"someone", who.role, who.side},
                     .event_name = {},
                     .event = fields,
                     .at = {}};
    const auto is = [&](const row& r) { return r.guard == nullptr || evaluate(*r.guard, seen).is == truth::yes; };
    std::vector<std::size_t> matching;
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const bool last = t.whole_state || r + 1 == rows.size();
      const bool otherwise = rows[r].guard == nullptr && last && !complete; // the row for all the rest
      if (!otherwise && is(rows[r])) {
        matching.push_back(r);
      }
    }
    if (complete && matching.empty()) {
      for (const auto id : t.behind) {
        const auto g = chart_.transitions[id].guard;
        if (in_.model().may_fire(id, actor) && (g == no_program || is({&chart_.programs[g], id}))) {
          return std::nullopt;
        }
      }
      return told(t, n, actor, inputs, t.name + " has no row for ", {});
    }
    for (std::size_t i = 0; !complete && i < matching.size(); ++i) {
      for (std::size_t j = i + 1; j < matching.size(); ++j) {
        if (differ(rows[matching[i]], rows[matching[j]]) && !falls_through(rows[matching[i]], rows[matching[j]])) {
          return told(t, n, actor, inputs,
                      t.name + " has rows " + std::to_string(matching[i] + 1) + " and " +
                          std::to_string(matching[j] + 1) + " both for ",
                      {rows[matching[i]].transition, rows[matching[j]].transition});
        }
      }
    }
    return std::nullopt;
  }

  /// True if the first row has no guard but asks for something else that the other one can do without.
  [[nodiscard]] bool falls_through(const row& a, const row& b) const {
    if (a.guard != nullptr || a.transition == no_id || b.transition == no_id) {
      return false;
    }
    const auto& x = chart_.transitions[a.transition];
    const auto asked = chart::part(chart_.slots_pool, x.require);
    const auto there = chart::part(chart_.slots_pool, chart_.transitions[b.transition].require);
    return x.within != no_id || !chart_.transition_definitions[a.transition]->reasons.empty() ||
           std::any_of(asked.begin(), asked.end(),
                       [&](auto slot) { return std::find(there.begin(), there.end(), slot) == there.end(); });
  }

  /// Rows that wait for different people do not overlap, nor do the timers of a state.
  [[nodiscard]] bool differ(const row& a, const row& b) const {
    if (a.transition == no_id || b.transition == no_id) {
      return true;
    }
    const auto& x = chart_.transitions[a.transition];
    const auto& y = chart_.transitions[b.transition];
    return x.anyone || y.anyone || (x.roles & y.roles) != 0 || (x.sides & y.sides) != 0;
  }

  /// `taken`: the rows that overlap; their event is taken and not refused.
  [[nodiscard]] judgement told(const rule_table& t, std::uint32_t n, std::size_t actor,
                               const std::vector<input>& inputs, std::string because,
                               const std::vector<transition_id>& taken) const {
    judgement j = fails("", history_to(in_, n));
    std::vector<pinned_value> data;
    for (const auto& i : inputs) {
      if (i.options[i.chosen].is_absent()) {
        continue;
      }
      const auto& declared = i.field ? chart_.names.event_fields[i.place] : chart_.names.attributes[i.place];
      j.values.push_back((i.field ? "event." : "") + declared.name + " = " +
                         to_text(i.options[i.chosen], declared.type));
      data.push_back({i.field, i.brought, i.place, i.options[i.chosen]});
    }
    for (std::size_t i = 0; i < j.values.size(); ++i) {
      because += (i == 0 ? "" : ", ") + j.values[i];
    }
    because += j.values.empty() ? "anything" : "";
    j.because = std::move(because);
    if (t.event != no_id && !in_.lifecycle().is_timer_event(t.event)) {
      for (const auto id : taken) {
        for (const auto slot : id == no_id ? std::span<const std::uint16_t>{}
                                           : chart::part(chart_.slots_pool, chart_.transitions[id].require)) {
          add_required(t, n, slot, data);
        }
      }
      j.last = judgement::refused_event{t.event, actor, std::move(data), taken.empty()};
    }
    return j;
  }

  void add_required(const rule_table& t, std::uint32_t n, std::uint16_t slot, std::vector<pinned_value>& data) const {
    const auto& values = in_.model().values[slot];
    const bool given =
        std::any_of(data.begin(), data.end(), [&](const auto& d) { return !d.is_field && d.place == slot; });
    if (!given && !values.empty() && is_brought(t, n, slot)) {
      data.push_back({false, true, slot, values.front()});
    }
  }

  static constexpr std::size_t most_combinations = 200'000;

  const case_graph& in_;
  const policy& by_;
  const chart& chart_;
  bool opaque_ = false;
};

} // namespace plaint::detail
