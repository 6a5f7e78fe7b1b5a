// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/detail/rerun_under.hpp>
#include <plaint/policy/policy.hpp>

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// How one clock did over many complaints.
struct clock_tally {
  std::size_t cycles = 0;
  std::size_t met = 0;
  std::size_t missed = 0;
  std::size_t cancelled = 0; ///< or superseded
  std::size_t open = 0;
  std::size_t breached = 0; ///< broken, whether still open or not

  friend bool operator==(const clock_tally&, const clock_tally&) = default;
};

/// Journals run under two policies, side by side.
struct what_if_result {
  std::map<std::string, clock_tally> before{}; ///< by clock
  std::map<std::string, clock_tally> after{};
  std::size_t complaints = 0;
  std::vector<std::pair<std::string, std::string>>
      impossible{}; ///< complaint, and why the other policy could not have led it so
};

namespace detail {

inline void tally(const policy& by, const complaint& c, instant as_of, std::map<std::string, clock_tally>& into) {
  for (std::size_t i = 0; i < by.named_clocks(); ++i) {
    auto& t = into[by.clocks()[i].definition.id];
    for (const auto& cycle : c.clocks[i].cycles) {
      ++t.cycles;
      t.met += cycle.verdict() == verdict::met ? 1U : 0U;
      t.missed += cycle.verdict() == verdict::missed ? 1U : 0U;
      t.cancelled += cycle.verdict() == verdict::cancelled || cycle.verdict() == verdict::superseded ? 1U : 0U;
      t.open += cycle.is_open() ? 1U : 0U;
      t.breached += cycle.breached(as_of) ? 1U : 0U;
    }
  }
}

} // namespace detail

/// What would have come of these complaints under another policy: a goal of 3 days instead of 5, another calendar. Both
/// sides are run again from the journals and looked at as of one instant; nobody is asked to do anything.
[[nodiscard]] inline what_if_result what_if(const policy& now, const policy& other, std::span<const journal> journals,
                                            instant as_of) {
  what_if_result out;
  for (const auto& j : journals) {
    auto before = detail::rerun_under(now, j);
    auto after = detail::rerun_under(other, j);
    if (before.fault || after.fault) {
      out.impossible.emplace_back(j.complaint, (before.fault ? before : after).fault->why);
      continue;
    }
    (void)advance(now, before.file, as_of);
    (void)advance(other, after.file, as_of);
    ++out.complaints;
    detail::tally(now, before.file.now, as_of, out.before);
    detail::tally(other, after.file.now, as_of, out.after);
  }
  return out;
}

} // namespace plaint
