// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/trigger.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/scope.hpp>
#include <plaint/expr/value.hpp>
#include <plaint/lifecycle/configuration.hpp>
#include <plaint/lifecycle/step_result.hpp>
#include <plaint/time/instant.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace plaint {

/// Something that a clock did in a step, for those that are triggered by it.
struct clock_happening {
  trigger_kind kind = trigger_kind::start;
  std::uint16_t clock = 0;
  std::uint16_t threshold = no_id;

  friend bool operator==(const clock_happening&, const clock_happening&) = default;
};

/// What a step of the lifecycle, or the passing of time, means for clocks and ladders.
struct clock_facts {
  bool opened = false;
  bool sent = false;  ///< somebody sent the event, as opposed to time
  bool ended = false; ///< the lifecycle has come to its end
  event_id event = no_id;
  std::uint64_t sequence = 0;         ///< of the event; 0: time alone
  std::uint16_t kinds = 0;            ///< bit k: something of that kind of trigger happened; see `note_kinds`
  std::uint16_t reason_field = no_id; ///< the event field that gives a reason
  std::span<const state_id> entered{};
  std::span<const state_id> left{};
  std::span<const emitted_effect> effects{};
  std::span<const attribute_change> changes{};
  const std::vector<clock_happening>* happened = nullptr; ///< grows while the clocks are reached one after the other
  instant at{};
  instant opened_at{};
  scope seen{}; ///< the complaint after the step

  void note_kinds() noexcept {
    const auto bit = [](trigger_kind k) { return static_cast<std::uint16_t>(1U << static_cast<unsigned>(k)); };
    kinds = static_cast<std::uint16_t>(
        (opened ? bit(trigger_kind::opened) : 0) | (entered.empty() ? 0 : bit(trigger_kind::enter)) |
        (left.empty() ? 0 : bit(trigger_kind::exit)) | (event == no_id ? 0 : bit(trigger_kind::event)) |
        (effects.empty() ? 0 : bit(trigger_kind::notice)));
    for (std::size_t i = 0; happened != nullptr && i < happened->size(); ++i) {
      kinds = static_cast<std::uint16_t>(kinds | bit((*happened)[i].kind));
    }
  }
};

/// A trigger by its place in the policy.
struct compiled_trigger {
  trigger_kind kind = trigger_kind::opened;
  std::uint16_t id = no_id;        ///< state, event, effect or clock
  std::uint16_t threshold = no_id; ///< of the clock
  program guard{};

  [[nodiscard]] bool happened(const clock_facts& f) const noexcept {
    return matches(f) && (guard.is_default() || evaluate(guard, f.seen));
  }

private:
  [[nodiscard]] bool matches(const clock_facts& f) const noexcept {
    switch (kind) {
    case trigger_kind::opened:
      return f.opened;
    case trigger_kind::enter:
      return std::find(f.entered.begin(), f.entered.end(), id) != f.entered.end();
    case trigger_kind::exit:
      return std::find(f.left.begin(), f.left.end(), id) != f.left.end();
    case trigger_kind::event:
      return f.event == id;
    case trigger_kind::notice:
      return std::any_of(f.effects.begin(), f.effects.end(), [&](const emitted_effect& e) { return e.effect == id; });
    default:
      break;
    }
    return f.happened != nullptr && std::any_of(f.happened->begin(), f.happened->end(), [&](const clock_happening& h) {
             return h.kind == kind && h.clock == id && (kind != trigger_kind::threshold || h.threshold == threshold);
           });
  }
};

/// Several triggers, one of which is enough. Asking costs one test where nothing of their kinds happened.
class trigger_list {
public:
  [[nodiscard]] bool happened(const clock_facts& f) const noexcept {
    return (kinds_ & f.kinds) != 0 &&
           std::any_of(all_.begin(), all_.end(), [&](const auto& t) { return t.happened(f); });
  }
  [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
  [[nodiscard]] const std::vector<compiled_trigger>& all() const noexcept { return all_; }

  void add(compiled_trigger t) {
    kinds_ = static_cast<std::uint16_t>(kinds_ | 1U << static_cast<unsigned>(t.kind));
    all_.push_back(std::move(t));
  }

private:
  std::vector<compiled_trigger> all_{};
  std::uint16_t kinds_ = 0;
};

/// All lists of triggers of one clock or ladder, asked at once: which of them a step has set off, as bits. Events
/// without a guard, as most triggers are, are one look-up together.
class trigger_table {
public:
  void add(const trigger_list& list, std::uint16_t act) {
    for (const auto& t : list.all()) {
      if (t.kind != trigger_kind::event || !t.guard.is_default() || t.id == no_id) {
        kinds_ = static_cast<std::uint16_t>(kinds_ | 1U << static_cast<unsigned>(t.kind));
        asked_.push_back({t, act});
        continue;
      }
      if (by_event_.size() <= t.id) {
        by_event_.resize(std::size_t{t.id} + 1);
      }
      by_event_[t.id] = static_cast<std::uint16_t>(by_event_[t.id] | act);
    }
  }

  [[nodiscard]] std::uint16_t operator()(const clock_facts& f) const noexcept {
    const std::uint16_t acts = f.event < by_event_.size() ? by_event_[f.event] : std::uint16_t{0};
    return (kinds_ & f.kinds) == 0 ? acts : ask(f, acts);
  }

private:
  struct asked {
    compiled_trigger trigger{};
    std::uint16_t act = 0;
  };

  [[nodiscard]] std::uint16_t ask(const clock_facts& f, std::uint16_t acts) const noexcept {
    for (const auto& a : asked_) {
      if ((acts & a.act) == 0 && a.trigger.happened(f)) {
        acts = static_cast<std::uint16_t>(acts | a.act);
      }
    }
    return acts;
  }

  std::vector<std::uint16_t> by_event_{};
  std::vector<asked> asked_{};
  std::uint16_t kinds_ = 0;
};

} // namespace plaint
