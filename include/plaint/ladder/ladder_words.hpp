// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <string_view>

namespace plaint {

/// From which instant the delay of a step counts.
enum class step_origin : unsigned char { previous, trigger, acknowledgement };
inline constexpr std::array<std::string_view, 3> origin_words{"previous", "trigger", "acknowledgement"};

/// What happens to a step that is reached outside of the gate's hours.
enum class gate_rule : unsigned char {
  wait,   ///< it is let out at the next opening
  skip,   ///< it is left out
  ignore, ///< it is let out all the same
};
inline constexpr std::array<std::string_view, 3> gate_words{"wait", "skip", "ignore"};

/// Whom of an audience the host tells.
enum class fan_out : unsigned char { all, first, round_robin, random };
inline constexpr std::array<std::string_view, 4> fan_out_words{"all", "first", "round_robin", "random"};

/// Functional: the complaint gets another owner. Hierarchical: the owner stays, others are told.
enum class step_kind : unsigned char { hierarchical, functional };
inline constexpr std::array<std::string_view, 2> step_kind_words{"hierarchical", "functional"};

/// What a reported empty audience does.
enum class empty_audience : unsigned char { record, next_step, fallback, error };
inline constexpr std::array<std::string_view, 4> empty_words{"record", "next_step", "fallback", "error"};

/// What comes after the last step of the last pass.
enum class when_exhausted : unsigned char {
  hold,     ///< the top level stays
  stop,     ///< the run ends
  incident, ///< an effect of kind "incident" is asked for; the top level stays
  raise,    ///< an event is sent into the lifecycle, by nobody
};
inline constexpr std::array<std::string_view, 3> exhausted_words{"hold", "stop", "incident"};

/// Which step comes when an acknowledgement has timed out.
enum class ack_timeout : unsigned char { same, next };
inline constexpr std::array<std::string_view, 2> ack_timeout_words{"same", "next"};

enum class paused_clock : unsigned char {
  freeze, ///< while its clock is paused no time passes for the ladder
  go_on,  ///< written "continue"
};
inline constexpr std::array<std::string_view, 2> paused_words{"freeze", "continue"};

enum class reassigned_ladder : unsigned char { keep, restart, cancel };
inline constexpr std::array<std::string_view, 3> reassigned_words{"keep", "restart", "cancel"};

/// Whether a complaint whose ladder is being climbed may move to a newer policy (`follow`) or must end the run first
/// (`pin`).
enum class edited_policy : unsigned char { follow, pin };
inline constexpr std::array<std::string_view, 2> edited_words{"follow", "pin"};

} // namespace plaint
