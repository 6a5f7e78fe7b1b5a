// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace plaint {

/// How sure a calendar is about some time; later values are less sure.
enum class certainty : unsigned char {
  known,
  provisional,  ///< in a year whose holidays are not announced finally
  extrapolated, ///< beyond the years for which holidays are known: weekly hours only
};

} // namespace plaint
