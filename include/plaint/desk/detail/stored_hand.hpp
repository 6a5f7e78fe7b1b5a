// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/byte_archive.hpp>
#include <plaint/complaint/detail/complaint_archive.hpp>
#include <plaint/desk/desk.hpp>
#include <plaint/desk/detail/packed_scan.hpp>
#include <plaint/desk/detail/stored_check.hpp>
#include <plaint/policy/policy.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string_view>
#include <vector>

namespace plaint::detail {

/// A complaint in the block of a stored desk that is being read.
struct stored_part {
  std::size_t at = 0;
  std::size_t size = 0;
  std::uint64_t hash = 0; ///< of its id

  [[nodiscard]] std::string_view in(std::string_view block) const noexcept { return block.substr(at, size); }
};

/// Puts stored complaints at a desk. Several hands share a block by the parts of the desk, so that no two of them touch
/// one: each by a thread of its own.
class stored_hand {
public:
  stored_hand(const policy& by, const std::vector<value>& fresh, bool first_format, desk& to)
      : to_(to), first_format_(first_format), check_(by), seen_(by, fresh), complaint_{.policy = by.reference()} {}

  /// Those that are the turn of hand number `which` of so many, in order, up to the first that cannot be.
  void put(std::string_view block, const std::vector<stored_part>& all, std::size_t which, std::size_t hands) noexcept {
    const auto is_mine = [&](const stored_part& p) { return hands == 1 || (p.hash >> 60U) % hands == which; };
    try {
      for (std::size_t i = 0; i < all.size() + ahead; ++i) {
        if (i < all.size() && is_mine(all[i])) {
          to_.ask_for(all[i].hash);
        }
        if (i >= ahead && is_mine(all[i - ahead])) {
          at_ = i - ahead;
          put(all[at_].in(block), all[at_].hash);
        }
      }
    } catch (...) { // told by whoever waits for the thread
      broken_ = std::current_exception();
    }
  }

  /// What went wrong, if anything did, and with which of the block.
  [[nodiscard]] const std::exception_ptr& broken() const noexcept { return broken_; }
  [[nodiscard]] std::size_t broken_at() const noexcept { return broken_ ? at_ : static_cast<std::size_t>(-1); }

private:
  static constexpr std::size_t ahead = 8; ///< how many complaints before its turn a place is asked for

  void put(std::string_view bytes, std::uint64_t hash) {
    if (!is_put(bytes, hash)) {
      throw bad_bytes("a complaint is there twice");
    }
  }

  [[nodiscard]] bool is_put(std::string_view bytes, std::uint64_t hash) {
    if (first_format_) {
      byte_reader reader(bytes);
      reader.text(complaint_.id);
      archive(reader, complaint_);
      if (!reader.done()) {
        throw bad_bytes("something follows the end");
      }
      check_.all(complaint_);
      return to_.put_new(complaint_);
    }
    seen_.read(bytes, &check_);
    if (!seen_.is_settled()) { // nothing that a desk has made itself
      to_.part(hash >> 60U).unpack(bytes, complaint_);
      return to_.put_new(complaint_);
    }
    return to_.put_new(seen_, hash);
  }

  desk& to_;
  bool first_format_;
  stored_check check_;
  packed_scan seen_;
  complaint complaint_;
  std::size_t at_ = 0;
  std::exception_ptr broken_{};
};

} // namespace plaint::detail
