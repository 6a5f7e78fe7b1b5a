// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/calendar_document.hpp>
#include <plaint/document.hpp>
#include <plaint/error.hpp>
#include <plaint/time/zone_source.hpp>

#include <optional>

namespace plaint {

/// A calendar from a document: read, checked and compiled. Throws `policy_error` with every fault, each with its place.
///
///     const auto office = load_calendar(read_document("office.yaml"));
[[nodiscard]] inline calendar load_calendar(const document& from, const zone_source& source = system_source()) {
  findings found;
  const auto definition = read_calendar(value_reader(from.root, "", found));
  const bool unread = has_error(found);
  std::optional<calendar> made;
  try {
    made = calendar::compile(definition, source);
  } catch (const policy_error& error) {
    for (const auto& f : error.all()) {
      // What could not be read is not missing besides.
      if (!unread || (f.code != "missing" && f.code != "no-open-time")) {
        found.push_back(f);
      }
    }
  }
  place_findings(found, from);
  throw_if_error(found);
  return *made;
}

} // namespace plaint
