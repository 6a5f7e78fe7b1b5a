// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/time/civil.hpp>
#include <plaint/time/detail/english_names.hpp>
#include <plaint/time/detail/text_cursor.hpp>
#include <plaint/time/instant.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plaint::detail {

enum class format_field : unsigned char {
  // These six are one or two digits each, and index `format_fields::numbers`.
  month,
  day,
  hour,
  minute,
  second,
  half_day_hour,
  literal,
  blanks,
  blank_or_none,
  year,
  short_year,
  fraction,
  half_day,
  month_name,
  weekday_name,
  offset,
};

/// A field and the character that must follow it (NUL where none must): half as many steps as with separators apart.
struct format_step {
  format_field field;
  char then = '\0';
  std::uint8_t slot = 0;
  std::uint8_t least = 0;
  std::uint8_t most = 0; ///< 0 where the field is not a number of one or two digits
};

[[nodiscard]] constexpr format_step step_for(format_field field) noexcept {
  switch (field) {
  case format_field::month:
    return {field, '\0', 0, 1, 12};
  case format_field::day:
    return {field, '\0', 1, 1, 31};
  case format_field::hour:
    return {field, '\0', 2, 0, 24};
  case format_field::minute:
    return {field, '\0', 3, 0, 59};
  case format_field::second:
    return {field, '\0', 4, 0, 59};
  case format_field::half_day_hour:
    return {field, '\0', 2, 1, 12};
  default:
    return {field};
  }
}

/// What a text said, field by field.
struct format_fields {
  std::array<int, 5> numbers{1, 1, 0, 0, 0}; ///< month, day, hour, minute, second
  int year = 1970;
  int microsecond = 0;
  int half_day = -1; ///< 0 AM, 1 PM
  int weekday = -1;
  int offset = 0; ///< seconds east of UTC

  /// True if the whole text fits the steps and each number lies within its limits.
  [[nodiscard]] bool read(const std::vector<format_step>& steps, std::string_view text) noexcept {
    const char* p = text.data();
    const char* const end = p + text.size();
    for (const format_step step : steps) {
      if (step.most != 0) [[likely]] { // here, and not in the switch, whose jump costs more than the digits
        p = digits(p, end, numbers[step.slot], step.least, step.most);
      } else {
        p = read(step.field, p, end);
      }
      if (p == nullptr || (step.then != '\0' && (p == end || *p++ != step.then))) {
        return false;
      }
    }
    return p == end;
  }

  [[nodiscard]] std::optional<wall_time> wall() const noexcept {
    const auto [month, day, hour, minute, second] = numbers;
    const bool full_hour = minute == 0 && second == 0 && microsecond == 0;
    if (day < 1 || (day > 28 && day > days_in_month(year, month)) || (hour == 24 && !full_hour)) {
      return std::nullopt;
    }
    const std::int64_t days = days_from_year_0_on(month, day);
    if (weekday >= 0 && weekday_of(civil_day{std::chrono::days{days}}).c_encoding() != static_cast<unsigned>(weekday)) {
      return std::nullopt;
    }
    const int on_dial = half_day < 0 ? hour : hour % 12 + 12 * half_day;
    const std::int64_t seconds = days * 86'400 + (on_dial * 3'600 + minute * 60 + second);
    return wall_time{duration{seconds * 1'000'000 + microsecond}};
  }

