// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/case_model.hpp>
#include <plaint/analysis/detail/probe.hpp>
#include <plaint/analysis/detail/timeless.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/lifecycle/detail/stepping.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Runs a step on a complaint that is known in part: whatever a condition reads is chosen when it is read.
template <std::size_t Words>
class probing : private stepping<Words, probing<Words>> {
  using base = stepping<Words, probing<Words>>;
  friend base;
  using base::at_;
  using base::chart_;

public:
  probing(case_model& model, const configuration& from, std::span<const std::uint16_t> codes, selection_space& space,
          std::vector<way_answer>& answers)
      : base(model.in, from, space), model_(model), answers_(answers), codes_(codes.begin(), codes.end()),
        values_(initial_values(model.in.names)) {
    for (std::size_t i = 0; i < codes_.size(); ++i) {
      const auto slot = model_.tracked[i];
      values_[slot] = codes_[i] < first_value ? value{} : model_.values[slot][codes_[i] - first_value];
    }
    scope_.attributes = values_;
    scope_.states = at_.active.word;
  }

  probe begin() {
    base::begin();
    return close(true);
  }

  probe on(std::size_t column, const acting_group& by) {
    sent_ = column < chart_.first_timer || column == chart_.unknown_column();
    column_ = column;
    by_ = by;
    fields_.assign(chart_.names.event_fields.size(), value{});
    field_known_.assign(fields_.size(), false);
    scope_.event = fields_;
    scope_.event_name = column < chart_.events.size() ? std::string_view(chart_.events[column]) : "something else";
    if (sent_) {
      const auto& who = model_.actors[by.example];
      scope_.actor = {"someone", who.role, who.side};
      out_.actor_id = "someone";
      release();
    }
    const bool reacted = base::react(column);
    return close(reacted);
  }

private:
  probe close(bool reacted) {
    check_required();
    if (reacted && !failed_) {
      settle();
    }
    out_.moved = reacted && !failed_;
    out_.to = at_.closed(chart_);
    for (std::size_t i = 0; i < codes_.size(); ++i) {
      const auto slot = model_.tracked[i];
      if (model_.use[slot] == slot_use::free && codes_[i] >= is_unset && !model_.sticky[slot]) {
        codes_[i] = codes_[i] == is_unset ? may_be_anything : may_be_any_value;
      }
    }
    out_.codes = std::move(codes_);
    return std::move(out_);
  }

  /// What no later event can change before something hangs on it is settled now, so that each node is one situation.
  void settle() {
    for (const auto slot : model_.tracked) {
      if (model_.use[slot] == slot_use::own || model_.followed[slot]) {
        pin(slot);
      }
    }
    const std::size_t n = chart_.states.size();
    for (std::size_t s = at_.active.next(0, n); s < n; s = at_.active.next(s + 1, n)) {
      for (const auto slot : chart::part(chart_.slots_pool, chart_.states[s].kept)) {
        pin(slot);
      }
      for (const auto slot : model_.timer_slots[s]) {
        pin(slot);
      }
    }
    for (const auto slot : model_.timer_slots.back()) {
      pin(slot);
    }
  }

  /// What the event's data may set is open again.
  void release() {
    brought_.assign(chart_.names.attributes.size(), false);
    for (const auto f : chart_.brings[column_]) {
      const auto slot = chart_.field_slots[f];
      const auto place = model_.place[slot];
      if (place == no_id || model_.keeps(slot, [&](std::size_t s) { return at_.active.test(s); })) {
        continue;
      }
      brought_[slot] = true;
      codes_[place] =
          codes_[place] == is_unset || codes_[place] == may_be_anything ? may_be_anything : may_be_any_value;
    }
  }

  std::size_t choose(std::size_t of) {
    if (asked_ == answers_.size()) {
      answers_.push_back({0, static_cast<std::uint16_t>(std::min<std::size_t>(of, 0xffff))});
    }
    return answers_[asked_++].chosen;
  }

  /// Settles what an attribute holds.
  void pin(std::uint16_t slot) {
    const auto place = model_.place[slot];
    if (place == no_id || codes_[place] >= is_unset) {
      return;
    }
    const auto& all = model_.values[slot];
    const bool may_lack = codes_[place] == may_be_anything && may_be_absent(slot);
    if (all.empty() && !may_lack) {
      fail();
      return;
    }
    const auto answer = choose(all.size() + (may_lack ? 1 : 0));
    const bool unset = answer == all.size();
    codes_[place] = unset ? is_unset : static_cast<std::uint16_t>(first_value + answer);
    values_[slot] = unset ? value{} : all[answer];
    out_.pins.push_back({false, slot < brought_.size() && brought_[slot], slot, values_[slot]});
  }
  [[nodiscard]] bool may_be_absent(std::uint16_t slot) const {
    return chart_.names.attributes[slot].initial.is_absent();
  }

