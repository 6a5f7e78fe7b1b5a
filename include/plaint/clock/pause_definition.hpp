// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal.hpp>
#include <plaint/clock/trigger.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <optional>
#include <string>
#include <vector>

namespace plaint {

/// A condition under which a clock stands still, and the reason that it is recorded under.
struct pause_condition {
  std::string reason{}; ///< empty: the only one of the pause, or the one that the event's data give
  std::string guard{};  ///< CEL, such as in_state("awaiting_customer")

  friend bool operator==(const pause_condition&, const pause_condition&) = default;
};

/// What happens when a pause has lasted as long as it may.
enum class pause_exceeded : unsigned char {
  resume,   ///< the clock runs on, whatever holds it
  escalate, ///< it stays paused; ladders triggered by pause_exceeded(clock) begin
  close,    ///< an event is sent into the lifecycle, by nobody
};

/// When a clock may stand still, for which reasons and for how long: without named reasons it may not at all.
struct pause_definition {
  std::vector<pause_condition> conditions{}; ///< it stands still while one of them holds …
  std::vector<trigger> on{};                 ///< … and from one of these on …
  std::vector<trigger> resume{};             ///< … until one of these
  std::vector<trigger> ends{};               ///< the clock runs on though a condition still holds, until it holds anew
  std::string until{};                       ///< attribute: the instant at which the clock runs on
  std::vector<std::string> reasons{}; ///< what the event's data may give as `reason`; needed if there are several
  std::optional<goal> at_most{};      ///< of a cycle, all its pauses together
  std::optional<goal> at_most_each{}; ///< of one pause
  pause_exceeded exceeded = pause_exceeded::resume;
  std::string close_by{};                   ///< the event of `close`
  std::vector<effect_definition> effects{}; ///< when it is exceeded
  std::optional<goal> review_every{};       ///< while it lasts
  std::vector<effect_definition> review{};  ///< what a review asks for
  bool after_breach = true;                 ///< false: a broken promise is not paused any more
  bool moves_dates = false;                 ///< true: a date set by hand (`until`) is moved by the pause as well
  std::string pointer{};

  friend bool operator==(const pause_definition& a, const pause_definition& b) {
    return a.conditions == b.conditions && a.on == b.on && a.resume == b.resume && a.ends == b.ends &&
           a.until == b.until && a.reasons == b.reasons && a.at_most == b.at_most && a.at_most_each == b.at_most_each &&
           a.exceeded == b.exceeded && a.close_by == b.close_by && a.effects == b.effects &&
           a.review_every == b.review_every && a.review == b.review && a.after_breach == b.after_breach &&
           a.moves_dates == b.moves_dates;
  }
};

} // namespace plaint