private:
  /// `days_from_date` for years that are not negative, in 32 bits: a third of the time of reading a text.
  [[nodiscard]] std::int64_t days_from_year_0_on(int month, int day) const noexcept {
    const auto y = static_cast<std::uint32_t>(year + 400 - (month <= 2 ? 1 : 0));
    const auto from_march = static_cast<std::uint32_t>(month > 2 ? month - 3 : month + 9);
    const std::uint32_t days =
        y * 365 + y / 4 - y / 100 + y / 400 + (153 * from_march + 2) / 5 + static_cast<std::uint32_t>(day) - 1;
    return static_cast<std::int64_t>(days) - 719'468 - 146'097;
  }

  /// Where the field ends, or null where it does not fit.
  [[nodiscard]] const char* read(format_field field, const char* p, const char* end) noexcept {
    switch (field) {
    case format_field::literal:
      return p;
    case format_field::blanks:
      return p != end && is_blank(*p) ? skip_blanks(p, end) : nullptr;
    case format_field::blank_or_none:
      return skip_blanks(p, end);
    case format_field::year:
      return read_year(p, end);
    case format_field::short_year:
      if (end - p < 2 || !is_digit(p[0]) || !is_digit(p[1])) {
        return nullptr;
      }
      p = digits(p, end, year, 0, 99);
      year += year < 69 ? 2000 : 1900; // as POSIX splits the centuries
      return p;
    case format_field::fraction:
      return read_fraction(p, end);
    case format_field::half_day:
      return read_half_day(p, end);
    case format_field::month_name:
      p = read_name(month_names, p, end, numbers[0]);
      ++numbers[0];
      return p;
    case format_field::weekday_name:
      return read_name(weekday_names, p, end, weekday);
    case format_field::offset:
      return read_offset(p, end);
    default:
      return nullptr;
    }
  }

  static bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

  static const char* skip_blanks(const char* p, const char* end) noexcept {
    while (p != end && is_blank(*p)) {
      ++p;
    }
    return p;
  }

  /// One or two digits whose number lies within the limits.
  static const char* digits(const char* p, const char* end, int& value, int least, int most) noexcept {
    if (p == end || !is_digit(*p)) {
      return nullptr;
    }
    int number = *p++ - '0';
    if (p != end && is_digit(*p)) {
      number = number * 10 + (*p++ - '0');
    }
    value = number;
    return number >= least && number <= most ? p : nullptr;
  }

  const char* read_year(const char* p, const char* end) noexcept {
    if (end - p < 4 || !is_digit(p[0]) || !is_digit(p[1]) || !is_digit(p[2]) || !is_digit(p[3])) {
      return nullptr;
    }
    year = (p[0] - '0') * 1'000 + (p[1] - '0') * 100 + (p[2] - '0') * 10 + (p[3] - '0');
    return p + 4;
  }

  const char* read_fraction(const char* p, const char* end) noexcept {
    const char* const begin = p;
    for (int unit = 100'000; p != end && p - begin < 9 && is_digit(*p); ++p, unit /= 10) {
      microsecond += (*p - '0') * unit;
    }
    return p == begin ? nullptr : p;
  }

  static char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

  const char* read_half_day(const char* p, const char* end) noexcept {
    if (end - p < 2 || lower(p[1]) != 'm' || (lower(p[0]) != 'a' && lower(p[0]) != 'p')) {
      return nullptr;
    }
    half_day = lower(p[0]) == 'p' ? 1 : 0;
    return p + 2;
  }

  /// The longest of whole name and first three letters.
  template <std::size_t N>
  static const char* read_name(const std::array<std::string_view, N>& names, const char* p, const char* end,
                               int& number) noexcept {
    const auto fits = [p, end](std::string_view name) {
      if (static_cast<std::size_t>(end - p) < name.size()) {
        return false;
      }
      for (std::size_t i = 0; i < name.size(); ++i) {
        if (lower(p[i]) != name[i]) {
          return false;
        }
      }
      return true;
    };
    for (std::size_t i = 0; i < N; ++i) {
      if (fits(names[i].substr(0, 3))) {
        number = static_cast<int>(i);
        return p + (fits(names[i]) ? names[i].size() : 3);
      }
    }
    return nullptr;
  }

  const char* read_offset(const char* p, const char* end) noexcept {
    const char sign = p == end ? '\0' : *p++;
    if (sign == 'Z' || sign == 'z') {
      return p;
    }
    const auto two_digits = [end](const char* at, int most, int& value) -> const char* {
      return end - at < 2 || !is_digit(at[1]) ? nullptr : digits(at, end, value, 0, most);
    };
    int hours = 0;
    int minutes = 0;
    if (sign != '+' && sign != '-') {
      return nullptr;
    }
    p = two_digits(p, 23, hours);
    const bool colon = p != nullptr && p != end && *p == ':';
    if (p != nullptr && (colon || (p != end && is_digit(*p)))) {
      p = two_digits(p + (colon ? 1 : 0), 59, minutes);
    }
    offset = (hours * 60 + minutes) * (sign == '-' ? -60 : 60);
    return p;
  }
};

/// A pattern turned into steps, or the faults that it has.
struct compiled_format {
  std::vector<format_step> steps;
  bool has_offset = false;
  findings faults;
};

