// SPDX-License-Identifier: BSL-1.0
#include "complaint_objects.hpp"

#include <string>

namespace plaint::python {

/// The latest cycle of each clock that has started.
py::object clocks_of(const policy& by, const complaint& c) {
  constexpr const char* words[] = {"running", "met", "missed"};
  const auto instant_or_none = [](instant t) { return t == instant::max() ? py::object(py::none()) : py::cast(t); };
  py::dict all;
  for (std::size_t i = 0; i < by.named_clocks(); ++i) {
    const auto* cycle = c.clocks[i].latest();
    if (cycle == nullptr) {
      continue;
    }
    py::dict one;
    one["cycle"] = c.clocks[i].cycles.size();
    one["started"] = cycle->started;
    one["due"] = instant_or_none(cycle->due);
    one["stopped"] = instant_or_none(cycle->stopped);
    one["verdict"] = words[static_cast<std::size_t>(cycle->verdict())];
    one["breached"] = cycle->breached(c.last_at);
    all[py::str(by.clocks()[i].definition.id)] = one;
  }
  return all;
}

} // namespace plaint::python
