// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/effect.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// True while an effect is still to be carried out: what it presupposes holds. A host asks it right before it sends a
/// notice that has waited in an outbox; an effect without a precondition is always wanted.
[[nodiscard]] inline bool is_wanted(const policy& by, const complaint& of, const effect& e) {
  constexpr std::string_view head = "running(";
  const std::string_view text = e.precondition;
  const auto slash = text.rfind('/');
  if (!text.starts_with(head) || !text.ends_with(')') || slash == text.npos) {
    return true;
  }
  const auto place = by.clocks().find(text.substr(head.size(), slash - head.size()));
  const auto cycle = text.substr(slash + 1, text.size() - slash - 2);
  if (!place) {
    return false;
  }
  const auto& cycles = of.clocks[*place].cycles;
  return !cycles.empty() && std::to_string(cycles.size()) == cycle && cycles.back().is_open();
}

/// A message from one complaint to another: parent to child, or back. It is an event with the effect's key, so that
/// delivering it twice does nothing twice.
struct linked_message {
  std::string to{};
  event what{};

  friend bool operator==(const linked_message&, const linked_message&) = default;
};

namespace detail {

[[nodiscard]] inline std::string parameter_text(const effect& e, std::string_view name) {
  const auto* found = e.parameters.find(name);
  return found != nullptr && found->is_scalar() ? found->text : std::string{};
}

[[nodiscard]] inline node data_of(const effect& e) {
  const auto* found = e.parameters.find("with");
  return found != nullptr && found->is_mapping() ? *found : node::mapping_of();
}

} // namespace detail

/// The opening of a linked case or work order, from an effect such as `{ open: work-order, as: D-1, with: { problem: …
/// } }` or
/// `{ dispatch: unit, as: D-1 }`; nothing from other effects. Its id is what `as` says, or the effect's key. Where the
/// child's policy declares an attribute `parent`, the child knows whose it is.
[[nodiscard]] inline std::optional<linked_message> linked_opening(const effect& e, const policy& child) {
  if (e.kind != "open" && e.kind != "dispatch") {
    return std::nullopt;
  }
  auto id = detail::parameter_text(e, "as");
  linked_message made{.to = id.empty() ? e.key : std::move(id)};
  made.what = {.name = "opened", .effective_at = e.at, .recorded_at = e.at, .data = detail::data_of(e), .key = e.key};
  if (child.schema().event_field("parent") && made.what.data.find("parent") == nullptr) {
    made.what.data.add("parent", node::text_of(e.complaint));
  }
  return made;
}

/// The event that an effect such as `{ send: replied, to: parent, with: { … } }` carries to another complaint; nothing
/// from other effects. `to` names a complaint, or is "parent": then the sender's attribute of that name says which.
[[nodiscard]] inline std::optional<linked_message> linked_event(const effect& e, const policy& by,
                                                                const complaint& from) {
  if (e.kind != "send") {
    return std::nullopt;
  }
  linked_message made{.to = detail::parameter_text(e, "to")};
  if (made.to == "parent" || made.to.empty()) {
    const auto slot = by.schema().slot("parent");
    const auto* parent = slot ? from.attributes[*slot].get_if<std::string>() : nullptr;
    if (parent == nullptr) {
      return std::nullopt;
    }
    made.to = *parent;
  }
  made.what = {.name = detail::parameter_text(e, "send"),
               .effective_at = e.at,
               .recorded_at = e.at,
               .actor = {.id = from.id, .side = actor_class::system},
               .data = detail::data_of(e),
               .key = e.key};
  made.what.actor.role = detail::parameter_text(e, "role");
  return made;
}

/// Whether what was dispatched can come back in time: the latest due date of the work order, by its own calendars,
/// against that of the parent's clock.
struct order_fit {
  bool fits = true;
  std::optional<instant> parent_due{};
  std::optional<instant> order_due{};
  std::string clock{}; ///< of the work order: the one that is due last

  friend bool operator==(const order_fit&, const order_fit&) = default;
};

/// Holds a work order that was just opened against a clock of its parent (`std::invalid_argument` if there is none of
/// this name). A parent without a due date has room for everything.
[[nodiscard]] inline order_fit fit_of(const policy& by, const complaint& parent, std::string_view clock,
                                      const policy& child, const complaint& order) {
  const auto place = by.clocks().find(clock);
  if (!place) {
    throw std::invalid_argument("the policy has no clock \"" + std::string(clock) + "\"");
  }
  order_fit fit;
  const auto* cycle = parent.clocks[*place].latest();
  if (cycle != nullptr && cycle->is_open() && cycle->due != instant::max()) {
    fit.parent_due = cycle->due;
  }
  for (std::size_t i = 0; i < child.named_clocks(); ++i) {
    const auto* own = order.clocks[i].latest();
    if (own != nullptr && own->is_open() && own->due != instant::max() &&
        (!fit.order_due || *fit.order_due < own->due)) {
      fit.order_due = own->due;
      fit.clock = child.clocks()[i].definition.id;
    }
  }
  fit.fits = !fit.parent_due || !fit.order_due || *fit.order_due <= *fit.parent_due;
  return fit;
}

/// The effect "infeasible" that tells a host of a work order that does not fit; nothing where it does.
[[nodiscard]] inline std::optional<effect> infeasible(const order_fit& fit, const complaint& parent,
                                                      const complaint& order, instant at) {
  if (fit.fits) {
    return std::nullopt;
  }
  effect told{.key = parent.id + "/" + order.id + "/infeasible",
              .kind = "infeasible",
              .cause = order.id,
              .at = at,
              .complaint = parent.id};
  told.parameters.add("infeasible", node::text_of(order.id));
  told.parameters.add("order_due", node::text_of(to_iso8601(*fit.order_due)));
  told.parameters.add("parent_due", node::text_of(to_iso8601(*fit.parent_due)));
  told.parameters.add("late_by", node::text_of(to_iso8601(*fit.order_due - *fit.parent_due)));
  return told;
}

} // namespace plaint