[[nodiscard]] inline std::optional<format_field> directive_field(char directive) noexcept {
  switch (directive) {
  case 'Y':
    return format_field::year;
  case 'y':
    return format_field::short_year;
  case 'm':
    return format_field::month;
  case 'd':
    return format_field::day;
  case 'H':
    return format_field::hour;
  case 'I':
    return format_field::half_day_hour;
  case 'M':
    return format_field::minute;
  case 'S':
    return format_field::second;
  case 'f':
    return format_field::fraction;
  case 'p':
    return format_field::half_day;
  case 'b':
  case 'B':
    return format_field::month_name;
  case 'a':
  case 'A':
    return format_field::weekday_name;
  case 'z':
    return format_field::offset;
  default:
    return std::nullopt;
  }
}

[[nodiscard]] inline std::string_view directive_expansion(char directive) noexcept {
  switch (directive) {
  case 'F':
    return "%Y-%m-%d";
  case 'T':
    return "%H:%M:%S";
  case 'R':
    return "%H:%M";
  case 'D':
    return "%m/%d/%y";
  default:
    return {};
  }
}

inline void append_steps(compiled_format& out, std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == ' ' || c == '\t') {
      if (out.steps.empty() || out.steps.back().field != format_field::blanks || out.steps.back().then != '\0') {
        out.steps.push_back({format_field::blanks});
      }
      continue;
    }
    const char directive = c == '%' && i + 1 < pattern.size() ? pattern[i + 1] : '\0';
    if (c != '%' || directive == '%') {
      i += c == '%' ? 1 : 0;
      if (out.steps.empty() || out.steps.back().then != '\0') {
        out.steps.push_back({format_field::literal});
      }
      out.steps.back().then = c;
      continue;
    }
    ++i;
    if (const auto expansion = directive_expansion(directive); !expansion.empty()) {
      append_steps(out, expansion);
    } else if (directive == 'e') {
      out.steps.push_back({format_field::blank_or_none});
      out.steps.push_back(step_for(format_field::day));
    } else if (const auto field = directive_field(directive)) {
      out.steps.push_back(step_for(*field));
    } else {
      const bool printable = directive > ' ' && directive <= '~';
      out.faults.push_back({"bad-time-format",
                            "directive of Y y m d e H I M S f p b B a A z F T R D % required after %, not \"" +
                                (printable ? std::string(1, directive) : std::string()) + "\"",
                            "", ""});
    }
  }
}

inline void check_steps(compiled_format& out) {
  std::array<int, 16> uses{};
  for (const auto step : out.steps) {
    ++uses[static_cast<std::size_t>(step.field)];
  }
  const auto count = [&uses](format_field f) { return uses[static_cast<std::size_t>(f)]; };
  const auto require = [&out](bool holds, const char* message) {
    if (!holds) {
      out.faults.push_back({"bad-time-format", message, "", ""});
    }
  };
  using enum format_field;
  require(count(year) + count(short_year) == 1, "one year required, %Y or %y");
  require(count(format_field::month) + count(month_name) == 1, "one month required, %m or %b");
  require(count(format_field::day) == 1, "one day of the month required, %d");
  require(count(hour) + count(half_day_hour) <= 1, "at most one hour required, %H or %I");
  require(count(half_day_hour) == count(half_day), "%I and %p together required");
  require(count(minute) <= 1 && count(second) <= 1 && count(fraction) <= 1 && count(weekday_name) <= 1 &&
              count(format_field::offset) <= 1,
          "each field at most once required");
  require(count(minute) == 0 || count(hour) + count(half_day_hour) > 0, "hour required beside minutes");
  require(count(second) == 0 || count(minute) > 0, "minute required beside seconds");
  require(count(fraction) == 0 || count(second) > 0, "second required beside a fraction");
  out.has_offset = count(format_field::offset) > 0;
}

[[nodiscard]] inline compiled_format compile_format(std::string_view pattern) {
  constexpr std::size_t longest = 200;
  compiled_format out;
  if (pattern.size() > longest) {
    out.faults.push_back({"bad-time-format", "pattern of at most 200 characters required", "", ""});
    return out;
  }
  append_steps(out, pattern);
  check_steps(out);
  return out;
}

} // namespace plaint::detail
