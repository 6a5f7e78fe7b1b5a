// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/policy/policy.hpp>
#include <plaint/time/civil.hpp>
#include <plaint/time/iso8601.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// True where a policy takes complaints of a day; which of their days counts is said by `effective.by`.
[[nodiscard]] inline bool takes(const effective_dates& dates, civil_day day) noexcept {
  return (!dates.from || *dates.from <= day) && (!dates.to || day < *dates.to);
}

/// The versions of one policy in the order of their dates: a complaint stays under the rules of the day on which it
/// came.
class policy_versions {
public:
  /// Throws `policy_error` ("different-policies", "overlapping-versions") where a day would not have one answer.
  explicit policy_versions(std::vector<policy> all) : all_(std::move(all)) {
    const auto dates = [](const policy& p) -> const effective_dates& { return p.definition().effective; };
    std::stable_sort(all_.begin(), all_.end(), [&](const policy& a, const policy& b) {
      return dates(a).from.value_or(civil_day::min()) < dates(b).from.value_or(civil_day::min());
    });
    findings out;
    for (std::size_t i = 1; i < all_.size(); ++i) {
      const auto& before = all_[i - 1];
      const auto& after = all_[i];
      if (before.id() != after.id()) {
        out.push_back({"different-policies",
                       "versions of one policy required, \"" + before.id() + "\" and \"" + after.id() + "\" found",
                       "/id",
                       {}});
      } else if (!dates(before).to || !dates(after).from || *dates(after).from < *dates(before).to) {
        out.push_back({"overlapping-versions",
                       "the versions " + before.version() + " and " + after.version() + " of \"" + after.id() +
                           "\" both take complaints of one day",
                       "/effective",
                       {}});
      }
    }
    throw_if_error(out);
  }

  /// The version that takes complaints of a day, or null where none does.
  [[nodiscard]] const policy* at(civil_day day) const noexcept {
    const auto found =
        std::find_if(all_.begin(), all_.end(), [&](const policy& p) { return takes(p.definition().effective, day); });
    return found == all_.end() ? nullptr : &*found;
  }

  /// The version for an instant, on the day that the policy's first calendar has then (UTC without calendars).
  [[nodiscard]] const policy* at(instant when) const {
    const auto found = std::find_if(all_.begin(), all_.end(), [&](const policy& p) {
      const auto& calendars = p.calendars();
      return takes(p.definition().effective, calendars.empty() ? day_of(wall_time{when.time_since_epoch()})
                                                               : calendars.front().calendar.day_at(when));
    });
    return found == all_.end() ? nullptr : &*found;
  }

  [[nodiscard]] const std::vector<policy>& all() const noexcept { return all_; }

private:
  std::vector<policy> all_;
};

} // namespace plaint
