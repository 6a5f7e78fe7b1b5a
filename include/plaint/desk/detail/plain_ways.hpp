// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/desk/case_outcomes.hpp>
#include <plaint/lifecycle/step.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace plaint::detail {

/// What an event does in one configuration of a plain lifecycle. Bit n of the clocks stands for the n-th.
struct plain_way {
  bool accepted = false;
  std::uint32_t next = 0; ///< number of the configuration
  std::uint64_t starts = 0;
  std::uint64_t stops = 0;
  std::uint64_t cancels = 0;
  std::string why{}; ///< if it is refused
};

/// A plain lifecycle as a table that is filled as a log asks: each way is found once, by the step itself.
class plain_ways {
public:
  plain_ways(const policy& by, std::vector<event_id> events, std::vector<std::string> names,
             std::vector<actor_view> actors)
      : by_(by), attributes_(initial_values(by.schema())), events_(std::move(events)), names_(std::move(names)),
        actors_(std::move(actors)), openings_(actors_.size() + 1, unknown) {}

  /// Of an opening; `who` is the place of an actor, or -1.
  [[nodiscard]] const plain_way& open(std::int32_t who) {
    auto& place = openings_[static_cast<std::size_t>(who + 1)];
    if (place == unknown) {
      occurrence what{.event = no_id, .name = "opened", .actor = actor_of(who), .at = instant{}};
      start(by_.lifecycle(), attributes_, what, memory_, result_);
      place = keep(true, no_id);
    }
    return ways_[place];
  }

  [[nodiscard]] const plain_way& take(std::uint32_t from, std::int32_t event, std::int32_t who) {
    const auto cell =
        from * width() + static_cast<std::size_t>(event) * openings_.size() + static_cast<std::size_t>(who + 1);
    if (table_[cell] == unknown) {
      const auto which = static_cast<std::size_t>(event);
      occurrence what{.event = events_[which], .name = names_[which], .actor = actor_of(who), .at = instant{}};
      step(by_.lifecycle(), all_[from], attributes_, what, memory_, result_);
      table_[cell] = keep(false, events_[which]);
    }
    return ways_[table_[cell]];
  }

  /// The first active state without states of its own.
  [[nodiscard]] std::uint16_t leaf(std::uint32_t configuration) const noexcept { return leaves_[configuration]; }

private:
  static constexpr std::uint32_t unknown = 0xffffffff;

  [[nodiscard]] std::size_t width() const noexcept { return events_.size() * openings_.size(); }
  [[nodiscard]] actor_view actor_of(std::int32_t who) const {
    return who < 0 ? actor_view{} : actors_[static_cast<std::size_t>(who)];
  }

  [[nodiscard]] std::uint32_t keep(bool opened, event_id event) {
    plain_way way{.accepted = result_.accepted};
    if (way.accepted) {
      way.next = number_of(result_.after);
      const bool ended = result_.after.terminated;
      for (std::size_t i = 0; i < by_.named_clocks(); ++i) {
        const auto& d = by_.definition().clocks[i];
        const auto bit = std::uint64_t{1} << i;
        way.starts |= happened(d.start, opened, event) ? bit : 0;
        way.stops |= happened(d.stop, opened, event) ? bit : 0;
        way.cancels |= ended || happened(d.cancel, opened, event) ? bit : 0;
      }
    }
    for (const auto& r : result_.reasons) {
      way.why += (way.why.empty() ? "" : "; ") + r.message;
    }
    ways_.push_back(std::move(way));
    return static_cast<std::uint32_t>(ways_.size() - 1);
  }

  [[nodiscard]] std::uint32_t number_of(const configuration& c) {
    const auto [found, fresh] = numbers_.try_emplace(c, static_cast<std::uint32_t>(all_.size()));
    if (fresh) {
      all_.push_back(c);
      leaves_.push_back(by_.lifecycle().leaves(c).front());
      table_.resize(all_.size() * width(), unknown);
    }
    return found->second;
  }

  [[nodiscard]] bool happened(const std::vector<trigger>& any, bool opened, event_id event) const {
    return std::any_of(any.begin(), any.end(), [&](const trigger& t) {
      switch (t.kind) {
      case trigger_kind::opened:
        return opened;
      case trigger_kind::enter:
        return names(result_.entered, t.name);
      case trigger_kind::exit:
        return names(result_.left, t.name);
      case trigger_kind::event:
        return event != no_id && by_.lifecycle().event(t.name) == event;
      default:
        return gives_notice(t.name);
      }
    });
  }

  [[nodiscard]] bool names(const std::vector<state_id>& states, std::string_view name) const {
    return std::any_of(states.begin(), states.end(), [&](state_id s) { return by_.lifecycle().name(s) == name; });
  }

  [[nodiscard]] bool gives_notice(std::string_view name) const {
    return std::any_of(result_.effects.begin(), result_.effects.end(), [&](const emitted_effect& e) {
      const auto& effect = by_.lifecycle().effect_at(e.effect);
      return effect.kind == "notice" && !effect.parameters.empty() && effect.parameters.front().value.text == name;
    });
  }

  const policy& by_;
  std::vector<value> attributes_;
  std::vector<event_id> events_;
  std::vector<std::string> names_;
  std::vector<actor_view> actors_;
  std::vector<std::uint32_t> openings_; ///< by actor
  std::vector<std::uint32_t> table_{};  ///< by configuration, event and actor
  std::vector<plain_way> ways_{};
  std::vector<configuration> all_{};
  std::vector<std::uint16_t> leaves_{};
  std::unordered_map<configuration, std::uint32_t> numbers_{};
  step_memory memory_{};
  step_result result_{};
};

} // namespace plaint::detail
