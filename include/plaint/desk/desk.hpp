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
#include <optional>
#include <span>
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

  progress open(std::string id, event opening) {
    auto& s = shard(id);
    opening.name = "opened";
    return s.open(std::move(id), opening);
  }
  /// As `apply` for a complaint; "unknown-complaint" where it is not at the desk.
  progress apply(std::string_view id, const event& what, const apply_options& options = {}) {
    return shard(id).apply(id, what, options);
  }

  /// Puts a complaint at the desk, or in the place of the one with its id. Throws `std::invalid_argument` if it pins
  /// another policy.
  void put(const complaint& c) {
    detail::check_pinned(by_, c);
    shard(c.id).put(c);
  }

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
    each_shard([&](std::size_t i) { shards_[i]->advance(now, told[i]); });
    return in_order(told);
  }

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
      for (const auto state : s->states()) {
        counts[state] += state == no_id ? 0U : 1U;
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
      for (const auto level : s->levels()) {
        ++counts[level];
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

  /// Effects of the parts in one order: by instant, then complaint; those of one complaint stay in theirs.
  static std::vector<effect> in_order(std::array<std::vector<effect>, parts>& told) {
    std::vector<effect> all;
    for (auto& part : told) {
      std::move(part.begin(), part.end(), std::back_inserter(all));
    }
    std::stable_sort(all.begin(), all.end(), [](const effect& a, const effect& b) {
      return a.at != b.at ? a.at < b.at : a.complaint < b.complaint;
    });
    return all;
  }

  template <class Wanted>
  [[nodiscard]] std::vector<desk_promise> promises(instant before, Wanted wanted) const {
    std::vector<desk_promise> all;
    complaint c;
    for (const auto& s : shards_) {
      for (std::uint32_t i = 0; i < s->size(); ++i) {
        if (s->due()[i] >= before) {
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
      auto did = e.what.name == "opened" ? shards_[part]->open(e.complaint, e.what)
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
