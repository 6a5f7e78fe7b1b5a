// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/effect.hpp>
#include <plaint/time/instant.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Effects that differ from one complaint to the other by nothing but whose they are and when they came about.
class effect_mould {
public:
  effect_mould() = default;
  /// After the example of one complaint's.
  effect_mould(std::vector<effect> of, std::string_view id) : made_(std::move(of)) {
    for (auto& e : made_) {
      e.key.erase(0, id.size());
      e.complaint.clear();
    }
  }

  /// True if some effects can be its example.
  [[nodiscard]] static bool fits(const std::vector<effect>& all, std::string_view id) {
    return std::all_of(all.begin(), all.end(),
                       [&](const effect& e) { return e.key.starts_with(id) && e.also.empty(); });
  }

  void pour(std::string_view id, instant at, duration late_by, std::vector<effect>& into) const {
    for (const auto& e : made_) {
      auto& made = into.emplace_back();
      made.key.reserve(id.size() + e.key.size());
      made.key.append(id).append(e.key);
      made.kind = e.kind;
      made.parameters = e.parameters;
      made.cause = e.cause;
      made.at = at;
      made.late_by = late_by;
      made.complaint = id;
      made.precondition = e.precondition;
    }
  }

private:
  std::vector<effect> made_{};
};

} // namespace plaint::detail
