// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_engine.hpp>
#include <plaint/complaint/detail/effect_writer.hpp>
#include <plaint/desk/detail/effect_mould.hpp>
#include <plaint/desk/detail/lone_clocks.hpp>
#include <plaint/desk/detail/packed_clock.hpp>
#include <plaint/desk/detail/packed_scan.hpp>
#include <plaint/desk/detail/packing.hpp>
#include <plaint/desk/detail/working_case.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// Lets time pass for a packed complaint where only clocks have something to do that concerns nobody else: those are
/// unpacked, and only what they have changed is written anew. What comes of it is what the reducer makes of the whole
/// complaint.
class quick_wake {
public:
  quick_wake(const policy& by, const std::vector<value>& initial, working_case& at_work)
      : by_(by), initial_(initial), lone_(by), works_(lone_.any()), at_work_(at_work),
        effects_(by, at_work.of, at_work.did), states_(by.clocks().size()), moulds_(by.clocks().size()) {}

  /// False if it never is that simple under this policy.
  [[nodiscard]] bool works() const noexcept { return works_; }

  /// False, with nothing said, where it is not that simple. Else `into` has the complaint as it is then, and what the
  /// host is to do is appended to `told`.
  [[nodiscard]] bool run(const packed_scan& seen, instant now, pack_writer& into, std::vector<effect>& told) {
    if (!seen.is_settled() || seen.next_rung() < now) {
      return false;
    }
    const auto before = told.size();
    begin(seen);
    const bool done = fire(seen, now, told);
    if (done) {
      write(seen, into);
    } else {
      told.erase(told.begin() + static_cast<std::ptrdiff_t>(before), told.end());
    }
    end();
    return done;
  }

  [[nodiscard]] instant next() const noexcept { return next_; }
  [[nodiscard]] instant due() const noexcept { return due_; }
  [[nodiscard]] std::size_t fired() const noexcept { return fired_; }

private:
  /// A clock that does something: taken out, or only marked as broken.
  struct taken {
    std::uint16_t clock = 0;
    bool out = false;
  };

  void begin(const packed_scan& seen) {
    fired_ = 0;
    nexts_.clear();
    for (const auto& c : seen.clocks()) {
      nexts_.push_back(c.next);
    }
    happened_ = seen.happened_at();
  }

  /// Those that were taken out sleep again; they keep their memory.
  void end() noexcept {
    for (const auto t : taken_) {
      if (t.out) {
        states_[t.clock].cycles.back().next = instant::max();
      }
    }
    taken_.clear();
  }

  [[nodiscard]] bool fire(const packed_scan& seen, instant now, std::vector<effect>& told) {
    for (;;) {
      const auto first = std::min_element(nexts_.begin(), nexts_.end());
      if (first == nexts_.end() || *first >= now) {
        break;
      }
      const auto k = static_cast<std::uint16_t>(first - nexts_.begin());
      const auto& place = seen.clocks()[k];
      if (!lone_[k] || !place.running || place.rare) {
        return false;
      }
      if (place.only_runs && place.cycles == 1 && lone_.is_simple(k)) {
        fall_due(seen.id(), k, *first, now, told);
        taken_.push_back({k, false});
        nexts_[k] = instant::max();
        continue;
      }
      if (!pass(seen, k, now, told)) {
        return false;
      }
      nexts_[k] = states_[k].next();
    }
    next_ = nexts_.empty() ? instant::max() : *std::min_element(nexts_.begin(), nexts_.end());
    next_ = std::min(next_, seen.next_rung());
    return true;
  }

