// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/desk/case_log.hpp>
#include <plaint/desk/case_outcomes.hpp>
#include <plaint/desk/detail/log_run.hpp>
#include <plaint/policy/policy.hpp>

namespace plaint {

/// Runs recorded complaints through a policy: what `open`, `apply` and `advance` would make of each, in bulk.
///
/// A refused event changes nothing and is noted with its reason; where the opening is refused, so are the events behind
/// it. What a calendar's horizon cuts off counts as refused. Effects are not collected. Throws `std::invalid_argument`
/// where the columns do not fit each other or the policy.
[[nodiscard]] inline case_outcomes replay_cases(const policy& by, const case_log& log) {
  return detail::log_run(by, log).run();
}

} // namespace plaint
