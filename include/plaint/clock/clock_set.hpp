// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/calendar_edit.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/detail/check_calendars.hpp>
#include <plaint/clock/detail/check_clock.hpp>
#include <plaint/clock/detail/check_nesting.hpp>
#include <plaint/clock/detail/clock_order.hpp>
#include <plaint/clock/detail/foresight.hpp>
#include <plaint/time/zone_source.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// All clocks of a policy, checked and compiled, in the order of the document.
class clock_set {
public:
  clock_set() = default;

  [[nodiscard]] const std::vector<compiled_clock>& clocks() const noexcept { return clocks_; }
  [[nodiscard]] std::size_t size() const noexcept { return clocks_.size(); }
  [[nodiscard]] const compiled_clock& operator[](std::size_t i) const noexcept { return clocks_[i]; }

  [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const noexcept {
    const auto found =
        std::find_if(clocks_.begin(), clocks_.end(), [&](const auto& c) { return c.definition.id == id; });
    return found == clocks_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - clocks_.begin()));
  }

  /// The order in which a step reaches them: each after those that it is triggered by. One pass is the whole fixpoint.
  [[nodiscard]] const std::vector<std::uint16_t>& order() const noexcept { return order_; }

  /// Those for whose sake an event can be refused.
  [[nodiscard]] const std::vector<std::uint16_t>& refusing() const noexcept { return refusing_; }

  /// True if what a clock does by itself can move another one.
  [[nodiscard]] bool is_watched(std::uint16_t clock) const noexcept { return watched_[clock]; }

  /// Appends every fault; the set is whole only if none of them is an error.
  [[nodiscard]] static clock_set compile(std::vector<clock_definition> definitions,
                                         const std::vector<named_calendar>& calendars, const lifecycle& in,
                                         findings& out, const std::vector<calendar_edit>& edits = {},
                                         const zone_source& zones = system_source()) {
    clock_set made;
    detail::clock_checker checker(in, definitions, out);
    detail::clock_calendars chooser(calendars, edits, in.schema(), zones, out);
    chooser.check_edits();
    for (const auto& d : definitions) {
      if (made.find(d.id)) {
        out.push_back({"duplicate-clock",
                       "clock \"" + d.id + "\" is given twice",
                       d.pointer.empty() ? child("/clocks", d.id) : d.pointer,
                       {}});
        continue;
      }
      compiled_clock c{.definition = d};
      checker.check(d, c);
      chooser.choose(c);
      detail::note_foreseen(c);
      made.clocks_.push_back(std::move(c));
    }
    (void)detail::nesting_check(made.clocks_, in, out);
    detail::clock_order order(made.clocks_, out);
    made.order_ = order.all();
    made.watched_ = order.watched();
    for (std::size_t i = 0; i < made.clocks_.size(); ++i) {
      const auto& c = made.clocks_[i];
      if (!c.extensions.empty() || (c.pause && c.definition.pause->reasons.size() > 1)) {
        made.refusing_.push_back(static_cast<std::uint16_t>(i));
      }
    }
    return made;
  }

private:
  std::vector<compiled_clock> clocks_{};
  std::vector<std::uint16_t> order_{};
  std::vector<std::uint16_t> refusing_{};
  std::vector<bool> watched_{};
};

} // namespace plaint
