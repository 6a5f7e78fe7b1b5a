// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace plaint::detail {

/// Numbers that are only appended and taken out together: pages that double up to a size, so none is ever copied.
class number_pile {
public:
  void push(std::uint32_t n) {
    if (at_ == end_) {
      grow();
    }
    *at_++ = n;
  }
  [[nodiscard]] std::size_t bytes() const noexcept {
    std::size_t all = 0;
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      all += size_of(i) * sizeof(std::uint32_t);
    }
    return all;
  }

  template <class Each>
  void for_each(Each each) const {
    for (std::size_t i = 0; i < pages_.size(); ++i) {
      const auto* const end = i + 1 == pages_.size() ? at_ : pages_[i].get() + size_of(i);
      for (const auto* n = pages_[i].get(); n != end; ++n) {
        each(n, end);
      }
    }
  }

private:
  [[nodiscard]] static std::size_t size_of(std::size_t page) noexcept {
    return std::size_t{8} << std::min<std::size_t>(page, 7);
  }
  void grow() {
    const auto size = size_of(pages_.size());
    pages_.push_back(std::make_unique_for_overwrite<std::uint32_t[]>(size));
    at_ = pages_.back().get();
    end_ = at_ + size;
  }

  std::uint32_t* at_ = nullptr;
  std::uint32_t* end_ = nullptr;
  std::vector<std::unique_ptr<std::uint32_t[]>> pages_{};
};

} // namespace plaint::detail
