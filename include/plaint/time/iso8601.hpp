// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/calendar_duration.hpp>
#include <plaint/time/civil.hpp>
#include <plaint/time/detail/iso_moment.hpp>
#include <plaint/time/instant.hpp>
#include <plaint/time/parsed.hpp>
#include <plaint/time/span.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace plaint {

/// Reads a day: "2026-03-29", "20260329", or with an expanded year "+012026-03-29" (ISO 8601-1, 5.2.2).
[[nodiscard]] inline parsed<civil_day> parse_civil_day(std::string_view text) {
  detail::iso_reader in(text);
  const auto day = in.day();
  if (!day) {
    return day.fault();
  }
  if (!in.at_end()) {
    return parse_fault{"end of the day required", in.position()};
  }
  return *day;
}

/// Reads a time with a day and no offset: "2026-03-29T01:30", "2026-03-29 01:30:00.25", "20260329T0130".
/// 24:00 is the next day's 00:00.
[[nodiscard]] inline parsed<wall_time> parse_wall_time(std::string_view text) {
  detail::iso_reader in(text);
  const auto wall = in.wall();
  if (!wall) {
    return wall.fault();
  }
  if (!in.at_end()) {
    return parse_fault{"end of the wall time required; one with an offset is an instant", in.position()};
  }
  return *wall;
}

/// Reads a time with a day and an offset (ISO 8601, RFC 3339): "2026-03-29T01:30:00.250Z", "2026-03-29 02:30+01:00",
/// "20260329T0130Z". Hours alone do, 24:00 is the next day's 00:00, a 60th second is refused, digits finer than a
/// microsecond are cut off.
[[nodiscard]] inline parsed<instant> parse_instant(std::string_view text) {
  detail::iso_reader in(text);
  const auto wall = in.wall();
  if (!wall) {
    return wall.fault();
  }
  const auto offset = in.offset();
  if (!offset) {
    return offset.fault();
  }
  if (!in.at_end()) {
    return parse_fault{"end of the instant required", in.position()};
  }
  const auto us = detail::checked_sum(wall->time_since_epoch().count(), -offset->count() * 1'000'000);
  if (!us) {
    return parse_fault{detail::out_of_range, 0};
  }
  return instant{duration{*us}};
}

/// Reads a span as "start/end", "start/PT4H" or "PT4H/end"; the end may not lie before the start, and a duration must
/// be exact, since days and months have no length of their own.
[[nodiscard]] inline parsed<span> parse_span(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    return parse_fault{"start and end with / between them required", text.size()};
  }
  const std::string_view first = text.substr(0, slash);
  const std::string_view second = text.substr(slash + 1);
  const auto is_duration = [](std::string_view part) { return part.find('P') <= 1; };
  const auto length_of = [](std::string_view part, std::size_t begin) -> parsed<duration> {
    const auto length = parse_duration(part);
    if (!length) {
      return parse_fault{length.fault().message, begin + length.fault().position};
    }
    if (!length->exact()) {
      return parse_fault{"duration of hours, minutes and seconds required", begin};
    }
    return *length->exact();
  };
  const auto end_from = [&](instant start, std::string_view part, int sign) -> parsed<instant> {
    const std::size_t begin = sign > 0 ? slash + 1 : 0;
    const auto length = length_of(part, begin);
    if (!length) {
      return length.fault();
    }
    if (*length == duration::min()) {
      return parse_fault{detail::out_of_range, begin};
    }
    const auto us = detail::checked_sum(start.time_since_epoch().count(), sign * length->count());
    return us ? parsed<instant>(instant{duration{*us}}) : parse_fault{detail::out_of_range, begin};
  };
  if (is_duration(first) && is_duration(second)) {
    return parse_fault{"instant on one side of / required", 0};
  }
  parsed<instant> from = is_duration(first) ? parse_fault{} : parse_instant(first);
  parsed<instant> to = is_duration(second) ? parse_fault{} : parse_instant(second);
  if (is_duration(second) && from) {
    to = end_from(*from, second, 1);
  } else if (is_duration(first) && to) {
    from = end_from(*to, first, -1);
  } else if (!to && from) {
    return parse_fault{to.fault().message, slash + 1 + to.fault().position};
  }
  if (!from) {
    return from.fault();
  }
  if (!to) {
    return to.fault();
  }
  if (*to < *from) {
    return parse_fault{"end at or after the start required", slash + 1};
  }
  return span{*from, *to};
}

/// "2026-03-29".
[[nodiscard]] inline std::string to_iso8601(civil_day day) {
  return to_string(date_of(day));
}

namespace detail {

/// Appends what `to_iso8601` gives.
inline void append_iso8601(std::string& text, wall_time wall) {
  std::array<char, 27> form{"0000-00-00T00:00:00.000000"};
  const auto put = [&form](std::size_t end, std::int64_t number) {
    for (; number > 0; number /= 10) {
      form[--end] = static_cast<char>('0' + number % 10);
    }
  };
  const auto date = date_of(day_of(wall));
  const std::int64_t us = time_of_day(wall).count();
  const std::int64_t fraction = us % 1'000'000;
  put(13, us / 3'600'000'000);
  put(16, us / 60'000'000 % 60);
  put(19, us / 1'000'000 % 60);
  put(26, fraction);
  const std::size_t end = fraction == 0 ? 19 : fraction % 1'000 == 0 ? 23 : 26;
  if (date.year < 0 || date.year > 9'999) {
    text += to_string(date);
    text.append(form.data() + 10, end - 10);
    return;
  }
  put(4, date.year);
  put(7, date.month);
  put(10, date.day);
  text.append(form.data(), end);
}

inline void append_iso8601(std::string& text, instant t) {
  append_iso8601(text, wall_time{t.time_since_epoch()});
  text += 'Z';
}

} // namespace detail

/// "2026-03-29T01:30:00"; fractions with three digits, or six where three are too few.
[[nodiscard]] inline std::string to_iso8601(wall_time wall) {
  std::string text;
  detail::append_iso8601(text, wall);
  return text;
}

/// "2026-03-29T01:30:00Z".
[[nodiscard]] inline std::string to_iso8601(instant t) {
  std::string text;
  detail::append_iso8601(text, t);
  return text;
}

/// The instant as the wall shows it under an offset: "2026-03-29T02:30:00+01:00". Requires an offset below 24 hours and
/// an instant that is not within that of the ends of the range.
[[nodiscard]] inline std::string to_iso8601(instant t, std::chrono::seconds offset) {
  const auto two = [](std::int64_t n) { return (n < 10 ? std::string(1, '0') : std::string()) + std::to_string(n); };
  const std::int64_t east = offset.count();
  const std::int64_t size = east < 0 ? -east : east;
  std::string text = to_iso8601(wall_time{t.time_since_epoch() + offset});
  text += (east < 0 ? '-' : '+') + two(size / 3'600) + ':' + two(size / 60 % 60);
  return size % 60 == 0 ? text : text + ':' + two(size % 60);
}

/// "2026-03-29T01:00:00Z/2026-03-29T05:00:00Z".
[[nodiscard]] inline std::string to_iso8601(const span& s) {
  return to_iso8601(s.from) + '/' + to_iso8601(s.to);
}

} // namespace plaint
