// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/canonical.hpp>
#include <plaint/complaint/detail/byte_archive.hpp>
#include <plaint/complaint/detail/complaint_archive.hpp>
#include <plaint/desk/desk.hpp>
#include <plaint/desk/detail/file_replacement.hpp>
#include <plaint/desk/detail/packing.hpp>
#include <plaint/desk/detail/seat_table.hpp>
#include <plaint/desk/detail/stored_hand.hpp>
#include <plaint/expr/type.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
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

/// Takes a desk's file apart again, block by block as it was written: it never has more of it in memory.
class desk_reader {
public:
  desk_reader(const policy& by, std::string path, unsigned threads)
      : by_(by), path_(std::move(path)), file_(std::fopen(path_.c_str(), "rb"), &std::fclose),
        threads_(std::clamp(threads, 1U, 16U)), made_(by, threads) {}

  /// The sum is asked first: of a file that is not as it was written, nothing else is told.
  [[nodiscard]] desk read() {
    begin();
    const auto count = head();
    const bool first = format_ == first_desk_format; // its ids are read by one hand
    for (unsigned h = 0; h < (first ? 1U : threads_); ++h) {
      hands_.push_back(std::make_unique<stored_hand>(by_, fresh_, first, made_));
    }
    made_.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(count, left_ / least_bytes)));
    for (std::uint64_t i = 0; i < count;) {
      i += split(count - i);
      put_block();
      if (end_ - begin_ >= desk_block) {
        sum_.update(block());
        begin_ = end_;
      }
    }
    finish();
    return std::move(made_);
  }

