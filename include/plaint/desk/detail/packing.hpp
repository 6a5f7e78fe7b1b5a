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

  static constexpr std::int64_t reach = std::int64_t{1} << 59; ///< µs; what is nearer has a distance

  [[nodiscard]] static std::int64_t between(instant t, instant from) noexcept {
    return static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(t.time_since_epoch().count()) -
                                     std::bit_cast<std::uint64_t>(from.time_since_epoch().count()));
  }
  /// True if it has none; the extremes are not asked for.
  [[nodiscard]] static bool is_far(instant t, instant from) noexcept {
    const auto d = between(t, from);
    return d >= reach || d <= -reach;
  }
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
  void number(const std::int64_t& n) { number(folded_number(n)); }

  /// Leaves room for a small number, which is known only when what follows it is written.
  [[nodiscard]] std::size_t leave() {
    room(1);
    ++at_;
    return bytes().size();
  }
  void fill(std::size_t behind, std::uint32_t n) {
    if (n < 0x80U) {
      buffer_[behind - 1] = static_cast<char>(n);
      return;
    }
    room(10);
    std::size_t more = 0;
    for (auto left = n; left >= 0x80U; left >>= 7U) {
      ++more;
    }
    auto* const to = buffer_.get() + behind - 1;
    std::memmove(to + 1 + more, to + 1, static_cast<std::size_t>(at_ - to) - 1);
    at_ += more;
    for (std::size_t i = 0; i <= more; ++i, n >>= 7U) {
      to[i] = static_cast<char>(i < more ? n | 0x80U : n);
    }
  }
  void flag(const bool& b) { number(std::uint8_t{b ? std::uint8_t{1} : std::uint8_t{0}}); }
  void real(const double& d) { raw(std::bit_cast<std::uint64_t>(d)); }
  void text(std::string_view t) {
    number(t.size());
    append(t);
  }
  /// As the distance to the one before.
  void at(const instant& t) {
    at(t, instant(duration(last_)));
    if (t != instant::max() && t != instant::min()) {
      last_ = t.time_since_epoch().count();
    }
  }
  void at(const instant& t, instant from) {
    const auto d = packed_distance::between(t, from);
    if (t == instant::max()) {
      number(packed_distance::never);
    } else if (t == instant::min()) {
      number(packed_distance::always);
    } else if (packed_distance::is_far(t, from)) {
      number(packed_distance::far);
      raw(std::bit_cast<std::uint64_t>(t.time_since_epoch().count()));
    } else if (d % 60'000'000 == 0) {
      number(folded_number(d / 60'000'000) << 2U | packed_distance::minutes);
    } else if (d % 1'000'000 == 0) {
      number(folded_number(d / 1'000'000) << 2U | packed_distance::seconds);
    } else {
      number(folded_number(d) << 2U | packed_distance::micros);
    }
  }
  void size(const std::size_t& n, std::size_t) { number(n); }
  /// What was written before, as it is.
  void append(std::string_view bytes) {
    room(bytes.size());
    std::memcpy(at_, bytes.data(), bytes.size());
    at_ += bytes.size();
  }

private:
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

/// Reads what `pack_writer` wrote, and only that: what is written in another way than it writes is refused, so equal
/// complaints have equal bytes. Throws `bad_bytes`, never reads beyond the end, never reserves more than there is.
class pack_reader {
public:
  static constexpr bool writes = false;

  explicit pack_reader(std::string_view bytes) noexcept : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  template <std::unsigned_integral T>
  void number(T& n) {
    const auto read = any_number();
    n = static_cast<T>(read);
    if (n != read) {
      refuse("a number is too large");
    }
  }
  void number(std::int64_t& n) {
    std::uint64_t read = 0;
    number(read);
    n = unfolded_number(read);
  }
  void flag(bool& b) { b = flag_of(next()); }
  void real(double& d) { d = std::bit_cast<double>(raw()); }
  /// A string, or where it stands.
  template <class Text>
  void text(Text& t) {
    std::size_t length = 0;
    size(length, 1);
    t = std::string_view(at_, length);
    at_ += length;
  }
  void at(instant& t) {
    at(t, instant(duration(last_)));
    if (t != instant::max() && t != instant::min()) {
      last_ = t.time_since_epoch().count();
    }
  }
  void at(instant& t, instant from) {
    const auto read = any_number();
    const auto n = unfolded_number(read >> 2U);
    if ((read & 3U) == packed_distance::minutes) {
      t = moved<60'000'000>(from, n);
    } else if ((read & 3U) == packed_distance::seconds) {
      must(n % 60 != 0);
      t = moved<1'000'000>(from, n);
    } else {
      odd_at(t, from, read);
    }
  }
  /// The same, in few steps for what most instants are: minutes or seconds away, and not the last that is read.
  [[gnu::always_inline]] void usual_at(instant& t, instant from) {
    if (left() >= 8) {
      const auto eight = eight_bytes(at_);
      const auto ends = ~eight & 0x8080808080ULL; // up to five bytes: 34 bits stay far from any end
      const auto bits = ends == 0 ? 0U : static_cast<unsigned>(std::countr_zero(ends));
      const auto read = seven_by_seven(eight, ends);
      const auto n = unfolded_number(read >> 2U);
      const bool in_seconds = (read & 3U) == packed_distance::seconds && n % 60 != 0;
      if (ends != 0 && (eight >> (bits - 7) << 57U != 0 || bits == 7) &&
          ((read & 3U) == packed_distance::minutes || in_seconds)) {
        at_ += bits / 8 + 1;
        const auto d = n * (in_seconds ? 1'000'000 : 60'000'000);
        t = instant(duration(static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(from.time_since_epoch().count()) +
                                                       std::bit_cast<std::uint64_t>(d))));
        must(t != instant::max() && t != instant::min());
        return;
      }
    }
    at(t, from);
  }
  /// How many items follow, each of so many bytes at least.
  void size(std::size_t& n, std::size_t least) {
    const auto read = any_number();
    if (read > left() || (least != 1 && read * least > left())) {
      refuse("the bytes end early");
    }
    n = static_cast<std::size_t>(read);
  }
  [[nodiscard]] bool done() const noexcept { return at_ == end_; }
  /// Passes a byte by, if it is this one.
  [[nodiscard]] bool pass(char byte) noexcept {
    const bool is = at_ != end_ && *at_ == byte;
    at_ += is ? 1 : 0;
    return is;
  }
  /// The next byte, 255 where there is none, without taking it.
  [[nodiscard]] std::uint8_t peek() const noexcept {
    return at_ != end_ ? static_cast<std::uint8_t>(*at_) : std::uint8_t{255};
  }
  /// How many bytes are left.
  [[nodiscard]] std::size_t left() const noexcept { return static_cast<std::size_t>(end_ - at_); }

  /// Refuses what could have been written in fewer bytes.
  static void must(bool is_shortest) {
    if (!is_shortest) {
      refuse("something is longer than need be");
    }
  }