  /// Whether it is set, without saying to what.
  [[nodiscard]] bool is_set(std::uint16_t slot) {
    const auto place = model_.place[slot];
    auto& code = codes_[place];
    if (code == may_be_anything) {
      const bool set = !may_be_absent(slot) || choose(2) == 0;
      code = set ? may_be_any_value : is_unset;
      if (!set || model_.values[slot].empty()) {
        values_[slot] = value{};
      }
      out_.pins.push_back({false, slot < brought_.size() && brought_[slot], slot,
                           set && !model_.values[slot].empty() ? model_.values[slot].front() : value{}});
    }
    return code != is_unset;
  }

  void pin_field(std::uint16_t field) {
    if (field_known_.empty() || field_known_[field]) {
      return;
    }
    field_known_[field] = true;
    const auto slot = chart_.field_slots[field];
    const auto place = slot == no_id ? no_id : model_.place[slot];
    if (place != no_id && slot < brought_.size() && brought_[slot]) { // the field and the attribute are one from now on
      pin(slot);
      const bool given = codes_[place] != is_unset && choose(2) == 0;
      fields_[field] = given ? values_[slot] : value{};
    } else {
      const auto& all = model_.field_values[field];
      const auto answer = choose(all.size() + 1);
      fields_[field] = answer == all.size() ? value{} : all[answer];
    }
    out_.pins.push_back({true, true, field, fields_[field]});
  }

  /// Settles everything that a program reads. False if it hangs on what no node knows.
  bool settle_reads(std::uint32_t p) {
    for (const auto s : chart_.programs[p].reads()) {
      pin(s);
    }
    const auto& seen = model_.views[p];
    for (const auto f : seen.fields) {
      pin_field(f);
    }
    if (seen.actor_id && sent_ && !id_known_) {
      id_known_ = true;
      out_.actor_id = choose(2) == 0 ? "someone" : "somebody else";
      scope_.actor.id = out_.actor_id == "someone" ? "someone" : "somebody else";
    }
    return !seen.now && seen.clocks.empty() && seen.ladders.empty();
  }

  [[nodiscard]] bool decide(std::uint32_t p) {
    if (!settle_reads(p)) {
      const auto& code = chart_.programs[p].code();
      const auto open = answer_without_time(code, code.shape, scope_);
      if (!open.yes || !(open.no || open.unknown)) {
        return open.yes;
      }
      for (const auto& [known, answer] : guessed_) {
        if (known == p) {
          return answer;
        }
      }
      const bool yes = choose(2) == 0;
      out_.guessed = true;
      guessed_.emplace_back(p, yes);
      return yes;
    }
    return evaluate(chart_.programs[p], scope_).is == truth::yes;
  }

  void selecting() { scope_.states = at_.active.word; }

  [[nodiscard]] bool enabled(transition_id id) {
    const auto& t = chart_.transitions[id];
    if (failed_ || (sent_ && !model_.may_fire(id, by_.example))) {
      return false;
    }
    if (t.within != no_id && has_lapsed(t.within)) {
      return false;
    }
    for (const auto slot : chart::part(chart_.slots_pool, t.require)) {
      if (!is_set(slot)) {
        return false;
      }
    }
    if (sent_ && !gives_reason(id)) {
      return false;
    }
    return t.guard == no_program || decide(t.guard);
  }

  [[nodiscard]] bool has_lapsed(std::uint16_t timer) {
    for (const auto& [known, answer] : lapsed_) {
      if (known == timer) {
        return answer;
      }
    }
    const bool is = choose(2) == 1;
    lapsed_.emplace_back(timer, is);
    if (is) {
      out_.lapsed.push_back(timer);
    }
    return is;
  }

  [[nodiscard]] bool gives_reason(transition_id id) {
    const auto& allowed = chart_.transition_definitions[id]->reasons;
    if (allowed.empty()) {
      return true;
    }
    const auto& codes = model_.reasons[column_];
    if (!reason_known_) {
      reason_known_ = true;
      const auto answer = choose(codes.size() + 1);
      out_.reason = answer == codes.size() ? std::string{} : codes[answer];
    }
    return std::find(allowed.begin(), allowed.end(), out_.reason) != allowed.end();
  }

