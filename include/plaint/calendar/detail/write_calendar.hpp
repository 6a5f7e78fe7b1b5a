// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/calendar_text.hpp>
#include <plaint/calendar/detail/holiday_text.hpp>
#include <plaint/calendar/detail/read_holidays.hpp>
#include <plaint/document.hpp>
#include <plaint/time/iso8601.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The words of the options, in the order of their enumerations.
struct option_words {
  static constexpr std::array<std::string_view, 2> exact_end{"earliest", "latest"};
  static constexpr std::array<std::string_view, 2> gap{"snap", "shift"};
  static constexpr std::array<std::string_view, 2> overlap{"first", "last"};
  static constexpr std::array<std::string_view, 2> holiday{"cut", "owner"};
  static constexpr std::array<std::string_view, 2> ranges{"reject", "merge"};
  static constexpr std::array<std::string_view, 2> day_rule{"next", "adjust"};
  static constexpr std::array<std::string_view, 6> roll{
      "none", "open", "following", "preceding", "modified following", "nearest"};
  static constexpr std::array<std::string_view, 4> counted{"[a,b)", "(a,b]", "[a,b]", "(a,b)"};
};

/// Writes definitions as documents, always in the same form: dates and intervals in their order.
struct calendar_writer {
  [[nodiscard]] static node write(const calendar_definition& d) {
    node all = node::mapping_of();
    text(all, "id", d.id);
    text(all, "zone", d.zone);
    write_open_time(all, d);
    write_holidays(all, d.holidays);
    write_exceptions(all, d.exceptions);
    write_horizon(all, d);
    write_options(all, d.options);
    return all;
  }

private:
  static void text(node& to, std::string name, std::string_view value) {
    if (!value.empty()) {
      to.add(std::move(name), node::text_of(value));
    }
  }
  static node intervals(std::vector<daily_interval> hours) {
    std::sort(hours.begin(), hours.end());
    node list = node::sequence_of();
    for (const auto& each : hours) {
      list.push(node::text_of(to_string(each)));
    }
    return list;
  }
  static node week(const weekly_hours& hours) {
    node days = node::mapping_of();
    for (std::size_t i = 0; i < hours.days.size(); ++i) {
      if (!hours.days[i].empty()) {
        days.add(std::string(weekday_words[i]), intervals(hours.days[i]));
      }
    }
    return days;
  }

  static void write_open_time(node& to, const calendar_definition& d) {
    switch (d.kind) {
    case calendar_kind::hours:
      write_versions(to, d.versions);
      return;
    case calendar_kind::always:
      text(to, "hours", "always");
      return;
    case calendar_kind::never:
      text(to, "hours", "never");
      return;
    case calendar_kind::spans: {
      node& list = to.add("spans", node::sequence_of());
      for (const auto& s : d.spans) {
        list.push(node::text_of(to_iso8601(s)));
      }
      return;
    }
    default:
      break;
    }
    constexpr std::array<const char*, 3> names{"any_of", "all_of", "first_without"};
    node& list = to.add(names[static_cast<std::size_t>(d.kind) - static_cast<std::size_t>(calendar_kind::any_of)],
                        node::sequence_of());
    for (const auto& part : d.parts) {
      list.push(write(part));
    }
  }

  static void write_versions(node& to, const std::vector<hours_version>& versions) {
    if (versions.size() == 1 && !versions[0].from && versions[0].zone.empty()) {
      to.add("hours", week(versions[0].hours));
      return;
    }
    node& list = to.add("versions", node::sequence_of());
    for (const auto& v : versions) {
      node& one = list.push(node::mapping_of());
      if (v.from) {
        text(one, "from", to_iso8601(*v.from));
      }
      text(one, "zone", v.zone);
      one.add("hours", week(v.hours));
    }
  }

  static node dates(std::vector<holiday> all) {
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
    node list = node::sequence_of();
    for (const auto& h : all) {
      node& one = list.push(node::mapping_of());
      one.add("date", node::text_of(to_iso8601(h.day)));
      text(one, "name", h.name);
    }
    return list;
  }
  static void year(node& to, std::string name, const std::optional<int>& y) {
    if (y) {
      to.add(std::move(name), node::integer_of(*y));
    }
  }
  static void years(node& to, std::string name, const std::vector<int>& all) {
    node list = node::sequence_of();
    for (const int y : all) {
      list.push(node::integer_of(y));
    }
    if (!all.empty()) {
      to.add(std::move(name), std::move(list));
    }
  }

