// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>
#include <plaint/desk/case_log.hpp>
#include <plaint/desk/case_outcomes.hpp>
#include <plaint/policy/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// One complaint that serves case after case, changed in place: all that the bulk replay knows of complaints and
/// clocks.
class case_run {
public:
  explicit case_run(const policy& by) : by_(by), fresh_(fresh_complaint(by)), of_(fresh_), work_(by_, of_, did_) {}

  case_run(const case_run&) = delete;
  case_run& operator=(const case_run&) = delete;

  [[nodiscard]] bool open(instant at, std::span<const value> data, const actor_view& who) {
    of_ = fresh_;
    of_.opened_at = of_.last_at = at;
    forget();
    return work_.open({.event = no_id, .name = "opened", .data = data, .actor = who, .at = at});
  }

  /// False where the event is refused; what fell due before it has happened all the same. Where it throws, the
  /// complaint is left half changed.
  [[nodiscard]] bool handle(event_id event, std::string_view name, instant at, std::span<const value> data,
                            const actor_view& who) {
    forget();
    work_.fire_before(at, at);
    return work_.handle({.event = event, .name = name, .data = data, .actor = who, .at = at});
  }

  /// Lets time pass.
  void advance(instant to) {
    if (to > of_.last_at) {
      forget();
      work_.fire_before(to, to);
      of_.last_at = to;
    }
  }

  /// Why the last event was refused, as one sentence.
  [[nodiscard]] std::string why() const {
    std::string all;
    for (const auto& r : did_.reasons) {
      all += (all.empty() ? "" : "; ") + r.message;
    }
    return all;
  }

  void save() { saved_ = of_; }
  void restore() { of_ = saved_; }

  void note(std::size_t at, case_outcomes& into) const {
    const auto leaves = by_.lifecycle().leaves(of_.where);
    into.state[at] = leaves.empty() ? case_outcomes::never_opened : static_cast<std::uint16_t>(leaves.front());
    for (std::size_t i = 0; i < into.clocks.size(); ++i) {
      if (const auto* cycle = of_.clocks[i].latest()) {
        auto& columns = into.clocks[i];
        columns.due[at] = column_of(cycle->due);
        columns.started[at] = column_of(cycle->started);
        columns.stopped[at] = column_of(cycle->stopped);
        const auto breached = cycle->breached(of_.last_at);
        columns.breached[at] = breached ? column_of(*breached) : no_instant;
        columns.outcome[at] = outcome_of(*cycle);
      }
    }
  }

private:
  [[nodiscard]] static std::int64_t column_of(instant t) noexcept {
    return t == instant::max() ? no_instant : t.time_since_epoch().count();
  }

  [[nodiscard]] static clock_outcome outcome_of(const clock_cycle& cycle) noexcept {
    switch (cycle.verdict()) {
    case verdict::met:
      return clock_outcome::met;
    case verdict::missed:
      return clock_outcome::missed;
    case verdict::cancelled:
      return clock_outcome::cancelled;
    case verdict::superseded:
      return clock_outcome::superseded;
    case verdict::none:
      break;
    }
    return cycle.paused ? clock_outcome::paused : clock_outcome::running;
  }

  void forget() {
    did_.transitions.clear();
    did_.left.clear();
    did_.entered.clear();
    did_.effects.clear();
    did_.reasons.clear();
    did_.firings.clear();
    did_.rungs.clear();
  }

  policy by_;
  complaint fresh_;
  complaint of_;
  complaint saved_{};
  progress did_{};
  reducer work_;
};

} // namespace plaint::detail
