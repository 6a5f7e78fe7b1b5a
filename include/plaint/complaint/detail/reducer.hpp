// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_engine.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/effect_writer.hpp>
#include <plaint/complaint/detail/note_stay.hpp>
#include <plaint/complaint/detail/read_event.hpp>
#include <plaint/complaint/detail/refusals.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/ladder/ladder_engine.hpp>
#include <plaint/lifecycle/step.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The next thing that time alone will do to a complaint.
[[nodiscard]] inline instant next_of(const complaint& c) noexcept {
  return std::min(next_scheduled(c.clocks).value_or(instant::max()), next_rung(c.ladders).value_or(instant::max()));
}

/// Runs one complaint by its policy, in place: what fell due, then the event. A refused event changes nothing; what has
/// happened in `fire_before` stays. Used again it keeps its memory, and a step without effects allocates nothing.
class reducer {
public:
  reducer(const policy& by, complaint& of, progress& did)
      : by_(by), of_(of), did_(did), effects_(by, of, did), owner_(by.schema().slot("owner").value_or(no_id)),
        unit_(by.schema().slot("unit").value_or(no_id)) {
    facts_.reason_field = by.schema().event_field("reason").value_or(no_id);
    facts_.seen.clocks = seen_event_.clocks = clock_readings();
    facts_.seen.ladders = seen_event_.ladders = ladder_readings();
  }

  reducer(const reducer&) = delete; // what is seen points into it
  reducer& operator=(const reducer&) = delete;

  /// Another complaint stands in the place of the one before.
  void begin() noexcept { sent_now_ = 0; }

  [[nodiscard]] bool open(const occurrence& what) {
    for (std::size_t i = 0; i < what.data.size();
         ++i) { // the initial states, their guards and clocks see what was given
      const auto slot = by_.schema().slot(by_.schema().event_fields[i].name);
      if (slot && !what.data[i].is_absent()) {
        of_.attributes[*slot] = what.data[i];
      }
    }
    start(by_.lifecycle(), of_.attributes, what, memory_, result_);
    sent_now_ = 0;
    return take(what, true, true);
  }

  /// An event that somebody sent; false if it is refused, the complaint is then as it was.
  [[nodiscard]] bool handle(const occurrence& what) {
    sent_now_ = 0;
    return run(what, true);
  }

  /// Everything scheduled strictly before an instant, each at its own; `noticed` is when the host looks.
  void fire_before(instant before, instant noticed) {
    if (of_.next >= before) {
      return;
    }
    effects_.begin_catching_up();
    noticed_ = noticed;
    while (of_.next < before) {
      fire_one(before);
    }
  }

private:
  // --- events ---

  [[nodiscard]] bool run(const occurrence& what, bool sent) {
    read_at(*what.at);
    auto& seen = seen_event_; // field by field: it is large, and asked for with every step
    seen.event = what.event;
    seen.name = what.name;
    seen.data = what.data;
    seen.actor.be(what.actor);
    seen.at = what.at;
    if (!by_.lifecycle().timers().empty()) {
      note_lapsed(*what.at);
      seen.lapsed = lapsed_;
    }
    plaint::step(by_.lifecycle(), of_.where, of_.attributes, seen, memory_, result_);
    return take(what, false, sent);
  }

  [[nodiscard]] bool take(const occurrence& what, bool opened, bool sent) {
    if (!result_.accepted) {
      for (const auto& r : result_.reasons) {
        did_.reasons.push_back(by_name(by_.lifecycle(), r));
      }
      return false;
    }
    const bool moves = !result_.left.empty() || !result_.entered.empty();
    if (moves) {
      std::swap(of_.where, result_.after);
      read_at(*what.at);
    }
    swap_changes();
    auto& facts = facts_at(*what.at);
    facts.opened = opened;
    facts.sent = sent && !opened;
    facts.ended = of_.where.terminated;
    facts.event = what.event;
    facts.sequence = sent ? of_.sequence + 1 : 0;
    facts.entered = result_.entered;
    facts.left = result_.left;
    facts.effects = result_.effects;
    facts.changes = result_.changes;
    facts.seen.actor.be(what.actor);
    facts.seen.event_name = what.name;
    facts.seen.event = what.data;
    if (!move(facts)) {
      swap_changes();
      if (moves) {
        std::swap(of_.where, result_.after);
      }
      return false;
    }
    of_.last_at = *what.at;
    of_.sequence += sent ? 1 : 0;
    did_.transitions.insert(did_.transitions.end(), result_.taken.begin(), result_.taken.end());
    note_states(did_.left, result_.left);
    note_states(did_.entered, result_.entered);
    follow(*what.at);
    effects_.step(result_, what, !sent);
    noticed_ = sent ? *what.at : noticed_;
    tell(facts.seen);
    send_raised(*what.at);
    of_.next = next_of(of_);
    return true;
  }

