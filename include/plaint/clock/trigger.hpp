// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace plaint {

/// What starts, stops or otherwise moves a clock or a ladder: always something that happens, never a condition that
/// holds.
enum class trigger_kind : unsigned char {
  opened,    ///< the complaint is opened
  enter,     ///< a state is entered, at the opening too
  exit,      ///< a state is left
  event,     ///< an event is accepted
  notice,    ///< an effect of kind "notice" is asked for
  start,     ///< another clock begins a cycle
  stop,      ///< another clock is stopped, in time or not
  cancel,    ///< another clock's cycle ends without a judgement: cancelled, waived or superseded
  breach,    ///< another clock's promise is broken
  threshold, ///< a threshold of another clock is reached: "threshold(answer, warn)"
  exceeded,  ///< another clock is paused for longer than it may be: "pause_exceeded(answer)"
};

inline constexpr std::array<std::string_view, 11> trigger_words{
    "opened", "enter", "exit", "event", "notice", "start", "stop", "cancel", "breach", "threshold", "pause_exceeded"};

/// True if a trigger speaks of a clock, by its id.
[[nodiscard]] constexpr bool is_of_clock(trigger_kind k) noexcept {
  return k >= trigger_kind::start;
}

/// A trigger as policies write it: "opened", "enter(registered)", "event(reply)", "notice(final)", "breach(answer)".
struct trigger {
  trigger_kind kind = trigger_kind::opened;
  std::string name{}; ///< the state, event, notice or clock; empty for `opened`
  std::string pointer{};
  std::string guard{};     ///< CEL over the step, such as actor.class == "customer"; empty: always
  std::string threshold{}; ///< of the clock; empty unless the kind is `threshold`

  friend bool operator==(const trigger& a, const trigger& b) {
    return a.kind == b.kind && a.name == b.name && a.guard == b.guard && a.threshold == b.threshold;
  }
};

[[nodiscard]] inline std::string to_string(const trigger& t) {
  std::string text(trigger_words[static_cast<std::size_t>(t.kind)]);
  if (t.kind == trigger_kind::opened) {
    return text;
  }
  return text + "(" + t.name + (t.kind == trigger_kind::threshold ? ", " + t.threshold : "") + ")";
}

/// The trigger that a text means, or nothing.
[[nodiscard]] inline std::optional<trigger> parse_trigger(std::string_view text) {
  if (text == trigger_words[0]) {
    return trigger{};
  }
  const auto open = text.find('(');
  if (open == text.npos || !text.ends_with(')') || open + 2 >= text.size()) {
    return std::nullopt;
  }
  auto name = text.substr(open + 1, text.size() - open - 2);
  for (std::size_t kind = 1; kind < trigger_words.size(); ++kind) {
    if (text.substr(0, open) != trigger_words[kind]) {
      continue;
    }
    trigger read{.kind = static_cast<trigger_kind>(kind)};
    if (read.kind == trigger_kind::threshold) {
      const auto comma = name.find(',');
      const auto id = comma == name.npos ? name.npos : name.find_first_not_of(' ', comma + 1);
      if (comma == 0 || id == name.npos) {
        return std::nullopt;
      }
      read.threshold = name.substr(id);
      name = name.substr(0, comma);
    }
    read.name = name;
    return read;
  }
  return std::nullopt;
}

} // namespace plaint
