// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// Many short byte strings that change now and then, without an allocation for each: pages cut into pieces of 16 bytes
/// and multiples, freed pieces used again by their size.
class blob_store {
public:
  /// Where a string is kept.
  struct handle {
    std::uint32_t unit = 0; ///< of 16 bytes, counted over all pages
    std::uint32_t size = 0;
  };

  [[nodiscard]] std::string_view get(handle h) const noexcept { return {address(h.unit), h.size}; }

  void put(handle& h, std::string_view bytes) {
    if (units_of(h.size) != units_of(bytes.size()) || h.size == 0) {
      release(h);
      h.unit = take(units_of(bytes.size()));
    }
    h.size = static_cast<std::uint32_t>(bytes.size());
    std::memcpy(address(h.unit), bytes.data(), bytes.size());
  }

  void release(handle h) {
    if (h.size != 0) {
      free_of(units_of(h.size)).push_back(h.unit);
    }
  }

  /// Soon the bytes are read.
  void ask_for(handle h) const noexcept {
#if defined(__GNUC__)
    const char* at = address(h.unit);
    for (std::uint32_t line = 0; line < h.size; line += 64) {
      __builtin_prefetch(at + line);
    }
    __builtin_prefetch(at + h.size);
#endif
  }

  [[nodiscard]] std::size_t reserved_bytes() const noexcept {
    std::size_t all = pages_.size() * page_bytes;
    for (const auto& list : free_) {
      all += list.capacity() * sizeof(std::uint32_t);
    }
    return all;
  }

private:
  static constexpr std::size_t unit_bytes = 16;
  static constexpr std::uint32_t page_units = 1U << 16U;
  static constexpr std::size_t page_bytes = unit_bytes * page_units;

  [[nodiscard]] static std::uint32_t units_of(std::size_t bytes) noexcept {
    return static_cast<std::uint32_t>((bytes + unit_bytes - 1) / unit_bytes);
  }
  [[nodiscard]] char* address(std::uint32_t unit) const noexcept {
    return pages_[unit / page_units].get() + std::size_t{unit % page_units} * unit_bytes;
  }

  std::vector<std::uint32_t>& free_of(std::uint32_t units) {
    if (units >= free_.size()) {
      free_.resize(units + 1);
    }
    return free_[units];
  }

  std::uint32_t take(std::uint32_t units) {
    auto& list = free_of(units);
    if (!list.empty()) {
      const auto unit = list.back();
      list.pop_back();
      return unit;
    }
    if (units > page_units) { // a string longer than a page gets pages of its own, in one piece
      const auto first = pages_.size();
      const auto count = (units + page_units - 1) / page_units;
      pages_.push_back(std::make_unique<char[]>(page_bytes * count));
      for (std::size_t i = 1; i < count; ++i) {
        pages_.emplace_back(nullptr);
      }
      used_ = page_units;
      return static_cast<std::uint32_t>(first * page_units);
    }
    if (pages_.empty() || used_ + units > page_units) {
      pages_.push_back(std::make_unique_for_overwrite<char[]>(page_bytes));
      used_ = 0;
    }
    const auto unit = static_cast<std::uint32_t>((pages_.size() - 1) * page_units + used_);
    used_ += units;
    return unit;
  }

  std::vector<std::unique_ptr<char[]>> pages_{};
  std::vector<std::vector<std::uint32_t>> free_{}; ///< by units
  std::uint32_t used_ = 0;                         ///< of the last page
};

} // namespace plaint::detail
