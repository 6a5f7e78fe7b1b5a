// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/value.hpp>
#include <plaint/time/instant.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Thrown where bytes end early or mean nothing.
class bad_bytes : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// Numbers of either sign, so that those near zero are small.
[[nodiscard]] constexpr std::uint64_t folded_number(std::int64_t n) noexcept {
  return std::bit_cast<std::uint64_t>(n) << 1U ^ (n < 0 ? ~std::uint64_t{0} : 0);
}
[[nodiscard]] constexpr std::int64_t unfolded_number(std::uint64_t n) noexcept {
  return std::bit_cast<std::int64_t>(n >> 1U ^ ((n & 1U) != 0 ? ~std::uint64_t{0} : 0));
}
/// Eight bytes as a number, the least first wherever it runs.
[[nodiscard]] inline std::uint64_t eight_bytes(const char* at) noexcept {
  std::uint64_t n = 0;
  std::memcpy(&n, at, sizeof n);
  if constexpr (std::endian::native != std::endian::little) {
    n = 0;
    for (unsigned b = 0; b < 8; ++b) {
      n |= std::uint64_t{static_cast<unsigned char>(at[b])} << (8 * b);
    }
  }
  return n;
}
[[nodiscard]] inline bool flag_of(std::uint64_t byte) {
  if (byte > 1) {
    throw bad_bytes("a flag is neither yes nor no");
  }
  return byte == 1;
}

/// Appends values in few bytes: numbers by seven bits, instants as the distance to the one before.
class byte_writer {
public:
  static constexpr bool writes = true;

  explicit byte_writer(std::string& out) noexcept : out_(out) {}

  template <std::unsigned_integral T>
  void number(const T& n) {
    std::uint64_t left = n;
    while (left >= 0x80U) {
      out_ += static_cast<char>(left | 0x80U);
      left >>= 7U;
    }
    out_ += static_cast<char>(left);
  }
  void number(const std::int64_t& n) { number(folded_number(n)); }
  void flag(const bool& b) { out_ += static_cast<char>(b ? 1 : 0); }
  void real(const double& d) {
    auto bits = std::bit_cast<std::uint64_t>(d);
    for (int i = 0; i < 8; ++i, bits >>= 8U) {
      out_ += static_cast<char>(bits);
    }
  }
  void text(const std::string& t) {
    number(t.size());
    out_ += t;
  }
  /// The extremes stand for "never" and have numbers of their own.
  void at(const instant& t) {
    if (t == instant::max() || t == instant::min()) {
      number(std::uint64_t{t == instant::max() ? 1U : 2U});
      return;
    }
    const auto distance = static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(t.time_since_epoch().count()) -
                                                    std::bit_cast<std::uint64_t>(last_));
    last_ = t.time_since_epoch().count();
    const auto n = folded_number(distance);
    if (n == 0) {
      out_ += '\0';
    } else if (n < ~std::uint64_t{0} - 2) {
      number(n + 2);
    } else { // too far apart for a distance
      number(~std::uint64_t{0});
      real(std::bit_cast<double>(last_));
    }
  }
  void size(const std::size_t& n, std::size_t) { number(n); }
  [[nodiscard]] std::string& out() noexcept { return out_; }

private:
  std::string& out_;
  std::int64_t last_ = 0;
};

/// Reads what `byte_writer` wrote. Throws `bad_bytes`, never reads beyond the end, never reserves more than there is.
class byte_reader {
public:
  static constexpr bool writes = false;

  explicit byte_reader(std::string_view bytes) noexcept : bytes_(bytes) {}

