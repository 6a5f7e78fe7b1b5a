// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_set.hpp>
#include <plaint/ladder/compiled_ladder.hpp>
#include <plaint/ladder/detail/check_ladder.hpp>
#include <plaint/lifecycle/lifecycle.hpp>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// All ladders of a policy, checked and compiled, in the order of the document.
class ladder_set {
public:
  [[nodiscard]] const std::vector<compiled_ladder>& ladders() const noexcept { return ladders_; }
  [[nodiscard]] std::size_t size() const noexcept { return ladders_.size(); }
  [[nodiscard]] const compiled_ladder& operator[](std::size_t i) const noexcept { return ladders_[i]; }

  [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const noexcept {
    const auto found =
        std::find_if(ladders_.begin(), ladders_.end(), [&](const auto& l) { return l.definition.id == id; });
    return found == ladders_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - ladders_.begin()));
  }

  /// Appends every fault; the set is whole only if none of them is an error. `clocks`: those that triggers may speak
  /// of, `compiled`: the same, for the calendars of ladders that name none.
  [[nodiscard]] static ladder_set compile(std::vector<ladder_definition> definitions,
                                          const std::vector<clock_definition>& clocks, const clock_set& compiled,
                                          const std::vector<named_calendar>& calendars, const lifecycle& in,
                                          findings& out) {
    ladder_set made;
    detail::ladder_checker checker(in, clocks, compiled, calendars, out);
    for (auto& d : definitions) {
      if (made.find(d.id)) {
        out.push_back({"duplicate-ladder",
                       "ladder \"" + d.id + "\" is given twice",
                       d.pointer.empty() ? child("/ladders", d.id) : d.pointer,
                       {}});
        continue;
      }
      made.ladders_.push_back(checker.check(std::move(d)));
      made.ladders_.back().note_acts();
    }
    return made;
  }

private:
  std::vector<compiled_ladder> ladders_{};
};

} // namespace plaint