  static node rule(const holiday_rule& r) {
    node one = node::mapping_of();
    text(one, "name", r.name);
    one.add("on", node::text_of(to_text(r.base)));
    if (r.offset != 0) {
      one.add("offset", node::integer_of(r.offset));
    }
    if (r.observed != observed_shift::none) {
      text(one, "observed", observed_words[static_cast<std::size_t>(r.observed)]);
    }
    year(one, "from", r.first_year);
    year(one, "to", r.last_year);
    years(one, "except", r.except_years);
    return one;
  }

  static void write_holidays(node& to, const std::vector<holidays>& sets) {
    if (sets.empty()) {
      return;
    }
    node& list = to.add("holidays", node::sequence_of());
    for (const auto& set : sets) {
      node& one = list.push(node::mapping_of());
      text(one, "name", set.name);
      if (!set.rules.empty()) {
        node& rules = one.add("rules", node::sequence_of());
        for (const auto& r : set.rules) {
          rules.push(rule(r));
        }
      }
      if (!set.dates.empty()) {
        one.add("dates", dates(set.dates));
      }
      if (!set.working_days.empty()) {
        one.add("working_days", dates(set.working_days));
      }
      year(one, "from", set.first_year);
      year(one, "to", set.last_year);
      years(one, "provisional", set.provisional_years);
      year(one, "announced_to", set.announced_to);
      text(one, "source", set.source);
    }
  }

  static void write_exceptions(node& to, std::vector<day_exception> all) {
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
    constexpr std::array<std::pair<const char*, exception_kind>, 3> lists{
        {{"exceptions", exception_kind::replace}, {"added", exception_kind::add}, {"breaks", exception_kind::close}}};
    for (const auto& [name, kind] : lists) {
      node list = node::mapping_of();
      for (const auto& e : all) {
        if (e.kind == kind) {
          node& one = list.add(to_iso8601(e.day), node::mapping_of());
          one.add("hours", intervals(e.hours));
          text(one, "name", e.name);
        }
      }
      if (!list.items.empty()) {
        to.add(name, std::move(list));
      }
    }
    node worked = node::sequence_of();
    for (const auto& e : all) {
      if (e.kind == exception_kind::work) {
        node& one = worked.push(node::mapping_of());
        one.add("date", node::text_of(to_iso8601(e.day)));
        text(one, "like", e.like ? weekday_words[*e.like] : std::string_view{});
        text(one, "name", e.name);
      }
    }
    if (!worked.items.empty()) {
      to.add("working_days", std::move(worked));
    }
  }

  static void write_horizon(node& to, const calendar_definition& d) {
    node one = node::mapping_of();
    year(one, "from", d.first_year);
    year(one, "to", d.last_year);
    if (d.options.past_horizon == past_horizon::weekly) {
      text(one, "past", "weekly");
    }
    if (!one.items.empty()) {
      to.add("horizon", std::move(one));
    }
  }

  template <class Option, std::size_t N>
  static void option(node& to, std::string name, const std::array<std::string_view, N>& words, Option value,
                     Option usual) {
    if (value != usual) {
      text(to, std::move(name), words[static_cast<std::size_t>(value)]);
    }
  }
  static void write_options(node& to, const calendar_options& o) {
    constexpr calendar_options usual{};
    option(to, "exact_end", option_words::exact_end, o.exact_end, usual.exact_end);
    option(to, "gap", option_words::gap, o.gap, usual.gap);
    option(to, "overlap", option_words::overlap, o.overlap, usual.overlap);
    option(to, "holiday", option_words::holiday, o.holiday, usual.holiday);
    option(to, "ranges", option_words::ranges, o.ranges, usual.ranges);
    option(to, "day_rule", option_words::day_rule, o.day_rule, usual.day_rule);
    if (o.roll) {
      text(to, "roll", option_words::roll[static_cast<std::size_t>(*o.roll)]);
    }
    option(to, "counted", option_words::counted, o.counted, usual.counted);
  }
};

} // namespace plaint::detail

namespace plaint {

/// The calendar as `read_calendar` reads it back, always in the same form.
[[nodiscard]] inline node write_calendar(const calendar_definition& d) {
  return detail::calendar_writer::write(d);
}

} // namespace plaint