  template <std::unsigned_integral T>
  void number(T& n) {
    std::uint64_t read = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = next();
      if (shift > 63 || (shift == 63 && byte > 1)) {
        throw bad_bytes("a number is too long");
      }
      read |= std::uint64_t{byte & 0x7fU} << shift;
      if (byte < 0x80U) {
        break;
      }
    }
    n = static_cast<T>(read);
    if (n != read) {
      throw bad_bytes("a number is too large");
    }
  }
  void number(std::int64_t& n) {
    std::uint64_t read = 0;
    number(read);
    n = unfolded_number(read);
  }
  void flag(bool& b) { b = flag_of(next()); }
  void real(double& d) {
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < 8; ++i) {
      bits |= std::uint64_t{next()} << (8 * i);
    }
    d = std::bit_cast<double>(bits);
  }
  void text(std::string& t) {
    std::size_t length = 0;
    size(length, 1);
    t.assign(bytes_.substr(at_, length));
    at_ += length;
  }
  void at(instant& t) {
    std::uint64_t read = 0;
    number(read);
    if (read == 1 || read == 2) {
      t = read == 1 ? instant::max() : instant::min();
      return;
    }
    if (read == ~std::uint64_t{0}) {
      double bits = 0;
      real(bits);
      last_ = std::bit_cast<std::int64_t>(bits);
    } else if (read != 0) {
      last_ = static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(last_) +
                                        std::bit_cast<std::uint64_t>(unfolded_number(read - 2)));
    }
    t = instant(duration(last_));
  }
  /// How many items follow, each of so many bytes at least.
  void size(std::size_t& n, std::size_t least) {
    std::uint64_t read = 0;
    number(read);
    const auto left = bytes_.size() - at_;
    if (read > left || read * least > left) {
      throw bad_bytes("the bytes end early");
    }
    n = static_cast<std::size_t>(read);
  }
  [[nodiscard]] bool done() const noexcept { return at_ == bytes_.size(); }
  [[nodiscard]] std::size_t place() const noexcept { return at_; }

private:
  [[nodiscard]] unsigned next() {
    if (at_ == bytes_.size()) {
      throw bad_bytes("the bytes end early");
    }
    return static_cast<unsigned char>(bytes_[at_++]);
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::int64_t last_ = 0;
};

/// The type of a member as the archive wants it: const where it writes.
template <class Archive, class T>
using archived = std::conditional_t<Archive::writes, const T, T>;

template <class Archive, class T, class Each>
void archive_each(Archive& a, archived<Archive, std::vector<T>>& all, Each item) {
  std::size_t n = all.size();
  a.size(n, 1);
  if constexpr (!Archive::writes) {
    all.resize(n);
  }
  for (auto& one : all) {
    item(one);
  }
}

/// A value by the place of its kind.
template <class Archive>
void archive(Archive& a, archived<Archive, value>& v) {
  const auto held = [&]<class T>(T fresh, auto put) {
    if constexpr (Archive::writes) {
      put(*v.template get_if<T>());
    } else {
      put(fresh);
      v = value(std::move(fresh));
    }
  };
  std::uint8_t kind = 0;
  if constexpr (Archive::writes) {
    kind = v.is_absent()                   ? 0
           : v.template is<bool>()         ? 1
           : v.template is<std::int64_t>() ? 2
           : v.template is<double>()       ? 3
           : v.template is<enum_member>()  ? 4
           : v.template is<instant>()      ? 5
           : v.template is<duration>()     ? 6
           : v.template is<std::string>()  ? 7
                                           : 8;
  }
  a.number(kind);
  switch (kind) {
  case 0: {
    if constexpr (!Archive::writes) {
      v = value();
    }
    return;
  }
  case 1:
    return held(false, [&](auto& b) { a.flag(b); });
  case 2:
    return held(std::int64_t{}, [&](auto& n) { a.number(n); });
  case 3:
    return held(double{}, [&](auto& d) { a.real(d); });
  case 4:
    return held(enum_member{}, [&](auto& m) { a.number(m.index); });
  case 5:
    return held(instant{}, [&](auto& t) { a.at(t); });
  case 6:
    return held(duration{}, [&](auto& d) {
      std::int64_t count = d.count();
      a.number(count);
      if constexpr (!Archive::writes) {
        d = duration(count);
      }
    });
  case 7:
    return held(std::string{}, [&](auto& t) { a.text(t); });
  case 8:
    return held(value::list{},
                [&](auto& items) { archive_each<Archive, value>(a, items, [&](auto& item) { archive(a, item); }); });
  default:
    throw bad_bytes("a value is of no kind");
  }
}

} // namespace plaint::detail
