// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/complaint_run.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/policy/policy.hpp>

#include <string>
#include <utility>

namespace plaint {

/// A complaint after a step, and what was done. A refused event leaves the complaint equal to what it was.
struct stepped {
  plaint::complaint complaint{};
  progress did{};
};

/// Opens a complaint: enters the initial states, sets the attributes that the opening's data give, starts clocks.
///
/// The opening is the event with sequence 1; its name is not asked for. Where it is refused, the complaint handed back
/// has sequence 0 and never began.
[[nodiscard]] inline stepped open(const policy& by, std::string id, event opening) {
  opening.name = "opened";
  detail::complaint_run work(by);
  stepped out;
  work.open(out.complaint, std::move(id), opening);
  out.did = std::move(work.did());
  return out;
}

/// One event: first everything due before its effective instant, then the lifecycle's step, then the clocks.
///
/// Never throws for what an event says: refusals are values ("stale", "key-reused", "out-of-order", "unknown-field",
/// "wrong-state", "role" …). An event from before the last thing that happened is out of order; `case_file` takes such
/// late facts. Throws `std::invalid_argument` if the complaint pins another policy.
[[nodiscard]] inline stepped apply(const policy& by, complaint to, const event& what,
                                   const apply_options& options = {}) {
  detail::complaint_run work(by);
  work.apply(to, what, options);
  return {std::move(to), std::move(work.did())};
}

/// Lets time pass up to an instant: everything scheduled strictly before it happens, each at its own instant.
///
/// How often a host calls it changes nothing but `late_by`. Going back in time does nothing. Throws
/// `std::invalid_argument` if the complaint pins another policy, `horizon_error` where a calendar ends.
[[nodiscard]] inline stepped advance(const policy& by, complaint of, instant now) {
  detail::complaint_run work(by);
  work.advance(of, now);
  return {std::move(of), std::move(work.did())};
}

} // namespace plaint
