// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/holiday/china_days.hpp>
#include <plaint/calendar/holiday/holidays.hpp>
#include <plaint/time/civil.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace plaint {

namespace detail {

inline constexpr std::size_t monday = 0;
inline constexpr std::size_t thursday = 3;

} // namespace detail

/// The bank holidays of England and Wales from 1978 on (Banking and Financial Dealings Act 1971 and proclamations),
/// with the moved and single days up to 2023.
[[nodiscard]] inline holidays england_and_wales() {
  using detail::monday;
  const auto day = [](int year, int month, int d) { return *make_civil_day(year, month, d); };
  const auto substitute = observed_shift::substitute;
  holidays set{.name = "england-and-wales"};
  set.rules = {
      {.name = "New Year's Day", .base = fixed_date{1, 1}, .observed = substitute},
      {.name = "Good Friday", .base = easter_sunday{}, .offset = -2},
      {.name = "Easter Monday", .base = easter_sunday{}, .offset = 1},
      {.name = "Early May bank holiday", .base = nth_weekday{1, monday, 5}, .except_years = {1995, 2020}},
      {.name = "Spring bank holiday", .base = last_weekday{monday, 5}, .except_years = {2002, 2012, 2022}},
      {.name = "Summer bank holiday", .base = last_weekday{monday, 8}},
      {.name = "Christmas Day", .base = fixed_date{12, 25}, .observed = substitute},
      {.name = "Boxing Day", .base = fixed_date{12, 26}, .observed = substitute},
  };
  set.dates = {
      {day(1981, 7, 29), "Royal wedding"},
      {day(1995, 5, 8), "Early May bank holiday (VE Day)"},
      {day(1999, 12, 31), "Millennium"},
      {day(2002, 6, 3), "Golden Jubilee"},
      {day(2002, 6, 4), "Spring bank holiday"},
      {day(2011, 4, 29), "Royal wedding"},
      {day(2012, 6, 4), "Spring bank holiday"},
      {day(2012, 6, 5), "Diamond Jubilee"},
      {day(2020, 5, 8), "Early May bank holiday (VE Day)"},
      {day(2022, 6, 2), "Spring bank holiday"},
      {day(2022, 6, 3), "Platinum Jubilee"},
      {day(2022, 9, 19), "State Funeral of Queen Elizabeth II"},
      {day(2023, 5, 8), "Coronation of King Charles III"},
  };
  set.first_year = 1978;
  set.announced_to = 2028;
  set.source = "Banking and Financial Dealings Act 1971, proclamations, and the government's list up to 2028";
  return set;
}

/// The legal public holidays of the United States (5 U.S.C. 6103), observed on the nearest weekday, from 1971 on.
[[nodiscard]] inline holidays us_federal() {
  using detail::monday;
  using detail::thursday;
  const auto nearest = observed_shift::nearest;
  holidays set{.name = "us-federal"};
  set.rules = {
      {.name = "New Year's Day", .base = fixed_date{1, 1}, .observed = nearest},
      {.name = "Birthday of Martin Luther King, Jr.", .base = nth_weekday{3, monday, 1}, .first_year = 1986},
      {.name = "Washington's Birthday", .base = nth_weekday{3, monday, 2}},
      {.name = "Memorial Day", .base = last_weekday{monday, 5}},
      {.name = "Juneteenth", .base = fixed_date{6, 19}, .observed = nearest, .first_year = 2021},
      {.name = "Independence Day", .base = fixed_date{7, 4}, .observed = nearest},
      {.name = "Labor Day", .base = nth_weekday{1, monday, 9}},
      {.name = "Columbus Day", .base = nth_weekday{2, monday, 10}},
      {.name = "Veterans Day", .base = fixed_date{11, 11}, .observed = nearest, .first_year = 1978},
      {.name = "Veterans Day", .base = nth_weekday{4, monday, 10}, .last_year = 1977},
      {.name = "Thanksgiving Day", .base = nth_weekday{4, thursday, 11}},
      {.name = "Christmas Day", .base = fixed_date{12, 25}, .observed = nearest},
  };
  set.first_year = 1971;
  set.source = "5 U.S.C. 6103";
  return set;
}

/// The closing days of TARGET, the payment system of the euro (ECB decision of 14 December 2000), from 2002 on.
[[nodiscard]] inline holidays target() {
  holidays set{.name = "target"};
  set.rules = {
      {.name = "New Year's Day", .base = fixed_date{1, 1}},
      {.name = "Good Friday", .base = easter_sunday{}, .offset = -2},
      {.name = "Easter Monday", .base = easter_sunday{}, .offset = 1},
      {.name = "Labour Day", .base = fixed_date{5, 1}},
      {.name = "Christmas Day", .base = fixed_date{12, 25}},
      {.name = "Christmas Holiday", .base = fixed_date{12, 26}},
  };
  set.first_year = 2002;
  set.source = "ECB decision of 14 December 2000";
  return set;
}

/// The names that `find_holidays` knows.
inline constexpr std::array<std::string_view, 4> holiday_set_names{"england-and-wales", "us-federal", "target",
                                                                   "cn-public-holidays"};

/// A set by its name, or nothing.
[[nodiscard]] inline std::optional<holidays> find_holidays(std::string_view name) {
  if (name == holiday_set_names[0]) {
    return england_and_wales();
  }
  if (name == holiday_set_names[1]) {
    return us_federal();
  }
  if (name == holiday_set_names[2]) {
    return target();
  }
  return name == holiday_set_names[3] ? std::optional(china_public_holidays()) : std::nullopt;
}

} // namespace plaint
