// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/iso8601.hpp>

#include <catch.hpp>

#include <optional>
#include <ostream>
#include <string>

/// Failures show times as ISO 8601.
namespace plaint {

inline std::ostream& operator<<(std::ostream& out, const span& s) {
  return out << to_iso8601(s);
}
inline std::ostream& operator<<(std::ostream& out, const calendar_duration& d) {
  return out << to_iso8601(d);
}

} // namespace plaint

namespace plaint::test {

/// The instant of a text that is known to be good.
[[nodiscard]] inline instant at(const char* text) {
  return parse_instant(text).value_or_throw("bad-test");
}
[[nodiscard]] inline wall_time wall(const char* text) {
  return parse_wall_time(text).value_or_throw("bad-test");
}
[[nodiscard]] inline civil_day day(const char* text) {
  return parse_civil_day(text).value_or_throw("bad-test");
}

} // namespace plaint::test

namespace Catch {

template <>
struct StringMaker<plaint::instant> {
  static std::string convert(plaint::instant t) { return plaint::to_iso8601(t); }
};
template <>
struct StringMaker<plaint::wall_time> {
  static std::string convert(plaint::wall_time t) { return plaint::to_iso8601(t); }
};
template <>
struct StringMaker<plaint::civil_day> {
  static std::string convert(plaint::civil_day t) { return plaint::to_iso8601(t); }
};

} // namespace Catch
