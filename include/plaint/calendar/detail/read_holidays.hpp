// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/holiday_text.hpp>
#include <plaint/calendar/detail/read_hours.hpp>
#include <plaint/calendar/holiday/holiday_dates.hpp>
#include <plaint/calendar/holiday/holidays.hpp>
#include <plaint/calendar/holiday/named_holidays.hpp>
#include <plaint/reader.hpp>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

inline constexpr std::array<std::string_view, 6> observed_words{
    "none", "nearest", "monday", "sunday to monday", "substitute", "sunday substitute"};

inline std::optional<int> read_year(const std::optional<value_reader>& from) {
  const auto read = from ? from->integer(first_holiday_year, last_holiday_year) : std::nullopt;
  return read ? std::optional(static_cast<int>(*read)) : std::nullopt;
}

inline std::vector<int> read_years(const std::optional<value_reader>& from) {
  std::vector<int> years;
  if (from) {
    for (const auto& item : from->items()) {
      if (const auto year = read_year(item)) {
        years.push_back(*year);
      }
    }
  }
  return years;
}

/// "2026-12-25", or `{ date: 2026-12-25, name: Christmas Day }`.
inline void read_dates(const value_reader& from, std::vector<holiday>& into) {
  for (const auto& item : from.items()) {
    std::optional<value_reader> date = item;
    holiday h;
    if (item.value().is_mapping()) {
      object_reader fields(item);
      date = fields.required("date");
      if (const auto name = fields.optional("name")) {
        h.name = name->text().value_or("");
      }
      fields.finish();
    }
    const auto text = date ? date->text() : std::nullopt;
    if (const auto day = text ? read_day_text(*date, *text) : std::nullopt) {
      h.day = *day;
      into.push_back(std::move(h));
    }
  }
}

/// `{ name: Good Friday, on: easter, offset: -2, observed: monday, from: 1971, to: 2030, except: [2020] }`.
inline void read_rule(const value_reader& from, std::vector<holiday_rule>& into) {
  object_reader fields(from);
  holiday_rule rule;
  if (const auto name = fields.optional("name")) {
    rule.name = name->text().value_or("");
  }
  const auto on = fields.required("on");
  const auto text = on ? on->text() : std::nullopt;
  const auto base = text ? parse_holiday_base(*text) : std::nullopt;
  if (text && !base) {
    on->fault("bad-rule",
              "a day such as 25 december, fourth thursday of november, last monday of may, monday on or before 24 may "
              "or easter is required; \"" +
                  *text + "\" is none");
  }
  if (const auto offset = fields.optional("offset")) {
    rule.offset = static_cast<int>(offset->integer(-366, 366).value_or(0));
  }
  if (const auto observed = fields.optional("observed")) {
    rule.observed =
        static_cast<observed_shift>(observed->word(observed_words, "where a holiday is observed").value_or(0));
  }
  rule.first_year = read_year(fields.optional("from"));
  rule.last_year = read_year(fields.optional("to"));
  rule.except_years = read_years(fields.optional("except"));
  fields.finish();
  if (base) {
    rule.base = *base;
    into.push_back(std::move(rule));
  }
}

inline holidays read_set(const value_reader& from) {
  holidays set;
  object_reader fields(from);
  if (const auto name = fields.optional("name")) {
    set.name = name->text().value_or("");
  }
  if (const auto dates = fields.optional("dates")) {
    read_dates(*dates, set.dates);
  }
  if (const auto rules = fields.optional("rules")) {
    for (const auto& item : rules->items()) {
      read_rule(item, set.rules);
    }
  }
  if (const auto days = fields.optional("working_days")) {
    read_dates(*days, set.working_days);
  }
  set.first_year = read_year(fields.optional("from"));
  set.last_year = read_year(fields.optional("to"));
  set.provisional_years = read_years(fields.optional("provisional"));
  set.announced_to = read_year(fields.optional("announced_to"));
  if (const auto source = fields.optional("source")) {
    set.source = source->text().value_or("");
  }
  fields.finish();
  return set;
}

/// One item of a list of holidays: a date, the name of a set that ships, a date with its name, or a set.
inline void read_holiday_item(const value_reader& item, holidays& dates, std::vector<holidays>& into) {
  if (item.value().is_mapping() && item.value().find("date") == nullptr) {
    into.push_back(read_set(item));
  } else if (item.value().kind != node_kind::text || item.value().text.empty() || is_digit(item.value().text.front())) {
    read_dates(item, dates.dates);
  } else if (auto known = find_holidays(item.value().text)) {
    into.push_back(*std::move(known));
  } else {
    item.fault("unknown-holidays",
               "a date such as 2026-12-25 or the name of a set of holidays is required; \"" + item.value().text +
                   "\" is neither",
               nearest(item.value().text, holiday_set_names));
  }
}

/// A date, a set, the name of a set that ships, or a list of those.
inline void read_holidays(const value_reader& from, std::vector<holidays>& into) {
  holidays dates;
  for (const auto& item : from.items()) {
    read_holiday_item(item, dates, into);
  }
  if (!dates.dates.empty()) {
    into.push_back(std::move(dates));
  }
}

} // namespace plaint::detail
