// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/byte_archive.hpp>
#include <plaint/error.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/lifecycle/snapshot_names.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <unordered_set>

namespace plaint::detail {

/// What the sum over stored bytes does not tell: a complaint that this policy could not have. Throws `bad_bytes`.
class stored_check {
public:
  explicit stored_check(const policy& by) : by_(by) {}

  void all(const complaint& c) {
    sizes(c.attributes.size(), c.clocks.size(), c.ladders.size());
    for (std::size_t i = 0; i < c.attributes.size(); ++i) {
      attribute(i, c.attributes[i]);
    }
    for (std::size_t i = 0; i < c.clocks.size(); ++i) {
      for (const auto& cycle : c.clocks[i].cycles) {
        ledger(by_.clocks()[i], cycle);
      }
    }
    where(c.where);
  }

  void sizes(std::size_t attributes, std::size_t clocks, std::size_t ladders) const {
    if (attributes != by_.schema().attributes.size() || clocks != by_.clocks().size() ||
        ladders != by_.ladders().size()) {
      throw bad_bytes("a complaint has another number of attributes, clocks or ladders");
    }
  }
  void attribute(std::size_t place, const value& v) const {
    if (misfit(by_.schema().attributes[place], v)) {
      throw bad_bytes("an attribute is outside of its range");
    }
  }

  /// What a ledger refers to must be there.
  static void ledger(const compiled_clock& by, const clock_cycle& y) {
    bool known = !y.generations.empty() && !y.segments.empty();
    for (const auto& g : y.generations) {
      known = known && is_known(by, g.row, g.calendar);
    }
    for (const auto& s : y.segments) {
      known = known && s.generation < y.generations.size() && is_known(by, 0, s.calendar);
    }
    for (const auto& f : y.fired) {
      known = known && f.threshold < by.thresholds.size();
    }
    must_be(known);
  }
  [[nodiscard]] static bool is_known(const compiled_clock& by, std::size_t row, std::size_t calendar) noexcept {
    return row < by.goals.size() && calendar < std::max<std::size_t>(1, by.calendars.size());
  }
  static void must_be(bool known) {
    if (!known) {
      throw bad_bytes("a clock is not as the policy has it");
    }
  }

  void where(const configuration& c) {
    if (known_.contains(c)) {
      return;
    }
    try {
      if (configuration_of(by_.lifecycle(), names_of(by_.lifecycle(), c)) == c) {
        known_.insert(c);
        return;
      }
    } catch (const policy_error&) { // told below
    }
    throw bad_bytes("a configuration does not exist");
  }

private:
  const policy& by_;
  std::unordered_set<configuration> known_{};
};

} // namespace plaint::detail
