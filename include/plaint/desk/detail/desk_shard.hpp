// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>
#include <plaint/complaint/detail/complaint_archive.hpp>
#include <plaint/desk/detail/blob_store.hpp>
#include <plaint/desk/detail/wake_queue.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

/// A part of a desk: what one thread works on. Complaints lie packed; what is asked for often stands in columns.
class desk_shard {
public:
  explicit desk_shard(const policy& by) : by_(by) {}

  [[nodiscard]] std::size_t size() const noexcept { return blobs_.size(); }

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const noexcept {
    if (table_.empty()) {
      return std::nullopt;
    }
    for (auto slot = hash_of(id) & (table_.size() - 1);; slot = (slot + 1) & (table_.size() - 1)) {
      if (table_[slot] == vacant) {
        return std::nullopt;
      }
      if (id_of(table_[slot]) == id) {
        return table_[slot];
      }
    }
  }

  /// The id stands first in the packed bytes, behind its length.
  [[nodiscard]] std::string_view id_of(std::uint32_t place) const noexcept {
    const auto bytes = store_.get(blobs_[place]);
    std::size_t length = 0;
    std::size_t at = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes[at++]);
      length |= std::size_t{byte & 0x7fU} << shift;
      if (byte < 0x80U) {
        break;
      }
    }
    return bytes.substr(at, length);
  }

  void unpack(std::uint32_t place, complaint& into) const { unpack(store_.get(blobs_[place]), into); }

  /// Throws `bad_bytes`.
  void unpack(std::string_view bytes, complaint& into) const {
    byte_reader reader(bytes);
    reader.text(into.id);
    into.policy = by_.reference();
    archive(reader, into);
    if (!reader.done()) {
      throw bad_bytes("something follows the end");
    }
  }

  /// Puts a complaint in, or what has become of it.
  void put(complaint c) {
    const auto place = find(c.id);
    pack(place ? *place : add(c.id), c);
  }

  progress open(std::string id, const event& opening) {
    if (find(id)) {
      progress did;
      did.reasons.push_back(
          {.kind = "known-complaint", .subject = id, .message = "a complaint \"" + id + "\" is at the desk already"});
      return did;
    }
    auto [made, did] = plaint::open(by_, std::move(id), opening);
    if (did.accepted) {
      put(std::move(made));
    }
    return std::move(did);
  }

  progress apply(std::string_view id, const event& what, const apply_options& options = {}) {
    const auto place = find(id);
    if (!place) {
      progress did;
      did.reasons.push_back({.kind = "unknown-complaint",
                             .subject = std::string(id),
                             .message = "no complaint \"" + std::string(id) + "\" is at the desk"});
      return did;
    }
    unpack(*place, work_);
    auto [after, did] = plaint::apply(by_, std::move(work_), what, options);
    work_ = std::move(after);
    if (did.accepted && !did.repeated) {
      pack(*place, work_);
    }
    return std::move(did);
  }

  /// Wakes everybody whose time has come. What a calendar's end keeps from happening is told as an effect of kind
  /// "error".
  void advance(instant now, std::vector<effect>& out) {
    queue_.pop(
        now, [&](std::uint32_t who) { return next_[who]; }, [&](std::uint32_t who) { wake(who, now, out); });
    for (const auto who : stuck_) { // asked again next time, and in nobody's way
      queue_.push(who, next_[who]);
    }
    stuck_.clear();
  }

  [[nodiscard]] instant next_wake_up() const {
    instant next = instant::max();
    for (const auto t : next_) {
      next = std::min(next, t);
    }
    return next;
  }

  [[nodiscard]] const std::vector<instant>& next() const noexcept { return next_; }
  [[nodiscard]] const std::vector<instant>& due() const noexcept { return due_; }
  [[nodiscard]] const std::vector<state_id>& states() const noexcept { return state_; }
  [[nodiscard]] const std::vector<std::uint8_t>& levels() const noexcept { return level_; }
  [[nodiscard]] std::string_view bytes_of(std::uint32_t place) const noexcept { return store_.get(blobs_[place]); }

  [[nodiscard]] std::size_t bytes() const noexcept {
    return store_.reserved_bytes() + queue_.bytes() + blobs_.capacity() * sizeof(blob_store::handle) +
           (next_.capacity() + due_.capacity()) * sizeof(instant) + state_.capacity() * sizeof(state_id) +
           level_.capacity() + table_.capacity() * sizeof(std::uint32_t);
  }

