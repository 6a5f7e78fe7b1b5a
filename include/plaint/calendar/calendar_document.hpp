// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/detail/read_holidays.hpp>
#include <plaint/calendar/detail/read_hours.hpp>
#include <plaint/calendar/detail/write_calendar.hpp>
#include <plaint/reader.hpp>
#include <plaint/time/iso8601.hpp>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

namespace detail {

inline void read_horizon(const value_reader& from, calendar_definition& into) {
  object_reader all(from);
  const auto year = [&](std::string_view name) {
    const auto member = all.optional(name);
    const auto read = member ? member->integer(first_holiday_year, last_holiday_year) : std::nullopt;
    return read ? std::optional(static_cast<int>(*read)) : std::nullopt;
  };
  into.first_year = year("from");
  into.last_year = year("to");
  if (const auto past = all.optional("past")) {
    constexpr std::array<std::string_view, 2> words{"error", "weekly"};
    into.options.past_horizon = static_cast<past_horizon>(past->word(words, "what holds past the horizon").value_or(0));
  }
  all.finish();
}

template <class Option, std::size_t N>
void read_option(object_reader& all, std::string_view name, const std::array<std::string_view, N>& words,
                 Option& into) {
  if (const auto member = all.optional(name)) {
    if (const auto place = member->word(words, name)) {
      into = static_cast<Option>(*place);
    }
  }
}

inline void read_options(object_reader& all, calendar_options& o) {
  read_option(all, "exact_end", option_words::exact_end, o.exact_end);
  read_option(all, "gap", option_words::gap, o.gap);
  read_option(all, "overlap", option_words::overlap, o.overlap);
  read_option(all, "holiday", option_words::holiday, o.holiday);
  read_option(all, "ranges", option_words::ranges, o.ranges);
  read_option(all, "day_rule", option_words::day_rule, o.day_rule);
  if (roll last = roll::none; all.self().value().find("roll") != nullptr) {
    read_option(all, "roll", option_words::roll, last);
    o.roll = last;
  }
  read_option(all, "counted", option_words::counted, o.counted);
}

inline std::vector<span> read_spans(const value_reader& from) {
  std::vector<span> all;
  for (const auto& item : from.items()) {
    const auto text = item.text();
    if (!text) {
      continue;
    }
    if (const auto read = parse_span(*text)) {
      all.push_back(*read);
    } else {
      item.fault("bad-span",
                 "a span such as 2026-03-01T09:00:00Z/2026-03-01T10:00:00Z is required: " + to_string(read.fault()));
    }
  }
  return all;
}

/// "always" is a week like any other where holidays or exceptions cut it.
inline void settle_kind(calendar_definition& d) {
  if (d.kind == calendar_kind::always && (!d.holidays.empty() || !d.exceptions.empty())) {
    d.kind = calendar_kind::hours;
    d.versions.front().hours = weekly_hours::always();
  } else if (d.kind != calendar_kind::hours) {
    d.versions.clear();
  }
}

} // namespace detail

/// A calendar as policies and calendar files write it; faults become findings.
///
/// `{ zone: Europe/London, hours: { mon-fri: ["09:00-12:30", "13:00-17:00"] }, holidays: ["2026-12-25"] }`
[[nodiscard]] inline calendar_definition read_calendar(const value_reader& from, std::string id = {}) {
  calendar_definition d{.id = std::move(id)};
  object_reader all(from);
  if (const auto name = all.optional("id")) {
    d.id = name->text().value_or(d.id);
  }
  if (const auto zone = all.optional("zone")) {
    d.zone = zone->text().value_or("");
  }
  const auto hours = all.optional("hours");
  const auto versions = all.optional("versions");
  if (hours) {
    d.versions.push_back({});
    d.versions.back().hours = detail::read_week(*hours, d.kind, d.versions.back().written);
    d.versions.back().written.version = "/hours";
  }
  if (versions) {
    detail::read_versions(*versions, d.versions);
  }
  if (const auto spans = all.optional("spans")) {
    d.kind = calendar_kind::spans;
    d.spans = detail::read_spans(*spans);
  }
  constexpr std::array<std::string_view, 3> combinations{"any_of", "all_of", "first_without"};
  for (std::size_t i = 0; i < combinations.size(); ++i) {
    if (const auto parts = all.optional(combinations[i])) {
      d.kind = static_cast<calendar_kind>(static_cast<std::size_t>(calendar_kind::any_of) + i);
      for (const auto& part : parts->items()) {
        d.parts.push_back(read_calendar(part));
      }
    }
  }
  if (const auto holidays = all.optional("holidays")) {
    detail::read_holidays(*holidays, d.holidays);
  }
  detail::read_exceptions(all, d.exceptions);
  detail::settle_kind(d);
  if (const auto horizon = all.optional("horizon")) {
    detail::read_horizon(*horizon, d);
  }
  detail::read_options(all, d.options);
  all.finish();
  return d;
}

} // namespace plaint
