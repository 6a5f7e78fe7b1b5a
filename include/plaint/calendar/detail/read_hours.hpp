// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/calendar_text.hpp>
#include <plaint/reader.hpp>
#include <plaint/time/iso8601.hpp>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Intervals, and into `places` where each was written.
inline std::vector<daily_interval> read_intervals(const value_reader& from,
                                                  std::vector<std::string>* places = nullptr) {
  std::vector<daily_interval> all;
  if (from.value().is_null() || (from.value().is_scalar() && from.value().text == "closed")) {
    return all;
  }
  for (const auto& item : from.items()) {
    const auto text = item.text();
    if (!text) {
      continue;
    }
    if (const auto read = parse_interval(*text)) {
      all.push_back(*read);
      if (places != nullptr) {
        places->push_back(item.pointer());
      }
    } else {
      item.fault("bad-interval", "an interval such as 09:00-17:30 is required, 24:00 being the end of the day; \"" +
                                     *text + "\" is none");
    }
  }
  return all;
}

/// `always`, `never`, or intervals by weekdays: `{ mon-thu: ["09:00-17:00"], fri: "09:00-15:00" }`.
inline weekly_hours read_week(const value_reader& from, calendar_kind& kind, hours_source& source) {
  weekly_hours week;
  if (!from.value().is_mapping()) {
    constexpr std::array<std::string_view, 2> words{"always", "never"};
    if (const auto place = from.word(words, "hours that are not given by weekdays")) {
      kind = *place == 0 ? calendar_kind::always : calendar_kind::never;
    }
    return week;
  }
  object_reader all(from);
  for (const auto& [name, member] : all.members()) {
    const auto days = parse_weekdays(name);
    if (!days) {
      member.fault("bad-weekday",
                   "weekdays such as mon, mon-fri, \"sat, sun\" or daily are required; \"" + name + "\" is none",
                   nearest(name, weekday_words));
      continue;
    }
    std::vector<std::string> places;
    const auto hours = read_intervals(member, &places);
    for (auto& place : places) {
      place.erase(0, from.pointer().size());
    }
    for (const auto day : *days) {
      week.days[day].insert(week.days[day].end(), hours.begin(), hours.end());
      source.intervals[day].insert(source.intervals[day].end(), places.begin(), places.end());
    }
  }
  return week;
}

inline std::optional<civil_day> read_day_text(const value_reader& at, const std::string& text) {
  const auto read = parse_civil_day(text);
  if (!read) {
    at.fault("bad-date", "a date such as 2026-01-31 is required: " + to_string(read.fault()));
    return std::nullopt;
  }
  return *read;
}

/// `{ from: 2026-07-01, zone: Europe/Paris, hours: … }`.
inline hours_version read_version(const value_reader& from) {
  object_reader all(from);
  hours_version v;
  if (const auto since = all.optional("from")) {
    const auto text = since->text();
    v.from = text ? read_day_text(*since, *text) : std::nullopt;
  }
  if (const auto zone = all.optional("zone")) {
    v.zone = zone->text().value_or("");
  }
  if (const auto hours = all.required("hours")) {
    auto kind = calendar_kind::hours;
    v.hours = read_week(*hours, kind, v.written);
    v.hours = kind == calendar_kind::always ? weekly_hours::always() : v.hours;
  }
  all.finish();
  return v;
}

/// A list of versions in the order of their dates; the first may hold since ever, if no `hours` beside them do.
inline void read_versions(const value_reader& from, std::vector<hours_version>& into) {
  std::size_t i = 0;
  for (const auto& item : from.items()) {
    into.push_back(read_version(item));
    into.back().written.version = from.value().is_sequence() ? child("/versions", i++) : "/versions";
  }
}

inline void read_dated_hours(const value_reader& from, exception_kind kind, std::vector<day_exception>& into) {
  object_reader all(from);
  for (const auto& [date, member] : all.members()) {
    const auto day = read_day_text(member, date);
    if (!day) {
      continue;
    }
    day_exception e{.day = *day, .kind = kind};
    if (member.value().is_mapping()) {
      object_reader fields(member);
      if (const auto hours = fields.optional("hours")) {
        e.hours = read_intervals(*hours);
      }
      if (const auto name = fields.optional("name")) {
        e.name = name->text().value_or("");
      }
      fields.finish();
    } else {
      e.hours = read_intervals(member);
    }
    into.push_back(std::move(e));
  }
}

inline void read_working_days(const value_reader& from, std::vector<day_exception>& into) {
  for (const auto& item : from.items()) {
    day_exception e{.kind = exception_kind::work};
    std::optional<value_reader> date = item;
    if (item.value().is_mapping()) {
      object_reader fields(item);
      date = fields.required("date");
      if (const auto like = fields.optional("like")) {
        const auto text = like->text();
        e.like = text ? parse_weekday(*text) : std::nullopt;
        if (text && !e.like) {
          like->fault("bad-weekday", "a weekday is required", nearest(*text, weekday_words));
        }
      }
      if (const auto name = fields.optional("name")) {
        e.name = name->text().value_or("");
      }
      fields.finish();
    }
    const auto text = date ? date->text() : std::nullopt;
    if (const auto day = text ? read_day_text(*date, *text) : std::nullopt) {
      e.day = *day;
      into.push_back(std::move(e));
    }
  }
}

/// `exceptions` replace the hours of a date, `added` open more, `breaks` close part, `working_days` beat holidays and
/// weekends.
inline void read_exceptions(object_reader& all, std::vector<day_exception>& into) {
  constexpr std::array<std::pair<std::string_view, exception_kind>, 3> lists{
      {{"exceptions", exception_kind::replace}, {"added", exception_kind::add}, {"breaks", exception_kind::close}}};
  for (const auto& [name, kind] : lists) {
    if (const auto list = all.optional(name)) {
      read_dated_hours(*list, kind, into);
    }
  }
  if (const auto days = all.optional("working_days")) {
    read_working_days(*days, into);
  }
}

} // namespace plaint::detail
