// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/digest.hpp>
#include <plaint/error.hpp>
#include <plaint/time/detail/zone_suggestion.hpp>
#include <plaint/time/detail/zone_table.hpp>
#include <plaint/time/instant.hpp>
#include <plaint/time/span.hpp>
#include <plaint/time/wall_lookup.hpp>
#include <plaint/time/zone_source.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// What holds in a zone at an instant, and from when until when.
struct zone_info {
  std::chrono::seconds offset;   ///< east of UTC
  std::string_view abbreviation; ///< "BST"; lives as long as some copy of the zone
  bool is_daylight;              ///< as the zone data says; in Ireland winter time counts as the daylight time
  instant from;                  ///< `instant::min()` where it held always
  instant to;                    ///< `instant::max()` where it will hold for ever
};

/// A time zone: an immutable value, cheap to copy, safe to share between threads; exact at every instant.
///
///     const auto london = load_zone("Europe/London");
///     london.offset_at(*parse_instant("2026-03-29T01:00:00Z"));        // 1 h; 0 s one second before
///     london.to_instant(*parse_wall_time("2026-10-25T01:30:00"));      // 2026-10-25T00:30:00Z, the first of two
class time_zone {
public:
  [[nodiscard]] static time_zone utc() { return fixed(std::chrono::seconds{0}); }

  /// A zone that never changes, named "+05:30" (or "UTC"); throws `policy_error` ("bad-offset") from 26 hours on.
  [[nodiscard]] static time_zone fixed(std::chrono::seconds east_of_utc);

  /// A zone with one rule for all times, such as "GMT0BST,M3.5.0/1,M10.5.0"; throws `policy_error` ("bad-zone-rule").
  [[nodiscard]] static time_zone from_rule(std::string_view posix);

  /// A zone from the bytes of a TZif file (RFC 9636); throws `policy_error` ("bad-zone-file").
  [[nodiscard]] static time_zone from_tzif(std::string name, std::span<const std::byte> bytes);

  [[nodiscard]] const std::string& name() const noexcept { return table_->name(); }

  /// The SHA-256 of what the zone was made from; tells one release of the zone data from another.
  [[nodiscard]] const std::string& digest() const noexcept { return table_->digest(); }

  /// The bytes that `from_tzif` got, so that a zone can be stored and come back the same; empty for other zones.
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return std::as_bytes(std::span(table_->bytes())); }

  [[nodiscard]] std::chrono::seconds offset_at(instant t) const noexcept {
    return std::chrono::seconds{table_->offset_at(t.time_since_epoch().count())};
  }

  /// What the wall shows; the last day of the range of `instant` is cut off at its end.
  [[nodiscard]] wall_time to_wall(instant t) const noexcept {
    const std::int64_t us = t.time_since_epoch().count();
    return wall_time{duration{detail::saturated(us, table_->offset_at(us) * detail::second_us)}};
  }

  [[nodiscard]] zone_info info_at(instant t) const {
    const auto period = table_->changes().period_at(t.time_since_epoch().count());
    return {std::chrono::seconds{period.type->offset}, period.type->abbreviation, period.type->is_daylight,
            instant{duration{period.from}}, instant{duration{period.to}}};
  }

  [[nodiscard]] wall_lookup lookup(wall_time wall) const noexcept {
    return table_->lookup(wall.time_since_epoch().count());
  }

  /// The instant at which the wall shows that time, by the policies where there is none or more than one.
  [[nodiscard]] std::optional<instant> to_instant(wall_time wall, gap_policy gap = gap_policy::snap,
                                                  overlap_policy overlap = overlap_policy::first) const noexcept {
    if (const auto plain = table_->plain_instant(wall.time_since_epoch().count())) [[likely]] {
      return instant{duration{*plain}};
    }
    return resolve(lookup(wall), gap, overlap);
  }

  /// The instants in the span at which offset, abbreviation or daylight flag change, in order: about two a year.
  [[nodiscard]] std::vector<instant> changes(const plaint::span& within) const {
    std::vector<instant> found;
    if (within.empty()) {
      return found;
    }
    std::int64_t at = within.from.time_since_epoch().count();
    const auto before = table_->changes().period_at(at);
    at = before.from == at && at != detail::earliest_us ? at : before.to;
    while (at < within.to.time_since_epoch().count()) {
      found.push_back(instant{duration{at}});
      at = table_->changes().period_at(at).to;
    }
    return found;
  }

  /// Equal names and equal data.
  [[nodiscard]] friend bool operator==(const time_zone& a, const time_zone& b) noexcept {
    return a.table_ == b.table_ || (a.name() == b.name() && a.digest() == b.digest());
  }

private:
  time_zone(std::string name, std::string digest, detail::zone_changes changes, std::string bytes = {})
      : table_(std::make_shared<const detail::zone_table>(std::move(name), std::move(digest), std::move(bytes),
                                                          std::move(changes))) {}

  std::shared_ptr<const detail::zone_table> table_;
};

inline time_zone time_zone::fixed(std::chrono::seconds east_of_utc) {
  const auto east = east_of_utc.count();
  if (east <= -25 * 3'600 || east >= 26 * 3'600) {
    throw policy_error({{"bad-offset", "offset more than -25 h and less than 26 h required", "", ""}});
  }
  std::string name = "UTC";
  if (east != 0) {
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    const std::int64_t size = east < 0 ? -east : east;
    name = (east < 0 ? "-" : "+") + two(size / 3'600) + ":" + two(size / 60 % 60);
    name += size % 60 == 0 ? "" : ":" + two(size % 60);
  }
  return {name, sha256_hex(name), detail::zone_changes(local_time_type{static_cast<std::int32_t>(east), false, name})};
}

inline time_zone time_zone::from_rule(std::string_view posix) {
  const auto rule = parse_posix_rule(posix).value_or_throw("bad-zone-rule");
  return {std::string(posix), sha256_hex(posix), detail::zone_changes(rule)};
}

inline time_zone time_zone::from_tzif(std::string name, std::span<const std::byte> bytes) {
  const auto data = parse_tzif(bytes);
  if (!data) {
    throw policy_error({{"bad-zone-file", "zone \"" + name + "\": " + to_string(data.fault()), "", ""}});
  }
  std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::string digest = sha256_hex(text);
  return {std::move(name), std::move(digest), detail::zone_changes(*data), std::move(text)};
}

/// The zone of that IANA name; "UTC" needs no data. Throws `policy_error`: "unknown-zone" with a near name where one
/// slip of the pen explains it, or "bad-zone-file".
[[nodiscard]] inline time_zone load_zone(std::string_view name, const zone_source& source = system_source()) {
  if (name == "UTC") {
    return time_zone::utc();
  }
  const auto bytes = is_zone_name(name) ? source(name) : std::nullopt;
  if (!bytes) {
    std::string shown;
    for (const char c : name.substr(0, 64)) { // the name may be anything, the message stays one printable line
      shown += c >= ' ' && c <= '~' ? c : '?';
    }
    throw policy_error({{"unknown-zone", "IANA time zone required, \"" + shown + "\" is not known", "",
                         detail::near_zone_name(name, source)}});
  }
  return time_zone::from_tzif(std::string(name), *bytes);
}

} // namespace plaint
