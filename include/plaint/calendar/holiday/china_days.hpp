// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/holiday/holidays.hpp>
#include <plaint/time/civil.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace plaint {

namespace detail {

/// What the State Council announced for a year: names, each with its days off as MMDD, and make-up working days after
/// "+"; a year in front where it is another one.
struct china_year {
  int year;
  std::string_view days;
};

inline constexpr std::array<china_year, 20> china_years{
    {{2007, "+20061230 +20061231 +0217 +0225 +0428 +0429 +0929 +0930; 元旦 0101-0103; 春节 0218-0224; 五一 0501-0507; "
            "十一 1001-1007"},
     {2008, "+20071229 +0202 +0203 +0504 +0927 +0928; 元旦 20071230-0101; 春节 0206-0212; 清明节 0404-0406; "
            "五一国际劳动节 0501-0503; 端午节 0607-0609; 中秋节 0913-0915; 国庆节 0929-1005"},
     {2009, "元旦 0101-0103; +0104 +0124 +0201 +0531 +0927 +1010; 春节 0125-0131; 清明节 0404-0406; 劳动节 0501-0503; "
            "端午节 0528-0530; 国庆节、中秋节 1001-1008"},
     {2010, "元旦 0101-0103; 春节 0213-0219; +0220 +0221 +0612 +0613 +0919 +0925 +0926 +1009; 清明节 0403-0405; 劳动节 "
            "0501-0503; 端午节 0614-0616; 中秋节 0922-0924; 国庆节 1001-1007"},
     {2011, "元旦 0101-0103; +0130 +0212 +0402 +1008 +1009; 春节 0202-0208; 清明节 0403-0405; 劳动节 0430-0502; 端午节 "
            "0604-0606; 中秋节 0910-0912; 国庆节 1001-1007"},
     {2012, "+20111231 +0121 +0129 +0331 +0401 +0428 +0929; 元旦 0101-0103; 春节 0122-0128; 清明节 0402-0404; 劳动节 "
            "0429-0501; 端午节 0622-0624; 中秋节、国庆节 0930-1007"},
     {2013, "元旦 0101-0103; +0105 +0106 +0216 +0217 +0407 +0427 +0428 +0608 +0609 +0922 +0929 +1012; 春节 0209-0215; "
            "清明节 0404-0406; 劳动节 0429-0501; 端午节 0610-0612; 中秋节 0919-0921; 国庆节 1001-1007"},
     {2014, "元旦 0101; +0126 +0208 +0504 +0928 +1011; 春节 0131-0206; 清明节 0405 0407; 劳动节 0501-0503; 端午节 "
            "0602; 中秋节 0908; 国庆节 1001-1007"},
     {2015, "元旦 0101-0103 +0104; 春节 0218-0224 +0215 +0228; 清明节 0405-0406; 劳动节 0501; 端午节 0620 0622; "
            "抗日战争暨世界反法西斯战争胜利70周年纪念日 0903-0905 +0906; 中秋节 0927; 国庆节 1001-1007 +1010"},
     {2016, "元旦 0101; 春节 0207-0213 +0206 +0214; 清明节 0404; 劳动节 0501-0502; 端午节 0609-0611 +0612; 中秋节 "
            "0915-0917 +0918; 国庆节 1001-1007 +1008 +1009"},
     {2017, "元旦 0101-0102; 春节 0127-0202 +0122 +0204; 清明节 0402-0404 +0401; 劳动节 0501; 端午节 0528-0530 +0527; "
            "中秋节、国庆节 1001-1008 +0930"},
     {2018, "元旦 0101; 春节 0215-0221 +0211 +0224; 清明节 0405-0407 +0408; 劳动节 0429-0501 +0428; 端午节 0618; "
            "中秋节 0924; 国庆节 1001-1007 +0929 +0930"},
     {2019, "元旦 20181230-0101 +20181229; 春节 0204-0210 +0202 +0203; 清明节 0405; 劳动节 0501-0504 +0428 +0505; "
            "端午节 0607; 中秋节 0913; 国庆节 1001-1007 +0929 +1012"},
     {2020, "元旦 0101; 春节 0124-0202 +0119 +0203; 清明节 0404-0406; 劳动节 0501-0505 +0426 +0509; 端午节 0625-0627 "
            "+0628; 国庆节、中秋节 1001-1008 +0927 +1010"},
     {2021, "元旦 0101-0103; 春节 0211-0217 +0207 +0220; 清明节 0403-0405; 劳动节 0501-0505 +0425 +0508; 端午节 "
            "0612-0614; 中秋节 0919-0921 +0918; 国庆节 1001-1007 +0926 +1009"},
     {2022, "元旦 0101-0103; 春节 0131-0206 +0129 +0130; 清明节 0403-0405 +0402; 劳动节 0430-0504 +0424 +0507; 端午节 "
            "0603-0605; 中秋节 0910-0912; 国庆节 1001-1007 +1008 +1009"},
     {2023, "元旦 20221231-0102; 春节 0121-0127 +0128 +0129; 清明节 0405; 劳动节 0429-0503 +0423 +0506; 端午节 "
            "0622-0624 +0625; 中秋节、国庆节 0929-1006 +1007 +1008"},
     {2024, "元旦 0101; 春节 0210-0217 +0204 +0218; 清明节 0404-0406 +0407; 劳动节 0501-0505 +0428 +0511; 端午节 0610; "
            "中秋节 0915-0917 +0914; 国庆节 1001-1007 +0929 +1012"},
     {2025, "元旦 0101; 春节 0128-0204 +0126 +0208; 清明节 0404-0406; 劳动节 0501-0505 +0427; 端午节 0531-0602; "
            "国庆节、中秋节 1001-1008 +0928 +1011"},
     {2026, "元旦 0101-0103 +0104; 春节 0215-0223 +0214 +0228; 清明节 0404-0406; 劳动节 0501-0505 +0509; 端午节 "
            "0619-0621; 国庆节 1001-1007 +0920 +1010; 中秋节 0925-0927"}}};

/// The day that some digits name, those of a month and a day or of a whole date.
[[nodiscard]] inline civil_day china_day(std::string_view digits, int year) {
  const auto number = [&](std::size_t from, std::size_t count) {
    int n = 0;
    for (const char c : digits.substr(from, count)) {
      n = n * 10 + (c - '0');
    }
    return n;
  };
  const bool whole = digits.size() == 8;
  return *make_civil_day(whole ? number(0, 4) : year, number(whole ? 4 : 0, 2), number(whole ? 6 : 2, 2));
}

inline void read_china_days(std::string_view text, int year, holidays& into) {
  std::string name;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    word = word.substr(0, word.find(';'));
    const bool dated = word.front() == '+' || (word.front() >= '0' && word.front() <= '9');
    if (!dated) {
      name = word;
    } else if (word.front() == '+') {
      into.working_days.push_back({china_day(word.substr(1), year), name});
    } else {
      const auto dash = word.find('-');
      const auto last = china_day(dash == word.npos ? word : word.substr(dash + 1), year);
      for (auto day = china_day(word.substr(0, dash), year); day <= last; day += std::chrono::days{1}) {
        into.dates.push_back({day, name});
      }
    }
  }
}

} // namespace detail

/// China's public holidays with their make-up working days, 2007 to 2026, as the State Council announced them year by
/// year.
///
/// Days off hold the weekend days inside a holiday; 3 February 2020 is a working day, as its holiday was extended
/// before it.
[[nodiscard]] inline holidays china_public_holidays() {
  holidays set{.name = "cn-public-holidays"};
  for (const auto& one : detail::china_years) {
    detail::read_china_days(one.days, one.year, set);
  }
  set.first_year = detail::china_years.front().year;
  set.last_year = detail::china_years.back().year;
  set.source = "yearly notices of the State Council";
  return set;
}

} // namespace plaint
