// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_engine.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/expr/scope.hpp>
#include <plaint/ladder/ladder_engine.hpp>
#include <plaint/policy/policy.hpp>

#include <cstdint>

namespace plaint::detail {

/// What expressions of another policy see of clocks and ladders while a complaint moves there: those of the same name
/// as they stood under the policy that it leaves, so that it does not matter in which order they move. One that was not
/// there has never begun.
class readings_before {
public:
  readings_before(const policy& from, const policy& to, const complaint& of) noexcept : from_(from), to_(to), of_(of) {}

  [[nodiscard]] reading_source<clock_reading> clocks() const noexcept {
    return {this, [](const void* self, std::uint16_t place) noexcept {
              const auto& seen = *static_cast<const readings_before*>(self);
              const auto old = seen.from_.clocks().find(seen.to_.clocks()[place].definition.id);
              return old ? read_clock(seen.from_.clocks()[*old], seen.of_.clocks[*old], seen.of_.last_at,
                                      seen.of_.attributes)
                         : clock_reading{};
            }};
  }
  [[nodiscard]] reading_source<ladder_reading> ladders() const noexcept {
    return {this, [](const void* self, std::uint16_t place) noexcept {
              const auto& seen = *static_cast<const readings_before*>(self);
              const auto old = seen.from_.ladders().find(seen.to_.ladders()[place].definition.id);
              return old ? read_ladder(seen.of_.ladders[*old]) : ladder_reading{};
            }};
  }

private:
  const policy& from_;
  const policy& to_;
  const complaint& of_;
};

} // namespace plaint::detail
