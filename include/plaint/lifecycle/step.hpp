// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/macrostep.hpp>
#include <plaint/lifecycle/detail/with_words.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/lifecycle/step_result.hpp>

#include <span>
#include <stdexcept>

namespace plaint {

/// Memory that steps use again; give each thread its own.
using step_memory = detail::step_space;

namespace detail {

inline void check_width(const lifecycle& in, std::span<const value> attributes) {
  if (attributes.size() != in.schema().attributes.size()) {
    throw std::invalid_argument("a step needs one value for each attribute of the schema");
  }
}

} // namespace detail

/// Enters the initial states. Refused like any other step, for instance where a required field is missing.
inline void start(const lifecycle& in, std::span<const value> attributes, const occurrence& what, step_memory& memory,
                  step_result& out) {
  detail::check_width(in, attributes);
  detail::with_words(in.chart(), [&](auto words) {
    const configuration nothing;
    detail::macrostep<decltype(words)::value> run(in.chart(), nothing, attributes, what, memory, out);
    run.start();
  });
}

[[nodiscard]] inline step_result start(const lifecycle& in, std::span<const value> attributes,
                                       const occurrence& what = {}) {
  step_memory memory;
  step_result out;
  start(in, attributes, what, memory, out);
  return out;
}

/// One event, from its arrival until nothing more follows from it: W3C SCXML's macrostep, pure, atomic and bounded.
///
/// A refused event changes nothing and says why. Reusing `memory` and `out`, a step without effects allocates nothing.
/// Events of timers are sent by whoever keeps the clocks; roles are not asked then, nor for raised events.
inline void step(const lifecycle& in, const configuration& from, std::span<const value> attributes,
                 const occurrence& what, step_memory& memory, step_result& out) {
  detail::check_width(in, attributes);
  detail::with_words(in.chart(), [&](auto words) {
    detail::macrostep<decltype(words)::value>(in.chart(), from, attributes, what, memory, out).handle();
  });
}

[[nodiscard]] inline step_result step(const lifecycle& in, const configuration& from, std::span<const value> attributes,
                                      const occurrence& what) {
  step_memory memory;
  step_result out;
  step(in, from, attributes, what, memory, out);
  return out;
}

} // namespace plaint
