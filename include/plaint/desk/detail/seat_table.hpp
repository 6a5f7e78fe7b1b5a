// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// FNV-1a: the same everywhere, so that a complaint is in the same part of every desk.
[[nodiscard]] inline std::uint64_t hash_of(std::string_view id) noexcept {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : id) {
    h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return h ^ h >> 29U;
}

/// Places by the hash of an id, open addressing. Half of the hash stands beside each place, so that other ids are
/// hardly ever looked at, and growing looks at none.
class seat_table {
public:
  /// The place for which `is(place)` holds.
  template <class Is>
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash, Is is) const {
    if (slots_.empty()) {
      return std::nullopt;
    }
    const auto tag = static_cast<std::uint32_t>(hash);
    for (auto i = tag & mask();; i = (i + 1) & mask()) {
      if (slots_[i].place == vacant) {
        return std::nullopt;
      }
      if (slots_[i].tag == tag && is(slots_[i].place)) {
        return slots_[i].place;
      }
    }
  }

  /// Enters a place whose id is not there yet.
  void add(std::uint64_t hash, std::uint32_t place) {
    if (++used_ * 3 > slots_.size() * 2) {
      reserve(used_);
    }
    enter({static_cast<std::uint32_t>(hash), place});
  }

  void reserve(std::size_t n) {
    if (n * 3 <= slots_.size() * 2) {
      return;
    }
    std::size_t size = std::max<std::size_t>(64, slots_.size());
    while (n * 3 > size * 2) {
      size *= 2;
    }
    auto before = std::vector<slot>(size);
    before.swap(slots_);
    for (const auto& s : before) {
      if (s.place != vacant) {
        enter(s);
      }
    }
  }

  void ask_for(std::uint64_t hash) const noexcept {
#if defined(__GNUC__)
    if (!slots_.empty()) {
      __builtin_prefetch(&slots_[static_cast<std::uint32_t>(hash) & mask()]);
    }
#endif
  }

  [[nodiscard]] std::size_t bytes() const noexcept {
    return slots_.capacity() * sizeof(slot);
  }

private:
  static constexpr std::uint32_t vacant = 0xffffffff;

  struct slot {
    std::uint32_t tag = 0;
    std::uint32_t place = vacant;
  };

  [[nodiscard]] std::uint32_t mask() const noexcept {
    return static_cast<std::uint32_t>(slots_.size() - 1);
  }

  void enter(slot s) {
    auto i = s.tag & mask();
    while (slots_[i].place != vacant) {
      i = (i + 1) & mask();
    }
    slots_[i] = s;
  }

  std::vector<slot> slots_{};
  std::size_t used_ = 0;
};

} // namespace plaint::detail
