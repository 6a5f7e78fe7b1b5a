// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>
#include <plaint/desk/detail/desk_shard.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace plaint {

/// An event and whose it is. One named "opened" opens the complaint.
struct desk_event {
  std::string complaint{};
  event what{};
};

/// What came of many events: which were accepted, why the others were not, and everything that the host is asked to do.
struct desk_outcome {
  std::vector<std::uint8_t> accepted{};                                   ///< 1 for each event that was
  std::vector<std::pair<std::size_t, std::vector<refusal>>> rejections{}; ///< by the place of the event
  std::vector<effect> effects{};                                          ///< by instant, then complaint
};

/// A promise that runs: whose, which, and until when.
struct desk_promise {
  std::string complaint{};
  std::string clock{};
  instant due{};

  friend bool operator==(const desk_promise&, const desk_promise&) = default;
};

/// Many complaints under one policy in one process: packed, with a queue of who is to be woken when.
///
/// Nothing of it depends on how many threads work. It keeps no journals: who wants them keeps the events that were
/// accepted. One desk is used by one thread at a time.
class desk {
public:
  explicit desk(policy by, unsigned threads = 1) : by_(std::move(by)), threads_(std::max(1U, threads)) {
    for (auto& s : shards_) {
      s = std::make_unique<detail::desk_shard>(by_);
    }
  }

  [[nodiscard]] const policy& rules() const noexcept { return by_; }
  [[nodiscard]] std::size_t size() const noexcept {
    std::size_t n = 0;
    for (const auto& s : shards_) {
      n += s->size();
    }
    return n;
  }
  [[nodiscard]] bool contains(std::string_view id) const noexcept { return shard(id).find(id).has_value(); }

  /// How many bytes it holds, all told.
  [[nodiscard]] std::size_t bytes() const noexcept {
    std::size_t n = 0;
    for (const auto& s : shards_) {
      n += s->bytes();
    }
    return n;
  }

  progress open(const std::string& id, event opening) {
    opening.name = "opened";
    return std::move(shard(id).open(id, opening));
  }
  /// As `apply` for a complaint; "unknown-complaint" where it is not at the desk.
  progress apply(std::string_view id, const event& what, const apply_options& options = {}) {
    return std::move(shard(id).apply(id, what, options));
  }

  /// Puts a complaint at the desk, or in the place of the one with its id. Throws `std::invalid_argument` if it pins
  /// another policy.
  void put(const complaint& c) {
    detail::check_pinned(by_, c);
    if (c.attributes.size() != by_.schema().attributes.size() || c.clocks.size() != by_.clocks().size() ||
        c.ladders.size() != by_.ladders().size()) {
      throw std::invalid_argument("complaint \"" + c.id + "\" has another number of attributes, clocks or ladders");
    }
    complaint kept = c;
    shard(c.id).put(kept);
  }

  /// For those who read stored desks: room for so many, a complaint that is known to fit (false if its id is taken),
  /// and that the one with this hash is soon put in.
  void reserve(std::size_t n) {
    for (auto& s : shards_) {
      s->reserve(n / parts + n / 100 + 1);
    }
  }
  [[nodiscard]] bool put_new(complaint& c) {
    const auto hash = detail::hash_of(c.id);
    return shards_[hash >> 60U]->put_new(c, hash);
  }
  [[nodiscard]] bool put_new(const detail::packed_scan& c, std::uint64_t hash) {
    return shards_[hash >> 60U]->put_new(c, hash);
  }
  void ask_for(std::uint64_t hash) const noexcept { shards_[hash >> 60U]->ask_for(hash); }

  /// The complaint as it is, or nothing.
  [[nodiscard]] std::optional<complaint> find(std::string_view id) const {
    const auto place = shard(id).find(id);
    if (!place) {
      return std::nullopt;
    }
    complaint c;
    shard(id).unpack(*place, c);
    return c;
  }

  /// Many events at once. Those of one complaint happen in their order here; complaints don't wait for each other.
  desk_outcome apply_all(std::span<const desk_event> events);

