// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/detail/calendar_node.hpp>
#include <plaint/calendar/detail/check_holidays.hpp>
#include <plaint/calendar/detail/check_hours.hpp>
#include <plaint/error.hpp>
#include <plaint/pointer.hpp>
#include <plaint/time/time_zone.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Collects every fault of a definition; what passes can be compiled.
class definition_check {
public:
  static constexpr std::size_t most_parts = 1'000;
  static constexpr std::size_t most_depth = 32;
  static constexpr std::size_t most_spans = 1'000'000;
  static constexpr std::size_t most_exceptions = 100'000;
  static constexpr std::int64_t most_periods = 20'000'000;

  explicit definition_check(const zone_source& source) : source_(source) {}

  [[nodiscard]] findings& all() noexcept { return out_; }
  [[nodiscard]] std::map<std::string, time_zone>& zones() noexcept { return zones_; }

  void check(const calendar_definition& d, const std::string& at, std::size_t depth = 0) {
    if (++parts_ > most_parts || depth > most_depth) {
      fault("too-large", "at most 1000 parts, 32 deep, required", at);
      return;
    }
    check_options(d, at);
    check_zone(d, at);
    check_years(d, at);
    if (d.kind == calendar_kind::hours) {
      check_hours_kind(d, at);
    } else if (d.kind >= calendar_kind::any_of) {
      check_parts(d, at, depth);
    } else if (d.kind == calendar_kind::spans) {
      check_spans(d, at);
    }
    if (d.kind < calendar_kind::any_of && !d.parts.empty()) {
      fault("unused", "parts belong to any_of, all_of and first_without only", at);
    }
  }

private:
  void fault(std::string code, std::string message, std::string at, std::string suggestion = {}) {
    out_.push_back({std::move(code), std::move(message), std::move(at), std::move(suggestion)});
  }

  void check_options(const calendar_definition& d, const std::string& at) {
    if (d.options.gap == gap_policy::refuse) {
      fault("bad-option", "gap must be snap or shift", child(at, "gap"));
    }
    if (d.options.overlap == overlap_policy::refuse) {
      fault("bad-option", "overlap must be first or last", child(at, "overlap"));
    }
  }

  void load(const std::string& name, const std::string& at) {
    if (zones_.contains(name)) {
      return;
    }
    try {
      zones_.emplace(name, load_zone(name, source_));
    } catch (const policy_error& e) {
      for (auto f : e.all()) {
        f.pointer = at;
        out_.push_back(std::move(f));
      }
      zones_.emplace(name, time_zone::utc()); // so that one unknown name is one finding
    }
  }

  void check_zone(const calendar_definition& d, const std::string& at) {
    if (!d.zone.empty()) {
      load(d.zone, child(at, "zone"));
    } else if (d.kind < calendar_kind::any_of) {
      fault("missing", "\"zone\" is required", at);
    }
    for (std::size_t i = 0; i < d.versions.size(); ++i) {
      if (!d.versions[i].zone.empty()) {
        load(d.versions[i].zone, child(version_pointer(d, at, i), "zone"));
      }
    }
  }

  void check_years(const calendar_definition& d, const std::string& at) {
    const auto year = [&](const std::optional<int>& y) {
      if (y && (*y < first_holiday_year || *y > last_holiday_year)) {
        fault("out-of-range", "year from 1401 to 9998 required", child(at, "horizon"));
      }
    };
    year(d.first_year);
    year(d.last_year);
    const auto first = d.first_year.value_or(default_first_year);
    const auto last = d.last_year.value_or(default_last_year);
    if (last < first && (d.first_year || d.last_year)) {
      fault("horizon-too-small", "a horizon of at least one year required", child(at, "horizon"));
    }
  }

  void check_hours_kind(const calendar_definition& d, const std::string& at) {
    const auto before = out_.size();
    check_versions(d, at, out_);
    check_exceptions(d, at, out_);
    check_holidays(d, at, out_);
    if (d.exceptions.size() > most_exceptions) {
      fault("too-large", "at most 100000 exceptions required", child(at, "exceptions"));
    }
    if (out_.size() == before && opens_never(d)) {
      fault("no-open-time", "some open time required", child(at, "hours"));
    }
    const auto years = known_years(d);
    const bool own = d.last_year.value_or(default_last_year) >= d.first_year.value_or(default_first_year);
    if (own && years.last < years.first) {
      fault("horizon-too-small", "years that all of the holidays know required", child(at, "horizon"));
    }
    std::size_t most = 0;
    for (const auto& version : d.versions) {
      for (const auto& day : version.hours.days) {
        most = std::max(most, day.size());
      }
    }
    if (std::int64_t{years.last - years.first + 1} * 366 * static_cast<std::int64_t>(most) > most_periods) {
      fault("too-large", "a horizon with at most 20 million open periods required", child(at, "horizon"));
    }
  }

  void check_spans(const calendar_definition& d, const std::string& at) {
    const auto list = child(at, "spans");
    if (d.spans.size() > most_spans) {
      fault("too-large", "at most a million spans required", list);
      return;
    }
    for (std::size_t i = 0; i < d.spans.size(); ++i) {
      if (d.spans[i].empty()) {
        fault("empty-span", "a span that ends after it begins required", child(list, i));
      }
    }
  }

  void check_parts(const calendar_definition& d, const std::string& at, std::size_t depth) {
    constexpr const char* names[] = {"any_of", "all_of", "first_without"};
    const auto list = child(at, names[static_cast<int>(d.kind) - static_cast<int>(calendar_kind::any_of)]);
    if (d.parts.size() < 2) {
      fault("missing", "two or more parts required", list);
    }
    for (std::size_t i = 0; i < d.parts.size(); ++i) {
      check(d.parts[i], child(list, i), depth + 1);
    }
  }

  const zone_source& source_;
  findings out_;
  std::map<std::string, time_zone> zones_;
  std::size_t parts_ = 0;
};

} // namespace plaint::detail
