// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/reducer.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/policy/policy.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// A complaint after a step, and what was done. A refused event leaves the complaint equal to what it was.
struct stepped {
  plaint::complaint complaint{};
  progress did{};
};

namespace detail {

/// One microsecond after the next scheduled instant: what is due at an instant is broken once time has passed it.
[[nodiscard]] inline std::optional<instant> wake_up(const complaint& c) {
  const auto next = next_scheduled(c.clocks);
  return next ? std::optional(*next + duration{1}) : std::nullopt;
}

/// A complaint that has not begun: every attribute at its default.
[[nodiscard]] inline complaint fresh_complaint(const policy& by) {
  return {.policy = by.reference(), .attributes = initial_values(by.schema()), .clocks = std::vector<clock_state>(by.clocks().size())};
}

inline void check_pinned(const policy& by, const complaint& c) {
  if (c.policy != by.reference()) {
    throw std::invalid_argument("complaint \"" + c.id + "\" is run by " + c.policy + ", not by " + by.reference());
  }
}

/// Runs an event on a copy, so that a refusal, or a calendar that ends too early, changes nothing.
template <class Run>
stepped try_event(const policy& by, complaint before, const event& what, Run run) {
  stepped out;
  auto& refusals = out.did.refusals;
  const auto data = read_data(by, what.data, refusals);
  const auto who = view_of(by, what.actor, refusals);
  if (refusals.empty()) {
    auto trial = before;
    try {
      const occurrence happened{.event = by.lifecycle().event(what.name), .name = what.name, .data = data, .actor = who, .at = what.effective_at};
      reducer work(by, trial, out.did);
      out.did.accepted = run(work, happened);
    } catch (const horizon_error& e) {
      refusals.push_back({"past-horizon", "", e.what()});
    }
    if (refusals.empty() && out.did.accepted) {
      out.did.sequence = trial.sequence;
      before = std::move(trial);
    }
  }
  if (!refusals.empty()) {
    auto why = std::move(refusals);
    out.did = {.refusals = std::move(why)};
  }
  out.did.next_wake_up = wake_up(before);
  out.complaint = std::move(before);
  return out;
}

} // namespace detail

/// Opens a complaint: enters the initial states, sets the attributes that the opening's data give, starts clocks.
///
/// The opening is the event with sequence 1; its name is not asked for. Where it is refused, the complaint handed back has
/// sequence 0 and never began.
[[nodiscard]] inline stepped open(const policy& by, std::string id, event opening) {
  auto fresh = detail::fresh_complaint(by);
  fresh.id = std::move(id);
  fresh.opened_at = fresh.last_at = opening.effective_at;
  opening.name = "opened";
  return detail::try_event(by, std::move(fresh), opening, [&](detail::reducer& work, occurrence happened) {
    happened.event = no_id;
    return work.open(happened);
  });
}

/// One event: first everything due before its effective instant, then the lifecycle's step, then the clocks.
///
/// Never throws for what an event says: refusals are values ("out-of-order", "unknown-field", "wrong-state", "role" …). Throws
/// `std::invalid_argument` if the complaint pins another policy.
[[nodiscard]] inline stepped apply(const policy& by, complaint to, const event& what) {
  detail::check_pinned(by, to);
  if (what.effective_at < to.last_at) {
    stepped out{.complaint = std::move(to)};
    out.did.refusals.push_back({"out-of-order", what.name, "an event must not be earlier than " + to_iso8601(out.complaint.last_at) +
                                                                ", the last instant of the complaint"});
    out.did.next_wake_up = detail::wake_up(out.complaint);
    return out;
  }
  return detail::try_event(by, std::move(to), what, [&](detail::reducer& work, const occurrence& happened) {
    work.fire_before(what.effective_at, what.effective_at);
    return work.handle(happened);
  });
}

/// Lets time pass up to an instant: everything scheduled strictly before it happens, each at its own instant.
///
/// How often a host calls it changes nothing but `late_by`. Going back in time does nothing. Throws `std::invalid_argument`
/// if the complaint pins another policy, `horizon_error` where a calendar ends.
[[nodiscard]] inline stepped advance(const policy& by, complaint of, instant now) {
  detail::check_pinned(by, of);
  stepped out{.complaint = std::move(of)};
  detail::reducer work(by, out.complaint, out.did);
  work.fire_before(now, now);
  out.complaint.last_at = std::max(out.complaint.last_at, now);
  out.did.accepted = true;
  out.did.next_wake_up = detail::wake_up(out.complaint);
  return out;
}

} // namespace plaint
