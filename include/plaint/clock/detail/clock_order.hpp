// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/compiled_clock.hpp>
#include <plaint/expr/detail/code.hpp>
#include <plaint/pointer.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plaint::detail {

/// Which clocks a program asks for, and whether it asks for ladders.
[[nodiscard]] inline std::vector<std::uint16_t> clocks_read(const program& p) {
  std::vector<std::uint16_t> all;
  for (const auto& i : p.code().instructions) {
    if (i.op == opcode::clock) {
      all.push_back(static_cast<std::uint16_t>(i.b));
    }
  }
  return all;
}

/// Orders clocks so that each comes after those that it is triggered by; a ring of such is a fault, as no bound of
/// steps could be given for it.
class clock_order {
public:
  clock_order(std::vector<compiled_clock>& clocks, findings& out)
      : clocks_(clocks), out_(out), mark_(clocks.size()), watched_(clocks.size()) {
    for (auto& c : clocks) {
      needs_.push_back(needs_of(c));
    }
    for (std::size_t i = 0; i < clocks.size(); ++i) {
      visit(static_cast<std::uint16_t>(i));
    }
  }

  [[nodiscard]] const std::vector<std::uint16_t>& all() const noexcept { return order_; }
  [[nodiscard]] const std::vector<bool>& watched() const noexcept { return watched_; }

private:
  enum class state : unsigned char { unseen, open, done };

  [[nodiscard]] std::vector<std::uint16_t> needs_of(compiled_clock& c) {
    std::vector<std::uint16_t> all;
    const auto add = [&](const trigger_list& list, std::uint16_t act) {
      c.acts.add(list, act);
      for (const auto& t : list.all()) {
        if (is_of_clock(t.kind)) {
          all.push_back(t.id);
        }
        read(t.guard, all);
      }
    };
    add(c.start, clock_act::start);
    add(c.stop, clock_act::stop);
    add(c.cancel, clock_act::cancel);
    add(c.waive, clock_act::waive);
    add(c.reset, clock_act::reset);
    if (c.pause) {
      add(c.pause->on, clock_act::pause);
      add(c.pause->resume, clock_act::resume);
      add(c.pause->ends, clock_act::end_pause);
      for (const auto& p : c.pause->conditions) {
        read(p, all);
      }
    }
    for (const auto& e : c.extensions) {
      add(e.on, clock_act::extend);
      add(e.revoke, clock_act::extend);
    }
    c.any_step = c.definition.cancel_when_not_applicable || (c.pause && !c.pause->conditions.empty());
    if (c.outer != no_id) {
      all.push_back(c.outer);
    }
    for (const auto clock : all) {
      if (clock < watched_.size()) {
        watched_[clock] = true;
      }
    }
    return all;
  }

  static void read(const program& p, std::vector<std::uint16_t>& into) {
    const auto found = clocks_read(p);
    into.insert(into.end(), found.begin(), found.end());
  }

  void visit(std::uint16_t c) {
    if (c >= clocks_.size() || mark_[c] == state::done) {
      return;
    }
    if (mark_[c] == state::open) {
      const auto& d = clocks_[c].definition;
      out_.push_back({"clock-cycle",
                      "clock \"" + d.id + "\" is moved by what it moves itself",
                      d.pointer.empty() ? child("/clocks", d.id) : d.pointer,
                      {}});
      return;
    }
    mark_[c] = state::open;
    for (const auto needed : needs_[c]) {
      visit(needed);
    }
    mark_[c] = state::done;
    order_.push_back(c);
  }

  std::vector<compiled_clock>& clocks_;
  findings& out_;
  std::vector<state> mark_;
  std::vector<bool> watched_;
  std::vector<std::vector<std::uint16_t>> needs_{};
  std::vector<std::uint16_t> order_{};
};

} // namespace plaint::detail