  /// Lets time pass for everybody: what fell due before `now`, in the order of instants, then complaints, then clocks.
  /// What sleeps costs nothing.
  std::vector<effect> advance(instant now) {
    std::array<std::vector<effect>, parts> told;
    std::array<std::size_t, parts> fired{};
    if (!is_idle(now)) {
      each_shard([&](std::size_t i) { fired[i] = shards_[i]->advance(now, told[i]); });
    }
    fired_ = std::accumulate(fired.begin(), fired.end(), std::size_t{0});
    return in_order(told);
  }
  /// How many things clocks and ladders let happen in the last `advance`, those included that ask the host for nothing.
  [[nodiscard]] std::size_t fired() const noexcept { return fired_; }

  /// When somebody is to be woken next; nothing while nobody waits.
  [[nodiscard]] std::optional<instant> next_wake_up() const {
    instant next = instant::max();
    for (const auto& s : shards_) {
      next = std::min(next, s->next_wake_up());
    }
    return next == instant::max() ? std::nullopt : std::optional(next);
  }

  /// Promises that run and are due before an instant, earliest first.
  [[nodiscard]] std::vector<desk_promise> due_before(instant t) const {
    return promises(t, [&](const clock_cycle& c) { return c.due < t; });
  }
  /// Promises that run and are broken as of an instant, the oldest first.
  [[nodiscard]] std::vector<desk_promise> overdue(instant at) const {
    return promises(at, [&](const clock_cycle& c) { return c.breached(at).has_value(); });
  }

  /// How many complaints are in each state (the first active one without states inside), by name.
  [[nodiscard]] std::map<std::string, std::size_t> count_by_state() const {
    std::vector<std::size_t> counts(by_.lifecycle().state_count());
    for (const auto& s : shards_) {
      for (const auto& seat : s->seats()) {
        if (seat.state != no_id) {
          ++counts[seat.state];
        }
      }
    }
    std::map<std::string, std::size_t> named;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] != 0) {
        named[by_.lifecycle().name(static_cast<state_id>(i))] = counts[i];
      }
    }
    return named;
  }
  /// How many complaints are at each level of escalation; 0 is none.
  [[nodiscard]] std::map<int, std::size_t> count_by_level() const {
    std::map<int, std::size_t> counts;
    for (const auto& s : shards_) {
      for (const auto& seat : s->seats()) {
        ++counts[seat.level];
      }
    }
    return counts;
  }

  /// Shows every complaint, in the same order as long as none is added.
  template <class See>
  void for_each(See see) const {
    complaint c;
    for (const auto& s : shards_) {
      for (std::uint32_t i = 0; i < s->size(); ++i) {
        s->unpack(i, c);
        see(static_cast<const complaint&>(c));
      }
    }
  }

  /// SHA-256 over all complaints by id: equal for equal desks, whatever led to them.
  [[nodiscard]] std::string digest() const {
    std::vector<std::string_view> all;
    for (const auto& s : shards_) {
      for (std::uint32_t i = 0; i < s->size(); ++i) {
        all.push_back(s->bytes_of(i));
      }
    }
    std::sort(all.begin(), all.end());
    sha256 sum;
    for (const auto bytes : all) {
      sum.update(bytes);
    }
    return to_hex(sum.finish());
  }

  /// The parts, for those who store them.
  static constexpr std::size_t parts = 16;
  [[nodiscard]] const detail::desk_shard& part(std::size_t i) const noexcept { return *shards_[i]; }

