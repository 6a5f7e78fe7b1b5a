// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/judgement.hpp>
#include <plaint/policy/value_document.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The steps of a history to be told: who acts, and which event brings which data, so that the policy itself would take
/// the path of the graph.
class trace_plan {
public:
  struct step {
    const case_move* move = nullptr;
    event_id event = no_id;
    std::optional<probe> way{};
    std::size_t actor = 0;
    bool refused = false;
    std::vector<pinned_value> data{};
  };

  trace_plan(const case_graph& in, const judgement& j) : in_(in) {
    for (const auto number : j.path) {
      add(in_.moves()[number]);
    }
    if (j.last && j.last->event == no_id && !steps_.empty()) { // the last step by somebody in particular
      steps_.back().actor = j.last->actor;
    }
    if (j.last && j.last->event != no_id) {
      add_refused(*j.last);
    }
    settle_data();
    if (j.repeats_from) {
      close_circle(*j.repeats_from);
    }
  }

  [[nodiscard]] const std::vector<step>& steps() const noexcept { return steps_; }

  [[nodiscard]] node data_of(const step& s) const {
    node data = node::mapping_of();
    const auto& names = in_.lifecycle().schema();
    for (const auto& pin : s.data) {
      const auto& declared = pin.is_field ? names.event_fields[pin.place] : names.attributes[pin.place];
      if (!pin.held.is_absent() && data.find(declared.name) == nullptr) {
        data.add(declared.name, write_value(pin.held, declared.type));
      }
    }
    if (s.way && !s.way->reason.empty() && data.find("reason") == nullptr) {
      data.add("reason", node::text_of(s.way->reason));
    }
    return data;
  }

private:
  void add(const case_move& m) {
    step s{.move = &m, .event = m.event, .way = in_.way_of(m)};
    s.actor = m.event == no_id ? in_.model().actors.size() - 1 : in_.group(m).example;
    steps_.push_back(std::move(s));
  }

  void add_refused(const judgement::refused_event& last) {
    step s{.event = last.event, .actor = last.actor, .refused = last.refused};
    for (const auto& pin : last.data) {
      if (pin.brought || pin.is_field) {
        s.data.push_back(pin);
      } else if (in_.model().use[pin.place] != slot_use::own) { // what the lifecycle sets, its steps have set
        place(steps_.size(), pin);
      }
    }
    steps_.push_back(std::move(s));
  }

  /// Gives each value to the event that brings it: the one that hangs on it, or the last one before it that can.
  void settle_data() {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (!steps_[i].way) {
        continue;
      }
      for (const auto& pin : steps_[i].way->pins) {
        if (pin.brought || i == 0) {
          put(steps_[i], pin);
        } else {
          place(i, pin);
        }
      }
    }
  }

  static void put(step& into, const pinned_value& pin) {
    std::erase_if(into.data, [&](const pinned_value& d) { return d.is_field == pin.is_field && d.place == pin.place; });
    into.data.push_back(pin);
  }

  void place(std::size_t before, const pinned_value& pin) {
    for (auto i = std::min(before, steps_.size()); i-- > 0;) {
      if (can_bring(steps_[i], pin.place)) {
        put(steps_[i], pin);
        return;
      }
    }
  }

  /// A circle comes back to what it began with: what it leaves in the data the stem has to bring already, and what the
  /// stem left there the circle brings once more.
  void close_circle(std::size_t from) {
    if (from == 0 || from >= steps_.size() || steps_[from].move == nullptr) {
      return;
    }
    const auto& model = in_.model();
    const auto entry = in_.codes(steps_[from - 1].move->to);
    const auto closes = in_.codes(steps_[from].move->from);
    for (std::size_t i = 0; i < model.tracked.size(); ++i) {
      const auto slot = model.tracked[i];
      const auto left = last_of(slot, from, steps_.size());
      std::optional<value> held = left;
      if (closes[i] >= first_value || entry[i] >= first_value) {
        held = model.values[slot][std::max(closes[i], entry[i]) - first_value];
      } else if (!held && closes[i] == may_be_any_value && entry[i] == may_be_anything && !model.values[slot].empty()) {
        held = model.values[slot].front();
      }
      if (!held || held->is_absent()) {
        continue;
      }
      const pinned_value pin{.place = slot, .held = *held};
      if (entry[i] < first_value && (model.sticky[slot] || !last_of(slot, 0, from))) {
        place(from, pin);
      }
      if (left && *left != *held) {
        place(steps_.size(), pin);
      }
    }
  }

  /// What the last of these steps that brings an attribute brings for it.
  [[nodiscard]] std::optional<value> last_of(std::uint16_t slot, std::size_t first, std::size_t end) const {
    for (auto i = end; i-- > first;) {
      for (const auto& d : steps_[i].data) {
        if (!d.is_field && d.place == slot && !d.held.is_absent()) {
          return d.held;
        }
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool can_bring(const step& s, std::uint16_t slot) const {
    return in_.can_bring(s.move == nullptr ? 0 : s.move->from, s.event, slot);
  }

  const case_graph& in_;
  std::vector<step> steps_{};
};

} // namespace plaint::detail
