// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/span.hpp>

#include <stdexcept>
#include <string>

namespace plaint {

/// Thrown where a calendar is asked about time that it does not know; carries what it knows.
class horizon_error : public std::out_of_range {
public:
  horizon_error(const std::string& what, span horizon) : std::out_of_range(what), horizon_(horizon) {}

  /// The instants that the calendar knows.
  [[nodiscard]] span horizon() const noexcept { return horizon_; }

private:
  span horizon_;
};

} // namespace plaint
