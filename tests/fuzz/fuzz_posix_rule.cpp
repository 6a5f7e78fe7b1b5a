// SPDX-License-Identifier: BSL-1.0
#include <plaint/time/time_zone.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// Any text is a rule or is refused; a rule's zone says the same through its table and its list.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plaint;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto rule = parse_posix_rule(text)) {
    const auto zone = time_zone::from_rule(text);
    for (std::int64_t second = -5'000'000'000; second < 8'000'000'000; second += 123'456'789) {
      const instant t{std::chrono::seconds{second}};
      if (zone.offset_at(t) != zone.info_at(t).offset) {
        std::abort();
      }
      (void)zone.lookup(wall_time{t.time_since_epoch()});
    }
  }
  return 0;
}
