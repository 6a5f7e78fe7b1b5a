// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/detail/check_definition.hpp>
#include <plaint/calendar/detail/compiled_calendar.hpp>
#include <plaint/calendar/detail/write_calendar.hpp>
#include <plaint/canonical.hpp>
#include <plaint/digest.hpp>
#include <plaint/time/zone_source.hpp>

#include <memory>
#include <string>

namespace plaint::detail {

/// Checks a definition, finds its zones and builds its tables; throws `policy_error` with all faults.
[[nodiscard]] inline std::shared_ptr<const compiled_calendar> compile_calendar(const calendar_definition& definition,
                                                                               const zone_source& source) {
  definition_check check(source);
  check.check(definition, "");
  throw_if_error(check.all());
  const auto made =
      compile_checked(definition, [&](const std::string& name) -> const time_zone& { return check.zones().at(name); });
  if (definition.kind == calendar_kind::hours && made->table.total() == 0) {
    throw policy_error({{"no-open-time", "some open time within the horizon required", "/hours", {}}});
  }
  sha256 sum;
  sum.update(canonical(write_calendar(made->definition)));
  for (const auto& [name, zone] : check.zones()) {
    sum.update(name).update(zone.digest());
  }
  made->digest = to_hex(sum.finish());
  return made;
}

} // namespace plaint::detail