  /// Clocks and ladders; false, with everything taken back, where one of them refuses the event.
  [[nodiscard]] bool move(clock_facts& facts) {
    clock_work_.begin();
    ladder_work_.begin();
    raised_.clear();
    if (facts.sent && !by_.clocks().refusing().empty()) {
      facts.note_kinds();
      if (const auto why = refused_by_clock(by_.clocks(), of_.clocks, facts)) {
        did_.reasons.push_back(by_name(by_, *why));
        return false;
      }
    }
    try {
      apply_step(by_.clocks(), of_.clocks, facts, clock_work_);
      climb_step(by_.ladders(), of_.ladders, of_.clocks, facts, ladder_work_, raised_);
    } catch (const horizon_error& e) {
      clock_work_.take_back(of_.clocks);
      ladder_work_.take_back(of_.ladders);
      did_.reasons.push_back({.kind = "past-horizon", .message = e.what()});
      return false;
    }
    for (const auto& f : clock_work_.firings) {
      note_raise(f);
    }
    return true;
  }

  /// Exchanges the attributes that the step has set with what they were.
  void swap_changes() {
    for (auto& change : result_.changes) {
      std::swap(of_.attributes[change.slot], change.to);
    }
  }

  // --- time ---

  void fire_one(instant before) {
    clock_work_.begin();
    ladder_work_.begin();
    raised_.clear();
    read_at(of_.next);
    auto& facts = facts_at(of_.next);
    facts.happened = &clock_work_.happened;
    const auto rung = next_rung(of_.ladders).value_or(instant::max());
    const bool clock_first = next_scheduled(of_.clocks).value_or(instant::max()) <= rung;
    std::optional<std::uint16_t> timer;
    if (clock_first) {
      const auto passed = pass_next(by_.clocks(), of_.clocks, before, facts, clock_work_);
      if (passed->clock >= by_.named_clocks()) {
        timer = static_cast<std::uint16_t>(passed->clock - by_.named_clocks());
      } else {
        pass_on(*passed, facts);
      }
    } else if (const auto raise = climb_next(by_.ladders(), of_.ladders, before, facts, ladder_work_);
               raise && *raise != no_id) {
      raised_.push_back(*raise);
    }
    of_.last_at = std::max(of_.last_at, facts.at);
    sent_now_ = facts.at == sent_at_ ? sent_now_ : 0;
    read_at(facts.at);
    if (timer) {
      run_timer(*timer, facts.at);
    } else {
      tell(facts.seen);
      send_raised(facts.at);
    }
    of_.next = next_of(of_);
  }

  /// What a clock did by itself moves those that wait for it, and the ladders.
  void pass_on(const clock_passed& passed, clock_facts& facts) {
    if (by_.clocks().is_watched(passed.clock)) {
      apply_step(by_.clocks(), of_.clocks, facts, clock_work_);
    }
    facts.note_kinds();
    climb_step(by_.ladders(), of_.ladders, of_.clocks, facts, ladder_work_, raised_);
    for (const auto& f : clock_work_.firings) {
      note_raise(f);
    }
  }

  void run_timer(std::uint16_t timer, instant at) {
    const auto& all = by_.lifecycle().timers();
    if (all[timer].kind == timer_kind::after) {
      send(all[timer].event, at);
    }
  }

  // --- events that nobody sends ---

  void note_raise(const clock_firing& f) {
    const auto& c = by_.clocks()[f.clock];
    const auto event = f.kind == firing_kind::breach                    ? c.breach_raise
                       : f.kind == firing_kind::threshold && !f.skipped ? c.thresholds[f.threshold].raise
                       : f.kind == firing_kind::exceeded                ? c.pause->close_by
                                                                        : no_id;
    if (event != no_id) {
      raised_.push_back(event);
    }
  }

  void send_raised(instant at) {
    if (raised_.empty()) {
      return;
    }
    const auto now = raised_; // each step raises its own
    for (const auto event : now) {
      send(event, at);
    }
  }

  /// A guard may have closed the way: then nothing happens, as the policy says. One instant bears as many of them as
  /// the policy's bound says.
  void send(event_id event, instant at) {
    if (sent_now_ >= by_.raises_at_once()) {
      return;
    }
    ++sent_now_;
    sent_at_ = at;
    const auto reasons = did_.reasons.size();
    (void)run({.event = event, .at = at}, false);
    did_.reasons.resize(reasons);
  }

