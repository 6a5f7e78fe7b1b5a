// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/detail/byte_archive.hpp>
#include <plaint/complaint/snapshot.hpp>
#include <plaint/digest.hpp>
#include <plaint/time/iso8601.hpp>

#include <charconv>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

namespace detail {

/// The kinds of value in the compact form; texts that are instants are eight bytes or less, texts that came before are
/// a number.
enum class byte_kind : std::uint8_t { null, no, yes, whole, number, text, again, moment, sequence, mapping };

/// A tree of values in few bytes, names and all.
class node_writer {
public:
  explicit node_writer(std::string& out) : bytes_(out) {}

  void write(const node& n) {
    switch (n.kind) {
    case node_kind::null:
      return kind(byte_kind::null);
    case node_kind::boolean:
      return kind(n.text == "true" ? byte_kind::yes : byte_kind::no);
    case node_kind::integer:
      return whole(n.text);
    case node_kind::number:
      return plain(byte_kind::number, n.text);
    case node_kind::text:
      return text(n.text);
    case node_kind::sequence:
    case node_kind::mapping:
      break;
    }
    kind(n.is_mapping() ? byte_kind::mapping : byte_kind::sequence);
    bytes_.number(n.items.size());
    for (std::size_t i = 0; i < n.items.size(); ++i) {
      if (n.is_mapping()) {
        text(n.keys[i]);
      }
      write(n.items[i]);
    }
  }

private:
  void kind(byte_kind k) { bytes_.number(static_cast<std::uint8_t>(k)); }
  void plain(byte_kind k, const std::string& t) {
    kind(k);
    bytes_.text(t);
  }
  void whole(const std::string& t) {
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(t.data(), t.data() + t.size(), n);
    if (error != std::errc{} || end != t.data() + t.size() || std::to_string(n) != t) {
      return plain(byte_kind::number, t);
    }
    kind(byte_kind::whole);
    bytes_.number(n);
  }
  void text(const std::string& t) {
    if (const auto found = known_.find(t); found != known_.end()) {
      kind(byte_kind::again);
      return bytes_.number(found->second);
    }
    if (t.size() >= 20 && t.size() <= 32 && t.back() == 'Z') {
      if (const auto at = parse_instant(t); at && to_iso8601(*at) == t) {
        kind(byte_kind::moment);
        return bytes_.at(*at);
      }
    }
    known_.emplace(t, known_.size());
    plain(byte_kind::text, t);
  }

  byte_writer bytes_;
  std::map<std::string, std::size_t> known_{};
};

class node_reader {
public:
  explicit node_reader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] node read(int depth = 0) {
    if (depth > 32) {
      throw bad_bytes("the values lie too deep");
    }
    std::uint8_t k = 0;
    bytes_.number(k);
    switch (static_cast<byte_kind>(k)) {
    case byte_kind::null:
      return {};
    case byte_kind::no:
      return node::boolean_of(false);
    case byte_kind::yes:
      return node::boolean_of(true);
    case byte_kind::whole: {
      std::int64_t n = 0;
      bytes_.number(n);
      return node::integer_of(n);
    }
    case byte_kind::number:
      return {.kind = node_kind::number, .text = plain()};
    case byte_kind::text:
    case byte_kind::again:
    case byte_kind::moment:
      return node::text_of(text(static_cast<byte_kind>(k)));
    case byte_kind::sequence:
    case byte_kind::mapping:
      return children(static_cast<byte_kind>(k) == byte_kind::mapping, depth);
    }
    throw bad_bytes("a value is of no kind");
  }
  [[nodiscard]] bool done() const noexcept { return bytes_.done(); }

private:
  [[nodiscard]] std::string plain() {
    std::string t;
    bytes_.text(t);
    return t;
  }
  [[nodiscard]] std::string text(byte_kind k) {
    if (k == byte_kind::text) {
      known_.push_back(plain());
      return known_.back();
    }
    if (k == byte_kind::moment) {
      instant at;
      bytes_.at(at);
      return to_iso8601(at);
    }
    std::size_t place = 0;
    bytes_.number(place);
    if (k != byte_kind::again || place >= known_.size()) {
      throw bad_bytes("a name is not known");
    }
    return known_[place];
  }
  [[nodiscard]] node children(bool mapping, int depth) {
    node all = mapping ? node::mapping_of() : node::sequence_of();
    std::size_t n = 0;
    bytes_.size(n, 1);
    for (std::size_t i = 0; i < n; ++i) {
      if (mapping) {
        std::uint8_t k = 0;
        bytes_.number(k);
        all.keys.push_back(text(static_cast<byte_kind>(k)));
      }
      all.items.push_back(read(depth + 1));
    }
    return all;
  }

  byte_reader bytes_;
  std::vector<std::string> known_{};
};

inline constexpr std::string_view snapshot_mark = "plaint\x1a\x01"; // the last byte is the format of the bytes
inline constexpr std::size_t snapshot_sum = 8;                      // bytes of SHA-256 at the end

[[nodiscard]] inline std::string sum_of(std::string_view bytes) {
  const auto whole = sha256{}.update(bytes).finish();
  return {reinterpret_cast<const char*>(whole.data()), snapshot_sum};
}

} // namespace detail

/// A snapshot in a compact form for stores: the same names and values as in JSON, in about a third of the bytes.
[[nodiscard]] inline std::string to_bytes(const policy& by, const complaint& c) {
  std::string out(detail::snapshot_mark);
  detail::node_writer(out).write(write_snapshot(by, c));
  return out + detail::sum_of(out);
}

/// The complaint that the bytes hold. Throws `policy_error`: cut short, flipped, from a newer version, of another
/// policy.
[[nodiscard]] inline complaint from_bytes(const policy& by, std::string_view bytes) {
  const auto refuse = [](std::string code, std::string message) -> policy_error {
    return policy_error({{std::move(code), std::move(message), "", {}}});
  };
  const auto mark = detail::snapshot_mark;
  if (bytes.size() < mark.size() || bytes.substr(0, mark.size() - 1) != mark.substr(0, mark.size() - 1)) {
    throw refuse("not-a-snapshot", "these bytes are no snapshot");
  }
  if (bytes[mark.size() - 1] != mark.back()) {
    throw refuse("newer-format", "the snapshot is of a format that this version does not know");
  }
  if (bytes.size() < mark.size() + detail::snapshot_sum ||
      detail::sum_of(bytes.substr(0, bytes.size() - detail::snapshot_sum)) !=
          bytes.substr(bytes.size() - detail::snapshot_sum)) {
    throw refuse("bad-sum", "the snapshot was cut short or changed");
  }
  try {
    detail::node_reader reader(bytes.substr(mark.size(), bytes.size() - mark.size() - detail::snapshot_sum));
    const auto written = reader.read();
    if (!reader.done()) {
      throw detail::bad_bytes("something follows the end");
    }
    return read_snapshot(by, written);
  } catch (const detail::bad_bytes& e) {
    throw refuse("bad-bytes", e.what());
  }
}

} // namespace plaint