private:
  static constexpr std::size_t least_bytes = 16; ///< that a complaint takes, about

  void begin() {
    std::error_code broken;
    left_ = std::filesystem::file_size(path_, broken);
    if (!file_ || broken) {
      refuse_desk("unreadable", "the file can't be read", path_);
    }
    std::setvbuf(file_.get(), nullptr, _IONBF, 0);
    const bool whole = left_ >= desk_mark.size() + 8;
    left_ -= whole ? 8 : 0; // the sum
    if (!whole || !has(desk_mark.size()) || !bytes_.starts_with(desk_mark.substr(0, desk_mark.size() - 1))) {
      refuse_desk("not-a-desk", "this is no desk", path_);
    }
    format_ = bytes_[desk_mark.size() - 1];
    if (format_ != desk_mark.back() && format_ != first_desk_format) {
      refuse_desk("newer-format", "the desk is of a format that this version does not know", path_);
    }
  }

  /// Reads on until so many bytes are there behind the end of what was taken; false if the file has not so many.
  [[nodiscard]] bool has(std::size_t n) {
    if (bytes_.size() - end_ >= n) {
      return true;
    }
    if (begin_ != 0) {
      bytes_.erase(0, begin_);
      end_ -= begin_;
      for (auto& p : parts_) {
        p.at -= begin_;
      }
      begin_ = 0;
    }
    const auto lacking = n - (bytes_.size() - end_);
    if (lacking > left_) {
      return false;
    }
    const auto more = static_cast<std::size_t>(std::min<std::uint64_t>(left_, std::max(lacking, desk_block)));
    const auto before = bytes_.size();
    bytes_.resize(before + more);
    if (std::fread(bytes_.data() + before, 1, more, file_.get()) != more) {
      refuse_desk("unreadable", "the file can't be read as a whole", path_);
    }
    left_ -= more;
    return true;
  }

  /// A number, where it is whole.
  [[nodiscard]] std::optional<std::uint64_t> number() {
    (void)has(10); // or what there is
    std::uint64_t n = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (!has(1)) {
        return std::nullopt;
      }
      const auto byte = static_cast<unsigned char>(bytes_[end_++]);
      n |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80U) {
        return n;
      }
    }
    return std::nullopt;
  }
  [[nodiscard]] std::string_view text() {
    const auto size = number();
    if (!size || !has(*size)) {
      bad_sum();
    }
    end_ += *size;
    return std::string_view(bytes_).substr(end_ - *size, *size);
  }

  /// How many complaints follow.
  [[nodiscard]] std::uint64_t head() {
    end_ = desk_mark.size();
    reference_ = text();
    same_policy_ = reference_ == by_.reference();
    same_places_ = text() == names_of_places(by_);
    const auto count = number();
    if (!count) {
      bad_sum();
    }
    return *count;
  }

  /// Finds the complaints of the next block, so many at most; how many they are.
  [[nodiscard]] std::uint64_t split(std::uint64_t most) {
    parts_.clear();
    do {
      const auto size = number();
      if (!size || !has(*size)) {
        bad_sum();
      }
      parts_.push_back({end_, static_cast<std::size_t>(*size), 0});
      end_ += *size;
    } while (parts_.size() < most && end_ - begin_ < desk_block);
    return parts_.size();
  }

  /// Puts them at the desk. What is wrong with one is told when the sum is known to be right.
  void put_block() {
    if (!same_policy_ || !same_places_ || !bad_.empty()) {
      return;
    }
    for (auto& p : parts_) {
      p.hash = hash_of(id_in(p.in(bytes_)));
    }
    std::vector<std::thread> others;
    for (std::size_t h = 1; h < hands_.size(); ++h) {
      others.emplace_back([this, h] { hands_[h]->put(bytes_, parts_, h, hands_.size()); });
    }
    hands_.front()->put(bytes_, parts_, 0, hands_.size());
    for (auto& t : others) {
      t.join();
    }
    const auto& first = **std::min_element(
        hands_.begin(), hands_.end(), [](const auto& a, const auto& b) { return a->broken_at() < b->broken_at(); });
    if (first.broken()) {
      try {
        std::rethrow_exception(first.broken());
      } catch (const bad_bytes& e) {
        bad_ = e.what();
      }
    }
  }

  /// What was taken of the block.
  [[nodiscard]] std::string_view block() const noexcept {
    return std::string_view(bytes_).substr(begin_, end_ - begin_);
  }

  /// The id that a complaint's bytes begin with; empty where they are too short for it.
  [[nodiscard]] static std::string_view id_in(std::string_view bytes) {
    std::string_view id;
    try {
      pack_reader(bytes).text(id);
    } catch (const bad_bytes&) { // told when it is read
    }
    return id;
  }

  void finish() {
    if (end_ != bytes_.size() || left_ != 0) {
      bad_sum();
    }
    sum_.update(block());
    std::string written(8, '\0');
    if (std::fread(written.data(), 1, 8, file_.get()) != 8) {
      bad_sum();
    }
    std::uint64_t sum = 0;
    for (unsigned b = 0; b < 8; ++b) {
      sum |= std::uint64_t{static_cast<unsigned char>(written[b])} << (8 * b);
    }
    if (sum != sum_.value()) {
      bad_sum();
    }
    if (!same_policy_) {
      refuse_desk("other-policy", "the desk is of " + reference_ + ", not of " + by_.reference(), path_);
    }
    if (!same_places_) {
      refuse_desk("other-places", "the desk was packed by a version of plaint that numbers the policy otherwise",
                  path_);
    }
    if (!bad_.empty()) {
      refuse_desk("bad-bytes", bad_, path_);
    }
  }
  [[noreturn]] void bad_sum() const { refuse_desk("bad-sum", "the desk was cut short or changed", path_); }

  policy by_;
  std::string path_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  unsigned threads_;
  desk made_;
  std::vector<value> fresh_ = initial_values(by_.schema());
  std::vector<std::unique_ptr<stored_hand>> hands_{};
  std::string bytes_{};    ///< from the beginning of the block that is being read
  std::size_t begin_ = 0;  ///< of it
  std::size_t end_ = 0;    ///< of what was taken of it
  std::uint64_t left_ = 0; ///< of the file, its sum aside
  std::vector<stored_part> parts_{};
  std::string reference_{};
  std::string bad_{};
  quick_sum sum_{};
  char format_ = desk_mark.back();
  bool same_policy_ = false;
  bool same_places_ = false;
};

} // namespace detail

/// The desk that `save` wrote, read by so many threads. Throws `policy_error`: cut short, changed, from a newer
/// version, of another policy.
[[nodiscard]] inline desk load_desk(const policy& by, const std::string& path, unsigned threads = 1) {
  return detail::desk_reader(by, path, threads).read();
}

} // namespace plaint
