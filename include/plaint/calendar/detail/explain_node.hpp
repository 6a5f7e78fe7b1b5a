// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/calendar_node.hpp>
#include <plaint/calendar/detail/span_algebra.hpp>
#include <plaint/calendar/explained_time.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

using explained_list = std::vector<explained_time>;

/// The list with other reasons where the spans lie; pieces of one reason that touch stay apart.
[[nodiscard]] inline explained_list relabelled(const explained_list& all, const span_list& where, time_cause cause,
                                               const std::string& name, bool only_closed) {
  explained_list out;
  for (const auto& piece : all) {
    if (only_closed && piece.cause == time_cause::open) {
      out.push_back(piece);
      continue;
    }
    const auto first =
        std::partition_point(where.begin(), where.end(), [&](const span& s) { return s.to <= piece.when.from; });
    instant at = piece.when.from;
    for (auto s = first; s != where.end() && s->from < piece.when.to; ++s) {
      const span inside{std::max(s->from, piece.when.from), std::min(s->to, piece.when.to)};
      if (at < inside.from) {
        out.push_back({{at, inside.from}, piece.cause, piece.name});
      }
      out.push_back({inside, cause, name});
      at = inside.to;
    }
    if (at < piece.when.to) {
      out.push_back({{at, piece.when.to}, piece.cause, piece.name});
    }
  }
  return out;
}

/// Pieces that touch and have one reason become one.
[[nodiscard]] inline explained_list merged(const explained_list& all) {
  explained_list out;
  for (const auto& piece : all) {
    if (!out.empty() && out.back().cause == piece.cause && out.back().name == piece.name) {
      out.back().when.to = piece.when.to;
    } else {
      out.push_back(piece);
    }
  }
  return out;
}

[[nodiscard]] inline std::string special_name(const special_day& s, bool holiday) {
  if (!holiday || s.holidays.empty()) {
    return s.name;
  }
  std::string names;
  for (const auto& name : s.holidays) {
    names += (names.empty() ? "" : ", ") + name;
  }
  return names;
}

/// Names what special days did: hours of their own, holidays and replaced hours that took usual ones, breaks.
[[nodiscard]] inline explained_list explain_specials(const calendar_node& node, explained_list all,
                                                     const span_list& open, civil_day first, civil_day last) {
  const auto& plan = node.plan;
  auto s = plan.specials().lower_bound(first);
  for (; s != plan.specials().end() && s->first <= last; ++s) {
    const auto& [day, special] = *s;
    std::vector<span> usual;
    for (const civil_day d : {day - std::chrono::days{1}, day}) { // what ran over from the evening before is cut too
      for (const auto& hours : plan.week_of(d).on(d)) {
        usual.push_back(plan.on(d, hours));
      }
    }
    const span_list shut = special.shut() ? span_list{node.frame.day_span(day)} : span_list{};
    const bool holiday = !special.holidays.empty() && !special.replaced;
    all = relabelled(all, intersect(joined(std::move(usual)), shut),
                     holiday ? time_cause::holiday : time_cause::exception, special_name(special, holiday), true);
    std::vector<span> own;
    for (const auto& hours : plan.own_hours(day, special)) {
      own.push_back(plan.on(day, hours));
    }
    std::vector<span> closed;
    for (const auto& hours : special.closed) {
      closed.push_back(plan.on(day, hours));
    }
    const auto breaks = joined(std::move(closed));
    all = relabelled(all, intersect(joined(std::move(own)), open), time_cause::open, special.name, false);
    all = relabelled(all, breaks, time_cause::closure, special.name, true);
  }
  return all;
}

[[nodiscard]] inline explained_list explain_node(const calendar_node& node, const span_list& open, span within);

[[nodiscard]] inline explained_list explain_parts(const calendar_node& node, explained_list all, span within) {
  const auto name_of = [](const calendar_node& part, const explained_time& piece) {
    return piece.name.empty() ? part.definition->id : piece.name;
  };
  for (std::size_t i = node.parts.size(); i-- > 0;) {
    const auto& part = node.parts[i];
    if (node.definition->kind != calendar_kind::all_of && i > 0) {
      continue; // closed time is explained by the first part
    }
    for (const auto& piece : explain_node(part, cut_to(part.periods, within), within)) {
      if (piece.cause != time_cause::open) {
        all = relabelled(all, {piece.when}, piece.cause, name_of(part, piece), true);
      }
    }
  }
  if (node.definition->kind == calendar_kind::first_without) { // what was taken out is more to the point than hours
    for (std::size_t i = 1; i < node.parts.size(); ++i) {
      all = relabelled(all, intersect(cut_to(node.parts.front().periods, within), node.parts[i].periods),
                       time_cause::pause, node.parts[i].definition->id, true);
    }
  }
  return all;
}

/// The span in pieces with their reasons; `open` is what is open of it.
[[nodiscard]] inline explained_list explain_node(const calendar_node& node, const span_list& open, span within) {
  if (within.empty()) {
    return {};
  }
  explained_list all = relabelled({{within, time_cause::hours, {}}}, open, time_cause::open, {}, false);
  if (node.definition->kind == calendar_kind::hours) {
    const civil_day first = node.frame.day_at(within.from) - std::chrono::days{1};
    all = explain_specials(node, std::move(all), open, first, node.frame.day_at(within.to));
  } else if (!node.parts.empty()) {
    all = explain_parts(node, std::move(all), within);
  }
  return merged(all);
}

} // namespace plaint::detail
