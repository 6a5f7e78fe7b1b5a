// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/holiday/holiday_rule.hpp>

#include <optional>
#include <string>
#include <vector>

namespace plaint {

/// A holiday on one local day, with its name.
struct holiday {
  civil_day day{};
  std::string name{};

  friend bool operator==(const holiday&, const holiday&) = default;
};

/// A named set of holidays: rules and single dates, make-up working days, and the years for which it is known.
struct holidays {
  std::string name{};
  std::vector<holiday_rule> rules{};
  std::vector<holiday> dates{};
  std::vector<holiday> working_days{};  ///< days that are worked although weekend or holiday; they beat both
  std::optional<int> first_year{};      ///< before it nothing is known; none: no limit
  std::optional<int> last_year{};       ///< after it nothing is known; none: no limit
  std::vector<int> provisional_years{}; ///< known, but not announced finally
  std::optional<int>
      announced_to{};   ///< the last year whose days were published; later ones are computed, so provisional
  std::string source{}; ///< the law or the list that it was taken from

  friend bool operator==(const holidays&, const holidays&) = default;
};

} // namespace plaint