  /// What the engine does, one after the other, to a clock of which nothing but the due instant is marked.
  void fall_due(std::string_view id, std::uint16_t k, instant at, instant now, std::vector<effect>& told) {
    const auto& c = by_.clocks()[k];
    auto& moulds = moulds_[k];
    if (moulds.empty()) {
      for (std::uint16_t t = 0; t < c.thresholds.size(); ++t) {
        moulds.push_back(mould_of({.kind = firing_kind::threshold, .clock = k, .threshold = t}));
      }
      moulds.push_back(mould_of({.kind = firing_kind::breach, .clock = k}));
    }
    for (const auto& m : moulds) {
      m.pour(id, at, now - at, told);
    }
    fired_ += moulds.size();
    happened_ = std::max(happened_, at + duration{1});
  }
  [[nodiscard]] effect_mould mould_of(const clock_firing& f) {
    at_work_.of.id.clear();
    at_work_.did.effects.clear();
    effects_.clock(f, f.at, {});
    return {at_work_.did.effects, ""};
  }

  /// Lets the engine do the next thing; false where a calendar ends, which is told by who wakes the whole complaint.
  [[nodiscard]] bool pass(const packed_scan& seen, std::uint16_t k, instant now, std::vector<effect>& told) {
    take_out(seen, k);
    clock_facts facts;
    facts.opened_at = seen.opened_at();
    facts.seen.attributes = initial_; // nobody looks at them
    work_.begin();
    facts.happened = &work_.happened;
    try {
      (void)pass_next(by_.clocks(), states_, now, facts, work_);
    } catch (const horizon_error&) {
      return false;
    }
    at_work_.of.id = seen.id();
    at_work_.did.effects.clear();
    for (const auto& f : work_.firings) {
      effects_.clock(f, now, facts.seen);
    }
    sign(at_work_.did, at_work_.of);
    std::move(at_work_.did.effects.begin(), at_work_.did.effects.end(), std::back_inserter(told));
    fired_ += work_.firings.size();
    happened_ = std::max(happened_, facts.at + duration{1});
    return true;
  }

  void take_out(const packed_scan& seen, std::uint16_t k) {
    if (std::any_of(taken_.begin(), taken_.end(), [&](const taken& t) { return t.clock == k; })) {
      return;
    }
    const auto& place = seen.clocks()[k];
    auto& cycles = states_[k].cycles;
    cycles.resize(place.cycles);
    taken_.push_back({k, true});
    pack_reader reader(bytes_of(seen, place));
    pack(reader, cycles.back(), seen.opened_at());
  }

  [[nodiscard]] static std::string_view bytes_of(const packed_scan& seen, const packed_cycle& place) noexcept {
    return seen.bytes().substr(place.begin, place.end - place.begin);
  }

  void write(const packed_scan& seen, pack_writer& into) {
    std::sort(taken_.begin(), taken_.end(), [](const taken& a, const taken& b) { return a.clock < b.clock; });
    into.begin();
    std::size_t from = 0;
    due_ = seen.due(by_.named_clocks()); // running late moves none of them
    for (const auto t : taken_) {
      const auto& place = seen.clocks()[t.clock];
      into.append(seen.bytes().substr(from, place.begin - from));
      if (t.out) {
        pack(into, static_cast<const clock_cycle&>(states_[t.clock].cycles.back()), seen.opened_at());
      } else {
        pack_broken(into, bytes_of(seen, place), by_.clocks()[t.clock].thresholds.size());
      }
      from = place.end;
    }
    into.append(seen.bytes().substr(from, seen.tail() - from));
    const bool moved = happened_ != seen.opened_at();
    into.number((seen.tail_bits() & ~2U) | (moved ? 2U : 0U));
    if ((seen.tail_bits() & 1U) != 0) {
      into.number(seen.sequence());
    }
    if (moved) {
      into.at(happened_, seen.opened_at());
    }
    into.append(seen.rest());
  }

  const policy& by_;
  const std::vector<value>& initial_;
  lone_clocks lone_;
  bool works_;
  working_case& at_work_;
  effect_writer effects_;
  std::vector<clock_state> states_; ///< of those that are not taken out, nothing but when they wake: never
  std::vector<taken> taken_{};
  std::vector<instant> nexts_{};
  std::vector<std::vector<effect_mould>> moulds_; ///< by clock: of its thresholds, then of its breach
  clock_work work_{};
  instant happened_{};
  instant next_{};
  instant due_{};
  std::size_t fired_ = 0;
};

} // namespace plaint::detail
