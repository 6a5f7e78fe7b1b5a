// SPDX-License-Identifier: BSL-1.0
#include <plaint/time/iso8601.hpp>
#include <plaint/time/wall_format.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

/// What was read comes back from its text; what was refused names a place within the text.
template <class T>
void check(const plaint::parsed<T>& result, std::string_view text, plaint::parsed<T> (*read)(std::string_view)) {
  if (!result) {
    if (result.fault().position > text.size()) {
      std::abort();
    }
  } else if (const auto again = read(plaint::to_iso8601(*result)); !again || !(*again == *result)) {
    std::abort();
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plaint;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(parse_instant(text), text, &parse_instant);
  check(parse_wall_time(text), text, &parse_wall_time);
  check(parse_civil_day(text), text, &parse_civil_day);
  check(parse_duration(text), text, &parse_duration);
  check(parse_span(text), text, &parse_span);
  (void)wall_format("%a, %d %b %Y %I:%M:%S.%f %p %z").parse_instant(text);
  try {
    (void)wall_format(text).parse("2026-03-29 01:30:00");
  } catch (const policy_error&) {
  }
  return 0;
}
