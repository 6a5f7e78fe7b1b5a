// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pybind11.hpp"

#include <plaint/time/time_zone.hpp>
#include <plaint/time/zone_source.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plaint::python {

/// The zones that Python knows: the folders of zoneinfo.TZPATH, then the package tzdata (python/plaint/_zones.py).
[[nodiscard]] inline zone_source python_zones() {
  return [](std::string_view name) -> std::optional<std::vector<std::byte>> {
    if (!is_zone_name(name)) {
      return std::nullopt;
    }
    const py::gil_scoped_acquire held;
    const py::object read = py::module_::import("plaint._zones").attr("read")(py::str(name.data(), name.size()));
    if (read.is_none()) {
      return std::nullopt;
    }
    const auto text = read.cast<std::string_view>();
    const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
    return std::vector<std::byte>(bytes, bytes + text.size());
  };
}

/// A zone of Python's zone data by its name; `policy_error` where there is none.
[[nodiscard]] inline time_zone zone_of_python(std::string_view name) {
  return load_zone(name, python_zones());
}

/// An option given as enum member or as its name in lower case: GapPolicy.SNAP or "snap".
[[nodiscard]] inline gap_policy gap_option(const py::object& option) {
  if (!py::isinstance<py::str>(option)) {
    return option.cast<gap_policy>();
  }
  const auto text = option.cast<std::string>();
  if (text == "snap") {
    return gap_policy::snap;
  }
  if (text == "shift") {
    return gap_policy::shift;
  }
  if (text == "refuse") {
    return gap_policy::refuse;
  }
  throw py::value_error("gap of \"snap\", \"shift\" or \"refuse\" required");
}

[[nodiscard]] inline overlap_policy overlap_option(const py::object& option) {
  if (!py::isinstance<py::str>(option)) {
    return option.cast<overlap_policy>();
  }
  const auto text = option.cast<std::string>();
  if (text == "first") {
    return overlap_policy::first;
  }
  if (text == "last") {
    return overlap_policy::last;
  }
  if (text == "refuse") {
    return overlap_policy::refuse;
  }
  throw py::value_error("overlap of \"first\", \"last\" or \"refuse\" required");
}

} // namespace plaint::python
