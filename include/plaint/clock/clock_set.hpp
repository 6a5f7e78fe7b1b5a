// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/detail/check_clock.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// A calendar under the name by which clocks refer to it.
struct named_calendar {
  std::string name;
  plaint::calendar calendar;
};

/// All clocks of a policy, checked and compiled, in the order of the document.
class clock_set {
public:
  clock_set() = default;

  [[nodiscard]] const std::vector<compiled_clock>& clocks() const noexcept { return clocks_; }
  [[nodiscard]] std::size_t size() const noexcept { return clocks_.size(); }
  [[nodiscard]] const compiled_clock& operator[](std::size_t i) const noexcept { return clocks_[i]; }

  [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const noexcept {
    const auto found = std::find_if(clocks_.begin(), clocks_.end(), [&](const auto& c) { return c.definition.id == id; });
    return found == clocks_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - clocks_.begin()));
  }

  /// Appends every fault; the set is whole only if none of them is an error.
  [[nodiscard]] static clock_set compile(std::vector<clock_definition> definitions, const std::vector<named_calendar>& calendars,
                                         const lifecycle& in, findings& out) {
    clock_set made;
    for (auto& d : definitions) {
      const auto pointer = d.pointer.empty() ? child("/clocks", d.id) : d.pointer;
      if (made.find(d.id)) {
        out.push_back({"duplicate-clock", "clock \"" + d.id + "\" is given twice", pointer, {}});
        continue;
      }
      auto hours = calendar_of(d, calendars, pointer, out);
      made.clocks_.push_back(detail::clock_checker(in, in.schema(), out).check(std::move(d), std::move(hours)));
    }
    return made;
  }

private:
  /// The calendar that it names, or the only one, or all hours of UTC for goals that need none.
  [[nodiscard]] static calendar calendar_of(const clock_definition& d, const std::vector<named_calendar>& all,
                                            const std::string& pointer, findings& out) {
    const auto named = d.calendars.empty() ? std::string{} : d.calendars.front().calendar;
    if (named.empty() && all.size() == 1) {
      return all.front().calendar;
    }
    std::vector<std::string> names;
    for (const auto& c : all) {
      if (c.name == named) {
        return c.calendar;
      }
      names.push_back(c.name);
    }
    const bool needs_one = std::any_of(d.goals.begin(), d.goals.end(), [](const goal_row& row) {
      return !std::holds_alternative<elapsed_goal>(row.goal.form) && !std::holds_alternative<until_goal>(row.goal.form);
    });
    if (!named.empty()) {
      out.push_back({"unknown-calendar", "\"" + named + "\" is no calendar of the policy", child(pointer, "calendar"),
                     nearest(named, names)});
    } else if (needs_one) {
      out.push_back({"no-calendar", all.empty() ? "this clock needs a calendar and the policy has none"
                                                : "this clock must say which of the calendars it goes by", pointer, {}});
    }
    return calendar::compile(always());
  }

  std::vector<compiled_clock> clocks_{};
};

} // namespace plaint