  // --- what others see ---

  void note_lapsed(instant at) {
    const auto& timers = by_.lifecycle().timers();
    lapsed_.assign((timers.size() + 63) / 64, 0);
    for (std::size_t i = 0; i < timers.size(); ++i) {
      const auto* cycle = of_.clocks[by_.named_clocks() + i].latest();
      if (timers[i].kind == timer_kind::within && cycle != nullptr && cycle->breached(at)) {
        lapsed_[i / 64] |= std::uint64_t{1} << (i % 64);
      }
    }
  }

  void read_at(instant at) {
    seen_at_ = {&by_, &of_, at};
    if (!active_.empty() && active_in_ == of_.where) {
      return;
    }
    active_in_ = of_.where;
    with_words(by_.lifecycle().chart(), [&](auto words) {
      const opened<decltype(words)::value> now(by_.lifecycle().chart(), of_.where);
      active_.assign(now.active.word.begin(), now.active.word.end());
    });
  }

  /// What time alone means to clocks and ladders; an event adds what it brings.
  [[nodiscard]] clock_facts& facts_at(instant at) {
    auto& facts = facts_; // field by field, as above
    facts.opened = facts.sent = facts.ended = false;
    facts.event = no_id;
    facts.sequence = 0;
    facts.kinds = 0;
    facts.entered = {};
    facts.left = {};
    facts.effects = {};
    facts.changes = {};
    facts.happened = nullptr;
    facts.at = at;
    facts.opened_at = of_.opened_at;
    facts.seen.attributes = of_.attributes;
    facts.seen.states = active_;
    facts.seen.actor = {};
    facts.seen.event_name = {};
    facts.seen.event = {};
    facts.seen.at = at;
    return facts;
  }

  struct seen_at {
    const policy* by;
    const complaint* of;
    instant at;
  };

  [[nodiscard]] reading_source<clock_reading> clock_readings() const noexcept {
    return {&seen_at_, [](const void* self, std::uint16_t place) noexcept {
              const auto& seen = *static_cast<const seen_at*>(self);
              return read_clock(seen.by->clocks()[place], seen.of->clocks[place], seen.at, seen.of->attributes);
            }};
  }
  [[nodiscard]] reading_source<ladder_reading> ladder_readings() const noexcept {
    return {&seen_at_, [](const void* self, std::uint16_t place) noexcept {
              return read_ladder(static_cast<const seen_at*>(self)->of->ladders[place]);
            }};
  }

  // --- what is told ---

  void tell(const scope& seen) {
    did_.noticed = noticed_;
    for (auto f : clock_work_.firings) {
      if (f.clock >= by_.named_clocks()) {
        continue;
      }
      const auto& definition = by_.clocks()[f.clock].definition;
      const bool late = definition.catch_up == catch_up::skip_with_record && noticed_ - f.at > definition.grace;
      f.skipped = f.skipped || (late && f.kind == firing_kind::threshold);
      did_.firings.push_back(f);
      effects_.clock(f, noticed_, seen);
    }
    for (const auto& f : ladder_work_.firings) {
      did_.rungs.push_back(f);
      effects_.rung(f, noticed_, seen);
    }
    clock_work_.firings.clear();
    ladder_work_.firings.clear();
  }

  void note_states(std::vector<std::string>& into, const std::vector<state_id>& ids) {
    for (const auto id : ids) {
      into.push_back(by_.lifecycle().name(id));
    }
  }

  /// Writes down where the complaint is from now on, and whose it is.
  void follow(instant at) {
    if (result_.left.empty() && result_.entered.empty() && result_.changes.empty() && !of_.trail.empty()) {
      return;
    }
    note_stay(by_, active_, owner_, unit_, at, of_);
  }

  const policy& by_;
  complaint& of_;
  progress& did_;
  effect_writer effects_;
  std::uint16_t owner_;
  std::uint16_t unit_;
  step_memory memory_{};
  step_result result_{};
  clock_work clock_work_{};
  ladder_work ladder_work_{};
  std::vector<event_id> raised_{};
  std::vector<std::uint64_t> active_{};
  configuration active_in_{}; ///< where these states are active
  std::vector<std::uint64_t> lapsed_{};
  seen_at seen_at_{};
  occurrence seen_event_{};
  clock_facts facts_{};
  instant noticed_{};
  instant sent_at_{};
  std::uint64_t sent_now_ = 0;
};

} // namespace plaint::detail
