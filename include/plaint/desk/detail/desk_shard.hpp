// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>
#include <plaint/desk/detail/blob_store.hpp>
#include <plaint/desk/detail/opening_mould.hpp>
#include <plaint/desk/detail/packed_complaint.hpp>
#include <plaint/desk/detail/packed_scan.hpp>
#include <plaint/desk/detail/packing.hpp>
#include <plaint/desk/detail/quick_wake.hpp>
#include <plaint/desk/detail/seat_table.hpp>
#include <plaint/desk/detail/wake_queue.hpp>
#include <plaint/desk/detail/working_case.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// What is asked for often of a complaint, beside its packed bytes: half a cache line.
struct seat {
  instant next = instant::max(); ///< when it is to be woken
  instant due = instant::max();  ///< the earliest of what runs
  blob_store::handle bytes{};
  state_id state = no_id; ///< the first active one without states inside
  std::uint8_t level = 0; ///< the highest one of its ladders, 255 at most
};

/// A part of a desk: what one thread works on. Complaints lie packed; what is asked for often stands in a column.
class desk_shard {
public:
  explicit desk_shard(const policy& by)
      : by_(by), fresh_(fresh_complaint(by)), at_work_(by), seen_(by_, fresh_.attributes),
        quick_(by_, fresh_.attributes, at_work_), moulds_(by_) {}

