// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace plaint {

/// What starts or stops a clock: always something that happens, never a condition that holds.
enum class trigger_kind : unsigned char {
  opened, ///< the complaint is opened
  enter,  ///< a state is entered, at the opening too
  exit,   ///< a state is left
  event,  ///< an event is accepted
  notice, ///< an effect of kind "notice" is asked for
};

inline constexpr std::array<std::string_view, 5> trigger_words{"opened", "enter", "exit", "event", "notice"};

/// A trigger as policies write it: "opened", "enter(registered)", "event(reply)", "notice(final)".
struct trigger {
  trigger_kind kind = trigger_kind::opened;
  std::string name{};    ///< the state, event or notice; empty for `opened`
  std::string pointer{};

  friend bool operator==(const trigger& a, const trigger& b) { return a.kind == b.kind && a.name == b.name; }
};

[[nodiscard]] inline std::string to_string(const trigger& t) {
  std::string text(trigger_words[static_cast<std::size_t>(t.kind)]);
  return t.kind == trigger_kind::opened ? text : text + "(" + t.name + ")";
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
  for (std::size_t kind = 1; kind < trigger_words.size(); ++kind) {
    if (text.substr(0, open) == trigger_words[kind]) {
      return trigger{static_cast<trigger_kind>(kind), std::string(text.substr(open + 1, text.size() - open - 2)), {}};
    }
  }
  return std::nullopt;
}

} // namespace plaint
