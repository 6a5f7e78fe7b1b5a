// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/canonical.hpp>
#include <plaint/complaint/detail/byte_archive.hpp>
#include <plaint/complaint/detail/complaint_archive.hpp>
#include <plaint/desk/desk.hpp>
#include <plaint/desk/detail/file_replacement.hpp>
#include <plaint/error.hpp>
#include <plaint/expr/type.hpp>
#include <plaint/lifecycle/snapshot_names.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace plaint {

namespace detail {

inline constexpr std::string_view desk_mark = "plaint desk\x1a\x02"; // the last byte is the format
inline constexpr char first_desk_format = '\x01';                    // still read

/// The names behind the places by which complaints are packed: a desk is read only where they are the same.
[[nodiscard]] inline std::string names_of_places(const policy& by) {
  node all = node::mapping_of();
  const auto list = [&](const char* name, std::size_t n, auto text) {
    node& names = all.add(name, node::sequence_of());
    for (std::size_t i = 0; i < n; ++i) {
      names.push(node::text_of(text(i)));
    }
  };
  list("states", by.lifecycle().state_count(),
       [&](std::size_t i) { return by.lifecycle().name(static_cast<state_id>(i)); });
  list("attributes", by.schema().attributes.size(), [&](std::size_t i) {
    return by.schema().attributes[i].name + ": " + to_string(by.schema().attributes[i].type);
  });
  list("ladders", by.ladders().size(), [&](std::size_t i) { return by.ladders()[i].definition.id; });
  list("clocks", by.clocks().size(), [&](std::size_t i) { return by.clocks()[i].definition.id; });
  return canonical(all);
}

/// Blocks of a desk's file: so many bytes, then the bytes.
inline constexpr std::size_t desk_block = std::size_t{1} << 20U;

} // namespace detail

/// Writes all complaints of a desk to one file. Whoever is killed in the middle leaves the old file whole. Throws
/// `policy_error`.
inline void save(const desk& d, const std::string& path) {
  detail::file_replacement file(path);
  std::string block(detail::desk_mark);
  detail::byte_writer head(block);
  head.text(d.rules().reference());
  head.text(detail::names_of_places(d.rules()));
  head.number(d.size());
  for (std::size_t p = 0; p < desk::parts; ++p) {
    const auto& part = d.part(p);
    for (std::uint32_t i = 0; i < part.size(); ++i) {
      const auto bytes = part.bytes_of(i);
      detail::byte_writer(block).number(bytes.size());
      block += bytes;
      if (block.size() >= detail::desk_block) {
        file.write(block);
        block.clear();
      }
    }
  }
  file.write(block);
  file.finish();
}

namespace detail {

/// Takes a desk's file apart again, in the blocks in which it was written.
class desk_reader {
public:
  desk_reader(const policy& by, std::string path) : by_(by), path_(std::move(path)) {}