private:
  [[nodiscard]] detail::desk_shard& shard(std::string_view id) noexcept { return *shards_[detail::hash_of(id) >> 60U]; }
  [[nodiscard]] const detail::desk_shard& shard(std::string_view id) const noexcept {
    return *shards_[detail::hash_of(id) >> 60U];
  }

  /// Nobody waits for an instant as early as this one: no thread is worth beginning.
  [[nodiscard]] bool is_idle(instant now) const noexcept {
    return std::all_of(shards_.begin(), shards_.end(), [&](const auto& s) { return s->earliest() > now; });
  }

  /// Runs the parts, each by one thread; what a part throws is thrown here, the first one's.
  template <class Work>
  void each_shard(Work work) {
    std::array<std::exception_ptr, parts> broken{};
    std::atomic<std::size_t> next{0};
    const auto run = [&] {
      for (auto i = next++; i < parts; i = next++) {
        try {
          work(i);
        } catch (...) {
          broken[i] = std::current_exception();
        }
      }
    };
    std::vector<std::thread> others;
    for (unsigned t = 1; t < std::min<unsigned>(threads_, parts); ++t) {
      others.emplace_back(run);
    }
    run();
    for (auto& t : others) {
      t.join();
    }
    for (const auto& e : broken) {
      if (e) {
        std::rethrow_exception(e);
      }
    }
  }

  /// Where an effect belongs; the beginning of the id stands here, so that few effects are looked at.
  struct effect_place {
    instant at{};
    std::array<std::uint64_t, 2> id{};
    std::uint32_t size = 0; ///< of the id; 17: more
    effect* what = nullptr;

    explicit effect_place(effect& e)
        : at(e.at), size(static_cast<std::uint32_t>(std::min<std::size_t>(e.complaint.size(), 17))), what(&e) {
      for (std::size_t i = 0; i < 16; ++i) {
        id[i / 8] = id[i / 8] << 8U | (i < e.complaint.size() ? static_cast<unsigned char>(e.complaint[i]) : 0U);
      }
    }
    friend bool operator<(const effect_place& a, const effect_place& b) {
      return a.at != b.at       ? a.at < b.at
             : a.id != b.id     ? a.id < b.id
             : a.size != b.size ? a.size < b.size
                                : a.size == 17 && a.what->complaint < b.what->complaint;
    }
  };

  /// Effects of the parts in one order: by instant, then complaint; those of one complaint stay in theirs.
  static std::vector<effect> in_order(std::array<std::vector<effect>, parts>& told) {
    std::vector<effect_place> places;
    for (auto& part : told) {
      for (auto& e : part) {
        places.emplace_back(e);
      }
    }
    std::stable_sort(places.begin(), places.end());
    std::vector<effect> all;
    all.reserve(places.size());
    for (const auto& p : places) {
      all.push_back(std::move(*p.what));
    }
    return all;
  }

  template <class Wanted>
  [[nodiscard]] std::vector<desk_promise> promises(instant before, Wanted wanted) const {
    std::vector<desk_promise> all;
    complaint c;
    for (const auto& s : shards_) {
      for (std::uint32_t i = 0; i < s->size(); ++i) {
        if (s->seats()[i].due >= before) {
          continue;
        }
        s->unpack(i, c);
        for (std::size_t k = 0; k < by_.named_clocks(); ++k) {
          const auto* cycle = c.clocks[k].latest();
          if (c.clocks[k].running() && cycle != nullptr && wanted(*cycle)) {
            all.push_back({c.id, by_.clocks()[k].definition.id, cycle->due});
          }
        }
      }
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
      return a.due != b.due               ? a.due < b.due
             : a.complaint != b.complaint ? a.complaint < b.complaint
                                          : a.clock < b.clock;
    });
    return all;
  }

  policy by_;
  unsigned threads_;
  std::size_t fired_ = 0;
  std::array<std::unique_ptr<detail::desk_shard>, parts> shards_{};
};

inline desk_outcome desk::apply_all(std::span<const desk_event> events) {
  desk_outcome out;
  out.accepted.resize(events.size());
  std::array<std::vector<std::uint32_t>, parts> whose;
  for (std::size_t i = 0; i < events.size(); ++i) {
    whose[detail::hash_of(events[i].complaint) >> 60U].push_back(static_cast<std::uint32_t>(i));
  }
  std::array<std::vector<effect>, parts> told;
  std::array<decltype(out.rejections), parts> refused;
  each_shard([&](std::size_t part) {
    for (const auto i : whose[part]) {
      const auto& e = events[i];
      auto& did = e.what.name == "opened" ? shards_[part]->open(e.complaint, e.what)
                                          : shards_[part]->apply(e.complaint, e.what);
      out.accepted[i] = did.accepted ? 1 : 0;
      if (!did.accepted) {
        refused[part].emplace_back(i, std::move(did.reasons));
      }
      std::move(did.effects.begin(), did.effects.end(), std::back_inserter(told[part]));
    }
  });
  for (auto& part : refused) {
    std::move(part.begin(), part.end(), std::back_inserter(out.rejections));
  }
  std::sort(out.rejections.begin(), out.rejections.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  out.effects = in_order(told);
  return out;
}

} // namespace plaint