private:
  [[noreturn, gnu::noinline]] static void refuse(const char* why) { throw bad_bytes(why); }

  [[nodiscard]] std::uint64_t next() {
    if (at_ == end_) {
      refuse("the bytes end early");
    }
    return static_cast<unsigned char>(*at_++);
  }
  [[nodiscard, gnu::always_inline]] std::uint64_t any_number() {
    if (at_ != end_ && static_cast<unsigned char>(*at_) < 0x80U) {
      return static_cast<unsigned char>(*at_++);
    }
    return long_number();
  }
  /// In microseconds, too far, or never.
  /// Eight bytes of which a number takes the first ones: the number.
  [[nodiscard]] static constexpr std::uint64_t seven_by_seven(std::uint64_t eight, std::uint64_t ends) noexcept {
    eight &= ends ^ (ends - 1);
    eight = (eight & 0x007f007f007f007fULL) | (eight & 0x7f007f007f007f00ULL) >> 1U;
    eight = (eight & 0x00003fff00003fffULL) | (eight & 0x3fff00003fff0000ULL) >> 2U;
    return (eight & 0x000000000fffffffULL) | (eight & 0x0fffffff00000000ULL) >> 4U;
  }
  [[gnu::noinline]] void odd_at(instant& t, instant from, std::uint64_t read) {
    if ((read & 3U) == packed_distance::micros) {
      const auto n = unfolded_number(read >> 2U);
      must(n % 1'000'000 != 0);
      t = moved<1>(from, n);
      return;
    }
    if (read != packed_distance::never && read != packed_distance::always && read != packed_distance::far) {
      refuse("an instant is of no kind");
    }
    t = read == packed_distance::never    ? instant::max()
        : read == packed_distance::always ? instant::min()
                                          : instant(duration(std::bit_cast<std::int64_t>(raw())));
    must(read != packed_distance::far || packed_distance::is_far(t, from));
  }
  /// Of up to eight bytes all at once, where there are as many.
  [[nodiscard, gnu::noinline]] std::uint64_t long_number() {
    if (left() < 8) {
      return rest_of(next() & 0x7fU);
    }
    auto eight = eight_bytes(at_);
    const auto ends = ~eight & 0x8080808080808080ULL;
    if (ends == 0) {
      return rest_of(next() & 0x7fU);
    }
    const auto bits = static_cast<unsigned>(std::countr_zero(ends));
    must(eight >> (bits - 7) << 57U != 0); // the last seven bits
    at_ += bits / 8 + 1;
    return seven_by_seven(eight, ends);
  }
  [[nodiscard]] std::uint64_t rest_of(std::uint64_t read) {
    for (unsigned shift = 7;; shift += 7) {
      const auto byte = next();
      if (shift > 63 || (shift == 63 && byte > 1)) {
        refuse("a number is too long");
      }
      read |= (byte & 0x7fU) << shift;
      if (byte < 0x80U) {
        must(byte != 0);
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
  /// So many units later.
  template <std::int64_t Unit>
  [[nodiscard]] static instant moved(instant from, std::int64_t n) {
    constexpr auto most = static_cast<std::uint64_t>((packed_distance::reach - 1) / Unit);
    must(std::bit_cast<std::uint64_t>(n) + most <= 2 * most); // neither more nor less
    const instant t{duration{static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(from.time_since_epoch().count()) +
                                                       std::bit_cast<std::uint64_t>(n * Unit))}};
    must(t != instant::max() && t != instant::min());
    return t;
  }

  const char* at_;
  const char* end_;
  std::int64_t last_ = 0;
};

} // namespace plaint::detail
