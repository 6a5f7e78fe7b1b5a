// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/evaluate.hpp>
#include <plaint/expr/scope.hpp>
#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/detail/refusal.hpp>
#include <plaint/lifecycle/step_result.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// Guards decided so far in one selection, so that none is evaluated twice.
class decided_guards {
public:
  void begin(std::size_t programs) {
    if (seen_.size() < programs) {
      seen_.assign(programs, 0);
    }
    turn_ += 2;
  }

  [[nodiscard]] bool decide(const chart& in, std::uint32_t guard, const scope& seen) {
    auto& known = seen_[guard];
    if (known != turn_ && known != turn_ + 1) {
      known = turn_ + (evaluate(in.programs[guard], seen) ? 1 : 0);
    }
    return known == turn_ + 1;
  }

private:
  std::vector<std::uint64_t> seen_{};
  std::uint64_t turn_ = 0;
};

/// Whether a transition can be taken. Where `why` is given, all reasons against it are appended.
class enabling {
public:
  enabling(const chart& in, const occurrence& what, const scope& seen, decided_guards& guards, bool sent,
           std::vector<reason>* why)
      : chart_(in), what_(what), scope_(seen), guards_(guards), sent_(sent), why_(why) {}

  [[nodiscard]] bool operator()(transition_id id) {
    const auto& t = chart_.transitions[id];
    if (why_ != nullptr &&
        std::any_of(why_->begin(), why_->end(), [&](const reason& r) { return r.transition == id; })) {
      return false; // reached again from another region
    }
    // The cheapest first; one refusal is enough unless somebody wants to know them all.
    bool open = true;
    const auto refuse = [&](auto&& explain) {
      open = false;
      if (why_ != nullptr) {
        explain(*why_);
      }
      return why_ == nullptr;
    };
    if (sent_ && !t.anyone && !may_fire(t) && refuse([&](auto& why) { refuse_role(chart_, id, what_.actor, why); })) {
      return false;
    }
    if (t.within != no_id && has_lapsed(t.within) && refuse([&](auto& why) { refuse_late(chart_, id, why); })) {
      return false;
    }
    for (const auto slot : chart::part(chart_.slots_pool, t.require)) {
      if (scope_.attributes[slot].is_absent() && refuse([&](auto& why) { refuse_missing(chart_, id, slot, why); })) {
        return false;
      }
    }
    if (sent_ && !gives_reason(id) && refuse([&](auto& why) { refuse_reason(chart_, id, why); })) {
      return false;
    }
    if (t.guard != no_program && !guards_.decide(chart_, t.guard, scope_) &&
        refuse([&](auto& why) { refuse_guard(chart_, id, scope_, why); })) {
      return false;
    }
    return open;
  }

private:
  [[nodiscard]] bool may_fire(const chart_transition& t) {
    if ((t.sides >> static_cast<unsigned>(what_.actor.side) & 1U) != 0) {
      return true;
    }
    if (t.roles == 0) {
      return false;
    }
    if (!role_known_) {
      role_known_ = true;
      for (std::size_t r = 0; r < chart_.roles.size(); ++r) {
        if (chart_.roles[r].name == what_.actor.role) {
          role_bit_ = std::uint64_t{1} << r;
        }
      }
    }
    return (t.roles & role_bit_) != 0;
  }

  [[nodiscard]] bool has_lapsed(std::uint16_t timer) const noexcept {
    return timer / 64U < what_.lapsed.size() && (what_.lapsed[timer / 64U] >> (timer % 64U) & 1U) != 0;
  }

  [[nodiscard]] bool gives_reason(transition_id id) const noexcept {
    const auto& allowed = chart_.transition_definitions[id]->reasons;
    if (allowed.empty()) {
      return true;
    }
    const auto written = reason_given(chart_, scope_);
    return std::find(allowed.begin(), allowed.end(), written) != allowed.end();
  }

  const chart& chart_;
  const occurrence& what_;
  const scope& scope_;
  decided_guards& guards_;
  bool sent_;
  bool role_known_ = false;
  std::uint64_t role_bit_ = 0;
  std::vector<reason>* why_;
};

} // namespace plaint::detail
