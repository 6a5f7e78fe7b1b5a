// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>
#include <plaint/complaint/detail/revising.hpp>
#include <plaint/complaint/journal.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// A complaint as it was after so many events in the order of their effective instants.
struct checkpoint {
  complaint state{};
  std::size_t place = 0;
};

/// What putting in a late fact came to.
struct late_result {
  complaint now{};
  configuration right_after{};
  std::size_t place = 0; ///< of the fact among the events in effective order
  progress did{};
};

/// An event and the sequence under which it is known.
struct numbered_event {
  const event* what = nullptr;
  std::uint64_t sequence = 0;
};

/// A run of several events, and where it stopped if one of them was refused.
struct folded {
  complaint now{};
  configuration right_after{}; ///< after the event of the sequence that was asked for
  std::vector<effect> effects{};
  progress refused{};
  std::uint64_t refused_at = 0;
};

/// Runs events in order from a checkpoint, or from the opening where there is none; then lets time pass up to an
/// instant.
inline folded fold(const policy& by, const std::string& id, const checkpoint* from,
                   const std::vector<numbered_event>& events, std::uint64_t watched, instant until) {
  folded f;
  std::size_t i = 0;
  if (from != nullptr) {
    f.now = from->state;
    i = from->place;
  }
  std::uint64_t latest = f.now.sequence;
  for (; i < events.size(); ++i) {
    f.now.sequence = events[i].sequence - 1; // keys of effects go by the sequence under which the host knows the event
    auto [after, did] = i == 0 ? open(by, id, *events[i].what) : apply(by, std::move(f.now), *events[i].what);
    if (!did.accepted) {
      f.refused = std::move(did);
      f.refused_at = events[i].sequence;
      return f;
    }
    f.now = std::move(after);
    latest = std::max(latest, events[i].sequence);
    f.effects.insert(f.effects.end(), did.effects.begin(), did.effects.end());
    if (events[i].sequence == watched) {
      f.right_after = did.after;
    }
  }
  f.now.sequence = latest;
  auto [after, did] = advance(by, std::move(f.now), until);
  f.now = std::move(after);
  f.effects.insert(f.effects.end(), did.effects.begin(), did.effects.end());
  std::sort(f.now.known.begin(), f.now.known.end(),
            [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
  return f;
}

/// Why a fact may not be put in so far back, or nothing.
[[nodiscard]] inline std::optional<refusal> backdating_refused(const policy& by, const complaint& c,
                                                               const event& what) {
  const auto& rule = by.definition().late_facts;
  if (what.effective_at < c.opened_at) {
    return refusal{
        .kind = "out-of-order", .subject = what.name, .message = "an event must not be earlier than the opening"};
  }
  if (!rule.within) {
    return refusal{.kind = "out-of-order",
                   .subject = what.name,
                   .message = "an event must not be earlier than " + to_iso8601(c.happened_at) +
                              ", the last instant at which something happened; the policy has no max_backdate"};
  }
  if (std::max(what.recorded_at, c.last_at) - what.effective_at > *rule.within) {
    return refusal{.kind = "too-far-back",
                   .subject = what.name,
                   .message = "a late fact may lie at most " + to_iso8601(*rule.within) + " back"};
  }
  if (!rule.by.empty() && std::find(rule.by.begin(), rule.by.end(), what.actor.role) == rule.by.end()) {
    return refusal{.kind = "role", .subject = what.actor.role, .message = "this role may not enter late facts"};
  }
  return std::nullopt;
}

/// The journal's events with one more, by effective instant and then by sequence.
[[nodiscard]] inline std::vector<numbered_event> in_effective_order(const journal& j) {
  std::vector<numbered_event> all;
  for (const auto& r : j.records) {
    all.push_back({&r.what, r.number + 1});
  }
  std::stable_sort(all.begin() + 1, all.end(),
                   [](const auto& a, const auto& b) { return a.what->effective_at < b.what->effective_at; });
  return all;
}

inline late_result insert_late(const policy& by, const complaint& before, const journal& j,
                               const std::vector<checkpoint>& known, const event& what) {
  late_result out;
  const auto refuse = [&](refusal why) {
    out.did = {};
    out.did.reasons.push_back(std::move(why));
    return std::move(out);
  };
  if (auto why = backdating_refused(by, before, what)) {
    return refuse(*std::move(why));
  }
  if (j.records.size() != before.sequence) {
    return refuse(
        {.kind = "no-journal", .subject = what.name, .message = "a late fact needs the complaint's whole journal"});
  }
  auto events = in_effective_order(j);
  const auto after_it = [&](const numbered_event& e) { return e.what->effective_at > what.effective_at; };
  const auto place = std::find_if(events.begin() + 1, events.end(), after_it);
  out.place = static_cast<std::size_t>(place - events.begin());
  const checkpoint* from = nullptr;
  for (const auto& c : known) {
    from = c.place <= out.place ? &c : from;
  }
  const auto old = fold(by, before.id, from, events, 0, before.last_at);
  const auto sequence = before.sequence + 1;
  events.insert(place, {&what, sequence});
  auto made = fold(by, before.id, from, events, sequence, before.last_at);
  if (made.refused_at == sequence) {
    out.did.reasons = std::move(made.refused.reasons);
    return out;
  }
  if (made.refused_at != 0) {
    const auto& other = j.records[made.refused_at - 1].what.name;
    return refuse({.kind = "conflict",
                   .subject = other,
                   .message = "event " + std::to_string(made.refused_at) + " (" + other +
                              ") would then not have been possible: " + made.refused.reasons.front().message});
  }
  const auto because = what.name + " (" + std::to_string(sequence) + ")";
  out.did.accepted = true;
  out.did.sequence = sequence;
  out.did.revisions = revisions_between(by, before, by, made.now, because);
  out.did.effects = compensate(old.effects, made.effects, before.id + "/" + std::to_string(sequence) + "/", sequence,
                               because, what.effective_at);
  out.did.next_wake_up = wake_up(made.now);
  out.right_after = made.right_after;
  out.now = std::move(made.now);
  return out;
}

} // namespace plaint::detail
