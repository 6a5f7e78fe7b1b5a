// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "node_caster.hpp"
#include "pybind11.hpp"

#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/policy/policy.hpp>

#include <cstddef>
#include <memory>

/// What stands behind the Python classes of clocks and ladders: a complaint as it was when it was asked.
namespace plaint::python {

struct seen_complaint {
  policy by;
  complaint value;
};

/// One cycle of one clock.
struct bound_clock {
  std::shared_ptr<const seen_complaint> of;
  std::size_t clock = 0;
  std::size_t cycle = 0;
};

struct bound_ladder {
  std::shared_ptr<const seen_complaint> of;
  std::size_t ladder = 0;
};

/// The clocks with names, by name, each with its latest cycle.
[[nodiscard]] py::object clocks_of(const policy& by, const complaint& c);
[[nodiscard]] py::dict ladders_of(const policy& by, const complaint& c);

/// What clocks and ladders let happen in a step, by names.
[[nodiscard]] py::list firings_of(const policy& by, const progress& did);
[[nodiscard]] py::list rungs_of(const policy& by, const progress& did);

} // namespace plaint::python
