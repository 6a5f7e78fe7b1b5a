// SPDX-License-Identifier: BSL-1.0
#include <plaint/time/time_zone.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>

/// Any bytes are a zone or a `policy_error`; a zone answers at every instant, and both ways of looking up agree.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plaint;
  std::int64_t us = 0;
  std::memcpy(&us, data, size < sizeof us ? size : sizeof us);
  try {
    const auto zone = time_zone::from_tzif("Some/Where", std::as_bytes(std::span(data, size)));
    for (const std::int64_t t : {us, us / 1'000, std::int64_t{0}, INT64_MIN, INT64_MAX}) {
      const instant at{duration{t}};
      const auto info = zone.info_at(at);
      const auto found = zone.lookup(wall_time{duration{t}});
      const bool in_order =
          found.kind == wall_kind::skipped ? found.second <= found.first : found.first <= found.second;
      if (info.offset != zone.offset_at(at) || info.from > at || info.to < at || !in_order) {
        std::abort();
      }
    }
  } catch (const policy_error&) {
  }
  return 0;
}
