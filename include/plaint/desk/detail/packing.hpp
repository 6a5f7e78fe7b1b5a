// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/detail/byte_archive.hpp>
#include <plaint/time/instant.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace plaint::detail {

/// How an instant lies to another: in whole minutes where that goes, else seconds, else microseconds; and the extremes.
struct packed_distance {
  static constexpr std::uint64_t minutes = 0;
  static constexpr std::uint64_t seconds = 1;
  static constexpr std::uint64_t micros = 2;
  static constexpr std::uint64_t special = 3;
  static constexpr std::uint64_t never = special;             ///< `instant::max()`
  static constexpr std::uint64_t always = 1U << 2U | special; ///< `instant::min()`
  static constexpr std::uint64_t far = 2U << 2U | special;    ///< too far for a distance: all eight bytes follow
};

/// Appends values to a buffer that is kept from one complaint to the next. It serves the archive's functions.
class pack_writer {
public:
  static constexpr bool writes = true;

  void begin() noexcept {
    at_ = buffer_.get();
    last_ = 0;
  }
  [[nodiscard]] std::string_view bytes() const noexcept {
    return {buffer_.get(), static_cast<std::size_t>(at_ - buffer_.get())};
  }

  template <std::unsigned_integral T>
  void number(const T& n) {
    room(10);
    std::uint64_t left = n;
    while (left >= 0x80U) {
      *at_++ = static_cast<char>(left | 0x80U);
      left >>= 7U;
    }
    *at_++ = static_cast<char>(left);
  }
  void number(const std::int64_t& n) { number(folded(n)); }
  void flag(const bool& b) { number(std::uint8_t{b ? std::uint8_t{1} : std::uint8_t{0}}); }
  void real(const double& d) { raw(std::bit_cast<std::uint64_t>(d)); }
  void text(std::string_view t) {
    number(t.size());
    room(t.size());
    std::memcpy(at_, t.data(), t.size());
    at_ += t.size();
  }
  /// As the distance to the one before.
  void at(const instant& t) {
    at(t, instant(duration(last_)));
    if (t != instant::max() && t != instant::min()) {
      last_ = t.time_since_epoch().count();
    }
  }
  void at(const instant& t, instant from) {
    constexpr std::int64_t reach = std::int64_t{1} << 59;
    const auto there = t.time_since_epoch().count();
    const auto here = from.time_since_epoch().count();
    const auto d = static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(there) - std::bit_cast<std::uint64_t>(here));
    if (t == instant::max()) {
      number(packed_distance::never);
    } else if (t == instant::min()) {
      number(packed_distance::always);
    } else if (d >= reach || d <= -reach) {
      number(packed_distance::far);
      raw(std::bit_cast<std::uint64_t>(there));
    } else if (d % 60'000'000 == 0) {
      number(folded(d / 60'000'000) << 2U | packed_distance::minutes);
    } else if (d % 1'000'000 == 0) {
      number(folded(d / 1'000'000) << 2U | packed_distance::seconds);
    } else {
      number(folded(d) << 2U | packed_distance::micros);
    }
  }
  void size(const std::size_t& n, std::size_t) { number(n); }

private:
  [[nodiscard]] static std::uint64_t folded(std::int64_t n) noexcept {
    return std::bit_cast<std::uint64_t>(n) << 1U ^ (n < 0 ? ~std::uint64_t{0} : 0);
  }
  void raw(std::uint64_t bits) {
    room(8);
    for (int i = 0; i < 8; ++i, bits >>= 8U) {
      *at_++ = static_cast<char>(bits);
    }
  }
  void room(std::size_t n) {
    if (static_cast<std::size_t>(end_ - at_) < n) {
      grow(n);
    }
  }
  void grow(std::size_t n) {
    const auto used = bytes().size();
    const auto wanted = 2 * (used + n) + 256;
    auto larger = std::make_unique_for_overwrite<char[]>(wanted);
    std::memcpy(larger.get(), buffer_.get(), used);
    buffer_ = std::move(larger);
    at_ = buffer_.get() + used;
    end_ = buffer_.get() + wanted;
  }

  std::unique_ptr<char[]> buffer_ = std::make_unique_for_overwrite<char[]>(1024);
  char* at_ = buffer_.get();
  char* end_ = buffer_.get() + 1024;
  std::int64_t last_ = 0;
};

