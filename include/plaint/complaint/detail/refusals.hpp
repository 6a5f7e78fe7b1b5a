// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_work.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/lifecycle/step_result.hpp>
#include <plaint/policy/policy.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace plaint::detail {

/// A reason of the lifecycle with the names that its numbers mean.
[[nodiscard]] inline refusal by_name(const lifecycle& in, const reason& r) {
  refusal named{.kind = std::string(to_string(r.kind)), .subject = r.subject, .message = r.message};
  if (r.state != no_id) {
    named.state = in.name(r.state);
  }
  if (r.transition != no_id) {
    named.transition = in.transition_at(r.transition).pointer;
  }
  return named;
}

/// What a clock has against an event.
[[nodiscard]] inline refusal by_name(const policy& by, const clock_refusal& why) {
  constexpr std::array<std::pair<const char*, const char*>, 7> texts{{
      {"pause-reason", "the pause needs one of the clock's reasons"},
      {"extension-no-cycle", "the clock does not run"},
      {"extension-expired", "its time is used up"},
      {"extension-used-up", "it was granted as often as it may be"},
      {"extension-reason", "it needs one of its reasons"},
      {"extension-role", "this role may not grant it"},
      {"extension-consent", "consent is lacking"},
  }};
  const auto& definition = by.clocks()[why.clock].definition;
  const auto& [kind, text] = texts[static_cast<std::size_t>(why.kind)];
  const auto about =
      why.extension == no_id ? std::string{} : "extension \"" + definition.extensions[why.extension].id + "\": ";
  return {.kind = kind, .subject = definition.id, .message = "clock \"" + definition.id + "\": " + about + text};
}

} // namespace plaint::detail
