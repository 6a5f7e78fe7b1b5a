// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/reducer.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/complaint/event_document.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
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

/// What a host may demand of an event beyond the policy.
struct apply_options {
  std::optional<std::uint64_t> expected_sequence{}; ///< refused as "stale" unless the complaint is still at this one
};

namespace detail {

/// One microsecond after the next scheduled instant: what is due at an instant is broken once time has passed it.
[[nodiscard]] inline std::optional<instant> wake_up(const complaint& c) {
  return c.next == instant::max() ? std::nullopt : std::optional(c.next + duration{1});
}

/// A complaint that has not begun: every attribute at its default.
[[nodiscard]] inline complaint fresh_complaint(const policy& by) {
  return {.policy = by.reference(),
          .attributes = initial_values(by.schema()),
          .clocks = std::vector<clock_state>(by.clocks().size()),
          .ladders = std::vector<ladder_state>(by.ladders().size())};
}

inline void check_pinned(const policy& by, const complaint& c) {
  if (c.policy != by.reference()) {
    throw std::invalid_argument("complaint \"" + c.id + "\" is run by " + c.policy + ", not by " + by.reference());
  }
}

inline void sign(progress& did, const complaint& of) {
  for (auto& e : did.effects) {
    e.complaint = of.id;
  }
}

/// What the complaint says of an event's key: that it is new, or what came of it when it came first.
[[nodiscard]] inline std::optional<progress> seen_before(const complaint& c, const event& what) {
  if (what.key.empty()) {
    return std::nullopt;
  }
  const auto found =
      std::find_if(c.known.begin(), c.known.end(), [&](const known_event& k) { return k.key == what.key; });
  if (found == c.known.end()) {
    return std::nullopt;
  }
  if (found->content == content_of(what)) {
    return progress{.accepted = true, .repeated = true, .sequence = found->sequence, .next_wake_up = wake_up(c)};
  }
  progress refused{.next_wake_up = wake_up(c)};
  refused.reasons.push_back(
      {.kind = "key-reused",
       .subject = what.key,
       .message = "event " + std::to_string(found->sequence) + " has this key and says something else"});
  return refused;
}

[[nodiscard]] inline std::optional<refusal> stale(const complaint& c, const apply_options& options) {
  if (!options.expected_sequence || *options.expected_sequence == c.sequence) {
    return std::nullopt;
  }
  return refusal{.kind = "stale",
                 .subject = std::to_string(*options.expected_sequence),
                 .message = "the complaint is at " + std::to_string(c.sequence) + ", not at " +
                            std::to_string(*options.expected_sequence)};
}

/// Everything scheduled before an instant; what fell due happened just after its own: an event of that very instant
/// comes first.
inline void let_pass(reducer& work, complaint& c, instant now) {
  const auto known_until = std::exchange(c.last_at, instant::min());
  work.fire_before(now, now);
  if (c.last_at != instant::min()) {
    c.happened_at = std::max(c.happened_at, c.last_at + duration{1});
  }
  c.last_at = std::max(known_until, now);
}

/// Runs an event. A refusal, or a calendar that ends too early, changes nothing: the event takes itself back; a copy is
/// kept only where something falls due before it, or may fall due between it and the last poll.
template <class Run>
stepped try_event(const policy& by, complaint of, const event& what, Run run) {
  stepped out;
  auto& reasons = out.did.reasons;
  const auto data = read_data(by, what.data, reasons);
  const auto who = view_of(by, what.actor, reasons);
  if (auto why = beyond_time(what)) {
    reasons.push_back(*std::move(why));
  }
  if (reasons.empty()) {
    const auto polled = of.last_at;
    const auto kept = of.next < what.effective_at || what.effective_at < polled || of.sequence == 0 ? std::optional(of)
                                                                                                    : std::nullopt;
    try {
      const occurrence happened{.event = by.lifecycle().event(what.name),
                                .name = what.name,
                                .data = data,
                                .actor = who,
                                .at = what.effective_at};
      reducer work(by, of, out.did);
      out.did.accepted = run(work, happened);
      if (out.did.accepted) {
        out.did.after = of.where;
        of.happened_at = what.effective_at;
        if (what.effective_at < polled) { // what it started may have been due before the last poll
          let_pass(work, of, polled);
        }
      }
    } catch (const horizon_error& e) {
      reasons.push_back({.kind = "past-horizon", .message = e.what()});
    }
    if (reasons.empty() && out.did.accepted) {
      out.did.sequence = of.sequence;
      of.last_at = std::max(polled, what.effective_at);
      if (!what.key.empty()) {
        of.known.push_back({what.key, of.sequence, content_of(what)});
      }
    } else if (kept) {
      of = *kept;
    }
  }
  if (!reasons.empty()) {
    auto why = std::move(reasons);
    out.did = {.reasons = std::move(why)};
  }
  sign(out.did, of);
  out.did.next_wake_up = wake_up(of);
  out.complaint = std::move(of);
  return out;
}

} // namespace detail

/// Opens a complaint: enters the initial states, sets the attributes that the opening's data give, starts clocks.
///
/// The opening is the event with sequence 1; its name is not asked for. Where it is refused, the complaint handed back
/// has sequence 0 and never began.
[[nodiscard]] inline stepped open(const policy& by, std::string id, event opening) {
  auto fresh = detail::fresh_complaint(by);
  fresh.id = std::move(id);
  fresh.opened_at = fresh.last_at = fresh.happened_at = opening.effective_at;
  opening.name = "opened";
  return detail::try_event(by, std::move(fresh), opening, [&](detail::reducer& work, occurrence happened) {
    happened.event = no_id;
    return work.open(happened);
  });
}

/// One event: first everything due before its effective instant, then the lifecycle's step, then the clocks.
///
/// Never throws for what an event says: refusals are values ("stale", "key-reused", "out-of-order", "unknown-field",
/// "wrong-state", "role" …). An event from before the last thing that happened is out of order; `case_file` takes such
/// late facts. Throws `std::invalid_argument` if the complaint pins another policy.
[[nodiscard]] inline stepped apply(const policy& by, complaint to, const event& what,
                                   const apply_options& options = {}) {
  detail::check_pinned(by, to);
  if (auto known = detail::seen_before(to, what)) {
    return {std::move(to), *std::move(known)};
  }
  auto lacking = detail::stale(to, options);
  if (!lacking && what.effective_at < to.happened_at) {
    lacking = refusal{.kind = "out-of-order",
                      .subject = what.name,
                      .message = "an event must not be earlier than " + to_iso8601(to.happened_at) +
                                 ", the last instant at which something happened"};
  }
  if (lacking) {
    stepped out{.complaint = std::move(to)};
    out.did.reasons.push_back(*std::move(lacking));
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
/// How often a host calls it changes nothing but `late_by`. Going back in time does nothing. Throws
/// `std::invalid_argument` if the complaint pins another policy, `horizon_error` where a calendar ends.
[[nodiscard]] inline stepped advance(const policy& by, complaint of, instant now) {
  detail::check_pinned(by, of);
  stepped out{.complaint = std::move(of)};
  detail::reducer work(by, out.complaint, out.did);
  detail::let_pass(work, out.complaint, now);
  out.did.accepted = true;
  out.did.after = out.complaint.where;
  detail::sign(out.did, out.complaint);
  out.did.next_wake_up = detail::wake_up(out.complaint);
  return out;
}

} // namespace plaint
