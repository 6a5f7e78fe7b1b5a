// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/canonical.hpp>
#include <plaint/complaint/detail/byte_archive.hpp>
#include <plaint/desk/desk.hpp>
#include <plaint/error.hpp>
#include <plaint/expr/type.hpp>
#include <plaint/lifecycle/snapshot_names.hpp>

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

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace plaint {

namespace detail {

inline constexpr std::string_view desk_mark = "plaint desk\x1a\x01"; // the last byte is the format

/// A sum over bytes that is quick to take, eight at a time; it finds mistakes, not malice.
class quick_sum {
public:
  void update(std::string_view bytes) noexcept {
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
      std::uint64_t word = 0;
      for (unsigned b = 0; b < 8; ++b) { // little end first everywhere; compilers make one load of it
        word |= std::uint64_t{static_cast<unsigned char>(bytes[i + b])} << (8 * b);
      }
      mix(word);
    }
    std::uint64_t rest = bytes.size() - i;
    for (; i < bytes.size(); ++i) {
      rest = rest << 8U | static_cast<unsigned char>(bytes[i]);
    }
    mix(rest);
  }
  [[nodiscard]] std::uint64_t value() const noexcept { return (state_ ^ state_ >> 31U) * 0xbf58476d1ce4e5b9ULL; }

private:
  void mix(std::uint64_t word) noexcept {
    state_ = std::rotl(state_ ^ word, 27) * 0x9e3779b97f4a7c15ULL + 0x2545f4914f6cdd1dULL;
  }
  std::uint64_t state_ = 0x243f6a8885a308d3ULL;
};

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

[[noreturn]] inline void refuse_desk(std::string code, std::string message, const std::string& file) {
  throw policy_error(
      {{.code = std::move(code), .message = std::move(message), .pointer = {}, .suggestion = {}, .file = file}});
}

/// Writes to a file beside, and puts it in the place of the old one only when all of it has reached the disk.
class file_replacement {
public:
  explicit file_replacement(const std::string& path)
      : path_(path), beside_(path + ".writing"), file_(std::fopen(beside_.c_str(), "wb")) {
    if (file_ == nullptr) {
      refuse_desk("unwritable", "the file can't be written", path_);
    }
  }
  file_replacement(const file_replacement&) = delete;
  file_replacement& operator=(const file_replacement&) = delete;
  ~file_replacement() {
    if (file_ != nullptr) {
      std::fclose(file_);
      std::remove(beside_.c_str());
    }
  }

  void write(std::string_view bytes) {
    sum_.update(bytes);
    put(bytes);
  }

  void finish() {
    const auto sum = sum_.value();
    std::string bytes;
    for (unsigned b = 0; b < 8; ++b) {
      bytes += static_cast<char>(sum >> (8 * b));
    }
    put(bytes);
    bool whole = std::fflush(file_) == 0;
#if defined(__unix__) || defined(__APPLE__)
    whole = whole && ::fsync(::fileno(file_)) == 0;
#endif
    whole = std::fclose(std::exchange(file_, nullptr)) == 0 && whole;
    std::error_code broken;
    if (whole) {
      std::filesystem::rename(beside_, path_, broken);
    }
    if (!whole || broken) {
      std::remove(beside_.c_str());
      refuse_desk("unwritable", "the file can't be written as a whole", path_);
    }
  }

private:
  void put(std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
      refuse_desk("unwritable", "the file can't be written as a whole", path_);
    }
  }

  std::string path_;
  std::string beside_;
  std::FILE* file_;
  quick_sum sum_{};
};

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
    if (bytes_[desk_mark.size() - 1] != desk_mark.back()) {
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
    complaint c;
    for (const auto& bytes : places) {
      made.part(0).unpack(bytes, c);
      check(c);
      if (made.contains(c.id)) {
        throw bad_bytes("a complaint is there twice");
      }
      made.put(c);
    }
    return made;
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

  policy by_;
  std::string path_;
  std::string bytes_{};
  std::unordered_set<configuration> known_{};
};

} // namespace detail

/// The desk that `save` wrote. Throws `policy_error`: cut short, changed, from a newer version, of another policy.
[[nodiscard]] inline desk load_desk(const policy& by, const std::string& path, unsigned threads = 1) {
  return detail::desk_reader(by, path).read(threads);
}

} // namespace plaint
