// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/value.hpp>
#include <plaint/lifecycle/step_result.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The attributes as a running step sees them: the caller's own until one is set, then a copy.
class staging {
public:
  void begin(std::span<const value> original) noexcept {
    original_ = original;
    touched_.clear();
  }

  [[nodiscard]] std::span<const value> now() const noexcept { return touched_.empty() ? original_ : std::span(copy_); }

  void set(std::uint16_t slot, value to) {
    if (touched_.empty()) {
      copy_.assign(original_.begin(), original_.end()); // keeps the memory of the step before
    }
    copy_[slot] = std::move(to);
    touched_.push_back(slot);
  }

  /// What differs from the beginning, in the order of slots.
  void changes(std::vector<attribute_change>& out) {
    std::sort(touched_.begin(), touched_.end());
    touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
    for (const auto slot : touched_) {
      if (!(copy_[slot] == original_[slot])) {
        out.push_back({slot, copy_[slot]});
      }
    }
  }

private:
  std::span<const value> original_{};
  std::vector<value> copy_{};
  std::vector<std::uint16_t> touched_{};
};

} // namespace plaint::detail
