// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/instant.hpp>
#include <plaint/time/time_zone.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// Zones for tests that must not depend on the system's zone data: TZif files (RFC 9636), written here from facts.
namespace plaint::test {

struct zone_type_facts {
  std::int32_t offset;
  bool is_daylight;
  std::string abbreviation;
};

struct zone_facts {
  struct change {
    std::int64_t at;
    std::uint8_t type;
  };
  std::vector<zone_type_facts> types;
  std::vector<change> changes;
  std::string footer;
};

namespace detail {

inline void put(std::vector<std::byte>& out, std::uint64_t value, int width) {
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<std::byte>(value >> shift));
  }
}

inline void put_block(std::vector<std::byte>& out, const zone_facts& zone, char version, int width) {
  std::string names;
  std::vector<std::size_t> starts;
  for (const auto& type : zone.types) {
    starts.push_back(names.size());
    names += type.abbreviation + '\0';
  }
  put(out, 0x545A6966, 4);
  put(out, static_cast<std::uint8_t>(version), 1);
  out.resize(out.size() + 15);
  put(out, 0, 4);
  put(out, 0, 4);
  put(out, 0, 4);
  put(out, zone.changes.size(), 4);
  put(out, zone.types.size(), 4);
  put(out, names.size(), 4);
  for (const auto& c : zone.changes) {
    put(out, static_cast<std::uint64_t>(c.at), width);
  }
  for (const auto& c : zone.changes) {
    put(out, c.type, 1);
  }
  for (std::size_t i = 0; i < zone.types.size(); ++i) {
    put(out, static_cast<std::uint32_t>(zone.types[i].offset), 4);
    put(out, zone.types[i].is_daylight ? 1 : 0, 1);
    put(out, starts[i], 1);
  }
  for (const char c : names) {
    out.push_back(static_cast<std::byte>(c));
  }
}

} // namespace detail

/// A version 2 file with an empty first block, as `zic -b slim` writes it.
[[nodiscard]] inline std::vector<std::byte> tzif_bytes(const zone_facts& zone) {
  std::vector<std::byte> out;
  detail::put_block(out, {{{0, false, ""}}, {}, ""}, '2', 4);
  detail::put_block(out, zone, '2', 8);
  for (const char c : "\n" + zone.footer + "\n") {
    out.push_back(static_cast<std::byte>(c));
  }
  return out;
}

/// A version 1 file: 32-bit times and no footer.
[[nodiscard]] inline std::vector<std::byte> tzif_bytes_v1(const zone_facts& zone) {
  std::vector<std::byte> out;
  detail::put_block(out, zone, '\0', 4);
  return out;
}

/// A few years of zones that are hard to get right.
[[nodiscard]] inline std::map<std::string, zone_facts> hard_zones() {
  return {
      // The hour from 01:00 is skipped in March and repeated in October.
      {"Europe/London",
       {{{-75, false, "LMT"}, {0, false, "GMT"}, {3'600, true, "BST"}},
        {{-3'852'662'325, 1}, {828'234'000, 2}, {846'378'000, 1}},
        "GMT0BST,M3.5.0/1,M10.5.0"}},
      // Winter time is the daylight time, one hour behind.
      {"Europe/Dublin", {{{3'600, false, "IST"}, {0, true, "GMT"}}, {{846'378'000, 1}}, "IST-1GMT0,M10.5.0,M3.5.0/1"}},
      // The explicit changes end in 2007; what follows, beyond 2037 too, is the footer's.
      {"America/New_York",
       {{{-18'000, false, "EST"}, {-14'400, true, "EDT"}},
        {{1'143'961'200, 1}, {1'162'101'600, 0}, {1'173'596'400, 1}, {1'194'156'000, 0}},
        "EST5EDT,M3.2.0,M11.1.0"}},
      // The clocks change by half an hour, on Sundays of the southern summer.
      {"Australia/Lord_Howe",
       {{{39'600, true, "+11"}, {37'800, false, "+1030"}},
        {{1'207'407'600, 1}},
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"}},
      // 30 December 2011 does not exist: the offset went from -10 h to +14 h.
      {"Pacific/Apia",
       {{{-39'600, false, "-11"}, {-36'000, true, "-10"}, {50'400, true, "+14"}, {46'800, false, "+13"}},
        {{1'316'872'800, 1}, {1'325'239'200, 2}, {1'333'202'400, 3}},
        "<+13>-13"}},
      // Two changes about a month apart: the clocks go back for Ramadan.
      {"Africa/Casablanca",
       {{{3'600, false, "+01"}, {0, true, "+00"}},
        {{1'740'276'000, 1}, {1'743'904'800, 0}, {1'771'120'800, 1}, {1'774'144'800, 0}},
        "<+01>-1"}},
      // 44 minutes and 30 seconds behind UTC until 7 January 1972.
      {"Africa/Monrovia", {{{-2'670, false, "MMT"}, {0, false, "GMT"}}, {{63'593'070, 1}}, "GMT0"}},
  };
}

/// The hard zones as a source, for whatever loads zones by name.
[[nodiscard]] inline zone_source pinned_zones() {
  std::map<std::string, std::vector<std::byte>, std::less<>> files;
  for (const auto& [name, facts] : hard_zones()) {
    files[name] = tzif_bytes(facts);
  }
  return memory_source(std::move(files));
}

[[nodiscard]] inline time_zone pinned_zone(std::string_view name) {
  return load_zone(name, pinned_zones());
}

} // namespace plaint::test
