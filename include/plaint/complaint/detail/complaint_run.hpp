// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/horizon_error.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/reducer.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/complaint/event_document.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

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

/// The active atomic and final states, by name.
[[nodiscard]] inline std::vector<std::string> leaf_names(const policy& by, const configuration& where) {
  std::vector<std::string> names;
  for (const auto s : by.lifecycle().leaves(where)) {
    names.push_back(by.lifecycle().name(s));
  }
  return names;
}

/// Steps of complaints under one policy, one after the other and each in place. Used again it keeps its memory.
class complaint_run {
public:
  explicit complaint_run(const policy& by) : by_(by), work_(by_, of_, did_) {}

  complaint_run(const complaint_run&) = delete;
  complaint_run& operator=(const complaint_run&) = delete;

  [[nodiscard]] const policy& rules() const noexcept { return by_; }
  /// What the last step did; whoever moves it away gives its memory with it.
  [[nodiscard]] progress& did() noexcept { return did_; }

  /// As `leaf_names`, found once for each of many configurations.
  [[nodiscard]] const std::vector<std::string>& leaves(const configuration& where) {
    for (const auto& known : leaves_) {
      if (known.where == where) {
        return known.names;
      }
    }
    if (constexpr std::size_t most = 32; leaves_.size() == most) {
      leaves_.clear();
    }
    return leaves_.emplace_back(named{where, leaf_names(by_, where)}).names;
  }

  /// As `plaint::open`; the opening is named "opened".
  void open(complaint& made, std::string id, const event& opening) {
    const auto fresh = [&] {
      made = fresh_complaint(by_);
      made.opened_at = made.last_at = made.happened_at = opening.effective_at;
    };
    fresh();
    made.id = std::move(id);
    did_.clear();
    attempt(made, opening, [&](occurrence happened) {
      happened.event = no_id;
      return work_.open(happened);
    });
    if (!did_.accepted) {
      auto name = std::move(made.id);
      fresh();
      made.id = std::move(name);
    }
    end(made);
  }

  /// As `plaint::apply`.
  void apply(complaint& to, const event& what, const apply_options& options) {
    check_pinned(by_, to);
    if (auto known = seen_before(to, what)) {
      did_ = *std::move(known);
      return;
    }
    did_.clear();
    auto lacking = stale(to, options);
    if (!lacking && what.effective_at < to.happened_at) {
      lacking = refusal{.kind = "out-of-order",
                        .subject = what.name,
                        .message = "an event must not be earlier than " + to_iso8601(to.happened_at) +
                                   ", the last instant at which something happened"};
    }
    if (lacking) {
      did_.reasons.push_back(*std::move(lacking));
    } else {
      // The event takes itself back if it is refused; a copy is kept where something falls due before it, or may fall
      // due between it and the last poll.
      const bool copied = to.next < what.effective_at || what.effective_at < to.last_at;
      if (copied) {
        kept_ = to;
      }
      attempt(to, what, [&](const occurrence& happened) {
        work_.fire_before(what.effective_at, what.effective_at);
        return work_.handle(happened);
      });
      if (!did_.accepted && copied) {
        std::swap(to, kept_);
      }
    }
    end(to);
  }

  /// As `plaint::advance`: where it throws, nothing has changed.
  void advance(complaint& of, instant now) {
    check_pinned(by_, of);
    did_.clear();
    const bool copied = of.next < now;
    if (copied) {
      kept_ = of;
    }
    try {
      const in_hand held(*this, of);
      let_pass(work_, of_, now);
    } catch (const horizon_error&) {
      std::swap(of, kept_);
      throw;
    }
    did_.accepted = true;
    did_.after = of.where;
    end(of);
  }

private:
  /// A complaint is where the reducer works on it, and back in its place at the end.
  class in_hand {
  public:
    in_hand(complaint_run& run, complaint& of) : run_(run), place_(of) {
      run_.of_ = std::move(place_);
      run_.work_.begin();
    }
    ~in_hand() { place_ = std::move(run_.of_); }
    in_hand(const in_hand&) = delete;
    in_hand& operator=(const in_hand&) = delete;

  private:
    complaint_run& run_;
    complaint& place_;
  };

  /// Runs an event. Where it is not accepted, the complaint may be left half changed by what fell due before it.
  template <class Run>
  void attempt(complaint& to, const event& what, Run run) {
    auto& reasons = did_.reasons;
    read_data(by_, what.data, data_, reasons);
    const auto who = view_of(by_, what.actor, reasons);
    if (auto why = beyond_time(what)) {
      reasons.push_back(*std::move(why));
    }
    if (!reasons.empty()) {
      return;
    }
    const in_hand held(*this, to);
    const auto polled = of_.last_at;
    try {
      did_.accepted = run(occurrence{.event = by_.lifecycle().event(what.name),
                                     .name = what.name,
                                     .data = data_,
                                     .actor = who,
                                     .at = what.effective_at});
      if (did_.accepted) {
        did_.after = of_.where;
        of_.happened_at = what.effective_at;
        if (what.effective_at < polled) { // what it started may have been due before the last poll
          let_pass(work_, of_, polled);
        }
      }
    } catch (const horizon_error& e) {
      reasons.push_back({.kind = "past-horizon", .message = e.what()});
    }
    did_.accepted = did_.accepted && reasons.empty();
    if (did_.accepted) {
      did_.sequence = of_.sequence;
      of_.last_at = std::max(polled, what.effective_at);
      if (!what.key.empty()) {
        of_.known.push_back({what.key, of_.sequence, content_of(what)});
      }
    }
  }

  void end(const complaint& of) {
    if (!did_.reasons.empty()) {
      auto why = std::move(did_.reasons);
      did_.clear();
      did_.reasons = std::move(why);
    }
    sign(did_, of);
    did_.next_wake_up = wake_up(of);
  }

  struct named {
    configuration where{};
    std::vector<std::string> names{};
  };

  policy by_;
  std::vector<named> leaves_{};
  complaint of_{};
  complaint kept_{};
  progress did_{};
  std::vector<value> data_{};
  reducer work_;
};

} // namespace detail

} // namespace plaint