  desk_shard(const desk_shard&) = delete;
  desk_shard& operator=(const desk_shard&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return seats_.size(); }
  [[nodiscard]] const std::vector<seat>& seats() const noexcept { return seats_; }

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const { return find(id, hash_of(id)); }
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id, std::uint64_t hash) const {
    return table_.find(hash, [&](std::uint32_t place) { return id_of(place) == id; });
  }

  /// The id stands first in the packed bytes, behind its length.
  [[nodiscard]] std::string_view id_of(std::uint32_t place) const noexcept {
    const auto bytes = bytes_of(place);
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
  [[nodiscard]] std::string_view bytes_of(std::uint32_t place) const noexcept {
    return store_.get(seats_[place].bytes);
  }

  void unpack(std::uint32_t place, complaint& into) const { unpack(bytes_of(place), into); }

  /// Throws `bad_bytes`.
  void unpack(std::string_view bytes, complaint& into) const {
    pack_reader reader(bytes);
    reader.text(into.id);
    if (into.policy != by_.reference()) {
      into.policy = by_.reference();
    }
    pack(reader, into, fresh_.attributes);
    if (!reader.done()) {
      throw bad_bytes("something follows the end");
    }
  }

  /// Puts a complaint in, or what has become of it.
  void put(complaint& c) {
    const auto hash = hash_of(c.id);
    const auto place = find(c.id, hash);
    keep(place ? *place : add(hash), c);
  }

  /// Puts a complaint in; false if there is one with its id already.
  [[nodiscard]] bool put_new(complaint& c, std::uint64_t hash) {
    if (find(c.id, hash)) {
      return false;
    }
    keep(add(hash), c);
    return true;
  }

  /// The same with a complaint that is packed already, and was looked over.
  [[nodiscard]] bool put_new(const packed_scan& c, std::uint64_t hash) {
    if (find(c.id(), hash)) {
      return false;
    }
    const auto place = add(hash);
    auto& s = seats_[place];
    store_.put(s.bytes, c.bytes());
    s.state = state_of(c.where());
    s.due = c.due(by_.named_clocks());
    s.level = level_of(c.level());
    wait(place, c.next());
    return true;
  }

  /// So many will be there.
  void reserve(std::size_t n) {
    seats_.reserve(n);
    table_.reserve(n);
  }

  /// Soon somebody with this hash is looked for.
  void ask_for(std::uint64_t hash) const noexcept { table_.ask_for(hash); }

  /// Opens a complaint, or knows its opening again by the key; what it did is good until the next call.
  progress& open(std::string_view id, const event& opening) {
    const auto hash = hash_of(id);
    if (const auto place = find(id, hash)) {
      if (!opening.key.empty()) {
        unpack(*place, at_work_.of);
        if (auto known = seen_before(at_work_.of, opening)) {
          at_work_.did = *std::move(known);
          return at_work_.did;
        }
      }
      return at_work_.refuse({.kind = "known-complaint",
                              .subject = std::string(id),
                              .message = "a complaint \"" + std::string(id) + "\" is at the desk already"});
    }
    at_work_.forget();
    if (auto* poured = moulds_.pour(id, opening, at_work_.did)) {
      keep(add(hash), *poured);
      return at_work_.did;
    }
    at_work_.of = fresh_;
    at_work_.of.id = id;
    at_work_.of.opened_at = at_work_.of.last_at = at_work_.of.happened_at = opening.effective_at;
    at_work_.forget();
    if (at_work_.run(opening, [&](occurrence& happened) {
          happened.event = no_id;
          happened.name = "opened";
          return at_work_.reducing.open(happened);
        })) {
      moulds_.learn(at_work_.of, opening, at_work_.did);
      keep(add(hash), at_work_.of);
    } else {
      at_work_.did.next_wake_up.reset();
    }
    return at_work_.did;
  }

  /// As `apply` for a complaint; what it did is good until the next call.
  progress& apply(std::string_view id, const event& what, const apply_options& options = {}) {
    const auto place = find(id);
    if (!place) {
      return at_work_.refuse({.kind = "unknown-complaint",
                              .subject = std::string(id),
                              .message = "no complaint \"" + std::string(id) + "\" is at the desk"});
    }
    unpack(*place, at_work_.of);
    if (!what.key.empty() || options.expected_sequence || what.effective_at < at_work_.of.happened_at) {
      auto [after, did] = plaint::apply(by_, std::move(at_work_.of), what, options);
      at_work_.of = std::move(after);
      at_work_.did = std::move(did);
      if (at_work_.did.accepted && !at_work_.did.repeated) {
        keep(*place, at_work_.of);
      }
      return at_work_.did;
    }
    at_work_.forget();
    if (at_work_.run(what, [&](occurrence& happened) {
          at_work_.reducing.fire_before(what.effective_at, what.effective_at);
          return at_work_.reducing.handle(happened);
        })) {
      keep(*place, at_work_.of);
    } else {
      const auto next = seats_[*place].next;
      at_work_.did.next_wake_up = next == instant::max() ? std::nullopt : std::optional(next);
    }
    return at_work_.did;
  }

  /// Wakes everybody whose time has come. What a calendar's end keeps from happening is told as an effect of kind
  /// "error". Returns how many things clocks and ladders have let happen.
  std::size_t advance(instant now, std::vector<effect>& out) {
    fired_ = 0;
    queue_.pop(
        now, [&](std::uint32_t who) { return seats_[who].next; }, [&](std::uint32_t who) { wake(who, now, out); },
        [&](std::uint32_t who) { ask_for_seat(who); }, [&](std::uint32_t who) { store_.ask_for(seats_[who].bytes); });
    for (const auto who : stuck_) { // asked again next time, and in nobody's way
      queue_.push(who, seats_[who].next);
    }
    stuck_.clear();
    return fired_;
  }

  [[nodiscard]] instant next_wake_up() {
    return queue_.next([&](std::uint32_t who) { return seats_[who].next; });
  }

  /// Nobody is to be woken before.
  [[nodiscard]] instant earliest() const noexcept { return queue_.earliest(); }

  [[nodiscard]] std::size_t bytes() const noexcept {
    return store_.reserved_bytes() + queue_.bytes() + seats_.capacity() * sizeof(seat) + table_.bytes();
  }

private:
  void wake(std::uint32_t who, instant now, std::vector<effect>& out) {
    if (quick_.works() && wake_quickly(who, now, out)) {
      return;
    }
    unpack(who, at_work_.of);
    at_work_.forget();
    try {
      at_work_.reducing.begin();
      let_pass(at_work_.reducing, at_work_.of, now);
    } catch (const horizon_error& e) {
      effect told{
          .key = at_work_.of.id + "/past-horizon", .kind = "error", .cause = "calendar", .at = seats_[who].next};
      told.parameters.add("error", node::text_of(e.what()));
      told.complaint = at_work_.of.id;
      out.push_back(std::move(told));
      stuck_.push_back(who);
      return;
    }
    sign(at_work_.did, at_work_.of);
    std::move(at_work_.did.effects.begin(), at_work_.did.effects.end(), std::back_inserter(out));
    fired_ += at_work_.did.firings.size() + at_work_.did.rungs.size();
    keep(who, at_work_.of);
  }

  [[nodiscard]] bool wake_quickly(std::uint32_t who, instant now, std::vector<effect>& out) {
    seen_.read(bytes_of(who));
    if (!quick_.run(seen_, now, writer_, out)) {
      return false;
    }
    fired_ += quick_.fired();
    auto& s = seats_[who];
    store_.put(s.bytes, writer_.bytes());
    s.due = quick_.due();
    wait(who, quick_.next());
    return true;
  }

  std::uint32_t add(std::uint64_t hash) {
    const auto place = static_cast<std::uint32_t>(seats_.size());
    seats_.emplace_back();
    table_.add(hash, place);
    return place;
  }

  void ask_for_seat(std::uint32_t who) const noexcept {
#if defined(__GNUC__)
    __builtin_prefetch(&seats_[who]);
#endif
  }

  /// How far somebody has looked is the desk's affair, not the complaint's: what is packed does not depend on when it
  /// was woken.
  void keep(std::uint32_t place, complaint& c) {
    c.last_at = c.happened_at;
    writer_.begin();
    writer_.text(c.id);
    pack(writer_, c, fresh_.attributes);
    auto& s = seats_[place];
    store_.put(s.bytes, writer_.bytes());
    s.state = state_of(c.where);
    s.due = instant::max();
    for (std::size_t i = 0; i < by_.named_clocks(); ++i) {
      if (c.clocks[i].running()) {
        s.due = std::min(s.due, c.clocks[i].latest()->due);
      }
    }
    std::int64_t level = 0;
    for (const auto& l : c.ladders) {
      level = std::max(level, l.level);
    }
    s.level = level_of(level);
    wait(place, c.next);
  }

  /// Waits for the next thing that time alone will do.
  void wait(std::uint32_t place, instant next) {
    const auto when = next == instant::max() ? next : next + duration{1};
    auto& s = seats_[place];
    if (when == s.next) {
      return;
    }
    s.next = when;
    queue_.push(place, when);
    if (queue_.is_crowded(seats_.size())) {
      queue_.refill(static_cast<std::uint32_t>(seats_.size()), [&](std::uint32_t who) { return seats_[who].next; });
    }
  }

  [[nodiscard]] state_id state_of(const configuration& where) {
    auto& known = leaves_[static_cast<std::size_t>(where.choices[0]) % leaves_.size()];
    if (!known.there || !(known.where == where)) {
      const auto leaves = by_.lifecycle().leaves(where);
      known = {where, leaves.empty() ? no_id : leaves.front(), true};
    }
    return known.state;
  }

  [[nodiscard]] static std::uint8_t level_of(std::int64_t level) noexcept {
    return static_cast<std::uint8_t>(std::clamp<std::int64_t>(level, 0, 255));
  }

  struct known_leaf {
    configuration where{};
    state_id state = no_id;
    bool there = false;
  };

  policy by_;
  complaint fresh_; ///< one that has not begun
  blob_store store_{};
  std::vector<seat> seats_{};
  seat_table table_{};
  wake_queue queue_{};
  std::vector<std::uint32_t> stuck_{};
  std::array<known_leaf, 32> leaves_{};
  std::size_t fired_ = 0;
  working_case at_work_;
  packed_scan seen_;
  quick_wake quick_;
  opening_moulds moulds_;
  pack_writer writer_{};
};

} // namespace plaint::detail