/// Reads what `pack_writer` wrote. Throws `bad_bytes`, never reads beyond the end, never reserves more than there is.
class pack_reader {
public:
  static constexpr bool writes = false;

  explicit pack_reader(std::string_view bytes) noexcept : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  template <std::unsigned_integral T>
  void number(T& n) {
    std::uint64_t read = next();
    if (read >= 0x80U) {
      read = rest_of(read & 0x7fU);
    }
    n = static_cast<T>(read);
    if (n != read) {
      throw bad_bytes("a number is too large");
    }
  }
  void number(std::int64_t& n) {
    std::uint64_t read = 0;
    number(read);
    n = unfolded(read);
  }
  void flag(bool& b) {
    const auto byte = next();
    if (byte > 1) {
      throw bad_bytes("a flag is neither yes nor no");
    }
    b = byte == 1;
  }
  void real(double& d) { d = std::bit_cast<double>(raw()); }
  void text(std::string& t) {
    std::size_t length = 0;
    size(length, 1);
    t.assign(at_, length);
    at_ += length;
  }
  void at(instant& t) {
    at(t, instant(duration(last_)));
    if (t != instant::max() && t != instant::min()) {
      last_ = t.time_since_epoch().count();
    }
  }
  void at(instant& t, instant from) {
    std::uint64_t read = 0;
    number(read);
    const auto n = unfolded(read >> 2U);
    switch (read & 3U) {
    case packed_distance::minutes:
      t = moved(from, n, 60'000'000);
      return;
    case packed_distance::seconds:
      t = moved(from, n, 1'000'000);
      return;
    case packed_distance::micros:
      t = moved(from, n, 1);
      return;
    default:
      break;
    }
    if (read != packed_distance::never && read != packed_distance::always && read != packed_distance::far) {
      throw bad_bytes("an instant is of no kind");
    }
    t = read == packed_distance::never    ? instant::max()
        : read == packed_distance::always ? instant::min()
                                          : instant(duration(std::bit_cast<std::int64_t>(raw())));
  }
  /// How many items follow, each of so many bytes at least.
  void size(std::size_t& n, std::size_t least) {
    std::uint64_t read = 0;
    number(read);
    if (read > static_cast<std::size_t>(end_ - at_) / least) {
      throw bad_bytes("the bytes end early");
    }
    n = static_cast<std::size_t>(read);
  }
  [[nodiscard]] bool done() const noexcept { return at_ == end_; }

private:
  [[nodiscard]] std::uint64_t next() {
    if (at_ == end_) {
      throw bad_bytes("the bytes end early");
    }
    return static_cast<unsigned char>(*at_++);
  }
  [[nodiscard]] std::uint64_t rest_of(std::uint64_t read) {
    for (unsigned shift = 7;; shift += 7) {
      const auto byte = next();
      if (shift > 63 || (shift == 63 && byte > 1)) {
        throw bad_bytes("a number is too long");
      }
      read |= (byte & 0x7fU) << shift;
      if (byte < 0x80U) {
        return read;
      }
    }
  }
  [[nodiscard]] std::uint64_t raw() {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 8; ++i) {
      bits |= next() << (8 * i);
    }
    return bits;
  }
  [[nodiscard]] static std::int64_t unfolded(std::uint64_t n) noexcept {
    return std::bit_cast<std::int64_t>(n >> 1U ^ ((n & 1U) != 0 ? ~std::uint64_t{0} : 0));
  }
  /// So many units later; what no writer writes wraps around.
  [[nodiscard]] static instant moved(instant from, std::int64_t n, std::uint64_t unit) noexcept {
    const auto there =
        std::bit_cast<std::uint64_t>(from.time_since_epoch().count()) + std::bit_cast<std::uint64_t>(n) * unit;
    return instant(duration(std::bit_cast<std::int64_t>(there)));
  }

  const char* at_;
  const char* end_;
  std::int64_t last_ = 0;
};

} // namespace plaint::detail
