// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/progress.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/lifecycle/step_result.hpp>

#include <string>

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

} // namespace plaint::detail