private:
  static constexpr std::uint32_t vacant = 0xffffffff;

  void wake(std::uint32_t who, instant now, std::vector<effect>& out) {
    unpack(who, work_);
    try {
      auto [after, did] = plaint::advance(by_, work_, now);
      std::move(did.effects.begin(), did.effects.end(), std::back_inserter(out));
      pack(who, after);
    } catch (const horizon_error& e) {
      effect told{.key = work_.id + "/past-horizon", .kind = "error", .cause = "calendar", .at = next_[who]};
      told.parameters.add("error", node::text_of(e.what()));
      told.complaint = work_.id;
      out.push_back(std::move(told));
      stuck_.push_back(who);
    }
  }

  std::uint32_t add(std::string_view id) {
    if ((blobs_.size() + 1) * 3 > table_.size() * 2) {
      grow();
    }
    const auto place = static_cast<std::uint32_t>(blobs_.size());
    blobs_.emplace_back();
    next_.push_back(instant::max());
    due_.push_back(instant::max());
    state_.push_back(no_id);
    level_.push_back(0);
    enter(hash_of(id), place);
    return place;
  }

  void enter(std::uint64_t hash, std::uint32_t place) {
    auto slot = hash & (table_.size() - 1);
    while (table_[slot] != vacant) {
      slot = (slot + 1) & (table_.size() - 1);
    }
    table_[slot] = place;
  }

  void grow() {
    table_.assign(std::max<std::size_t>(64, table_.size() * 2), vacant);
    for (std::uint32_t place = 0; place < blobs_.size(); ++place) {
      enter(hash_of(id_of(place)), place);
    }
  }

  /// How far somebody has looked is the desk's affair, not the complaint's: what is packed does not depend on when it
  /// was woken.
  void pack(std::uint32_t place, complaint& c) {
    c.last_at = c.happened_at;
    packed_.clear();
    byte_writer writer(packed_);
    writer.text(c.id);
    archive(writer, c);
    store_.put(blobs_[place], packed_);
    const auto leaves = by_.lifecycle().leaves(c.where);
    state_[place] = leaves.empty() ? no_id : leaves.front();
    due_[place] = instant::max();
    for (std::size_t i = 0; i < by_.named_clocks(); ++i) {
      if (c.clocks[i].running()) {
        due_[place] = std::min(due_[place], c.clocks[i].latest()->due);
      }
    }
    level_[place] = level_of(c);
    const auto next = wake_up(c).value_or(instant::max());
    if (next != next_[place]) {
      next_[place] = next;
      queue_.push(place, next);
    }
  }

  /// The highest level of its ladders.
  [[nodiscard]] static std::uint8_t level_of(const complaint& c) noexcept {
    std::int64_t level = 0;
    for (const auto& l : c.ladders) {
      level = std::max(level, l.level);
    }
    return static_cast<std::uint8_t>(std::min<std::int64_t>(level, 255));
  }

  policy by_;
  blob_store store_{};
  std::vector<blob_store::handle> blobs_{};
  std::vector<instant> next_{};
  std::vector<instant> due_{}; ///< the earliest of what runs
  std::vector<state_id> state_{};
  std::vector<std::uint8_t> level_{};
  std::vector<std::uint32_t> table_{}; ///< open addressing: places by the hash of the id
  wake_queue queue_{};
  std::vector<std::uint32_t> stuck_{};
  complaint work_{};
  std::string packed_{};
};

} // namespace plaint::detail