  [[nodiscard]] desk read(unsigned threads) {
    load();
    try {
      return take(threads);
    } catch (const bad_bytes& e) {
      refuse_desk("bad-bytes", e.what(), path_);
    }
  }

private:
  void load() {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path_.c_str(), "rb"), &std::fclose);
    std::error_code broken;
    const auto size = std::filesystem::file_size(path_, broken);
    if (!file || broken) {
      refuse_desk("unreadable", "the file can't be read", path_);
    }
    bytes_.resize(size);
    if (std::fread(bytes_.data(), 1, bytes_.size(), file.get()) != bytes_.size()) {
      refuse_desk("unreadable", "the file can't be read as a whole", path_);
    }
    if (bytes_.size() < desk_mark.size() + 8 || !bytes_.starts_with(desk_mark.substr(0, desk_mark.size() - 1))) {
      refuse_desk("not-a-desk", "this is no desk", path_);
    }
    format_ = bytes_[desk_mark.size() - 1];
    if (format_ != desk_mark.back() && format_ != first_desk_format) {
      refuse_desk("newer-format", "the desk is of a format that this version does not know", path_);
    }
  }

  [[nodiscard]] desk take(unsigned threads) {
    const auto body = std::string_view(bytes_).substr(0, bytes_.size() - 8);
    byte_reader head(body.substr(desk_mark.size()));
    std::string reference;
    std::string names;
    std::uint64_t count = 0;
    head.text(reference);
    head.text(names);
    head.number(count);
    auto at = desk_mark.size() + head.place();
    const auto places = split(body, at, count);
    if (reference != by_.reference()) {
      refuse_desk("other-policy", "the desk is of " + reference + ", not of " + by_.reference(), path_);
    }
    if (names != names_of_places(by_)) {
      refuse_desk("other-places", "the desk was packed by a version of plaint that numbers the policy otherwise",
                  path_);
    }
    desk made(by_, threads);
    made.reserve(places.size());
    complaint c;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (i + ahead < places.size()) {
        made.ask_for(id_in(places[i + ahead]));
      }
      unpack(made, places[i], c);
      check(c);
      if (!made.put_new(c)) {
        throw bad_bytes("a complaint is there twice");
      }
    }
    return made;
  }

  static constexpr std::size_t ahead = 8; ///< how many complaints before its turn a place is asked for

  /// The id that the bytes begin with; empty where they are too short for it.
  [[nodiscard]] static std::string_view id_in(std::string_view bytes) noexcept {
    const std::size_t length = bytes.empty() ? 0 : static_cast<unsigned char>(bytes.front());
    return length < 0x80U && length < bytes.size() ? bytes.substr(1, length) : std::string_view{};
  }

  void unpack(const desk& into, std::string_view bytes, complaint& c) const {
    if (format_ != first_desk_format) {
      return into.part(0).unpack(bytes, c);
    }
    byte_reader reader(bytes);
    reader.text(c.id);
    c.policy = by_.reference();
    archive(reader, c);
    if (!reader.done()) {
      throw bad_bytes("something follows the end");
    }
  }

  /// The complaints' bytes; the sum is taken in the same blocks as when they were written.
  [[nodiscard]] std::vector<std::string_view> split(std::string_view body, std::size_t at, std::uint64_t count) const {
    std::vector<std::string_view> all;
    quick_sum sum;
    std::size_t begin = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      byte_reader reader(body.substr(at));
      std::size_t size = 0;
      reader.size(size, 1);
      all.push_back(body.substr(at + reader.place(), size));
      if (all.back().size() != size) {
        throw bad_bytes("the bytes end early");
      }
      at += reader.place() + size;
      if (at - begin >= desk_block) {
        sum.update(body.substr(begin, at - begin));
        begin = at;
      }
    }
    sum.update(body.substr(begin));
    std::uint64_t written = 0;
    for (unsigned b = 0; b < 8; ++b) {
      written |= std::uint64_t{static_cast<unsigned char>(bytes_[body.size() + b])} << (8 * b);
    }
    if (at != body.size() || written != sum.value()) {
      refuse_desk("bad-sum", "the desk was cut short or changed", path_);
    }
    return all;
  }

  /// What the sum does not tell: a complaint that this policy could not have.
  void check(const complaint& c) {
    const auto bad = [&](const char* what) { throw bad_bytes("complaint \"" + c.id + "\" has " + what); };
    if (c.attributes.size() != by_.schema().attributes.size() || c.clocks.size() != by_.clocks().size() ||
        c.ladders.size() != by_.ladders().size()) {
      bad("another number of attributes or clocks");
    }
    for (std::size_t i = 0; i < c.attributes.size(); ++i) {
      if (misfit(by_.schema().attributes[i], c.attributes[i])) {
        bad("an attribute outside of its range");
      }
    }
    check_clocks(c);
    if (!known_.contains(c.where)) {
      try {
        if (!(configuration_of(by_.lifecycle(), names_of(by_.lifecycle(), c.where)) == c.where)) {
          bad("a configuration that does not exist");
        }
      } catch (const policy_error&) {
        bad("a configuration that does not exist");
      }
      known_.insert(c.where);
    }
  }

  /// What a ledger refers to must be there.
  void check_clocks(const complaint& c) {
    for (std::size_t i = 0; i < c.clocks.size(); ++i) {
      const auto& by = by_.clocks()[i];
      for (const auto& y : c.clocks[i].cycles) {
        const auto rows = by.goals.size();
        const auto calendars = std::max<std::size_t>(1, by.calendars.size());
        bool known = !y.generations.empty() && !y.segments.empty();
        for (const auto& g : y.generations) {
          known = known && g.row < rows && g.calendar < calendars;
        }
        for (const auto& s : y.segments) {
          known = known && s.generation < y.generations.size() && s.calendar < calendars;
        }
        for (const auto& f : y.fired) {
          known = known && f.threshold < by.thresholds.size();
        }
        if (!known) {
          throw bad_bytes("complaint \"" + c.id + "\" has a clock that the policy has not");
        }
      }
    }
  }

  policy by_;
  std::string path_;
  std::string bytes_{};
  char format_ = desk_mark.back();
  std::unordered_set<configuration> known_{};
};

} // namespace detail

/// The desk that `save` wrote. Throws `policy_error`: cut short, changed, from a newer version, of another policy.
[[nodiscard]] inline desk load_desk(const policy& by, const std::string& path, unsigned threads = 1) {
  return detail::desk_reader(by, path).read(threads);
}

} // namespace plaint