  void run(stretch32 code, state_id, transition_id) {
    for (auto i = code.begin; i < code.end && !failed_;) {
      const auto& d = chart_.code[i];
      ++i;
      switch (d.kind) {
      case deed_kind::assign:
        assign(d);
        break;
      case deed_kind::emit:
        out_.happenings.push_back({happening_kind::effect, d.subject});
        break;
      case deed_kind::raise:
        base::raise(d.subject);
        break;
      case deed_kind::skip:
        i = d.target;
        break;
      case deed_kind::skip_unless:
        if (!decide(d.argument)) {
          i = d.target;
        }
        break;
      }
    }
  }

  void assign(const deed& d) {
    const auto slot = d.subject;
    const auto place = model_.place[slot];
    if (d.argument == no_program) {
      store(slot, place, value{});
      note_set(place, false);
      return;
    }
    const auto& p = chart_.programs[d.argument];
    value to;
    if (settle_reads(d.argument)) {
      to = compute(p, scope_).value;
    } else if (place == no_id) {
      return; // time or a clock goes into what nothing asks for
    } else {
      out_.guessed = true;
      const auto& all = model_.values[slot];
      to = all.empty() ? value{} : all[choose(all.size())];
    }
    if (to.is_absent() || chart_.names.check(slot, to)) {
      fail();
      return;
    }
    const auto* before = values_[slot].template get_if<std::int64_t>();
    const auto* after = to.template get_if<std::int64_t>();
    note_set(place, before != nullptr && after != nullptr && *after > *before);
    store(slot, place, hold(slot, std::move(to)));
  }

  [[nodiscard]] value hold(std::uint16_t slot, value v) {
    const auto& window = model_.window[slot];
    const auto* i = v.template get_if<std::int64_t>();
    return window && i != nullptr ? value(std::clamp(*i, window->first, window->second)) : v;
  }

  void note_set(std::uint16_t place, bool up) {
    if (place == no_id || place >= 64) {
      return;
    }
    auto& into = up ? out_.raised_counts : out_.other_sets;
    into |= std::uint64_t{1} << place;
  }

  void store(std::uint16_t slot, std::uint16_t place, value v) {
    if (place == no_id) {
      return; // nothing looks at it
    }
    auto& known = model_.values[slot];
    if (v.is_absent()) {
      codes_[place] = is_unset;
    } else {
      auto found = std::find(known.begin(), known.end(), v);
      if (found == known.end()) {
        known.push_back(v);
        found = known.end() - 1;
      }
      codes_[place] = static_cast<std::uint16_t>(first_value + (found - known.begin()));
    }
    values_[slot] = std::move(v);
    guessed_.clear();
  }

  void check_required() {
    const std::size_t n = chart_.states.size();
    for (std::size_t s = at_.active.next(0, n); s < n && !failed_; s = at_.active.next(s + 1, n)) {
      for (const auto slot : chart::part(chart_.slots_pool, chart_.states[s].required)) {
        if (!is_set(slot)) {
          fail();
        }
      }
    }
  }

  void fail() noexcept { failed_ = true; }
  void took(transition_id) { sent_ = false; }
  void left(state_id s) { out_.happenings.push_back({happening_kind::left, s}); }
  void entered(state_id s) { out_.happenings.push_back({happening_kind::entered, s}); }
  void handles(event_id e) { scope_.event_name = chart_.events[e]; }
  void discarded(event_id) {}
  [[nodiscard]] bool failed() const noexcept { return failed_; }
  void overrun() { fail(); }

  case_model& model_;
  std::vector<way_answer>& answers_;
  std::size_t asked_ = 0;
  std::vector<std::uint16_t> codes_;
  std::vector<value> values_;
  std::vector<value> fields_{};
  std::vector<bool> field_known_{};
  std::vector<bool> brought_{};
  std::vector<std::pair<std::uint32_t, bool>> guessed_{};
  std::vector<std::pair<std::uint16_t, bool>> lapsed_{};
  scope scope_{};
  probe out_{};
  acting_group by_{};
  std::size_t column_ = 0;
  bool sent_ = false;
  bool failed_ = false;
  bool reason_known_ = false;
  bool id_known_ = false;
};

} // namespace plaint::detail
