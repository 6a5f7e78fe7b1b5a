// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/day_rules.hpp>

#include <array>
#include <optional>
#include <string_view>

namespace plaint {

/// A way to count days that a law or a regulator's handbook lays down.
struct named_rule {
  std::string_view id{};
  std::string_view title{};
  std::string_view source{};
  day_rules rules{};
};

/// The rules that ship, by id. They say how to count, not which days are holidays, and are no legal advice.
///
/// - `uk-disp`: FCA handbook DISP 1.5: "by close of business on the third business day following the day on which it is
///   received", so the day of receipt is day 0.
/// - `uk-disp-2012`: the older text, under which a complaint received after the close or on no business day counts as
///   received on the next business day; the close is taken as 17:00.
/// - `us-reg-x`: 12 CFR 1024.35: days without legal public holidays, Saturdays and Sundays, until the end of the day.
/// - `us-reg-e`: 12 CFR 1005.2(d): the days on which the institution is open for substantially all business, so the
///   calendar must be the institution's own.
/// - `cn-civil-code`: Civil Code of China, arts. 200-204: the first day is not counted; a month ends on the same day of
/// the
///   month or its last one (202); a last day on a day off goes to the day after it (203); it ends at the close of
///   business, or at 24:00 where there are no business hours (203).
/// - `eu-1182-71`: Regulation (EEC, Euratom) No 1182/71, article 3: the day of the event is not counted, the last day
/// ends
///   at midnight, one on a holiday, Sunday or Saturday goes to the next working day, and a period of two days or more
///   holds two working days at least. Periods in hours: `elapsed_goal::from_next_hour`.
[[nodiscard]] constexpr std::array<named_rule, 6> named_rules() noexcept {
  constexpr day_rules end_of_day{.at = due_at::end_of_day};
  constexpr day_rules close{.at = due_at::close_of_business};
  constexpr day_rules close_with_cut_off{.cut_off = 17 * 3'600, .at = due_at::close_of_business};
  constexpr day_rules chinese{.at = due_at::close_of_business, .roll = roll::following};
  constexpr day_rules european{.at = due_at::end_of_day, .roll = roll::following, .least_business_days = 2};
  return {{{"uk-disp", "UK financial complaints", "FCA handbook DISP 1.5", close},
           {"uk-disp-2012", "UK financial complaints, older text", "FCA handbook DISP 1.5 (2012)", close_with_cut_off},
           {"us-reg-x", "US mortgage servicing", "12 CFR 1024.35", end_of_day},
           {"us-reg-e", "US electronic fund transfers", "12 CFR 1005.2(d)", end_of_day},
           {"cn-civil-code", "Civil Code of China", "arts. 200-204", chinese},
           {"eu-1182-71", "EU periods, dates and time limits", "Regulation (EEC, Euratom) No 1182/71, article 3",
            european}}};
}

[[nodiscard]] constexpr std::optional<named_rule> find_named_rule(std::string_view id) noexcept {
  for (const auto& rule : named_rules()) {
    if (rule.id == id) {
      return rule;
    }
  }
  return std::nullopt;
}

} // namespace plaint
