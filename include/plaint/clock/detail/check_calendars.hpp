// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/clock/calendar_edit.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/detail/check_thresholds.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/pointer.hpp>
#include <plaint/suggestion.hpp>
#include <plaint/time/zone_source.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace plaint {

/// A calendar under the name by which clocks refer to it.
struct named_calendar {
  std::string name;
  plaint::calendar calendar;
};

namespace detail {

/// Finds the calendars that clocks may go by: for each row of a clock's rule and each of its zones a chain of editions.
class clock_calendars {
public:
  clock_calendars(const std::vector<named_calendar>& all, const std::vector<calendar_edit>& edits, const schema& sees,
                  const zone_source& zones, findings& out)
      : all_(all), edits_(edits), sees_(sees), zones_(zones), out_(out) {
    std::stable_sort(edits_.begin(), edits_.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  }

  void check_edits() {
    for (const auto& edit : edits_) {
      const auto pointer = edit.pointer.empty() ? child("/calendar_edits", edit.calendar) : edit.pointer;
      (void)find(edit.calendar, pointer);
      (void)find(edit.becomes, child(pointer, "calendar"));
    }
  }

  void choose(compiled_clock& c) {
    const auto& d = c.definition;
    pointer_ = d.pointer.empty() ? child("/clocks", d.id) : d.pointer;
    const auto zones = zones_of(c);
    c.zones = zones.size();
    auto rows = d.calendars;
    if (rows.empty()) {
      rows.push_back({.calendar = only_one(c)});
    }
    for (const auto& row : rows) {
      const auto place = row.calendar.empty()
                             ? std::optional<std::size_t>{}
                             : find(row.calendar, d.calendars.size() > 1 ? child(row.pointer, "calendar")
                                                                         : child(pointer_, "calendar"));
      for (const auto& zone : zones) {
        c.first_edition.push_back(static_cast<std::uint16_t>(c.calendars.size()));
        add_chain(c, row.calendar, place, zone);
      }
    }
    check_lengths(c);
    thresholds(c);
  }

private:
  /// The calendar where the clock names none.
  [[nodiscard]] std::string only_one(const compiled_clock& c) {
    if (all_.size() == 1) {
      return all_.front().name;
    }
    const bool needs_one = std::any_of(c.goals.begin(), c.goals.end(), [](const compiled_goal& g) {
      return std::any_of(g.leaves.begin(), g.leaves.end(),
                         [](const goal_leaf& l) { return l.in == measure::open || l.in == measure::days; });
    });
    if (needs_one) {
      out_.push_back({"no-calendar",
                      all_.empty() ? "this clock needs a calendar and the policy has none"
                                   : "this clock must say which of the calendars it goes by",
                      pointer_,
                      {}});
    }
    return {};
  }

  [[nodiscard]] std::optional<std::size_t> find(const std::string& name, const std::string& pointer) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (all_[i].name == name) {
        return i;
      }
      names.push_back(all_[i].name);
    }
    out_.push_back(
        {"unknown-calendar", "\"" + name + "\" is no calendar of the policy", pointer, nearest(name, names)});
    return std::nullopt;
  }

  /// The zones whose walls may count; the first is the calendar's own.
  [[nodiscard]] std::vector<std::string> zones_of(compiled_clock& c) {
    const auto& zone = c.definition.zone;
    if (zone.empty()) {
      return {""};
    }
    if (zone.find('/') != zone.npos || zone == "UTC") {
      return {zone};
    }
    const auto slot = sees_.slot(zone);
    if (!slot || !sees_.attributes[*slot].type.is(type_kind::enumeration)) {
      out_.push_back({"unknown-zone",
                      "an IANA zone, or an attribute that enumerates such, is required; \"" + zone + "\" is neither",
                      child(pointer_, "zone"),
                      {}});
      return {""};
    }
    c.zone_slot = *slot;
    c.retargeted_by.insert(std::upper_bound(c.retargeted_by.begin(), c.retargeted_by.end(), *slot), *slot);
    std::vector<std::string> all{""};
    for (const auto& name : sees_.attributes[*slot].type.names()) {
      all.emplace_back(name);
    }
    return all;
  }

  [[nodiscard]] calendar in_zone(const std::optional<std::size_t>& place, const std::string& zone) {
    auto made = place ? all_[*place].calendar : calendar::compile(always());
    if (zone.empty()) {
      return made;
    }
    auto definition = made.definition();
    definition.zone = zone;
    try {
      return calendar::compile(definition, zones_);
    } catch (const policy_error& e) {
      for (auto f : e.all()) {
        f.pointer = child(pointer_, "zone");
        out_.push_back(std::move(f));
      }
    }
    return made;
  }

  void add_chain(compiled_clock& c, const std::string& name, const std::optional<std::size_t>& place,
                 const std::string& zone) {
    const auto rule = static_cast<std::uint16_t>(place.value_or(all_.size()));
    c.calendars.push_back({.name = name, .zone = zone, .calendar = in_zone(place, zone), .rule = rule});
    for (const auto& edit : edits_) {
      if (edit.calendar != name || name.empty()) {
        continue;
      }
      const auto next = std::find_if(all_.begin(), all_.end(), [&](const auto& a) { return a.name == edit.becomes; });
      if (next == all_.end()) {
        continue;
      }
      c.calendars.back().until = edit.from;
      c.calendars.back().next = static_cast<std::uint16_t>(c.calendars.size());
      c.calendars.push_back({.name = edit.becomes,
                             .zone = zone,
                             .calendar = in_zone(static_cast<std::size_t>(next - all_.begin()), zone),
                             .rule = rule});
    }
  }

  /// A goal that begins with the horizon and still ends behind it can never be told.
  void check_lengths(const compiled_clock& c) {
    for (std::size_t i = 0; i < c.goals.size(); ++i) {
      for (const auto& each : c.calendars) {
        try {
          (void)due(c.goals[i].source, each.calendar.horizon().from, each.calendar);
        } catch (const horizon_error&) {
          const auto& row = c.definition.goals[i].pointer;
          out_.push_back(
              {"bad-goal",
               "this goal is longer than all that the calendar knows (goal: " + to_string(c.goals[i].source) + ")",
               child(row.empty() ? child(child(pointer_, "goals"), i) : row, "goal"),
               {}});
          break;
        }
      }
    }
  }

  void thresholds(compiled_clock& c) {
    for (std::size_t t = 0; t < c.thresholds.size(); ++t) {
      const auto& d = c.definition.thresholds[t];
      const auto pointer = d.pointer.empty() ? child(child(pointer_, "thresholds"), d.id) : d.pointer;
      if (!d.calendar.empty()) {
        if (const auto place = find(d.calendar, child(pointer, "calendar"))) {
          c.thresholds[t].calendar = all_[*place].calendar;
        }
      }
      const auto& own = c.thresholds[t].calendar;
      for (const auto& g : c.goals) {
        if (reaches_behind_start(d.at, g, c.calendars.front().calendar, own ? &*own : nullptr)) {
          out_.push_back(
              {"bad-threshold",
               "a time before the due instant must be shorter than the goal (goal: " + to_string(g.source) + ")",
               child(pointer, "at"),
               {}});
          break;
        }
      }
    }
  }

  const std::vector<named_calendar>& all_;
  std::vector<calendar_edit> edits_;
  const schema& sees_;
  const zone_source& zones_;
  findings& out_;
  std::string pointer_{};
};

} // namespace detail

} // namespace plaint
